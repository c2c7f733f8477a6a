"""Determinations derive again; an altered block is named with exactly what it moved."""

import json
from fractions import Fraction

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from certification.actions.pin_determination import pin_determination
from certification.models import Determination, Rulebook
from certification.queries.rederivation import rederive_all, rederive_case
from certification.queries.rulebooks import rulebook_row
from mapping.models import CellBlock
from mapping.rules.blocks import unpack
from tests.db.certification.scenes import AT, OFFICER, case, ready_group
from tests.small_economy import CODES, JOBS, small_economy
from trail.models import Entry

GROUPS = {
    "vehicles": {"cluster": ("1", "Recreational vehicles")},
    "boats": {"cluster": ("2", "Boats"), "fips": ("26021",)},
    "bakeries": {"cluster": ("101", "Bakeries"), "fips": ("26163", "26139")},
}


def pin(basis, **fields):
    group = ready_group(**fields)
    return pin_determination(actor=OFFICER, at=AT, case=case(), group=group, basis=basis)


@pytest.fixture
def pinned():
    basis = small_economy()
    return {name: pin(basis, **fields) for name, fields in GROUPS.items()}


def alter(table, statement, *values):
    """Change a row as somebody with the keys of the database could."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement, values)
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def add_jobs(fips, naics, jobs):
    row = CellBlock.objects.get(region_code=fips)
    cells = unpack(row.block).copy()
    cells["employment"][cells["code"] == CODES.index(naics)] += jobs
    alter(
        "mapping_cellblock",
        "UPDATE mapping_cellblock SET block = %s WHERE id = %s",
        cells.tobytes(),
        row.pk,
    )


def test_pinning_keeps_everything_and_tells_the_trail(pinned):
    row = pinned["vehicles"]
    content = row.content()
    assert content.digest == row.digest
    assert content.facts.basis.digest == row.basis.digest
    assert content.rulebook.version == row.rulebook.version == 1
    entry = Entry.objects.get(case=row.case, verb="pin_determination")
    assert entry.facts["digest"] == row.digest
    again = pin_determination(actor=OFFICER, at=AT, case=row.case, group=row.group, basis=row.basis)
    assert again.number == 2


def test_a_case_keeps_the_rulebook_that_it_was_accepted_under(pinned):
    row = pinned["boats"]
    Rulebook.objects.update(effective_to=AT.date())
    second = Rulebook.objects.create(code="DC", version=2, title="Second", effective_from=AT.date())
    again = pin_determination(
        actor=OFFICER,
        at=AT,
        case=row.case,
        group=row.group,
        basis=row.basis,
        rulebook=row.rulebook,
    )
    assert again.rulebook.version == 1
    assert rulebook_row(AT.date()) == second
    assert all(one.is_sound for one in rederive_case(row.reference))


def test_untouched_determinations_are_equal(pinned):
    found = rederive_all()
    assert {one.reference for one in found} == {row.reference for row in pinned.values()}
    assert all(one.is_sound for one in found)
    (one,) = rederive_case(pinned["boats"].reference)
    assert one.digest == pinned["boats"].digest


def figures(jobs):
    """Location quotient and share of the nation, added up without any of the portal's code."""
    members = {"vehicles": (1, 2), "boats": (3,), "bakeries": (0,)}
    bases = {"vehicles": (1, 2, 3, 4), "boats": (1, 2, 3, 4), "bakeries": (0,)}
    regions = {
        "vehicles": ("18039", "18085", "26027"),
        "boats": ("26021",),
        "bakeries": ("26163", "26139"),
    }

    def total(places, columns):
        return sum(jobs[fips][column] for fips in places for column in columns)

    found = {}
    for name, columns in members.items():
        here, nation = total(regions[name], columns), total(jobs, columns)
        share = Fraction(here, total(regions[name], bases[name]))
        quotient = share / Fraction(nation, total(jobs, bases[name]))
        found[name] = (quotient, Fraction(here, nation))
    return found


@pytest.mark.parametrize(
    ("fips", "naics", "jobs", "moved"),
    [
        ("18097", "336213", 0, set()),
        ("18097", "336214", 500, {"vehicles", "boats"}),
        ("26021", "336612", 900, {"vehicles", "boats"}),
        ("26077", "311811", 400, {"bakeries"}),
    ],
)
def test_an_altered_block_is_named_with_every_determination_that_moves(
    pinned, fips, naics, jobs, moved
):
    before = figures(JOBS)
    add_jobs(fips, naics, jobs)
    altered = {place: list(counts) for place, counts in JOBS.items()}
    altered[fips][CODES.index(naics)] += jobs
    after = figures(altered)
    independent = {pinned[name].reference for name in before if before[name] != after[name]}
    found = rederive_all()
    assert {one.reference for one in found if not one.equal} == independent
    assert {pinned[name].reference for name in moved} == independent
    if jobs:
        broken = [(one.kind, one.region_code) for one in found[0].broken]
        assert broken == [("block", fips), ("release", "")]


def test_an_altered_measure_hides_nothing_and_moves_nothing(pinned):
    """Measures are derived rows: re-derivation reads the blocks under them."""
    alter("mapping_measure", "UPDATE mapping_measure SET employment = employment + 1000")
    assert all(one.is_sound for one in rederive_all())


def test_an_altered_snapshot_is_found(pinned):
    row = pinned["boats"]
    snapshot = row.snapshot
    snapshot["results"][0]["sentence"] = "All is well."
    alter(
        "certification_determination",
        "UPDATE certification_determination SET snapshot = %s WHERE id = %s",
        json.dumps(snapshot),
        row.pk,
    )
    found = {one.reference: one for one in rederive_all()}
    paths = {one.path for one in found[row.reference].differences}
    assert paths == {"digest", "results.C1.concentration.sentence"}
    assert found[pinned["vehicles"].reference].equal


def test_areas_redrawn_later_move_nothing(pinned):
    alter("mapping_county", "UPDATE mapping_county SET economic_area_id = '001'")
    assert all(one.is_sound for one in rederive_all())


def test_an_altered_geography_is_named(pinned):
    alter(
        "mapping_geographyedition",
        """UPDATE mapping_geographyedition
        SET areas = replace(areas::text, '"006"', '"001"')::jsonb""",
    )
    found = rederive_all()
    assert {broken.kind for one in found for broken in one.broken} == {"geography"}


def output(capsys, *arguments):
    try:
        call_command("rederive", *arguments)
        code = 0
    except SystemExit as stop:
        code = stop.code
    return code, capsys.readouterr().out


def test_the_command_prints_one_array(pinned, capsys):
    code, text = output(capsys, "--all", "--json")
    assert code == 0
    found = json.loads(text)
    assert [one["equal"] for one in found] == [True] * 3
    assert {"reference", "equal", "differences"} <= found[0].keys()
    add_jobs("18039", "336213", 50)
    code, text = output(capsys, pinned["vehicles"].reference, "--json")
    assert code == 1
    (one,) = json.loads(text)
    assert one["equal"] is False
    assert one["broken_digests"]
    code, text = output(capsys, pinned["vehicles"].reference)
    assert "values differ" in text
    assert "block region 18039" in text


def test_the_command_asks_for_one_case_or_all():
    for arguments in ((), ("AP-0000-0000-0", "--all"), ("AP-0000-0000-0",)):
        with pytest.raises(CommandError):
            call_command("rederive", *arguments)


def test_without_determinations_all_is_empty(capsys):
    assert output(capsys, "--all", "--json") == (0, "[]\n")
    assert not Determination.objects.exists()
