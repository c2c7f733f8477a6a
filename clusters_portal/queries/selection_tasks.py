"""What selections ask of an office, and results of those who applied.

Nothing here tells more than the page it leads to: whoever is tied to a proposal of a competition
has no task in its selection, and a result is spoken of from its announcement on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from accounts.models import User
from accounts.rules.roles import AgencyRoleKind
from clusters_portal.queries.task import Task
from grants.models import Competition, Discussion, ResultAppeal
from grants.queries.debriefs import announced
from grants.queries.panel_scores import counted_assignments
from grants.queries.proposals import proposals_of
from grants.queries.ranking_inputs import Pinned, ranked_proposals
from grants.queries.results import latest_publication
from grants.queries.selection import draw_of, is_advised, needs_draw, selection_of
from grants.queries.taking_part import hidden_from, took_part
from grants.rules.debrief import appeal_until
from grants.rules.results import KIND_DRAW_LIST
from grants.rules.selection import may_start
from grants.rules.selection_states import AppealState
from grants.rules.states import CompetitionState, ProposalState
from grants.rules.terms import LineRule

Roles = frozenset[tuple[int, AgencyRoleKind]]
OFFICER = AgencyRoleKind.PROGRAMME_OFFICER
OFFICIAL = AgencyRoleKind.SELECTING_OFFICIAL
PUBLISHER = AgencyRoleKind.PUBLISHER
APPEALS = AgencyRoleKind.APPEALS_OFFICER
JUDGING = (CompetitionState.REVIEW, CompetitionState.PANEL, CompetitionState.SELECTION)
MOST = 20


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose list it is, and what they do for the agency of one competition."""

    user: User
    roles: frozenset[AgencyRoleKind]

    @property
    def name(self) -> str:
        """As on the trail."""
        return f"user:{self.user.pk}"


def selection_tasks(user: User, roles: Roles) -> list[Task]:
    """Return what rankings, selections, results and appeals ask of this person's offices."""
    wanted = {OFFICER, OFFICIAL, PUBLISHER}
    agencies = {agency for agency, role in roles if role in wanted}
    rows = Competition.objects.filter(agency_id__in=agencies, state__in=JUDGING)
    found: list[Task] = []
    for row in rows.select_related("case").order_by("closes_at", "pk")[:MOST] if agencies else ():
        held = frozenset(role for agency, role in roles if agency == row.agency_id)
        if not hidden_from(user.pk, row):
            found += _of(row, Reader(user, held))
    return found + _appeals(user, roles)


def _of(row: Competition, reader: Reader) -> Iterator[Task]:
    if row.status is not CompetitionState.SELECTION:
        if OFFICER in reader.roles and _may_start(row):
            yield _task(row, "Start the selection", "grants:start_selection", "Every review is in")
        return
    decision = selection_of(row)
    if decision is not None:
        yield from _publishing(row, reader)
    elif is_advised(row):
        yield from _deciding(row, reader)
    else:
        yield from _advising(row, reader)


def _may_start(row: Competition) -> bool:
    """As the act itself asks, without the scores."""
    given = counted_assignments(row).filter(review__scores__round=1).distinct()
    # By review: values alone would be told apart by the proposal.
    counts = Counter(name for _, name in given.values_list("pk", "proposal__case__reference"))
    names = ranked_proposals(row).values_list("case__reference", flat=True)
    talks = Discussion.objects.filter(proposal__competition=row, closed_at=None).count()
    return (
        may_start(
            reviews={name: counts[name] for name in names},
            required=row.reviews_per_proposal,
            open_discussions=talks,
        )
        is None
    )


def _advising(row: Competition, reader: Reader) -> Iterator[Task]:
    if row.line_rule == LineRule.DRAW and needs_draw(Pinned(row)):
        waiting = latest_publication(row, KIND_DRAW_LIST)
        if waiting is not None and waiting.released_at is None:
            yield from _releasing(row, reader, waiting.prepared_by, "Release the draw's list")
        elif OFFICER in reader.roles:
            what = "Fix the draw's list" if draw_of(row) is None else "Hold the draw"
            yield _task(row, what, "grants:draw", "The recommendation waits for it")
    elif OFFICER in reader.roles:
        yield _task(row, "Recommend proposals", "grants:advise", "The selecting official waits")


def _deciding(row: Competition, reader: Reader) -> Iterator[Task]:
    if OFFICIAL in reader.roles:
        is_mine = reader.name not in took_part(row)
        waits = "The applicants wait" if is_mine else "Another selecting official decides"
        what = "Decide the selection"
        yield _task(row, what, "grants:decide_selection", waits, is_mine=is_mine)
    elif OFFICER in reader.roles:
        what = "Decide the selection"
        waits = "It waits for a selecting official"
        yield _task(row, what, "grants:ranking", waits, is_mine=False)


def _publishing(row: Competition, reader: Reader) -> Iterator[Task]:
    latest = latest_publication(row)
    if latest is None and PUBLISHER in reader.roles:
        yield _task(row, "Prepare the results", "grants:results_desk", "The applicants wait")
    elif latest is not None and latest.released_at is None:
        yield from _releasing(row, reader, latest.prepared_by, "Release the results")


def _releasing(row: Competition, reader: Reader, maker: str, what: str) -> Iterator[Task]:
    """Two persons: whoever prepared it waits for the other."""
    if PUBLISHER in reader.roles:
        is_mine = reader.name != maker
        waits = "The applicants wait" if is_mine else "It waits for another publisher"
        yield _task(row, what, "grants:results_desk", waits, is_mine=is_mine)


def _appeals(user: User, roles: Roles) -> list[Task]:
    agencies = {agency for agency, role in roles if role is APPEALS}
    if not agencies:
        return []
    rows = ResultAppeal.objects.filter(
        state=AppealState.FILED, proposal__competition__agency_id__in=agencies
    ).select_related("proposal__competition__case")
    waiting = Counter(one.proposal.competition for one in rows)
    found = []
    for row, count in sorted(waiting.items(), key=lambda item: item[0].pk)[:MOST]:
        if hidden_from(user.pk, row):
            continue
        is_mine = f"user:{user.pk}" not in took_part(row)
        waits = "The applicants wait" if is_mine else "Another appeals officer decides"
        what = "Decide an appeal" if count == 1 else f"Decide {count} appeals"
        found.append(_task(row, what, "grants:appeals", waits, is_mine=is_mine))
    return found


def debriefs_of(user: User, at: datetime) -> list[Task]:
    """Return the results that may be read, while an appeal is still possible."""
    decided = (ProposalState.SELECTED, ProposalState.NOT_SELECTED)
    found = []
    for row in proposals_of(user).filter(state__in=decided)[:MOST]:
        told = announced(row, at)
        since = told[0].public_from if told else None
        if since is None:
            continue
        until = appeal_until(since, row.competition.agency.time_zone)
        if at < until:
            url = reverse("grants:proposal_debrief", args=[row.case.reference])
            waits = "An appeal is possible until then"
            found.append(
                Task("Read the result and its reasons", row.title, url, True, waits, until)
            )
    return found


def _task(row: Competition, what: str, route: str, waits: str, *, is_mine: bool = True) -> Task:
    return Task(what, row.title, reverse(route, args=[row.reference]), is_mine, waits)
