"""The table of county codes that came and went names only counties that exist."""

from mapping.rules.county_changes import KNOWN_CHANGES
from mapping.rules.readers.geography import read_county_changes, read_economic_areas
from mapping.rules.readers.tables import read_industries
from mapping.rules.states import STATES
from tests.rules.mapping.real_data import needs_real_data, real_file


def naics_lists():
    """The real NAICS lists by vintage."""
    lists = {}
    for vintage in (2002, 2007, 2012, 2017, 2022):
        _, table = read_industries(real_file(f"naics/naics_{vintage}.csv"))
        lists[vintage] = frozenset(row.code for row in table.rows)
    return lists


def test_change_stays_in_its_state():
    for fips, change in KNOWN_CHANGES.items():
        assert fips[:2] == change.read_as[:2]
        assert fips[:2] in STATES
        assert change.read_as not in KNOWN_CHANGES


@needs_real_data
def test_every_change_leads_to_a_county_with_an_area():
    areas = {
        row.fips: row.area
        for row in read_economic_areas(real_file("geo/bea_ea_2004_counties.csv")).rows
    }
    assert {fips: c.read_as for fips, c in KNOWN_CHANGES.items() if c.read_as not in areas} == {}
    file = read_county_changes(real_file("geo/fips_changes_for_ea2004.csv")).rows
    assert {row.newer: row.older for row in file} == {
        row.newer: KNOWN_CHANGES[row.newer].read_as for row in file
    }


@needs_real_data
def test_connecticut_keeps_its_two_areas():
    areas = {
        row.fips: row.area
        for row in read_economic_areas(real_file("geo/bea_ea_2004_counties.csv")).rows
    }
    regions = {f: areas[c.read_as] for f, c in KNOWN_CHANGES.items() if f.startswith("09")}
    assert len(regions) == 9
    assert set(regions.values()) == {"072", "118"}
