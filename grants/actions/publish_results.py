"""Two publishers announce: one prepares the snapshot, another releases it for a set time."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from grants.actions.move_competition import Asked, Step, begin_act, finish_act, person_of, refuse_if
from grants.models import Competition, SelectedCase
from grants.queries.results import gather_results, latest_publication
from grants.queries.selection import selection_of
from grants.queries.taking_part import hidden_from
from grants.rules.judging import no_tie
from grants.rules.results import KIND_RESULTS, SELECTED, results_snapshot
from grants.rules.states import ProposalState
from kit.refusals import refuse
from records.actions.publish import (
    AT_ONCE,
    Announcement,
    discard_publication,
    prepare_publication,
    release_publication,
)
from records.models import Publication
from trail.actions.queue_effect import queue_effect
from trail.actors import Actor

EFFECT = "announce_results"


@transaction.atomic
def prepare_results(
    *,
    actor: Actor,
    at: datetime,
    competition: Competition,
    announcement: Announcement = AT_ONCE,
    key: str = "",
) -> Publication | None:
    """Write what the public will read; nothing is public yet.

    Side effects: a publication; trail.

    Raises:
        Refused: ``illegal_transition``, ``tied_to_proposal``, ``not_decided``,
            ``already_prepared``, ``time_is_past``, ``time_is_far``.
    """
    asked = Asked("prepare_results", key, within="announce")
    act = begin_act(actor=actor, at=at, competition=competition, asked=asked)
    if act.is_repeat:
        return None
    refuse_if(no_tie(hidden_from(person_of(act), act.competition)))
    decision = selection_of(act.competition)
    if decision is None:
        raise refuse("not_decided", "The selecting official has not decided yet.")
    if latest_publication(act.competition) is not None:
        raise refuse(
            "already_prepared", "The results are prepared. Discard that version to write a new one."
        )
    row = prepare_publication(
        actor=actor,
        at=at,
        case=act.competition.case,
        kind=KIND_RESULTS,
        snapshot=results_snapshot(gather_results(decision)),
        announcement=announcement,
    )
    finish_act(act, Step(facts={"digest": row.digest}))
    return row


@transaction.atomic
def release_prepared(
    *, actor: Actor, at: datetime, competition: Competition, publication: Publication, key: str = ""
) -> None:
    """Release results or the digest of a draw's list, at once or from the set moment.

    Side effects: the release; at that moment results are announced to every applicant.

    Raises:
        Refused: ``illegal_transition``, ``tied_to_proposal``, ``maker_is_checker``,
            ``already_released``, ``discarded``; ``withdrawn_since`` where a selected proposal was
            withdrawn after the snapshot was written.
    """
    asked = Asked("release_results", key, {"publication": publication.pk}, within="announce")
    act = begin_act(actor=actor, at=at, competition=competition, asked=asked)
    if act.is_repeat:
        return
    refuse_if(no_tie(hidden_from(person_of(act), act.competition)))
    if publication.kind == KIND_RESULTS:
        _check_current(act.competition, publication)
    row = release_publication(actor=actor, at=at, publication=publication)
    if row.kind == KIND_RESULTS:
        queue_effect(
            key=f"announce_results:{row.pk}",
            kind=EFFECT,
            at=row.public_from or at,
            payload={"publication": row.pk, "competition": act.competition.pk},
            case=row.case,
        )
    finish_act(act, Step(facts={"digest": row.digest}))


@transaction.atomic
def discard_prepared(
    *,
    actor: Actor,
    at: datetime,
    competition: Competition,
    publication: Publication,
    reason: str,
    key: str = "",
) -> None:
    """Take away what was prepared, or stop an announcement before its time.

    Raises:
        Refused: ``illegal_transition``, ``tied_to_proposal``, ``draw_list_stays``,
            ``reason_needed``, ``already_public``.
    """
    body = {"publication": publication.pk, "reason": reason}
    asked = Asked("discard_results", key, body, within="announce")
    act = begin_act(actor=actor, at=at, competition=competition, asked=asked)
    if act.is_repeat:
        return
    refuse_if(no_tie(hidden_from(person_of(act), act.competition)))
    if publication.kind != KIND_RESULTS:
        raise refuse("draw_list_stays", "The list of a draw is fixed once and stays.")
    discard_publication(actor=actor, at=at, publication=publication, reason=reason)
    finish_act(act, Step())


def _check_current(competition: Competition, publication: Publication) -> None:
    named = {
        row["reference"] for row in publication.snapshot["ranked"] if row["outcome"] == SELECTED
    }
    gone = SelectedCase.objects.filter(
        selection__competition=competition,
        proposal__state=ProposalState.WITHDRAWN,
        proposal__case__reference__in=named,
    )
    if gone.exists():
        raise refuse(
            "withdrawn_since",
            "A selected proposal was withdrawn since. Discard this version and prepare a new one.",
        )
