"""County sums: left on disk by whoever makes the measures, and the same as added up anew."""

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from mapping.queries import county_sums as module
from mapping.queries.custom_regions import drawn_region, kept_region
from mapping.rules.assignment import Assigned
from tests.factories.economy import small_economy

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def cache_of_its_own(settings, tmp_path):
    settings.CACHE_ROOT = tmp_path
    module._county_sums.cache_clear()


@pytest.fixture
def basis(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        return small_economy()


def test_making_measures_leaves_the_sums_for_the_first_reader(basis, monkeypatch):
    monkeypatch.setattr(module, "_added_up", lambda _: pytest.fail("added up anew"))
    fips = frozenset({"39095", "39173"})
    assert kept_region(basis, fips) == drawn_region(basis, fips)


def test_what_is_left_is_what_the_first_reader_would_add_up(basis):
    left, anew = module.county_sums(basis), module._added_up(basis.pk)
    assert left.position == anew.position
    assert set(left.columns) == {field.name for field in fields(Assigned)}
    for name, column in anew.columns.items():
        assert np.array_equal(left.columns[name], column), name


@pytest.mark.parametrize("spoil", [lambda path: path.unlink(), lambda path: path.write_bytes(b"")])
def test_without_a_readable_file_they_are_added_up(basis, tmp_path, spoil):
    (path,) = (tmp_path / "sums").glob(f"{module.FORM}-*.npz")
    spoil(path)
    assert module.county_sums(basis).position
    assert path.stat().st_size > 0


def test_a_folder_that_cannot_be_written_stops_nothing(
    settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.CACHE_ROOT = Path(tmp_path / "file")
    settings.CACHE_ROOT.write_text("no folder", encoding="utf-8")
    with django_capture_on_commit_callbacks(execute=True):
        basis = small_economy()
    assert kept_region(basis, frozenset({"39095"})).employment > 0
