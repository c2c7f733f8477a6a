"""Counties as people write them."""

import pytest

from certification.rules.county_list import CountyIndex, read_counties

INDEX = CountyIndex(
    names={
        "24005": "Baltimore County, MD",
        "24510": "Baltimore city, MD",
        "39095": "Lucas County, OH",
        "19117": "Lucas County, IA",
        "24037": "St. Mary's County, MD",
        "22071": "Orleans Parish, LA",
        "46113": "Shannon County, SD",
    },
    states={"maryland": "MD", "md": "MD", "ohio": "OH", "oh": "OH", "la": "LA", "louisiana": "LA"},
    older={"46102": "46113"},
)


@pytest.mark.parametrize(
    ("text", "fips"),
    [
        ("39095", {"39095"}),
        ("39095, 24005\n22071;19117", {"39095", "24005", "22071", "19117"}),
        ("Lucas County, OH", {"39095"}),
        ("lucas, ohio", {"39095"}),
        ("Baltimore County, Maryland; Orleans, LA", {"24005", "22071"}),
        ("St Mary\u2019s County, MD", {"24037"}),
        ("Saint Mary's, MD", {"24037"}),
        ("Orleans", {"22071"}),
        ("46102", {"46113"}),
        ("", set()),
    ],
)
def test_counties_are_understood(text, fips):
    found = read_counties(text, INDEX)
    assert (found.fips, found.problems) == (fips, ())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("99999", "no county with the code 99999"),
        ("Atlantis, OH", "We know no county called “Atlantis, OH”"),
        ("Baltimore, MD", "may be Baltimore County, MD, Baltimore city, MD"),
        ("Lucas", "Write which one"),
    ],
)
def test_what_is_not_understood_is_said(text, words):
    assert words in read_counties(text, INDEX).problems[0]
