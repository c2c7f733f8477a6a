"""Two publishers make an accepted award public: one prepares the snapshot, another releases it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from grants.actions.move_award import Asked, Step, begin_act, finish_act
from grants.models import Award
from grants.queries.public_awards import gather_award, latest_version
from grants.rules.award_states import AwardState
from grants.rules.public_awards import KIND_AWARD, award_snapshot
from kit.refusals import refuse
from records.actions.publish import (
    AT_ONCE,
    Announcement,
    discard_publication,
    prepare_publication,
    release_publication,
)
from records.models import Publication
from trail.actors import Actor

ACCEPTED = frozenset({AwardState.ACCEPTED})


@transaction.atomic
def prepare_award(
    *,
    actor: Actor,
    at: datetime,
    award: Award,
    announcement: Announcement = AT_ONCE,
    key: str = "",
) -> Publication | None:
    """Write what the public will read; nothing is public yet.

    Raises:
        Refused: ``not_at_this_stage``, ``already_prepared``, ``time_is_past``, ``time_is_far``.
    """
    asked = Asked("prepare_award", key, within=ACCEPTED)
    act = begin_act(actor=actor, at=at, award=award, asked=asked)
    if act.is_repeat:
        return None
    if latest_version(act.award) is not None:
        raise refuse(
            "already_prepared", "The award is prepared. Discard that version to write a new one."
        )
    row = prepare_publication(
        actor=actor,
        at=at,
        case=act.award.case,
        kind=KIND_AWARD,
        snapshot=award_snapshot(gather_award(act.award)),
        announcement=announcement,
    )
    finish_act(act, Step(facts={"digest": row.digest}))
    return row


@transaction.atomic
def release_award(
    *, actor: Actor, at: datetime, award: Award, publication: Publication, key: str = ""
) -> None:
    """Release what a colleague prepared, at once or from the set moment.

    Raises:
        Refused: ``not_at_this_stage``, ``maker_is_checker``, ``already_released``, ``discarded``.
    """
    body = {"publication": publication.pk}
    asked = Asked("release_award", key, body, within=ACCEPTED)
    act = begin_act(actor=actor, at=at, award=award, asked=asked)
    if act.is_repeat:
        return
    row = release_publication(actor=actor, at=at, publication=publication)
    finish_act(act, Step(facts={"digest": row.digest}))


@transaction.atomic
def discard_award(
    *,
    actor: Actor,
    at: datetime,
    award: Award,
    publication: Publication,
    reason: str,
    key: str = "",
) -> None:
    """Take away what was prepared, or stop a release before its time.

    Raises:
        Refused: ``not_at_this_stage``, ``reason_needed``, ``already_public``.
    """
    body = {"publication": publication.pk, "reason": reason}
    asked = Asked("discard_award", key, body, within=ACCEPTED)
    act = begin_act(actor=actor, at=at, award=award, asked=asked)
    if act.is_repeat:
        return
    discard_publication(actor=actor, at=at, publication=publication, reason=reason)
    finish_act(act, Step())
