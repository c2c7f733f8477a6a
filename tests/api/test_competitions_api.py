"""The API of competitions: opened ones, in pages, as the schema says."""

from drf_spectacular.generators import SchemaGenerator

from grants.api.competitions import CompetitionPages
from grants.rules.states import CompetitionState
from tests.factories.grants import make_competition


def test_the_list_leads_to_the_whole(client, db):
    row = make_competition()
    make_competition(CompetitionState.SCHEDULED)
    (listed,) = client.get("/api/v1/competitions/").json()["results"]
    whole = client.get(f"/api/v1/competitions/{row.reference}/").json()
    assert listed.items() <= whole.items()
    assert whole["notice"] == row.bundle
    assert whole["bundle_hash"] == row.bundle_hash
    assert client.get(whole["page"]).status_code == 200
    assert client.get(whole["rules"]).status_code == 200


def test_how_the_judging_goes_is_not_told(client, db):
    for state in (CompetitionState.SCREENING, CompetitionState.PANEL, CompetitionState.SELECTION):
        make_competition(state)
    listed = client.get("/api/v1/competitions/?stage=under_review").json()["results"]
    assert [one["stage"] for one in listed] == ["under_review"] * 3


def test_nonsense_is_refused(client, db):
    assert client.get("/api/v1/competitions/?stage=nonsense").status_code == 400


def test_cursor_pages_cover_every_row_once(client, db, monkeypatch):
    monkeypatch.setattr(CompetitionPages, "page_size", 1)
    made = {make_competition().reference for _ in range(3)}
    seen, address = [], "/api/v1/competitions/"
    while address:
        body = client.get(address).json()
        seen += [row["reference"] for row in body["results"]]
        address = body["next"]
    assert (len(seen), set(seen)) == (3, made)


def test_the_schema_describes_both_doors():
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    found = {path for path in paths if "/competitions/" in path}
    assert {"/api/v1/competitions/", "/api/v1/competitions/{competition}/"} <= found
    names = {one["name"] for one in paths["/api/v1/competitions/"]["get"]["parameters"]}
    assert {"q", "stage", "cursor"} <= names
