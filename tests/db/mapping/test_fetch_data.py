"""fetch_data takes only whole files of a known layout, and says plainly what is missing."""

import io

import pytest
from django.core.management import CommandError, call_command

from mapping.management.commands import fetch_data
from mapping.models import Industry, Release
from tests.factories.mapping import write_small_files


@pytest.fixture
def agencies(tmp_path, monkeypatch):
    """The agencies' files in a folder, reached by addresses like theirs."""
    folder = write_small_files(tmp_path / "agencies")

    def of_years(years, *, with_qcew):
        del years, with_qcew
        return (path.as_uri() for path in sorted(folder.iterdir()))

    monkeypatch.setattr(fetch_data, "addresses", of_years)
    return folder


def run(folder, *flags):
    out = io.StringIO()
    call_command("fetch_data", "2021", "--to", str(folder), *flags, stdout=out, stderr=out)
    return out.getvalue()


def test_official_addresses_are_the_agencies_own():
    found = list(fetch_data.addresses([2012, 2021], with_qcew=True))
    hosts = {address.split("/")[2] for address in found}
    assert hosts == {"www2.census.gov", "www.census.gov", "data.bls.gov"}
    assert all(address.startswith("https://") for address in found)
    assert "https://www2.census.gov/programs-surveys/cbp/datasets/2021/cbp21co.zip" in found
    assert "https://www2.census.gov/programs-surveys/cbp/datasets/2012/cbp12us.zip" in found


def test_files_are_fetched_checked_and_loaded(agencies, tmp_path):
    said = run(tmp_path / "to")
    assert "county_naics6_2021.csv, 2021" in said
    assert Release.objects.filter(year=2021, digits=6).exists()
    assert "there already" in run(tmp_path / "to", "--no-load")


def test_file_of_no_known_layout_is_not_kept_and_nothing_is_loaded(agencies, tmp_path):
    (agencies / "page.html").write_text("<html>,<p>\nsorry,no\n")
    with pytest.raises(CommandError, match=r"page.html holds no table of a known layout"):
        run(tmp_path / "to")
    assert not (tmp_path / "to" / "page.html").exists()
    assert not Industry.objects.exists()


def test_missing_network_is_said_plainly(agencies, tmp_path):
    for path in agencies.iterdir():
        path.unlink()
    (agencies / "gone.csv").symlink_to(tmp_path / "nowhere")
    with pytest.raises(CommandError, match="cannot be reached: is there a network") as caught:
        run(tmp_path / "to")
    assert "Nothing was loaded" in str(caught.value)
    assert not list((tmp_path / "to").iterdir())


def test_year_before_naics_is_refused(tmp_path):
    with pytest.raises(CommandError, match="1997 are not on NAICS"):
        call_command("fetch_data", "1997", "--to", str(tmp_path))
