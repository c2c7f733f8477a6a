"""The trail notices every tampering and names the first broken row."""

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from trail.actions.open_case import open_case
from trail.actions.record_entry import record_entry
from trail.actions.seal_entries import seal_entries
from trail.actors import SYSTEM
from trail.models import Entry
from trail.queries.clock import database_now
from trail.queries.verification import verify_trail


@pytest.fixture
def case(settings, tmp_path):
    settings.SEAL_JOURNAL = tmp_path / "seals.jsonl"
    case = open_case(actor=SYSTEM, at=database_now(), kind="group", prefix="CG")
    for number in range(3):
        record_entry(
            case=case, actor=SYSTEM, at=database_now(), verb="note", facts={"number": number}
        )
    return case


def without_triggers(sql):
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql)
        cursor.execute("SET session_replication_role = DEFAULT")


def test_untouched_trail_is_whole(case):
    seal_entries(at=database_now())
    report = verify_trail()
    assert report.ok
    assert report.checked > 4


def test_entries_refuse_update(case):
    with pytest.raises(ProgrammingError), transaction.atomic():
        Entry.objects.update(verb="other")


DROP = (
    "DELETE FROM trail_personalnote WHERE entry_id IN"
    " (SELECT id FROM trail_entry WHERE sequence={0}); DELETE FROM trail_entry WHERE sequence={0}"
)
DROP_SECOND, DROP_LAST = DROP.format(2), DROP.format(4)
TAMPERINGS = [
    ("UPDATE trail_entry SET facts='{\"number\": 9}' WHERE sequence=3", "altered"),
    ("UPDATE trail_entry SET verb='x' WHERE sequence=2", "altered"),
    (DROP_SECOND, "missing"),
    (DROP_LAST, "missing"),
    ('UPDATE trail_personalnote SET content=\'{"actor_name": "Eve"}\'', "personal note"),
    ("DELETE FROM trail_seal", "cut off"),
]


@pytest.mark.parametrize(("sql", "reason"), TAMPERINGS)
def test_tampering_is_found_and_named(case, sql, reason):
    seal_entries(at=database_now())
    without_triggers(sql)
    report = verify_trail()
    assert not report.ok
    assert reason in report.reason
    assert report.first_broken


def test_erasing_a_personal_note_keeps_the_chain(case):
    seal_entries(at=database_now())
    without_triggers("DELETE FROM trail_personalnote")
    assert verify_trail().ok
