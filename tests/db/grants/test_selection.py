"""From final reviews to announced results: every act, every refusal."""

from datetime import timedelta

import pytest

from accounts.actors import actor_from_user
from grants.actions.advise_proposals import advise_proposals
from grants.actions.announce_results import announce_results
from grants.actions.appeal_result import decide_appeal, file_appeal, withdraw_appeal
from grants.actions.decide_selection import decide_selection
from grants.actions.draw_lots import fix_draw_list, hold_draw
from grants.actions.publish_results import discard_prepared, prepare_results, release_prepared
from grants.actions.start_selection import pinned_digest, start_selection
from grants.models import (
    Assignment,
    ConflictEdge,
    Draw,
    PinnedRanking,
    Pool,
    ProposalAdvice,
    ResultAppeal,
    SelectedCase,
)
from grants.queries.ranking_figures import figures
from grants.queries.ranking_inputs import Pinned
from grants.queries.results import latest_publication, results_of
from grants.queries.selection import advice_by_rank
from grants.rules.debrief import AppealGround
from grants.rules.draw import draw_order, draw_seed, list_digest
from grants.rules.pinned import derive, derived_as_data, inputs_as_data, inputs_from
from grants.rules.results import KIND_DRAW_LIST
from grants.rules.selection import Advice, Advised, Choice
from grants.rules.states import PROPOSAL, CompetitionState, ProposalState
from kit.refusals import Refused
from records.actions.publish import Announcement
from records.models import Letter
from tests.factories.certification_groups import make_group
from tests.factories.grants import make_proposal
from tests.factories.selection import (
    MICHIGAN,
    WHY,
    advised,
    announced,
    by_rank,
    decided,
    prepared,
    released,
    reviewed,
    started,
)
from trail.models import Effect
from trail.queries.clock import database_now

LONG = "The notice names this factor and the panel wrote that it applies to the whole of the plan."
VALUE = "b7c1f2d0a9e84c55"


def code_of(act, **said):
    with pytest.raises(Refused) as caught:
        act(**said)
    return caught.value.refusal.code


def test_starting_pins_what_derives_again():
    scene = started()
    row = PinnedRanking.objects.get(competition=scene.competition)
    assert scene.competition.status is CompetitionState.SELECTION
    again = inputs_from(row.inputs)
    assert inputs_as_data(again) == row.inputs
    assert derived_as_data(derive(again)) == row.result
    assert pinned_digest(row.inputs, row.result) == row.digest
    found = Pinned(scene.competition).derived
    assert [one.proposal for one in found.ranking.standings] == scene.names
    states = {one.state for one in scene.competition.proposals.all()}
    assert states == {ProposalState.NOT_DISCUSSED}


def test_a_missing_review_stops_the_start():
    scene = reviewed()
    row = Assignment.objects.filter(proposal=scene.proposals[0]).first()
    Assignment.objects.filter(pk=row.pk).update(suspended_at=database_now())
    assert code_of(start_selection, **scene.acting("officer")) == "reviews_missing"
    assert not PinnedRanking.objects.exists()


def test_an_officer_of_an_applying_group_does_not_select():
    scene = reviewed()
    officer = scene.people["officer"]
    make_proposal(
        scene.competition, ProposalState.UNDER_REVIEW, group=make_group(officer, region=MICHIGAN)
    )
    assert code_of(start_selection, **scene.acting("officer")) == "tied_to_proposal"


def test_disconnected_reviews_stop_a_calibrated_start():
    scene = reviewed(ranking_rule="calibrated", is_apart=True)
    assert code_of(start_selection, **scene.acting("officer")) == "disconnected_reviews"


def test_recommending_departs_from_the_rank_only_with_reasons():
    scene = started()
    given = {name: Advised(one) for name, one in advice_by_rank(Pinned(scene.competition)).items()}
    last = scene.names[-1]
    changed = {**given, last: Advised(Advice.RECOMMEND)}
    asked = scene.acting("officer")
    assert code_of(advise_proposals, **asked, given=changed) == "reason_missing"
    short = {name: one for name, one in given.items() if name != last}
    assert code_of(advise_proposals, **asked, given=short) == "advice_missing"
    advise_proposals(**asked, given={**given, last: Advised(Advice.RECOMMEND, LONG)})
    assert ProposalAdvice.objects.filter(follows_rank=False).count() == 1
    assert code_of(advise_proposals, **asked, given=given) == "already_advised"
    # Nothing of this shows to the applicants.
    labels = {PROPOSAL.public_label(one.status) for one in scene.competition.proposals.all()}
    assert labels == {"Under review"}


def test_the_official_took_no_part():
    scene = advised()
    chosen = by_rank(scene)
    worker = decide_selection
    assert code_of(worker, **scene.acting("officer"), chosen=chosen, rationale=WHY) == (
        "worker_is_decider"
    )
    decide_selection(**scene.acting("official"), chosen=chosen, rationale=WHY)
    again = code_of(worker, **scene.acting("official"), chosen=chosen, rationale=WHY)
    assert again == "already_decided"
    selected = SelectedCase.objects.filter(is_selected=True)
    assert {one.proposal.case.reference for one in selected} == set(scene.names[:2])
    # The states move at the announcement, not before.
    states = {one.state for one in scene.competition.proposals.all()}
    assert not states & {ProposalState.SELECTED, ProposalState.NOT_SELECTED}


def test_out_of_rank_rests_on_a_published_factor():
    scene = advised(programme_factors="A first award in the state\nRural regions")
    pool = str(Pool.objects.get(competition=scene.competition).pk)
    second, last = scene.names[1], scene.names[-1]

    def with_last(factor="", why=""):
        left_out = Choice("", factor, why)
        return {**by_rank(scene), second: left_out, last: Choice(pool, factor, why)}

    asked = {**scene.acting("official"), "rationale": WHY}
    assert code_of(decide_selection, **asked, chosen=with_last()) == "factor_missing"
    assert code_of(decide_selection, **asked, chosen=with_last("Liked it", LONG)) == (
        "factor_missing"
    )
    assert code_of(decide_selection, **asked, chosen=with_last("Rural regions")) == (
        "rationale_missing"
    )
    both = {**by_rank(scene), last: Choice(pool, "Rural regions", LONG)}
    assert code_of(decide_selection, **asked, chosen=both) == "pool_overspent"
    decide_selection(**asked, chosen=with_last("Rural regions", LONG))
    row = SelectedCase.objects.get(proposal=scene.proposals[-1])
    assert (row.is_by_rank, row.factor) == (False, "Rural regions")


def test_nobody_below_the_threshold_is_selected():
    scene = advised(money=2_000_000, quality_threshold="5.50")
    pool = str(Pool.objects.get(competition=scene.competition).pk)
    chosen = {**by_rank(scene), scene.names[-1]: Choice(pool)}
    asked = {**scene.acting("official"), "rationale": WHY}
    assert code_of(decide_selection, **asked, chosen=chosen) == "below_threshold"
    assert [one.is_selected for one in by_rank(scene).values()].count(True) == 3


def test_a_states_pool_pays_only_its_own_groups():
    scene = advised(state_money={"26": 1_000_000})
    michigan = Pool.objects.get(competition=scene.competition, state_fips="26")
    chosen = {**by_rank(scene), scene.names[0]: Choice(str(michigan.pk))}
    asked = {**scene.acting("official"), "rationale": WHY}
    assert code_of(decide_selection, **asked, chosen=chosen) == "not_of_the_state"


def test_money_of_the_withdrawn_goes_to_the_next():
    scene = started()
    first = scene.proposals[0]
    type(first).objects.filter(pk=first.pk).update(
        state=ProposalState.WITHDRAWN, withdrawn_at=database_now()
    )
    assert set(Pinned(scene.competition).suggestion.paid_by) == set(scene.names[1:3])


# --- the draw ---


def close_scene():
    """Scores so close that chance decides: everybody lies near the line."""
    rows = [[[5, 6, 5], [6, 5, 6], [5, 5, 6]], [[6, 5, 5], [5, 6, 6], [6, 5, 5]]] * 3
    return started(money=600_000, scores=rows, line_rule="draw")


def test_the_draw_from_list_to_order():
    scene = close_scene()
    zone = set(Pinned(scene.competition).derived.zone())
    assert len(zone) >= 2
    given = {name: Advised(Advice.RECOMMEND, LONG) for name in scene.names}
    asked = scene.acting("officer")
    assert code_of(advise_proposals, **asked, given=given) == "draw_missing"
    assert code_of(hold_draw, **asked, value=VALUE) == "no_list"
    fix_draw_list(**asked, source="The NIST beacon, pulse of tomorrow at noon")
    assert code_of(fix_draw_list, **asked, source="Another beacon, the day after") == "second_draw"
    assert code_of(hold_draw, **asked, value=VALUE) == "list_not_public"
    row = latest_publication(scene.competition, KIND_DRAW_LIST)
    assert not zone & set(str(row.snapshot).split("'")), "the list itself stays secret"
    maker = scene.acting("officer")
    assert code_of(release_prepared, **maker, publication=row) == "maker_is_checker"
    release_prepared(**scene.acting("publisher"), publication=row)
    later = database_now() + timedelta(hours=1)
    hold_draw(**scene.acting("officer", later), value=VALUE)
    again = scene.acting("officer", later)
    assert code_of(hold_draw, **again, value=VALUE[::-1]) == "second_draw"
    draw = Draw.objects.get(competition=scene.competition)
    digest = list_digest(draw.salt, draw.references)
    assert draw.list_digest == digest
    assert tuple(draw.order) == draw_order(draw_seed(digest, VALUE), sorted(zone))
    assert Pinned(scene.competition).drawn == tuple(draw.order)


def test_no_draw_that_the_notice_did_not_announce():
    scene = started()
    asked = scene.acting("officer")
    said = code_of(fix_draw_list, **asked, source="The NIST beacon, pulse of tomorrow at noon")
    assert said == "draw_not_announced"


# --- announcing ---


def test_two_publishers_announce_and_everybody_is_told_at_that_moment():
    scene, row = prepared()
    assert code_of(prepare_results, **scene.acting("publisher")) == "already_prepared"
    said = code_of(release_prepared, **scene.acting("publisher"), publication=row)
    assert said == "maker_is_checker"
    before = Letter.objects.count()
    release_prepared(**scene.acting("second_publisher"), publication=row)
    assert Letter.objects.count() == before
    effect = Effect.objects.get(kind="announce_results")
    announce_results(effect.payload)
    announce_results(effect.payload)
    scene.competition.refresh_from_db()
    assert scene.competition.status is CompetitionState.ANNOUNCED
    states = [one.state for one in scene.competition.proposals.order_by("pk")]
    assert states == ["selected"] * 2 + ["not_selected"] * 3
    letters = Letter.objects.order_by("pk")[before:]
    assert len(letters) == 5
    assert sum("is selected" in one.subject for one in letters) == 2
    assert all("/debrief/" in one.text for one in letters)


def test_a_set_time_keeps_everything_until_then():
    at = database_now() + timedelta(days=2)
    scene, row = released(announcement=Announcement(show_from=at))
    reference = scene.competition.case.reference
    assert results_of(reference, database_now()) is None
    assert results_of(reference, at + timedelta(seconds=1)) == row
    assert Effect.objects.get(kind="announce_results").due_at == at
    stop = scene.acting("publisher")
    discard_prepared(**stop, publication=row, reason="A name was misspelt.")
    announce_results(Effect.objects.get(kind="announce_results").payload)
    scene.competition.refresh_from_db()
    assert scene.competition.status is CompetitionState.SELECTION


def test_a_withdrawal_after_the_snapshot_asks_for_a_new_one():
    scene, row = prepared()
    first = scene.proposals[0]
    type(first).objects.filter(pk=first.pk).update(
        state=ProposalState.WITHDRAWN, withdrawn_at=database_now()
    )
    said = code_of(release_prepared, **scene.acting("second_publisher"), publication=row)
    assert said == "withdrawn_since"


def test_the_snapshot_names_only_the_selected():
    scene, row = announced()
    lines = row.snapshot["ranked"]
    assert [one["reference"] for one in lines] == scene.names
    assert [bool(one["group"]) for one in lines] == [True, True, False, False, False]
    for one in scene.proposals[2:]:
        assert one.group.name not in str(row.snapshot)
        assert one.title not in str(row.snapshot)


# --- what a tie hides ---


def test_what_is_hidden_from_a_reader_is_in_no_figure():
    scene = started()
    hidden = scene.names[1]
    seen = figures(scene.competition, {hidden})
    assert hidden not in str(seen)
    assert [one.rank for one in seen.derived.ranking.standings] == [1, 2, 3, 4]
    whole = figures(scene.competition, ())
    assert len(whole.derived.ranking.standings) == 5
    assert set(seen.filling.paid_by) == {scene.names[0], scene.names[2]}


def test_an_open_tie_hides_from_staff_as_well():
    from grants.queries.taking_part import hidden_from  # noqa: PLC0415 - beside its use

    scene = started()
    ConflictEdge.objects.create(
        user=scene.people["auditor"],
        proposal=scene.proposals[0],
        kind="board",
        is_hard=True,
        found_at=database_now(),
        found_by="system:portal",
    )
    assert hidden_from(scene.people["auditor"].pk, scene.competition) == {scene.names[0]}


# --- appeals ---


def appealing(scene, row, at=None, words=LONG):
    seat = scene.proposals[-1].group.seats.select_related("user").first()
    return {
        "actor": actor_from_user(seat.user),
        "at": at or row.public_from + timedelta(days=1),
        "proposal": scene.proposals[-1],
        "ground": AppealGround.FACTUAL_ERROR,
        "words": words,
    }


def test_appeal_within_thirty_days_once():
    scene, row = announced()
    late = row.public_from + timedelta(days=32)
    assert code_of(file_appeal, **appealing(scene, row, late)) == "too_late"
    assert code_of(file_appeal, **appealing(scene, row, words="Low.")) == "words_missing"
    file_appeal(**appealing(scene, row))
    assert code_of(file_appeal, **appealing(scene, row)) == "already_appealed"


def test_no_appeal_before_the_announcement():
    scene = decided()
    row = type("Row", (), {"public_from": database_now()})
    assert code_of(file_appeal, **appealing(scene, row)) == "not_announced"


def test_an_appeal_is_decided_by_somebody_who_took_no_part():
    scene, row = announced()
    appeal = file_appeal(**appealing(scene, row))
    later = row.public_from + timedelta(days=3)

    def asked(persona):
        return {
            "actor": scene.actor(persona),
            "at": later,
            "appeal": appeal,
            "is_upheld": True,
            "reasons": "The plan was read with a page missing.",
        }

    for persona in ("officer", "official"):
        assert code_of(decide_appeal, **asked(persona), remedy="Read it again.") == "took_part"
    assert code_of(decide_appeal, **asked("appeals_officer")) == "remedy_missing"
    before = Letter.objects.count()
    decide_appeal(**asked("appeals_officer"), remedy="The panel reads it again.")
    assert Letter.objects.count() == before + 1
    assert ResultAppeal.objects.get().state == "upheld"
    said = code_of(decide_appeal, **asked("appeals_officer"), remedy="Twice.")
    assert said == "illegal_transition"
    withdrawing = {"actor": scene.actor("officer"), "at": later, "appeal": appeal}
    assert code_of(withdraw_appeal, **withdrawing) == "illegal_transition"
