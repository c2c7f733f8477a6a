"""Spreadsheets and sheets as the agencies publish them give the rows of their plain twins."""

import pytest

from mapping.rules.readers.geography import read_cbsas, read_economic_areas, read_population
from mapping.rules.readers.layouts import Layout, layout_of
from mapping.rules.readers.source_file import open_source
from mapping.rules.readers.tables import read_changes, read_industries
from tests.rules.mapping.real_data import needs_real_data, real_file


@needs_real_data
@pytest.mark.parametrize(
    ("published", "plain", "layout", "read", "count"),
    [
        ("geo/BEA_Economic_Areas_and_Counties.xls", "geo/bea_ea_2004_counties.csv",
         Layout.ECONOMIC_AREAS, read_economic_areas, 3_147),
        ("geo/list1_2020.xls", "geo/cbsa_delineation_2020.csv",
         Layout.CBSAS, read_cbsas, 1_841),
        ("naics/raw_2017_to_2022_NAICS.csv", "naics/concordance_2017_2022.csv",
         Layout.INDUSTRY_CHANGES, lambda source: read_changes(source)[2], 1_150),
    ],
)  # fmt: skip
def test_published_sheet_has_the_rows_of_its_twin(published, plain, layout, read, count):
    assert layout_of(real_file(published)) is layout_of(real_file(plain)) is layout
    rows = sorted(map(repr, read(real_file(published)).rows))
    assert rows == sorted(map(repr, read(real_file(plain)).rows))
    assert len(rows) == count


def test_published_naics_list_tells_its_vintage():
    text = '"Seq. No.","2017 NAICS US   Code","2017 NAICS US Title"\n,,\n1,11,Farming\n2,31-33,M\n'
    source = open_source("2-6_digit_Codes.csv", text.encode())
    assert layout_of(source) is Layout.INDUSTRIES
    vintage, table = read_industries(source)
    assert (vintage, [row.code for row in table.rows]) == (2017, ["11"])


def test_population_as_the_agency_publishes_it():
    text = (
        "SUMLEV,REGION,DIVISION,STATE,COUNTY,STNAME,CTYNAME,POPESTIMATE2019,POPESTIMATE042020,"
        "POPESTIMATE2020\n40,3,6,1,0,Alabama,Alabama,9,9,9\n50,3,6,1,1,Alabama,Autauga County,10,"
        "10,11\n"
    )
    source = open_source("co-est2020-alldata.csv", text.encode("cp1252"))
    assert layout_of(source) is Layout.POPULATION
    (row,) = read_population(source).rows
    assert (row.fips, row.name, row.by_year) == (
        "01001", "Autauga County", ((2019, 10), (2020, 11)),
    )  # fmt: skip
