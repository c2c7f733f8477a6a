"""The register's API: what its schema says is what it returns; pages stay in place."""

import pytest
from drf_spectacular.generators import SchemaGenerator

from certification.api.register import RegisterPages
from certification.api.serializers import RegisterEntrySerializer
from certification.queries.register import published
from tests.db.certification.cases import office
from tests.db.certification.register_scenes import decided, released


@pytest.fixture
def place():
    return office()


def test_the_api_says_what_the_register_says(client, place):
    designation = decided(place)
    publication = released(place, designation.application)
    whole = published(publication).as_json(publication.released_at.date())
    body = client.get(f"/api/v1/register/{designation.reference}/").json()
    listed = client.get("/api/v1/register/").json()["results"]
    for answer in (body, listed[0]):
        assert {**answer, "standing": ""} == {**whole, "standing": ""}


def test_no_field_is_left_out_of_the_schema(place):
    publication = released(place, decided(place).application)
    whole = published(publication).as_json(publication.released_at.date())
    assert set(RegisterEntrySerializer().fields) == set(whole)


def test_cursor_pages_cover_every_row_once(client, place, monkeypatch):
    monkeypatch.setattr(RegisterPages, "page_size", 1)
    for number, fips in enumerate(("18039", "39095", "26125")):
        released(place, decided(place, name=f"Group {number}", fips=fips).application)
    seen, address = [], "/api/v1/register/"
    while address:
        body = client.get(address).json()
        seen += [row["group"] for row in body["results"]]
        address = body["next"]
    assert seen == ["Group 2", "Group 1", "Group 0"]


def test_the_schema_describes_both_doors():
    schema = SchemaGenerator().get_schema(request=None, public=True)
    paths = {path for path in schema["paths"] if "/register/" in path}
    assert paths == {"/api/v1/register/", "/api/v1/register/{designation}/"}
    names = {one["name"] for one in schema["paths"]["/api/v1/register/"]["get"]["parameters"]}
    assert {"q", "state", "cluster", "standing", "as_of", "cursor"} <= names
