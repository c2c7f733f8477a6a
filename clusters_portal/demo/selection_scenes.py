"""Selection of the demo world: ranked, recommended, decided, announced, one appeal filed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from accounts.actors import actor_from_user
from accounts.models import User
from certification.rules.groups import SeatRole
from clusters_portal.demo import review_texts as texts
from grants.actions.advise_proposals import advise_proposals
from grants.actions.announce_results import announce_results
from grants.actions.appeal_result import file_appeal
from grants.actions.decide_selection import decide_selection, setting_of
from grants.actions.publish_results import EFFECT, prepare_results, release_prepared
from grants.actions.start_selection import start_selection
from grants.models import Competition
from grants.queries.ranking_inputs import Pinned
from grants.queries.selection import advice_by_rank
from grants.rules.debrief import AppealGround
from grants.rules.selection import Advised, Choice
from grants.rules.states import ProposalState
from trail.models import Effect

People = Mapping[str, User]
DAY = timedelta(days=1)


def choose(row: Competition, people: People, at: datetime) -> None:
    """The ranking is pinned, the officer recommends by rank, the official decides so."""
    officer = actor_from_user(people["dana"])
    start_selection(actor=officer, at=at, competition=row)
    row.refresh_from_db()
    by_rank = advice_by_rank(Pinned(row))
    given = {name: Advised(one) for name, one in by_rank.items()}
    advise_proposals(actor=officer, at=at + 2 * DAY, competition=row, given=given)
    setting = setting_of(Pinned(row))
    decide_selection(
        actor=actor_from_user(people["ruth"]),
        at=at + 8 * DAY,
        competition=row,
        chosen={name: Choice(setting.by_rank.get(name, "")) for name in setting.bands},
        rationale=texts.RATIONALE,
    )


def announce(row: Competition, people: People, at: datetime) -> None:
    """One publisher prepares, another releases; the outbox tells every applicant."""
    row.refresh_from_db()
    publication = prepare_results(
        actor=actor_from_user(people["kofi"]), at=at - DAY, competition=row
    )
    if publication is None:
        return
    release_prepared(
        actor=actor_from_user(people["lena"]), at=at, competition=row, publication=publication
    )
    announce_results(Effect.objects.get(key=f"{EFFECT}:{publication.pk}").payload)
    row.refresh_from_db()


def appeal(row: Competition, at: datetime) -> None:
    """The group that came last appeals."""
    lost = row.proposals.filter(state=ProposalState.NOT_SELECTED).order_by("pk").last()
    if lost is None:
        return
    seats = lost.group.seats.filter(role=SeatRole.AUTHORIZED_REPRESENTATIVE, until=None)
    file_appeal(
        actor=actor_from_user(seats.select_related("user")[0].user),
        at=at,
        proposal=lost,
        ground=AppealGround.FACTUAL_ERROR,
        words=texts.APPEAL,
    )
