"""What givers say is wrong: kept word for word, answered, decided by somebody of neither side."""

import pytest

from accounts.actors import actor_from_user
from accounts.models import OrganizationRole
from grants.actions.decide_complaint import answer_complaint, decide_complaint
from grants.actions.make_complaint import make_complaint
from grants.models import GiverComplaint, MatchEntry
from grants.queries.complaints import complaint_counts, promises_of_person
from grants.rules.match.complaints import NO_RETALIATION, ComplaintState, Outcome
from kit.refusals import Refused
from records.models import Letter
from tests.constraints import refused_by, refused_by_trigger
from tests.db.grants.test_competition_race import at_once
from tests.factories.accounts import make_organization, make_user
from tests.factories.awards import make_award, make_pledge
from tests.factories.certification_groups import seat_representative
from trail.actors import Actor
from trail.queries.clock import database_now

GIVER = Actor("giver", "award-link-1", "Maumee Glass")


@pytest.fixture
def pledge(db):
    return make_pledge(make_award())


def refused(code):
    return pytest.raises(Refused, check=lambda found: found.refusal.code == code)


def complain(pledge, words="The hours are not ours.", key="a"):
    return make_complaint(actor=GIVER, at=database_now(), pledge=pledge, words=words, key=key)


def answer(row, key="b", words="We have corrected it."):
    actor = actor_from_user(make_user())
    return answer_complaint(actor=actor, at=database_now(), complaint=row, words=words, key=key)


def decide(row, user=None, key="c", words="Two of ten hours were not theirs."):
    actor = actor_from_user(user or make_user())
    more = {"outcome": Outcome.PARTLY_RIGHT, "words": words, "key": key}
    return decide_complaint(actor=actor, at=database_now(), complaint=row, **more)


def test_from_the_complaint_to_the_decision(pledge):
    seats = pledge.award.group.seats.filter(until=None).count()
    row = complain(pledge)
    assert (row.status, row.made_by) == (ComplaintState.OPEN, "giver:award-link-1")
    assert Letter.objects.filter(case=pledge.award.case).count() == seats + 1
    entries = list(MatchEntry.objects.values_list())
    row = answer(row)
    assert row.status is ComplaintState.ANSWERED
    row = decide(row)
    assert (row.status, row.outcome) == (ComplaintState.DECIDED, "partly_right")
    letters = Letter.objects.filter(case=pledge.award.case)
    assert letters.count() == 2 * (seats + 1) + 1
    to_giver = letters.filter(to_address=pledge.contact_email)
    assert to_giver.count() == 3
    said = [" ".join(one.text.split()) for one in letters]
    assert all("The hours are not ours." in one for one in said)
    assert sum(NO_RETALIATION in one for one in said) == len(said) - 1, "all but the answer"
    assert list(MatchEntry.objects.values_list()) == entries, "no amount moves"
    verbs = list(pledge.award.case.entries.values_list("verb", flat=True))[-3:]
    assert verbs == ["make_complaint", "answer_complaint", "decide_complaint"]


def test_an_officer_decides_without_an_answer_too(pledge):
    row = decide(complain(pledge))
    assert row.status is ComplaintState.DECIDED
    with refused("illegal_transition"):
        answer(row)
    with refused("illegal_transition"):
        decide(row, key="d")


def test_one_at_a_time_waits_and_a_double_click_is_one(pledge):
    row = complain(pledge)
    assert complain(pledge) == row
    with refused("complaint_waits"):
        complain(pledge, "And the rate.", key="other")
    decide(row)
    complain(pledge, "And the rate.", key="third")
    assert complaint_counts(pledge.award) == {"total": 2, "waiting": 1}


def test_nothing_is_kept_without_words(pledge):
    with refused("no_words"):
        complain(pledge, " \n")
    row = complain(pledge)
    for act in (answer, decide):
        with refused("no_words"):
            act(row, words=" ")
    row.refresh_from_db()
    assert row.status is ComplaintState.OPEN


@pytest.mark.parametrize("side", ["address", "member", "seat"])
def test_whoever_belongs_to_a_side_does_not_decide(pledge, side):
    row, user = complain(pledge), make_user()
    if side == "address":
        user = make_user(email=pledge.contact_email.upper())
    elif side == "member":
        firm = make_organization(legal_name=pledge.giver_name)
        OrganizationRole.objects.create(organization=firm, user=user, since=database_now())
    else:
        seat_representative(pledge.award.group, user)
    with refused("belongs_to_a_side"):
        decide(row, user)
    row.refresh_from_db()
    assert row.status is ComplaintState.OPEN


def test_who_stands_for_a_giver_finds_its_promises(pledge):
    firm = make_organization(legal_name="Toledo Labs")
    other = make_pledge(pledge.award, "Toledo Labs", organization=firm)
    contact, member, look = (
        make_user(email=pledge.contact_email.upper()),
        make_user(),
        make_user(),
    )
    OrganizationRole.objects.create(organization=firm, user=member, since=database_now())
    same_look = make_organization(legal_name="Maumee Glass, Inc.")
    OrganizationRole.objects.create(organization=same_look, user=look, since=database_now())
    assert set(promises_of_person(contact)) == {pledge, other}, "one address for both"
    assert set(promises_of_person(member)) == {other}
    assert not promises_of_person(look).exists(), "a name that looks alike opens nothing"


def test_rows(pledge):
    row, now = complain(pledge), database_now()
    rows = GiverComplaint.objects.filter(pk=row.pk)
    with refused_by("complaint_one_open"):
        GiverComplaint.objects.create(
            award=pledge.award, pledge=pledge, words="x", made_by="user:1", made_at=now
        )
    with refused_by("complaint_has_words"):
        GiverComplaint.objects.create(
            award=pledge.award, pledge=pledge, words="", made_by="user:1", made_at=now
        )
    with refused_by("complaint_answered_paired"):
        rows.update(answer="We answer.")
    with refused_by("complaint_answered_paired"):
        rows.update(state="answered")
    with refused_by("complaint_decided_paired"):
        rows.update(outcome="right")
    with refused_by("complaint_decided_paired"):
        rows.update(state="decided")
    with refused_by_trigger():
        rows.update(words="Other words")
    with refused_by_trigger():
        rows._raw_delete("default")
    decide(row)
    with refused_by_trigger():
        rows.update(state="open", outcome="", decision="", decided_by="", decided_at=None)


@pytest.mark.django_db(transaction=True)
def test_two_complaints_at_once_are_one_that_waits():
    pledge = make_pledge(make_award())

    def act(key):
        return lambda: complain(pledge, key=key) and "kept"

    assert sorted(at_once(act("a"), act("b"))) == ["complaint_waits", "kept"]
    assert pledge.complaints.count() == 1
