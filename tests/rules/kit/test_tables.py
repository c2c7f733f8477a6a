"""What a reader may ask of a table, and what counts as not said."""

import datetime as dt
from urllib.parse import parse_qs

import pytest

from kit.tables import Cell, Column, Kind, Table

TABLE = Table(
    "t",
    (
        Column("name", "Name", is_sortable=True, is_title=True),
        Column("jobs", "Jobs", is_sortable=True, is_numeric=True),
        Column("note", "Note"),
        Column("code", "Code", is_extra=True),
    ),
    default_sort="-jobs",
    noun="firms",
)


class Address:
    def __init__(self, query):
        self.said = parse_qs(query)

    def get(self, key):
        return self.said.get(key, [None])[-1]

    def getlist(self, key):
        return self.said.get(key, [])


def read(query):
    return TABLE.read(Address(query))


@pytest.mark.parametrize(
    ("query", "sort", "keys", "size", "is_dense"),
    [
        ("", "-jobs", "name jobs note", 25, False),
        ("sort=name", "name", "name jobs note", 25, False),
        ("sort=note", "-jobs", "name jobs note", 25, False),
        ("sort=--name", "-jobs", "name jobs note", 25, False),
        ("cols=code", "-jobs", "name code", 25, False),
        ("cols=code&cols=jobs", "-jobs", "name jobs code", 25, False),
        ("cols=nonsense", "-jobs", "name jobs note", 25, False),
        ("size=100&dense=1", "-jobs", "name jobs note", 100, True),
        ("size=99999&dense=yes", "-jobs", "name jobs note", 25, False),
    ],
)
def test_reading_an_address(query, sort, keys, size, is_dense):
    asked = read(query)
    assert asked.sort == sort
    assert [column.key for column in asked.columns] == keys.split()
    assert (asked.size, asked.is_dense) == (size, is_dense)


def test_the_order_is_read_in_two_parts():
    asked = read("sort=-name")
    assert (asked.sort_key, asked.is_descending) == ("name", True)


def test_a_cell_exports_its_value_before_its_words():
    day = dt.date(2026, 3, 3)
    assert Cell("Late", value=day, kind=Kind.DAY).exported == day
    assert Cell("Ohio").exported == "Ohio"
