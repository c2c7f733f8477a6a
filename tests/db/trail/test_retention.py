"""Holds and disposal: what is erased, what stays, and what keeps it."""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from accounts.actors import actor_from_user
from certification.actions.withdraw_application import withdraw_application
from kit.refusals import Refused
from records.models import Letter
from tests.constraints import refused_by, refused_by_trigger
from tests.db.certification.cases import group_of, office
from tests.factories.applications import representative_of, submitted
from trail.actions.dispose_case import dispose_case
from trail.actions.hold_case import place_hold, release_hold
from trail.actors import SYSTEM
from trail.models import Disposition, LegalHold, PersonalNote
from trail.queries.clock import database_now
from trail.queries.retention import cases_to_dispose_of, keeping_of
from trail.queries.timeline import timeline
from trail.queries.verification import verify_trail
from trail.rules.retention import RetentionClass

YEARS = timedelta(days=3 * 366 + 1)


@pytest.fixture
def case(settings, tmp_path):
    """An application that was submitted and withdrawn."""
    settings.SEAL_JOURNAL = tmp_path / "seals.jsonl"
    application = submitted(group_of(office()))
    withdraw_application(
        actor=actor_from_user(representative_of(application.group)),
        at=database_now(),
        application=application,
        reason="We merge with another group.",
        key="away",
    )
    return application.case


def hold(case, key="hold"):
    at = database_now()
    return place_hold(actor=SYSTEM, at=at, case=case, reason="Audit 7", key=key)


def dispose(case, after=YEARS):
    at = database_now()
    return dispose_case(actor=SYSTEM, at=at, case=case, today=(at + after).date())


def test_a_withdrawn_application_is_kept_three_years(case):
    keeping = keeping_of(case)
    assert keeping.standing.retention is RetentionClass.UNSUCCESSFUL
    assert keeping.until.year == database_now().year + 3
    with pytest.raises(Refused) as caught:
        dispose(case, after=timedelta(days=365))
    assert caught.value.refusal.code == "still_kept"


def test_cases_that_nobody_registered_are_kept_for_good(case):
    group = case.entries.model.objects.filter(case__kind="group").first().case
    assert keeping_of(group).standing.retention is RetentionClass.PERMANENT
    with pytest.raises(Refused):
        dispose(group)


def test_disposal_erases_people_and_letters_and_keeps_the_chain(case):
    assert Letter.objects.filter(case=case).exists()
    before, letters = case.entries.count(), Letter.objects.filter(case=case).count()
    certificate = dispose(case)
    assert certificate.erased["names in the trail"] == before
    assert certificate.erased["letters"] == letters
    assert not Letter.objects.filter(case=case).exists()
    assert PersonalNote.objects.filter(entry__case=case).count() == 1, "who disposed of it"
    assert "name erased" in {moment.actor_name for moment in timeline(case)}
    assert case.entries.order_by("-sequence").first().verb == "dispose_case"
    assert verify_trail().ok


def test_a_hold_keeps_everything_until_it_is_released(case):
    hold(case)
    with pytest.raises(Refused) as caught:
        dispose(case)
    assert caught.value.refusal.code == "on_hold"
    release_hold(actor=SYSTEM, at=database_now(), case=case, reason="Audit closed", key="free")
    assert dispose(case).retention_class == "unsuccessful-3-years"
    assert {"place_hold", "release_hold"} <= {entry.verb for entry in case.entries.all()}


def test_a_double_click_places_one_hold_and_a_second_one_is_refused(case):
    assert hold(case) == hold(case)
    with pytest.raises(Refused) as caught:
        hold(case, key="another")
    assert caught.value.refusal.code == "on_hold"


def test_nothing_is_disposed_of_twice_or_held_afterwards(case):
    dispose(case)
    for act in (dispose, hold):
        with pytest.raises(Refused) as caught:
            act(case)
        assert caught.value.refusal.code == "already_disposed"


def test_the_command_wants_a_clear_wish_and_lists_before_it_acts(case, capsys, monkeypatch):
    with pytest.raises(CommandError):
        call_command("dispose")
    call_command("dispose", dry_run=True, json=True)
    assert json.loads(capsys.readouterr().out) == []
    later = database_now() + YEARS
    monkeypatch.setattr("trail.management.commands.dispose.database_now", lambda: later)
    call_command("dispose", dry_run=True, json=True)
    assert [row["case"] for row in json.loads(capsys.readouterr().out)] == [case.reference]
    assert not Disposition.objects.exists()
    call_command("dispose", yes=True)
    assert "1 cases were disposed of" in capsys.readouterr().out
    assert list(cases_to_dispose_of(later.date())) == []


def test_constraints_of_holds_and_dispositions(case):
    at = database_now()
    row = {"case": case, "reason": "Audit", "placed_by": "user:1", "placed_at": at}
    with refused_by("legal_hold_has_reason"):
        LegalHold.objects.create(**row | {"reason": ""})
    with refused_by("legal_hold_release_paired"):
        LegalHold.objects.create(**row, released_at=at)
    first = LegalHold.objects.create(**row)
    with refused_by("legal_hold_one_at_a_time"):
        LegalHold.objects.create(**row)
    with refused_by_trigger():
        first.delete()
    first.released_at, first.released_by, first.release_reason = at, "user:1", "Closed"
    first.save()
    with refused_by_trigger():
        LegalHold.objects.update(reason="Another")
    with refused_by("disposition_after_the_end"):
        Disposition.objects.create(
            case=case,
            disposed_at=at,
            disposed_by="user:1",
            retention_class="working-papers",
            ended_on=at.date(),
            kept_until=at.date() - timedelta(days=1),
            citation="x",
            erased={},
        )
    certificate = dispose(case)
    with refused_by_trigger():
        certificate.delete()
