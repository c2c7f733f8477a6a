"""Determinations never change; findings need two persons and only answer open questions."""

from dataclasses import replace

import pytest

from certification.actions.resolve_unknown import resolve_unknown
from certification.actions.write_finding import FindingText, write_finding
from certification.models import Determination, Finding
from certification.queries.determinations import (
    latest_determination,
    open_points,
    settled,
    unanswered_points,
    unmet_points,
)
from certification.rules.determination import derive
from kit.refusals import Refused
from tests.constraints import refused_by, refused_by_trigger
from tests.db.certification.scenes import AT, COLLEAGUE, OFFICER, case, determination_row
from tests.rules.certification.facts import case_facts, concentration_facts, reading
from trail.models import Entry

UNSURE = replace(
    case_facts(), concentration=concentration_facts(lq=reading("1.4/1.45/1.6"), top_quarter_lq=None)
)
TEXT = FindingText("C1.concentration", True, "Payroll survey of 2026", "It shows 400 more jobs.")


def code_of(act, **arguments):
    with pytest.raises(Refused) as refused:
        act(at=AT, **arguments)
    return refused.value.refusal.code


def test_a_determination_reads_back_as_it_was_derived():
    row = determination_row()
    row.refresh_from_db()
    assert row.content() == derive(case_facts(), row.rulebook.rules())
    assert row.content().digest == row.digest
    assert latest_determination(row.case) == row


def test_a_determination_never_changes():
    determination_row()
    with refused_by_trigger():
        Determination.objects.update(digest="f" * 64)
    with refused_by_trigger():
        Determination.objects.all().delete()


def test_determination_number_once_and_determination_has_digest():
    row = determination_row()
    row.pk = None
    with refused_by("determination_number_once"):
        row.save(force_insert=True)
    row.number, row.digest = 2, "short"
    with refused_by("determination_has_digest"):
        row.save(force_insert=True)


def test_a_finding_counts_once_a_second_officer_agrees():
    row = determination_row(UNSURE)
    assert [one.id for one in unanswered_points(row)] == ["C1.concentration"]
    finding = write_finding(actor=OFFICER, at=AT, determination=row, text=TEXT)
    assert settled(row) == {}
    assert [one.id for one in open_points(row)] == ["C1.concentration"]
    resolve_unknown(actor=COLLEAGUE, at=AT, finding=finding, is_agreed=True, note="")
    assert settled(row) == {"C1.concentration": True}
    assert open_points(row) == ()
    verbs = Entry.objects.filter(case=row.case).values_list("verb", flat=True)
    assert list(verbs.order_by("sequence"))[1:] == ["write_finding", "resolve_unknown"]


def test_a_finding_of_no_is_a_ground_to_deny():
    row = determination_row(UNSURE)
    text = replace(TEXT, is_met=False)
    finding = write_finding(actor=OFFICER, at=AT, determination=row, text=text)
    assert unmet_points(row) == ()
    resolve_unknown(actor=COLLEAGUE, at=AT, finding=finding, is_agreed=True, note="")
    assert [one.id for one in unmet_points(row)] == ["C1.concentration"]


def test_nobody_checks_an_own_finding():
    row = determination_row(UNSURE)
    finding = write_finding(actor=OFFICER, at=AT, determination=row, text=TEXT)
    found = code_of(resolve_unknown, actor=OFFICER, finding=finding, is_agreed=True, note="")
    assert found == "maker_is_checker"


def test_a_finding_never_stands_in_for_an_answered_test():
    row = determination_row()
    assert code_of(write_finding, actor=OFFICER, determination=row, text=TEXT) == "test_is_answered"


def test_a_finding_sent_back_may_be_written_anew():
    row = determination_row(UNSURE)
    finding = write_finding(actor=OFFICER, at=AT, determination=row, text=TEXT)
    assert code_of(write_finding, actor=OFFICER, determination=row, text=TEXT) == "finding_waits"
    refused = code_of(resolve_unknown, actor=COLLEAGUE, finding=finding, is_agreed=False, note=" ")
    assert refused == "note_missing"
    resolve_unknown(actor=COLLEAGUE, at=AT, finding=finding, is_agreed=False, note="Which year?")
    assert settled(row) == {}
    write_finding(actor=OFFICER, at=AT, determination=row, text=TEXT)
    again = code_of(resolve_unknown, actor=COLLEAGUE, finding=finding, is_agreed=True, note="")
    assert again == "finding_checked"


def test_an_empty_finding_is_refused():
    row = determination_row(UNSURE)
    empty = replace(TEXT, evidence="  ")
    assert code_of(write_finding, actor=OFFICER, determination=row, text=empty) == (
        "finding_incomplete"
    )


def plain_finding(row, **fields):
    values = {"test_id": "C1.size", "is_met": True, "evidence": "E", "reasoning": "R"}
    return Finding.objects.create(
        determination=row, written_by=str(OFFICER), written_at=AT, **(values | fields)
    )


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("finding_is_reasoned", {"evidence": ""}),
        ("finding_check_paired", {"is_agreed": True}),
        (
            "finding_two_persons",
            {"is_agreed": True, "checked_by": str(OFFICER), "checked_at": AT},
        ),
    ],
)
def test_finding_constraints(name, fields):
    row = determination_row()
    with refused_by(name):
        plain_finding(row, **fields)


def test_finding_one_per_test():
    row = determination_row()
    plain_finding(row)
    with refused_by("finding_one_per_test"):
        plain_finding(row)


def test_the_words_of_a_finding_stay():
    finding = plain_finding(determination_row())
    with refused_by_trigger():
        Finding.objects.update(reasoning="Other words")
    with refused_by_trigger():
        finding.delete()
    checked = {"is_agreed": True, "checked_by": str(COLLEAGUE), "checked_at": AT}
    Finding.objects.update(**checked)
    with refused_by_trigger():
        Finding.objects.update(is_agreed=False)


def test_cases_do_not_share_determinations():
    determination_row()
    assert latest_determination(case()) is None
