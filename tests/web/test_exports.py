"""Downloads hold the rows of their page, in every form and for every filter."""

import csv
import io
import json
from datetime import date, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.core.cache import cache
from django.test import Client
from openpyxl import load_workbook

from tests.db.certification.cases import application_of, group_of, office
from tests.db.certification.register_scenes import decided, released
from tests.factories.certification_groups import firm_entry, institution_entry, invite, make_group
from tests.house.tree import name_of, python_files

FORMS = ("csv", "xlsx", "json")


def body(answer):
    assert answer.status_code == 200
    return answer.getvalue() if answer.streaming else answer.content


def rows_of(client, address, form, query=""):
    """The rows of a download as dictionaries, whatever its form."""
    return rows_in(body(client.get(f"{address}.{form}{query}")), form)


def shown(client, address, column):
    """What the page says in one column."""
    rows = client.get(address).context["table"].rows
    return [next(cell.text for one, cell in row if one.key == column) for row in rows]


def rows_in(content, form):
    if form == "csv":
        return list(csv.DictReader(io.StringIO(content.decode(), newline="")))
    if form == "json":
        document = json.loads(content)
        rows = document.get("rows", document.get("results"))
        assert document["count"] == len(rows)
        return rows
    sheet = load_workbook(io.BytesIO(content))["Rows"]
    names, *lines = sheet.iter_rows(values_only=True)
    return [dict(zip(names, line, strict=True)) for line in lines]


@pytest.fixture
def place():
    cache.clear()
    return office()


@pytest.fixture
def register(place):
    for name, fips in (("Elkhart Vehicles", "18039"), ("Ohio Glass", "39095")):
        released(place, decided(place, name=name, fips=fips).application)


@pytest.mark.parametrize("form", FORMS)
def test_register_files_hold_the_rows_of_the_page(client, register, form):
    for query in ("", "?q=glass", "?state=18", "?sort=group", "?standing=ended", "?cluster=12"):
        names = shown(client, f"/register/{query}", "group")
        assert [row["group"] for row in rows_of(client, "/register/register", form, query)] == names


ATOM = "{http://www.w3.org/2005/Atom}"


def test_the_feed_holds_the_rows_of_the_page(client, register):
    for query in ("", "?q=glass", "?state=18", "?sort=group", "?standing=ended"):
        names = shown(client, f"/register/{query}", "group")
        answer = client.get(f"/register/register.atom{query}")
        assert answer["Content-Type"].startswith("application/atom+xml")
        entries = ET.fromstring(answer.content).findall(f"{ATOM}entry")  # noqa: S314 - our own
        assert [one.find(f"{ATOM}title").text.split(":")[0] for one in entries] == names
        assert all(one.find(f"{ATOM}updated").text for one in entries)


def test_workbook_cells_have_types(client, register):
    row = rows_of(client, "/register/register", "xlsx", "?q=glass")[0]
    assert isinstance(row["number"], int)
    assert isinstance(row["decided_on"], datetime)
    assert isinstance(row["concentration"], float | int)
    assert row["state_fips"] == "39"
    assert isinstance(row["is_synthetic"], bool)


def test_a_workbook_says_what_its_columns_mean(client, register):
    book = load_workbook(io.BytesIO(body(client.get("/register/register.xlsx"))))
    about = [row[0] for row in book["About"].iter_rows(values_only=True)]
    assert "ends_on" in about
    assert book["Rows"].freeze_panes == "A2"


def test_json_carries_its_dictionary(client, place):
    invite(group := make_group(), firm_entry())
    desk = Client()
    desk.force_login(group.seats.get().user)
    address = f"/groups/{group.reference}/roster/roster.json"
    about = json.loads(body(desk.get(address)))["about"]
    assert {"name": "votes", "kind": "whole number"}.items() <= about["columns"][12].items()


def test_a_form_that_does_not_exist_is_not_found(client):
    for ending in ("ods", "CSV", "xls", "php"):
        assert client.get(f"/register/register.{ending}").status_code == 404


@pytest.mark.parametrize("form", FORMS)
def test_queue_files_hold_the_rows_of_the_page(place, form):
    application_of(place, group_of(place, name="Case Under Review", fips="18041"))
    decided(place)
    desk = Client()
    desk.force_login(place.people["programme_officer"])
    for query in ("turn=", "turn=decided", "q=review", "q=nothing", "sort=-group"):
        names = shown(desk, f"/staff/cases/?{query}", "group")
        found = rows_in(body(desk.get(f"/staff/cases/?{query}&format={form}")), form)
        assert [row["Group"] for row in found] == names


@pytest.mark.parametrize("form", FORMS)
def test_roster_files_hold_the_rows_of_the_page(form):
    group = make_group()
    desk = Client()
    desk.force_login(group.seats.get().user)
    invite(group, firm_entry("Maumee Glass"), firm_entry("Toledo Kilns"), institution_entry())
    address = f"/groups/{group.reference}/roster/roster"
    for page, kind in (("members", "firm"), ("institutions", "institution")):
        for query in ("", "&q=glass", "&state=confirmed", "&sort=-name", "&role=nonsense"):
            names = shown(desk, f"/groups/{group.reference}/{page}/?{query}", "name")
            found = rows_of(desk, address, form, f"?kind={kind}{query}")
            assert [row["name"] for row in found] == names
    assert len(rows_of(desk, address, form)) == 3


HOSTILE = ["=1+1", "+2", "-2", "@SUM(A1)", "\uff1d1+1", "' OR 1=1"]


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_no_name_becomes_a_formula_in_any_form(name):
    group = make_group()
    desk = Client()
    desk.force_login(group.seats.get().user)
    invite(group, firm_entry(name))
    address = f"/groups/{group.reference}/roster/roster"
    content = body(desk.get(f"{address}.xlsx"))
    cells = [cell for row in load_workbook(io.BytesIO(content))["Rows"] for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "b", "inlineStr"}
    named = next(cell for cell in cells if cell.value == name)
    assert named.quotePrefix is (not name.startswith("'"))
    assert rows_of(desk, address, "json")[0]["name"] == name
    in_csv = rows_of(desk, address, "csv")[0]["name"]
    assert in_csv == (name if name.startswith("'") else f"'{name}")


def test_openpyxl_alone_would_have_written_a_formula():
    """The planted fault: without the writer's own cells the guard is gone."""
    from openpyxl import Workbook  # noqa: PLC0415

    sheet = Workbook().active
    sheet.append(["=1+1"])
    assert sheet["A1"].data_type == "f"


def test_a_download_has_a_harmless_name(client, register):
    answer = client.get("/register/register.csv")
    today = date.today().isoformat()[:4]  # noqa: DTZ011, TID251 - only the year's shape
    assert answer["Content-Disposition"].startswith(f'attachment; filename="register-{today}')
    assert answer["X-Content-Type-Options"] == "nosniff"


WRITERS = {
    "records/exports/as_csv.py",
    "records/exports/as_workbook.py",
    "mapping/management/commands/measures.py",  # prints the operator's contract
    "records/web/paper_files.py",  # hands out somebody's own file with its formulas disarmed
    "mapping/sample/files.py",  # makes input files, like a statistics office
    "mapping/rules/readers/workbooks.py",  # lays sheets out as text for the readers
}


def test_there_is_one_export_writer():
    """Nobody writes CSV or workbooks beside the one writer."""
    marks = ("csv.writer(", "csv.DictWriter(", "Workbook(")
    found = {
        name_of(path)
        for path in python_files()
        if not name_of(path).startswith(("tests/", "bench/"))
        and any(mark in Path(path).read_text(encoding="utf-8") for mark in marks)
    }
    assert found <= WRITERS
