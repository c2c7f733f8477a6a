"""A Basis keeps the geography that it was made with, whatever is loaded later."""

import pytest

from mapping.models import County, EconomicArea, ReferenceFile
from mapping.queries.basis import current_basis
from mapping.queries.concentration import concentration
from mapping.queries.integrity import check_everything
from mapping.queries.recomputation import Recomputation
from tests.factories.mapping import COUNTIES, load, small_basis

SEATTLE = frozenset({"53033", "53053", "53061"})


@pytest.fixture
def basis(tmp_path):
    return small_basis(tmp_path / "data")


def other_areas(folder):
    path = folder / "other_areas.csv"
    lines = [
        f'{fips},"County {fips}",{90 + i % 2:03d},"Area {i % 2}"' for i, fips in enumerate(COUNTIES)
    ]
    path.write_text("fips,county,ea,ea_name\n" + "\n".join(lines) + "\n")
    return path


def test_second_edition_of_the_areas_is_refused(basis, tmp_path):
    (report,) = load(other_areas(tmp_path))
    assert report.status == "refused"
    assert "another edition" in report.notes[0]
    assert County.objects.get(pk="53033").economic_area_id == "003"


def test_areas_of_a_sample_make_room_and_its_measures_stay(basis, tmp_path):
    before = concentration(basis, SEATTLE, "2")
    # A sample economy brings areas that no file stands for.
    ReferenceFile.objects.filter(kind="economic areas").delete()
    load(other_areas(tmp_path))
    assert set(EconomicArea.objects.values_list("code", flat=True)) == {"090", "091"}
    assert County.objects.get(pk="53033").economic_area_id == "091"
    assert Recomputation(basis).concentration(SEATTLE, "2") == before
    assert check_everything().ok
    assert current_basis().geography_digest != basis.geography_digest
