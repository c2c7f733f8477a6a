"""The report of a release: for everybody where it is published, for officers always."""

import csv
import io

import pytest
from django.test import Client

from mapping.models import Basis, Release
from mapping.queries.made_bases import contradictions_of
from tests.factories.economy import small_economy
from tests.factories.mapping import load, write_small_files
from tests.factories.raw_files import county_lines, row, write
from tests.worlds import staffed_agency
from trail.actions.open_case import open_case
from trail.actors import SYSTEM
from trail.queries.clock import database_now

# One statewide row, one code of the publisher's own, one sector row.
EXTRA = (row("01999", "311811", 5, 70), row("53033", "999999", 3, 7), row("53033", "31----", 9, 99))


def loaded(tmp_path, *, is_published=True):
    folder = write_small_files(tmp_path / "data")
    for digits in (4, 6):
        (folder / f"county_naics{digits}_2021.csv").unlink()
    write(folder, [*county_lines(), *EXTRA])
    load(folder, is_published=is_published)
    return Release.objects.get(digits=6)


@pytest.fixture
def officer(db):
    desk = Client()
    desk.force_login(staffed_agency().people["programme_officer"])
    return desk


def public(release):
    return f"/explore/data/releases/{release.reference}/"


def staff(release):
    return f"/staff/releases/{release.reference}/"


def rows_of(answer):
    body = answer.getvalue() if answer.streaming else answer.content
    return list(csv.DictReader(io.StringIO(body.decode())))


def test_the_page_tells_what_the_load_found(client, tmp_path):
    release = loaded(tmp_path)
    answer = client.get(public(release))
    page = answer.content.decode()
    for words in (
        release.digest, release.content_digest, release.file_name, release.source,
        "NAICS 2017, 6 digits", "By county", f"{release.rows_read:,}", f"{release.rows_kept:,}",
        "Statewide rows (county 999), counted apart", "999999", "Alabama", "Counties without a row",
        "small random noise",
    ):  # fmt: skip
        assert words in page, words
    report = answer.context["report"]
    assert report.lost_employment == 77
    assert report.unknown_codes == {"999999": 7}
    assert [(one.code, one.jobs) for one in report.statewide] == [("01", 70)]
    # Two releases are made of the file's rows, and none is lost from the count.
    totals = Release.objects.get(digits=4)
    assert release.rows_read == release.rows_kept + totals.rows_kept + report.left_out
    assert report.siblings == [totals]
    assert public(totals) in page


def test_the_table_holds_everything_that_was_left_out(client, tmp_path):
    release = loaded(tmp_path)
    found = rows_of(client.get(public(release).rstrip("/") + ".csv"))
    assert {"what": "unknown code", "code": "999999", "words": "", "rows": "", "jobs": "7"} in found
    assert {
        "what": "statewide jobs", "code": "01", "words": "Alabama", "rows": "", "jobs": "70"
    } in found  # fmt: skip
    reasons = {one["words"]: int(one["rows"]) for one in found if one["what"] == "rows left out"}
    assert reasons == release.report["dropped"]
    assert client.get(public(release).rstrip("/") + ".xlsx").status_code == 200


def test_what_is_not_published_is_for_officers(client, officer, tmp_path):
    release = loaded(tmp_path, is_published=False)
    assert Basis.objects.exists()
    for address in (public(release), public(release).rstrip("/") + ".csv"):
        assert client.get(address).status_code == 404
        assert officer.get(address).status_code == 404
    assert client.get(staff(release)).status_code == 302
    answer = officer.get(staff(release))
    assert Basis.objects.first().reference in answer.content.decode()
    assert rows_of(officer.get(staff(release).rstrip("/") + ".csv"))


def test_the_public_page_names_published_sets_only(client, officer, tmp_path):
    release = loaded(tmp_path)
    basis = Basis.objects.get(release=release)
    hidden = Basis.objects.create(
        **{
            field.name: getattr(basis, field.name)
            for field in Basis._meta.fields
            if field.name not in {"id", "case", "digest"}
        },
        case=Release.objects.get(digits=4).case,
        digest="0" * 64,
    )
    assert {one.basis for one in officer.get(staff(release)).context["report"].bases} == {
        basis,
        hidden,
    }
    assert [one.basis for one in client.get(public(release)).context["report"].bases] == [basis]


def test_how_often_files_contradict_each_other_is_told(client, db):
    basis = small_economy()
    counted = contradictions_of([basis])[basis.pk]
    # Lucas County: thirteen workplaces in the total, twelve in its two cells, none of them hidden.
    assert (counted.totals, counted.establishments, counted.jobs, counted.states) == (9, 1, 0, 0)
    for release in (basis.release, basis.totals_release):
        page = client.get(public(release)).content.decode()
        assert "held against each other on 9 four-digit totals" in page
        assert "On 1 of them the workplaces do not fit" in page


def test_pages_lead_there(client, officer, tmp_path):
    release = loaded(tmp_path)
    assert public(release) in client.get("/explore/data/").content.decode()
    assert staff(release) in officer.get("/staff/releases/").content.decode()


def test_a_report_without_its_later_parts_can_be_read(officer):
    """Releases loaded before unknown codes were kept have none of those parts."""
    release = small_economy().release
    release.pk, release.case = (
        None,
        open_case(actor=SYSTEM, at=database_now(), kind="release", prefix="DR"),
    )
    release.digest, release.report = "0" * 64, {"dropped": {}, "coverage": {}}
    release._state.adding = True
    release.save(force_insert=True)
    page = officer.get(staff(release)).content.decode()
    assert "None: every row was kept." in page
    assert "The file has none." in page
