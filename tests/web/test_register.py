"""The public register in the browser: filters, downloads that agree with the page, embargo."""

import csv
import io
import json

import pytest
from django.core.cache import cache

from tests.db.certification.cases import AT, later, office
from tests.db.certification.register_scenes import decided, denied, prepared, released


@pytest.fixture
def place():
    cache.clear()
    return office()


def csv_rows(client, query=""):
    text = client.get(f"/register/register.csv{query}").getvalue().decode()
    return list(csv.DictReader(io.StringIO(text)))


def names_on(client, query=""):
    answer = client.get(f"/register/{query}")
    assert answer.status_code == 200
    return [
        cell.text
        for row in answer.context["table"].rows
        for column, cell in row
        if column.key == "group"
    ]


def two(place):
    first, second = decided(place), decided(place, name="Ohio Glass", fips="39095")
    for one in (first, second):
        released(place, one.application)
    return first, second


def test_an_empty_register_says_what_to_do(client):
    answer = client.get("/register/")
    assert "No designation fits" in answer.content.decode()


def test_page_csv_and_json_agree_for_every_filter(client, place):
    two(place)
    for query in ("", "?q=glass", "?state=18", "?sort=group", "?standing=ended", "?cluster=12"):
        names = names_on(client, query)
        assert [row["group"] for row in csv_rows(client, query)] == names
        body = json.loads(client.get(f"/register/register.json{query}").getvalue())
        assert [row["group"] for row in body["results"]] == names
        assert body["count"] == len(names)
    assert names_on(client, "?sort=group") == ["Elkhart Vehicles", "Ohio Glass"]
    assert names_on(client, "?sort=-group") == ["Ohio Glass", "Elkhart Vehicles"]


def test_the_register_as_of_a_day(client, place):
    released(place, decided(place).application, at=later(days=3))
    assert names_on(client, "?as_of=2026-03-04") == []
    assert names_on(client, "?as_of=2026-03-05") == ["Elkhart Vehicles"]


NONSENSE = (
    "?as_of=yesterday",
    "?as_of=2999-01-01",
    "?standing=odd",
    "?state=xx",
    "?sort=zz&page=9",
)


@pytest.mark.parametrize("query", NONSENSE)
def test_nonsense_is_said_and_harmless(client, place, query):
    released(place, decided(place).application)
    assert names_on(client, query) == ["Elkhart Vehicles"]


def test_nothing_public_knows_of_an_unreleased_decision(client, place):
    """The embargo: pages, downloads, API, counts, search, and the entry's own address."""
    hidden = decided(place, name="Hidden Harbor")
    prepared(place, hidden.application)
    refused = denied(place)
    prepared(place, refused, at=later(days=20))
    secrets = (hidden.reference, "Hidden Harbor", refused.reference, "Thin Vehicles")
    addresses = (
        "/register/",
        "/register/?q=hidden",
        "/register/register.csv",
        "/register/register.json",
        "/register/refusals/",
        "/api/v1/register/",
    )
    for address in addresses:
        answer = client.get(address)
        body = answer.getvalue() if answer.streaming else answer.content
        assert answer.status_code == 200, address
        for secret in secrets:
            assert secret not in body.decode().replace('value="hidden"', ""), address
    for address in ("", "entry.json"):
        assert client.get(f"/register/{hidden.reference}/{address}").status_code == 404
    assert client.get(f"/api/v1/register/{hidden.reference}/").status_code == 404


def test_an_entry_shows_why_and_by_which_data(client, place):
    designation = decided(place)
    released(place, designation.application)
    answer = client.get(f"/register/{designation.reference}/")
    page = answer.content.decode()
    for words in (
        "Elkhart Vehicles",
        "times the national share",
        "Check this yourself",
        "In force",
    ):
        assert words in page
    body = client.get(f"/register/{designation.reference}/entry.json").json()
    assert body["group"] == "Elkhart Vehicles"
    assert body["criteria"][0]["words"] == "Met"


def test_refusals_are_numbers_only(client, place):
    released(place, denied(place), at=AT)
    page = client.get("/register/refusals/").content.decode()
    assert "fewer than 5" in page
    assert "Share of jobs against the nation" in page
    assert "Thin Vehicles" not in page


def test_csv_keeps_spreadsheets_from_reading_formulas(client, place):
    released(place, decided(place, name="=1+1").application)
    assert csv_rows(client)[0]["group"] == "'=1+1"


@pytest.mark.parametrize("address", ["/register/", "/register/register.csv", "/api/v1/register/"])
def test_query_count_does_not_grow_with_rows(client, place, django_assert_max_num_queries, address):
    def read():
        answer = client.get(address)
        return answer.getvalue() if answer.streaming else answer.content

    counts = []
    for number, fips in enumerate(("18039", "39095", "26125")):
        released(place, decided(place, name=f"Group {number}", fips=fips).application)
        if number != 1:
            with django_assert_max_num_queries(6) as captured:
                assert b"Group 0" in read()
            counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_api_refuses_nonsense_as_a_problem(client):
    answer = client.get("/api/v1/register/?as_of=soon")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert "Enter a day" in json.loads(answer.content)["detail"]
    assert client.post("/api/v1/register/").status_code in {403, 405}
