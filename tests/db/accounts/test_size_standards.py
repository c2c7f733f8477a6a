"""The table of size standards: dated rows that only end, and the command that loads it."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import SizeStandard
from accounts.queries.size_standards import size_answer, standard_for
from accounts.rules.size_class import Figures, Size
from tests.constraints import refused_by, refused_by_trigger

TABLE = "naics,measure,limit,note\n332710,employees,600,\n541330,receipts,25500000,\n"


def load(tmp_path, text=TABLE, since="2027-01-01", **options):
    file = tmp_path / "table.csv"
    file.write_text(text, encoding="utf-8")
    out = StringIO()
    call_command("load_size_standards", file, "--from", since, "--json", stdout=out, **options)
    return json.loads(out.getvalue())


def standard(**values):
    return SizeStandard.objects.create(
        **{
            "naics": "999990",
            "measure": "employees",
            "limit": 10,
            "citation": "13 CFR 121.201",
            "effective_from": date(2024, 1, 1),
            **values,
        }
    )


def test_the_starter_set_is_dated_and_cited():
    rows = SizeStandard.objects.all()
    assert 20 <= rows.count() <= 30
    assert {row.effective_from for row in rows} == {date(2023, 3, 17)}
    assert all("13 CFR 121.201" in row.citation for row in rows)


def test_a_day_is_judged_by_its_own_rows(tmp_path):
    loaded = load(tmp_path)
    assert loaded["added"] == 1
    assert loaded["unchanged"] == 1
    assert standard_for("332710", date(2026, 12, 31)).limit == 500
    assert standard_for("332710", date(2027, 1, 1)).limit == 600
    assert standard_for("332710", date(2023, 3, 16)) is None
    figures = Figures("332710", employees=550)
    assert size_answer(figures, date(2026, 12, 31)).size is Size.OTHER
    assert size_answer(figures, date(2027, 1, 1)).size is Size.SMALL


def test_an_industry_missing_from_the_new_table_ends(tmp_path):
    load(tmp_path)
    assert standard_for("722511", date(2026, 12, 31))
    assert standard_for("722511", date(2027, 1, 1)) is None


def test_loading_again_changes_nothing(tmp_path):
    load(tmp_path)
    assert load(tmp_path) == {"added": 0, "ended": 0, "unchanged": 2}


@pytest.mark.parametrize(
    ("text", "since", "words"),
    [
        ("naics,measure,limit\n5413,receipts,3\n", "2027-01-01", "six-digit"),
        (TABLE, "soon", "isoformat"),
        (TABLE, "2020-01-01", "begin later"),
        (TABLE, "2023-03-17", "Choose a later day"),
    ],
)
def test_a_bad_table_changes_nothing(tmp_path, text, since, words):
    before = list(SizeStandard.objects.order_by("pk").values())
    with pytest.raises(CommandError, match=words):
        load(tmp_path, text, since)
    assert list(SizeStandard.objects.order_by("pk").values()) == before


def test_a_file_that_is_no_text_is_refused(tmp_path):
    file = tmp_path / "table.csv"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CommandError, match="UTF-8"):
        call_command("load_size_standards", file, "--from", "2027-01-01")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_size_standards", tmp_path / "none.csv", "--from", "2027-01-01")


def test_rows_only_end():
    row = standard()
    with refused_by_trigger():
        SizeStandard.objects.filter(pk=row.pk).update(limit=11)
    with refused_by_trigger():
        row.delete()
    SizeStandard.objects.filter(pk=row.pk).update(effective_to=date(2025, 1, 1))


def test_size_standard_six_digits():
    with refused_by("size_standard_six_digits"):
        standard(naics="54133")


def test_size_standard_measure_known():
    with refused_by("size_standard_measure_known"):
        standard(measure="assets")


def test_size_standard_limit_positive():
    with refused_by("size_standard_limit_positive"):
        standard(limit=0)


def test_size_standard_ends_after_start():
    # The range of days is refused by PostgreSQL itself when it ends before it starts.
    with refused_by("size_standard_ends_after_start"):
        standard(effective_to=date(2024, 1, 1))


def test_size_standard_one_in_force():
    standard(effective_to=date(2025, 1, 1))
    standard(effective_from=date(2025, 1, 1))
    with refused_by("size_standard_one_in_force"):
        standard(effective_from=date(2024, 6, 1))
