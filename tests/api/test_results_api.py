"""The API of announced results: what was released, from its moment on, as the schema says."""

from base64 import b64decode
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from drf_spectacular.generators import SchemaGenerator

from grants.api.results import ResultPages
from records.actions.publish import Announcement
from tests.factories.selection import announced, decided, prepared, released
from trail.queries.clock import database_now

LIST = "/api/v1/results/"


def one(reference):
    return f"{LIST}{reference}/"


def test_the_list_leads_to_the_whole(client):
    scene, row = announced()
    (listed,) = client.get(LIST).json()["results"]
    whole = client.get(one(scene.competition.reference)).json()
    assert listed.items() <= whole.items()
    assert (listed["ranked_count"], listed["selected_count"]) == (5, 2)
    assert {name: whole[name] for name in ("rules", "ranked", "pools", "neutrality", "draw")} == {
        name: row.snapshot[name] for name in ("rules", "ranked", "pools", "neutrality", "draw")
    }
    assert whole["rationale"] == row.snapshot["rationale"]
    assert client.get(whole["page"]).status_code == 200
    assert client.get(whole["snapshot"]).json()["digest"] == whole["digest"]


def test_who_was_not_selected_is_not_named(client):
    scene, _ = announced()
    said = client.get(one(scene.competition.reference)).content.decode()
    for proposal in scene.proposals[2:]:
        assert proposal.group.name not in said
        assert proposal.title not in said


def test_nothing_is_told_before_its_moment(client):
    """Decided, prepared, released for the day after tomorrow: each reads like no competition."""
    nobody = client.get(one("CO-0000-0000-0"))
    hidden = [
        decided(),
        prepared()[0],
        released(announcement=Announcement(show_from=database_now() + timedelta(days=2)))[0],
    ]
    assert client.get(LIST).json()["results"] == []
    for scene in hidden:
        answer = client.get(one(scene.competition.reference))
        assert (answer.status_code, answer.json()) == (nobody.status_code, nobody.json())


def test_what_is_read_is_the_snapshot_and_not_the_rows(client):
    scene, _ = announced()
    before = client.get(one(scene.competition.reference)).json()
    first = scene.proposals[0].group
    type(first).objects.filter(pk=first.pk).update(name="Another name")
    after = client.get(one(scene.competition.reference)).json()
    assert after == before
    assert after["ranked"][0]["group"] == first.name


def test_cursor_pages_cover_every_row_once_and_tell_no_number(client, monkeypatch):
    monkeypatch.setattr(ResultPages, "page_size", 1)
    made = {announced()[0].competition.reference for _ in range(3)}
    seen, address = [], LIST
    while address:
        body = client.get(address).json()
        seen += [row["reference"] for row in body["results"]]
        address = body["next"]
        if address:
            (cursor,) = parse_qs(urlsplit(address).query)["cursor"]
            assert "p=20" in b64decode(cursor).decode(), "a place in time, not a count"
    assert (len(seen), set(seen)) == (3, made)


def test_the_schema_describes_both_doors():
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    assert {LIST, "/api/v1/results/{competition}/"} <= set(paths)
    (name,) = (found["name"] for found in paths[LIST]["get"]["parameters"])
    assert name == "cursor"
