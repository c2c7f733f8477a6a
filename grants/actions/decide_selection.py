"""The selecting official, who took no part in the judging, decides on every proposal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from accounts.rules.roles import decider_is_not_worker
from grants.actions.move_competition import (
    Act,
    Asked,
    Step,
    begin_act,
    finish_act,
    person_of,
    refuse_if,
    require,
)
from grants.models import Competition, Pool, SelectedCase, Selection
from grants.queries.ranking_inputs import Pinned, ranked_proposals
from grants.queries.selection import is_advised, selection_of
from grants.queries.taking_part import hidden_from, took_part
from grants.rules.judging import no_tie
from grants.rules.selection import Choice, Setting, departs, factors_of, may_decide
from kit.refusals import refuse
from trail.actors import Actor


@transaction.atomic
def decide_selection(
    *,
    actor: Actor,
    at: datetime,
    competition: Competition,
    chosen: Mapping[str, Choice],
    rationale: str,
    key: str = "",
) -> Selection | None:
    """Decide. Nothing is told before two publishers have announced the results.

    Side effects: the decision with a line per proposal; trail.

    Raises:
        Refused: ``illegal_transition``, ``tied_to_proposal``, ``worker_is_decider``,
            ``not_advised``, ``already_decided``, ``rationale_missing``, and whatever
            `rules.selection.may_decide` holds against a choice.
    """
    body = {
        "rationale": rationale,
        "chosen": {n: [c.pool, c.factor, c.rationale] for n, c in chosen.items()},
    }
    asked = Asked("decide_selection", key, body, within="announce")
    act = begin_act(actor=actor, at=at, competition=competition, asked=asked)
    if act.is_repeat:
        return None
    if selection_of(act.competition) is not None:
        raise refuse("already_decided", "This competition is decided.")
    _check_decider(act)
    if not is_advised(act.competition):
        raise refuse("not_advised", "The programme officer has not recommended yet.")
    pinned = Pinned(act.competition)
    setting = setting_of(pinned)
    for _, refusal in may_decide(chosen, setting):
        refuse_if(refusal)
    decision = Selection.objects.create(
        competition=act.competition,
        ranking=pinned.stored,
        rationale=require(rationale, "rationale_missing", "Write why you decide so."),
        decided_by_id=person_of(act),
        decided_at=at,
    )
    _write_cases(decision, chosen, setting)
    finish_act(act, Step(facts={"selected": sum(one.is_selected for one in chosen.values())}))
    return decision


def setting_of(pinned: Pinned) -> Setting:
    """What a decision is measured against; withdrawn proposals are out of it."""
    live = set(ranked_proposals(pinned.competition).values_list("case__reference", flat=True))
    held = {name: band for name, band in pinned.derived.bands.items() if name in live}
    paid = {name: key for name, key in pinned.suggestion.paid_by.items() if name in live}
    return Setting(pinned.inputs, held, paid, factors_of(pinned.competition.programme_factors))


def _check_decider(act: Act) -> None:
    refuse_if(no_tie(hidden_from(person_of(act), act.competition)))
    workers = took_part(act.competition)
    refuse_if(decider_is_not_worker(workers=workers, decider=str(act.actor)))


def _write_cases(decision: Selection, chosen: Mapping[str, Choice], setting: Setting) -> None:
    amounts = {one.proposal: one.amount for one in setting.inputs.asks}
    pools = {str(one.pk): one for one in Pool.objects.filter(competition=decision.competition)}
    rows = []
    for proposal in ranked_proposals(decision.competition):
        name = proposal.case.reference
        choice = chosen[name]
        is_departure = departs(name, choice, setting.by_rank)
        rows.append(
            SelectedCase(
                selection=decision,
                proposal=proposal,
                is_selected=choice.is_selected,
                is_by_rank=not is_departure,
                pool=pools[choice.pool] if choice.is_selected else None,
                amount=amounts[name] if choice.is_selected else 0,
                factor=choice.factor if is_departure else "",
                rationale=choice.rationale.strip(),
            )
        )
    SelectedCase.objects.bulk_create(rows)
