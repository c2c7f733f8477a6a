"""Pasted county lists: codes and names in any mixture."""

import pytest

from certification.rules.pasted_counties import read_counties

KNOWN = {
    "18039": "Elkhart County, IN",
    "26027": "Cass County, MI",
    "22033": "East Baton Rouge Parish, LA",
}

LISTS = [
    ("18039, 26027", {"18039", "26027"}, ()),
    ("18039 26027\n18039", {"18039", "26027"}, ()),
    ("Elkhart County, IN\ncass, mi", {"18039", "26027"}, ()),
    ("Elkhart, IN; 22033", {"18039", "22033"}, ()),
    ("East Baton Rouge, LA", {"22033"}, ()),
    ("99999, 18039", {"18039"}, ("99999",)),
    ("1803", set(), ("1803",)),
    ("Atlantis, XX", set(), ("Atlantis, XX",)),
    (" , ;\n", set(), ()),
    ("", set(), ()),
]


@pytest.mark.parametrize(("text", "fips", "unknown"), LISTS)
def test_lists_are_read_as_people_paste_them(text, fips, unknown):
    found = read_counties(text, KNOWN)
    assert (found.fips, found.unknown) == (fips, unknown)
