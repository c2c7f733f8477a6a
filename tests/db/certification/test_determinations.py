"""Determinations never change; findings need two persons and only answer open questions."""

from dataclasses import replace

import pytest

from certification.models import Determination, Finding
from certification.queries.determinations import (
    latest_determination,
    open_points,
    settled,
    unanswered_points,
    unmet_points,
)
from certification.rules.determination import derive
from tests.constraints import refused_by, refused_by_trigger
from tests.db.certification.scenes import AT, COLLEAGUE, OFFICER, case, determination_row
from tests.rules.certification.facts import case_facts, concentration_facts, reading

UNSURE = replace(
    case_facts(), concentration=concentration_facts(lq=reading("1.4/1.45/1.6"), top_quarter_lq=None)
)


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


def plain_finding(row, **fields):
    values = {
        "test_id": "C1.size",
        "is_met": True,
        "evidence_class": "survey",
        "source": "A survey",
        "evidence": "E",
        "low": 1,
        "high": 2,
        "reasoning": "R",
    }
    return Finding.objects.create(
        determination=row, written_by=str(OFFICER), written_at=AT, **(values | fields)
    )


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("finding_is_reasoned", {"evidence": ""}),
        ("finding_is_reasoned", {"source": ""}),
        ("finding_bounds_in_order", {"low": 3}),
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


@pytest.mark.parametrize("is_met", [True, False])
def test_only_an_agreed_finding_counts(is_met):
    row = determination_row(UNSURE)
    plain_finding(row, test_id="C1.concentration", is_met=is_met)
    assert settled(row) == {}
    assert [one.id for one in unanswered_points(row)] == ["C1.concentration"]
    Finding.objects.update(is_agreed=True, checked_by=str(COLLEAGUE), checked_at=AT)
    assert settled(row) == {"C1.concentration": is_met}
    assert bool(open_points(row)) is bool(unmet_points(row)) is not is_met


def test_a_confidential_source_is_not_named_in_public():
    row = determination_row()
    open_source = plain_finding(row, source="County survey")
    hidden = plain_finding(row, test_id="C2.firms", source="Payroll file", is_confidential=True)
    assert "County survey" in open_source.public_words
    assert "Payroll file" not in hidden.public_words


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
