"""Everything that a forger with all rights and no triggers tries is found and named."""

import pytest
from django.db import transaction

from drills.tampering_catalogue import CATALOGUE
from drills.tamperings import targets, try_tampering
from tests.db.trail.test_chain import without_triggers
from trail.actions.open_case import open_case
from trail.actions.record_entry import record_entry
from trail.actions.seal_entries import seal_entries
from trail.actors import SYSTEM, Actor
from trail.models import Case, Seal
from trail.queries.clock import database_now
from trail.queries.verification import verify_trail

PROMISED = 50
PEOPLE = [Actor("user", str(number), f"Person {number}") for number in range(1, 5)]


@pytest.fixture
def journal(settings, tmp_path):
    """Three cases whose chains grow in turns, under four seals."""
    settings.SEAL_JOURNAL = tmp_path / "seals.jsonl"
    cases = [
        open_case(actor=SYSTEM, at=database_now(), kind="group", prefix="CG") for _ in range(3)
    ]
    for actor in PEOPLE:
        for case in cases:
            record_entry(
                case=case,
                actor=actor,
                at=database_now(),
                verb="note",
                facts={"by": actor.id},
                personal={"address": f"{actor.id}@example.org"},
            )
        seal_entries(at=database_now())
    assert verify_trail().ok
    return settings.SEAL_JOURNAL


def test_at_least_fifty_kinds_are_planted():
    assert len({tampering.name for tampering in CATALOGUE}) == len(CATALOGUE) >= PROMISED


def test_every_tampering_is_found_and_its_first_broken_row_named(journal):
    """One table: what was planted, what was named."""
    outcomes = [try_tampering(tampering, journal) for tampering in CATALOGUE]
    for outcome in outcomes:
        mark = "found " if outcome.is_found else "MISSED"
        print(f"{mark} | {outcome.name} | {outcome.found or 'nothing'}: {outcome.reason}")  # noqa: T201
    missed = [(o.name, o.expected, o.found, o.reason) for o in outcomes if not o.is_found]
    assert missed == []
    assert verify_trail().ok, "each was taken back"


def test_lawful_erasure_of_personal_data_keeps_the_trail_valid(journal):
    case = targets(journal).case
    without_triggers(
        "DELETE FROM trail_personalnote WHERE entry_id IN"
        f" (SELECT id FROM trail_entry WHERE case_id = {case.pk})"
    )
    assert verify_trail().ok


def test_a_seal_whose_journal_line_was_lost_is_made_good(journal):
    lines = journal.read_text().splitlines(keepends=True)
    journal.write_text("".join(lines[:-1]) + lines[-1][:20])
    assert verify_trail().ok, "half a line is a sealer that was interrupted"
    assert seal_entries(at=database_now()) is None, "nothing new to seal"
    assert journal.read_text() == "".join(lines)


def test_a_removed_journal_is_not_made_good(journal):
    journal.unlink()
    record_entry(case=Case.objects.first(), actor=SYSTEM, at=database_now(), verb="note")
    seal_entries(at=database_now())
    assert not verify_trail().ok


def test_a_journal_that_cannot_be_written_costs_no_seal(journal, settings):
    settings.SEAL_JOURNAL = journal.parent  # a folder: writing fails as on a full disk
    record_entry(case=Case.objects.first(), actor=SYSTEM, at=database_now(), verb="note")
    assert seal_entries(at=database_now()) is not None
    settings.SEAL_JOURNAL = journal
    seal_entries(at=database_now())
    assert verify_trail().ok
    assert len(journal.read_text().splitlines()) == Seal.objects.count()


def test_seals_of_the_first_version_still_hold(journal):
    """They covered everything but their time, and were not all kept outside."""
    from drills.forging import execute, reseal  # noqa: PLC0415

    with transaction.atomic():
        without_triggers("UPDATE trail_seal SET version = 1")
        execute("SET LOCAL session_replication_role = replica")
        reseal()
    journal.unlink()
    assert verify_trail().ok
