"""The database itself keeps rankings, draws, decisions and appeals as they were written."""

from datetime import timedelta
from decimal import Decimal

import pytest

from grants.models import Draw, PinnedRanking, ProposalAdvice, ResultAppeal, SelectedCase, Selection
from grants.rules.selection_states import AppealState
from grants.rules.states import CompetitionState
from tests.constraints import refused_by, refused_by_trigger
from tests.factories.accounts import make_user
from tests.factories.grants import DIGEST, make_competition, make_proposal
from trail.queries.clock import database_now


def change(row, **fields):
    type(row)._default_manager.filter(pk=row.pk).update(**fields)


@pytest.fixture
def competition():
    return make_competition(CompetitionState.SELECTION)


@pytest.fixture
def ranking(competition):
    return PinnedRanking.objects.create(
        competition=competition,
        inputs={},
        result={},
        digest=DIGEST,
        pinned_by="user:1",
        pinned_at=database_now(),
    )


@pytest.fixture
def selection(competition, ranking):
    return Selection.objects.create(
        competition=competition,
        ranking=ranking,
        rationale="By rank.",
        decided_by=make_user(),
        decided_at=database_now(),
    )


def make_draw(competition, **changes):
    values = {
        "references": ["A", "B"],
        "salt": "salt",
        "list_digest": DIGEST,
        "source": "A beacon, tomorrow at noon",
        "fixed_by": "user:1",
        "fixed_at": database_now(),
        **changes,
    }
    return Draw.objects.create(competition=competition, **values)


def test_pinned_ranking_limits(competition, ranking):
    other = make_competition(CompetitionState.SELECTION)
    with refused_by("pinned_ranking_digest_shaped"):
        PinnedRanking.objects.create(
            competition=other,
            inputs={},
            result={},
            digest="x",
            pinned_by="user:1",
            pinned_at=database_now(),
        )
    for fields in ({"result": {"a": 1}}, {"digest": "1" * 64}):
        with refused_by_trigger():
            change(ranking, **fields)
    with refused_by_trigger():
        PinnedRanking.objects.filter(pk=ranking.pk).delete()


def test_a_second_draw_is_refused_by_the_database_too(competition):
    draw = make_draw(competition)
    with refused_by("grants_draw_competition_id_key"):
        make_draw(competition)
    with refused_by_trigger():
        change(draw, references=["A"])
    with refused_by("draw_drawn_paired"):
        change(draw, value="42")
    change(
        draw,
        value="42",
        seed="1" * 64,
        order=["B", "A"],
        drawn_by="user:1",
        drawn_at=database_now(),
    )
    with refused_by_trigger():
        change(draw, order=["A", "B"])
    with refused_by_trigger():
        Draw.objects.filter(pk=draw.pk).delete()


def test_draw_names_its_source(competition):
    with refused_by("draw_list_is_fixed"):
        make_draw(competition, source="")


def test_advice_limits(competition):
    proposal = make_proposal(competition)
    values = {
        "proposal": proposal,
        "advice": "recommend",
        "given_by": "user:1",
        "given_at": database_now(),
    }
    with refused_by("proposal_advice_departure_has_reason"):
        ProposalAdvice.objects.create(follows_rank=False, **values)
    row = ProposalAdvice.objects.create(follows_rank=True, **values)
    with refused_by_trigger():
        change(row, advice="leave_out")


def test_selection_limits(competition, selection):
    other = make_competition(CompetitionState.SELECTION)
    with refused_by("selection_has_rationale"):
        Selection.objects.create(
            competition=other,
            ranking=selection.ranking,
            rationale="",
            decided_by=make_user(),
            decided_at=database_now(),
        )
    with refused_by_trigger():
        change(selection, rationale="Another")


def test_selected_case_limits(competition, selection):
    proposal, pool = make_proposal(competition), competition.pools.get()
    values = {"selection": selection, "proposal": proposal}
    with refused_by("selected_case_is_paid"):
        SelectedCase.objects.create(is_selected=True, is_by_rank=True, **values)
    with refused_by("selected_case_departure_has_reasons"):
        SelectedCase.objects.create(is_selected=False, is_by_rank=False, **values)
    row = SelectedCase.objects.create(
        is_selected=True, is_by_rank=True, pool=pool, amount=Decimal(5), **values
    )
    with refused_by_trigger():
        change(row, amount=Decimal(6))


def make_appeal(proposal, **changes):
    now = database_now()
    values = {
        "ground": "process_error",
        "words": "A rule was not followed.",
        "filed_by": "user:1",
        "filed_at": now,
        "due_at": now + timedelta(days=1),
        **changes,
    }
    return ResultAppeal.objects.create(proposal=proposal, **values)


def test_appeal_limits(competition):
    proposal = make_proposal(competition)
    now = database_now()
    with refused_by("result_appeal_has_words"):
        make_appeal(proposal, words="")
    with refused_by("result_appeal_in_time"):
        make_appeal(proposal, due_at=now - timedelta(days=1))
    row = make_appeal(proposal)
    with refused_by("result_appeal_decided_paired"):
        change(row, state=AppealState.DISMISSED)
    with refused_by("result_appeal_upheld_has_remedy"):
        change(
            row, state=AppealState.UPHELD, decided_by="user:2", decided_at=now, reasons="It holds."
        )
    with refused_by_trigger():
        change(row, words="Something else")
    change(row, state=AppealState.WITHDRAWN)
    with refused_by_trigger():
        change(row, state=AppealState.FILED)
    with refused_by_trigger():
        ResultAppeal.objects.filter(pk=row.pk).delete()
