"""`manage.py rederive_ranking`: what was pinned comes out again, and tampering is named."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from grants.actions.draw_lots import fix_draw_list, hold_draw
from grants.actions.publish_results import release_prepared
from grants.actions.start_selection import pinned_digest
from grants.models import Draw, PinnedRanking
from grants.queries.results import latest_publication
from grants.rules.results import KIND_DRAW_LIST
from tests.factories.selection import started
from trail.queries.clock import database_now

CLOSE = [[[5, 6, 5], [6, 5, 6], [5, 5, 6]], [[6, 5, 5], [5, 6, 6], [6, 5, 5]]] * 3


def rederived(*words):
    """The lines it prints, and whether it ended well."""
    out = StringIO()
    try:
        call_command("rederive_ranking", *words, "--json", stdout=out)
    except CommandError:
        return [json.loads(line) for line in out.getvalue().splitlines()], False
    return [json.loads(line) for line in out.getvalue().splitlines()], True


def tamper(model, key, **changes):
    """As somebody who owns the database and takes the guards away first."""
    with connection.cursor() as cursor:
        # Rows of this transaction have checks that wait for its end.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {model._meta.db_table} DISABLE TRIGGER USER")
        assert model.objects.filter(pk=key).update(**changes) == 1
        cursor.execute(f"ALTER TABLE {model._meta.db_table} ENABLE TRIGGER USER")


def drawn():
    scene = started(money=600_000, scores=CLOSE, line_rule="draw")
    fix_draw_list(**scene.acting("officer"), source="The NIST beacon, pulse of tomorrow at noon")
    row = latest_publication(scene.competition, KIND_DRAW_LIST)
    release_prepared(**scene.acting("publisher"), publication=row)
    hold_draw(**scene.acting("officer", database_now()), value="b7c1f2d0a9e84c55")
    return scene


def test_rankings_and_draws_come_out_again():
    first, second = started(ranking_rule="calibrated"), drawn()
    told, is_well = rederived("--all")
    assert is_well
    assert [one["competition"] for one in told] == [
        first.competition.reference,
        second.competition.reference,
    ]
    assert all(one["differs"] == [] for one in told)
    out = StringIO()
    call_command("rederive_ranking", first.competition.reference, stdout=out)
    assert out.getvalue() == f"{first.competition.reference}: equal\n"


def test_a_changed_result_is_named_even_with_a_fresh_digest():
    scene = started()
    row = PinnedRanking.objects.get(competition=scene.competition)
    rows = row.result["rows"]
    rows[0]["rank"], rows[1]["rank"] = rows[1]["rank"], rows[0]["rank"]
    fresh = pinned_digest(row.inputs, row.result)
    tamper(PinnedRanking, row.pk, result=row.result, digest=fresh)
    told, is_well = rederived(scene.competition.reference)
    assert (told[0]["differs"], is_well) == (["ranking"], False)


def test_a_changed_score_is_named():
    scene = started()
    row = PinnedRanking.objects.get(competition=scene.competition)
    sheet = row.inputs["sheets"][0][2]
    sheet[next(iter(sheet))] = 1
    tamper(PinnedRanking, row.pk, inputs=row.inputs)
    told, is_well = rederived(scene.competition.reference)
    assert (told[0]["differs"], is_well) == (["ranking", "digest"], False)


@pytest.mark.parametrize(
    ("changes", "differs"),
    [
        ({"value": "another value"}, ["draw"]),
        ({"salt": "0" * 32}, ["list digest"]),
        ({"source": "Another beacon"}, []),
    ],
)
def test_a_changed_draw_is_named(changes, differs):
    """Where the value was to come from is on the trail and published; no figure rests on it."""
    scene = drawn()
    tamper(Draw, scene.competition.draw.pk, **changes)
    told, is_well = rederived(scene.competition.reference)
    assert (told[0]["differs"], is_well) == (differs, not differs)


def test_a_draw_in_another_order_is_named():
    scene = drawn()
    draw = Draw.objects.get(competition=scene.competition)
    tamper(Draw, draw.pk, order=draw.order[::-1])
    told, is_well = rederived("--all")
    assert (told[0]["differs"], is_well) == (["draw"], False)


def test_a_competition_without_a_pinned_ranking_is_said():
    with pytest.raises(CommandError, match="whose ranking is pinned"):
        call_command("rederive_ranking", "CO-0000-0000-0")
