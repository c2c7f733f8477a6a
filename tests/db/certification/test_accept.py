"""Accepting pins rulebook and data, and judges; the whole way to the register on true measures."""

import pytest

from certification.actions.accept_application import accept_application
from certification.actions.answer_request import answer_request
from certification.actions.designate import designate
from certification.actions.open_intake import open_intake
from certification.actions.recommend import recommend
from certification.actions.request_information import Questions, request_information
from certification.models import Application, Determination, GroupSeat, InformationItem, Participant
from certification.queries.clocks import clocks_of
from certification.queries.register import entry_on
from certification.rules.clocks import Clock
from certification.rules.reasons import InformationReason
from certification.rules.register_columns import CONCENTRATION
from kit.refusals import Refused
from mapping.queries.basis import NoBasis
from records.models import Deadline, Letter
from tests.db.certification.cases import AT, application_of, later, office
from tests.db.certification.register_scenes import released
from tests.db.certification.scenes import group_row, ready_group
from tests.small_economy import small_economy

pytestmark = pytest.mark.web_role


@pytest.fixture
def place():
    return office()


def in_intake(place, group):
    for role in ("group_administrator", "authorized_representative"):
        GroupSeat.objects.create(
            group=group, user=place.people[role], role=role.removeprefix("group_"), since=AT
        )
    application = application_of(place, group)
    act = {"actor": place.actor("programme_officer"), "at": AT}
    open_intake(application=application, **act)
    return application


def accept(place, application, at=AT, **more):
    accept_application(
        actor=place.actor("programme_officer"), at=at, application=application, **more
    )
    application.refresh_from_db()


def test_accepting_pins_rules_and_data(place):
    basis = small_economy()
    application = in_intake(place, ready_group(agency=place.agency))
    for _ in range(2):
        accept(place, application, key="a")
    assert application.state == "criteria_review"
    determination = Determination.objects.get(case=application.case)
    assert (application.basis, determination.basis) == (basis, basis)
    assert application.rulebook == determination.rulebook
    assert [one.clock for one in clocks_of(application, AT)] == [Clock.CRITERIA, Clock.DECISION]
    kinds = Deadline.objects.filter(case=application.case, met_at=None).values_list(
        "kind", flat=True
    )
    assert sorted(kinds) == ["clock.criteria", "clock.decision"]
    letter = Letter.objects.filter(case=application.case).last()
    assert "Rulebook" in letter.text.title()
    assert str(determination.rulebook) in letter.text


def test_without_data_nothing_is_accepted(place):
    application = in_intake(place, group_row(agency=place.agency))
    with pytest.raises(NoBasis):
        accept(place, application)
    application.refresh_from_db()
    assert application.state == "intake"
    assert not Determination.objects.exists()


def test_a_case_that_was_asked_is_judged_anew_while_its_clocks_go_on(place):
    small_economy()
    application = in_intake(place, ready_group(agency=place.agency))
    accept(place, application)
    asks = Questions(InformationReason.ROSTER, ("Is Firm 0 still a member?",))
    officer = place.actor("programme_officer")
    request_information(actor=officer, at=later(days=3), application=application, asks=asks)
    Participant.objects.filter(group=application.group, organization_name="Firm 0").delete()
    item = InformationItem.objects.get()
    answer_request(
        actor=place.actor("group_administrator"),
        at=later(days=9),
        application=application,
        answers={item.pk: "It has left."},
    )
    accept(place, application, at=later(days=10))
    numbers = Determination.objects.filter(case=application.case).values_list("number", flat=True)
    assert sorted(numbers) == [1, 2]
    assert application.accepted_at == AT, "the clocks run from the first acceptance"
    (criteria, decision) = clocks_of(application, later(days=10))
    assert (criteria.days_left, decision.days_left) == (27, 87)


def test_the_whole_way_to_the_register(place):
    small_economy()
    application = in_intake(place, ready_group(agency=place.agency))
    accept(place, application)
    officer, official = place.actor("programme_officer"), place.actor("selecting_official")
    recommend(actor=officer, at=AT, application=application, summary="All is met.")
    with pytest.raises(Refused):
        designate(actor=officer, at=AT, application=application, rationale="I decide my own.")
    designation = designate(actor=official, at=AT, application=application, rationale="All met.")
    released(place, Application.objects.get(pk=application.pk))
    found = entry_on(designation.reference, AT.date())
    lq = next(one for one in found.entry.criteria if one.id == CONCENTRATION)
    assert float(lq.value) > 1
    assert sum(one.count or 0 for one in found.entry.firms) == 0, "two firms of each role: hidden"
    assert {one.words for one in found.entry.firms} == {"fewer than 5"}
    assert found.entry.named == ()
    assert [state.fips for state in found.entry.states] == ["18", "26"]
    assert len(found.entry.governments) == 4
