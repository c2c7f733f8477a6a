"""Two persons publish; before that, nothing public knows of a decision."""

from datetime import timedelta

import pytest

from certification.actions.discard_release import discard_release
from certification.actions.prepare_release import prepare_release
from certification.actions.release import release
from certification.models import Decision, GroupSeat
from certification.queries.register import (
    denials,
    entry_on,
    reason_counts,
    register,
    releases_of,
)
from certification.rules.register import RegisterFilter, Standing
from kit.refusals import Refused
from records.actions.publish import Announcement
from records.models import Letter, Publication
from tests.constraints import refused_by_trigger
from tests.db.certification.cases import AT, later, office
from tests.db.certification.register_scenes import decided, denied, prepared, released
from trail.actions.send_effects import send_effects

ON = AT.date()

pytestmark = pytest.mark.web_role


@pytest.fixture
def place():
    return office()


def code_of(act, **arguments):
    with pytest.raises(Refused) as refused:
        act(**arguments)
    return refused.value.refusal.code


def references(**asked):
    rows = register(RegisterFilter(**({"on": ON} | asked)))
    return [row.snapshot["reference"] for row in rows]


def test_nothing_shows_before_its_release(place):
    designation = decided(place)
    assert references() == []
    publication = prepared(place, designation.application)
    assert references() == []
    assert entry_on(designation.reference, ON) is None
    release(
        actor=place.actor("second_publisher"),
        at=AT,
        application=designation.application,
        publication=publication,
    )
    assert references() == [designation.reference]
    found = entry_on(designation.reference, ON)
    assert found.entry.group == "Elkhart Vehicles"
    assert found.entry.standing(ON) is Standing.IN_FORCE
    assert all(test.words == "Met" for test in found.entry.criteria)
    send_effects(at=AT)
    assert "register" in Letter.objects.filter(case=designation.case).last().subject


def test_the_second_person_is_another_one(place):
    designation = decided(place)
    publication = prepared(place, designation.application)
    act = {"at": AT, "application": designation.application, "publication": publication}
    assert code_of(release, actor=place.actor("publisher"), **act) == "maker_is_checker"
    release(actor=place.actor("second_publisher"), **act)
    assert code_of(release, actor=place.actor("second_publisher"), **act) == "already_released"


def test_nobody_publishes_an_own_group(place):
    designation = decided(place)
    GroupSeat.objects.create(
        group=designation.group, user=place.people["publisher"], role="administrator", since=AT
    )
    decision = Decision.objects.get()
    refused = code_of(prepare_release, actor=place.actor("publisher"), at=AT, decision=decision)
    assert refused == "own_case"


def test_the_same_is_not_prepared_or_released_twice(place):
    designation = decided(place)
    prepared(place, designation.application)
    again = {"actor": place.actor("second_publisher"), "at": AT, "decision": Decision.objects.get()}
    assert code_of(prepare_release, **again) == "already_prepared"
    release(
        actor=place.actor("second_publisher"),
        at=AT,
        application=designation.application,
        publication=Publication.objects.get(),
    )
    assert code_of(prepare_release, **again) == "nothing_new"


def test_a_double_click_prepares_and_releases_once(place):
    designation = decided(place)
    for _ in range(2):
        prepare_release(
            actor=place.actor("publisher"), at=AT, decision=Decision.objects.get(), key="p"
        )
    publication = Publication.objects.get()
    for _ in range(2):
        release(
            actor=place.actor("second_publisher"),
            at=AT,
            application=designation.application,
            publication=publication,
            key="r",
        )


def test_a_newer_snapshot_supersedes_the_prepared_one(place):
    designation = decided(place)
    old = prepared(place, designation.application)
    designation.group.name = "Elkhart Campers"
    designation.group.save()
    new = prepared(place, designation.application)
    act = {"actor": place.actor("second_publisher"), "at": AT}
    act["application"] = designation.application
    assert code_of(release, publication=old, **act) == "superseded"
    release(publication=new, **act)


def test_as_of_reads_the_register_of_that_day(place):
    designation = decided(place)
    released(place, designation.application, at=later(days=2))
    designation.group.name = "Elkhart Campers"
    designation.group.save()
    released(place, designation.application, at=later(days=9))
    days = (1, 2, 8, 9, 30)
    found = [entry_on(designation.reference, later(days=day).date()) for day in days]
    names = [one.entry.group.split()[-1] if one else "" for one in found]
    assert names == ["", "Vehicles", "Vehicles", "Campers", "Campers"]
    assert references(on=later(days=1).date()) == []
    assert references(on=later(days=30).date()) == [designation.reference]


def test_filters_and_order(place):
    first = decided(place)
    second = decided(place, name="Ohio Glass", fips="39095")
    for one in (first, second):
        released(place, one.application)
    assert references() == [second.reference, first.reference]
    assert references(search="glass") == [second.reference]
    assert references(state="18") == [first.reference]
    assert references(cluster="12") == [second.reference, first.reference]
    assert references(cluster="99") == []
    assert references(standing=Standing.IN_FORCE) == [second.reference, first.reference]
    assert references(standing=Standing.ENDED) == []
    ended = later(days=5 * 365).date()
    assert references(on=ended, standing=Standing.ENDED) == [second.reference, first.reference]


def test_refusals_enter_the_statistics_only_when_released(place):
    application = denied(place)
    on = later(days=20).date()
    assert denials(on) == []
    publication = released(place, application, at=later(days=20))
    (line,) = denials(on)
    assert line.reasons == ("Share of jobs against the nation",)
    assert [one.words for one in reason_counts([line])] == ["fewer than 5"]
    assert "Thin Vehicles" not in str(publication.snapshot)
    assert application.reference not in str(publication.snapshot)
    assert references(on=on) == []


def test_what_was_released_stays(place):
    released(place, decided(place).application)
    with refused_by_trigger():
        Publication.objects.update(snapshot={})
    with refused_by_trigger():
        Publication.objects.all().delete()


def scheduled(place, designation, moment):
    """A release for a set time."""
    decision = Decision.objects.get(application=designation.application)
    news = Announcement(show_from=moment, why="A new name for the group.")
    publication = prepare_release(
        actor=place.actor("publisher"), at=AT, decision=decision, announcement=news
    )
    act = {"actor": place.actor("second_publisher"), "at": AT, "publication": publication}
    release(application=designation.application, **act)
    publication.refresh_from_db()
    return publication


def shown_at(reference, moment):
    found = entry_on(reference, moment.date(), moment)
    return found.entry.group.split()[-1] if found else ""


def test_a_release_shows_from_its_set_time_and_not_a_second_before(place):
    designation, noon = decided(place), AT + timedelta(hours=3)
    publication = scheduled(place, designation, noon)
    second = timedelta(seconds=1)
    moments = (AT, noon - second, noon, noon + second)
    assert [shown_at(designation.reference, one) for one in moments] == ["", "", *["Vehicles"] * 2]
    assert publication.public_from == noon
    send_effects(at=noon - second)
    assert not Letter.objects.filter(case=designation.case).exists()
    send_effects(at=noon)
    assert Letter.objects.filter(case=designation.case).exists()


def test_a_correction_takes_over_at_its_time_and_the_old_version_stays_readable(place):
    designation = decided(place)
    first = released(place, designation.application)
    designation.group.name = "Elkhart Campers"
    designation.group.save()
    second = scheduled(place, designation, later(days=2))
    first.refresh_from_db()
    assert (first.public_until, second.version) == (second.public_from, 2)
    moments = (later(days=1), later(days=2))
    assert [shown_at(designation.reference, one) for one in moments] == ["Vehicles", "Campers"]
    told = [row.version for row in releases_of(designation.reference, later(days=1).date())]
    assert told == [1]


def test_a_stopped_release_never_shows_and_the_version_before_goes_on(place):
    designation = decided(place)
    first = released(place, designation.application)
    designation.group.name = "Elkhart Campers"
    designation.group.save()
    second = scheduled(place, designation, later(days=2))
    act = {"actor": place.actor("publisher"), "application": designation.application}
    discard_release(at=later(days=1), publication=second, reason="The name is wrong.", **act)
    first.refresh_from_db()
    assert first.public_until is None
    assert shown_at(designation.reference, later(days=3)) == "Vehicles"
    send_effects(at=later(days=3))
    assert Letter.objects.filter(case=designation.case).count() == 2  # of the first release


def test_what_the_public_can_read_is_corrected_and_not_discarded(place):
    designation = decided(place)
    publication = released(place, designation.application)
    act = {"actor": place.actor("publisher"), "application": designation.application}
    act |= {"at": later(days=1), "publication": publication}
    assert code_of(discard_release, reason="It is wrong.", **act) == "already_public"
    assert code_of(discard_release, reason=" ", **act) == "reason_needed"


def test_discarding_a_prepared_one_leaves_no_gap_in_the_versions(place):
    designation = decided(place)
    waiting = prepared(place, designation.application)
    act = {"actor": place.actor("publisher"), "application": designation.application, "at": AT}
    discard_release(publication=waiting, reason="Prepared too early.", **act)
    assert code_of(discard_release, publication=waiting, reason="Once more.", **act) == "discarded"
    assert released(place, designation.application).version == 1


def test_a_newer_version_says_why(place):
    designation = decided(place)
    released(place, designation.application)
    designation.group.name = "Elkhart Campers"
    designation.group.save()
    again = {"actor": place.actor("publisher"), "at": AT, "decision": Decision.objects.get()}
    assert code_of(prepare_release, **again) == "reason_needed"
    for moment, code in ((AT, "time_is_past"), (later(days=400), "time_is_far")):
        news = Announcement(show_from=moment, why="A new name for the group.")
        assert code_of(prepare_release, announcement=news, **again) == code
