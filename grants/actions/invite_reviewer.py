"""Ask somebody to review or chair, take the question back, take the answer, end a seat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from grants.actions.find_conflicts import ON_PANEL, find_conflicts
from grants.actions.move_competition import lock_competition
from grants.models import Assignment, Competition, PanelInvitation, PanelSeat
from grants.queries.panel_links import digest_of, fresh_nonce, invitation_address, panel_token
from grants.queries.reach import Candidate, Reach, account_of, proves, reach_of
from grants.queries.training import passed_at
from grants.rules.panel_states import LIVE_ASSIGNMENT, SEAT, SeatState
from grants.rules.reviewers import INVITATION_LIFE, alias_of
from grants.rules.states import CompetitionState
from grants.rules.terms import PANEL_ROLE_WORDS, PanelRole
from kit.refusals import Refused, refuse
from records.actions.send_letter import Recipient, send_letter
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.record_entry import record_entry
from trail.actors import Actor

OVER = frozenset(
    {CompetitionState.ANNOUNCED, CompetitionState.ARCHIVED, CompetitionState.CANCELLED}
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom to ask, for which seat, with how many proposals at least and at most."""

    candidate: Candidate
    role: PanelRole
    least: int
    greatest: int


@transaction.atomic
def invite_reviewer(
    *, actor: Actor, at: datetime, competition: Competition, asked: Asked, key: str = ""
) -> PanelInvitation:
    """Check conflicts, then write to the person.

    Side effects: a letter with a personal link; where the address has an account, a seat that
    waits for the answer, with its ties.

    Raises:
        Refused: ``panel_over``, ``already_seated``, ``nothing_to_read``.
    """
    claim = None
    if key:
        body = f"{competition.pk}:{asked!r}"
        claim = claim_key(actor=actor, at=at, key=key, verb="invite_reviewer", body=body)
        if claim.result_reference:
            return PanelInvitation.objects.get(pk=int(claim.result_reference))
    row = lock_competition(competition)
    _check(row, asked)
    reach = reach_of(row, asked.candidate, at)
    if reach.proposals and not reach.free and not reach.soft:
        raise refuse(
            "nothing_to_read",
            "This person is tied to every proposal of the competition and could read none. "
            "Ask somebody else.",
        )
    row.panel_invitations.filter(closed_at=None, email__iexact=asked.candidate.email).update(
        closed_at=at
    )
    invitation = _keep(row, asked, reach, actor, at)
    user = account_of(asked.candidate.email)
    if user is not None:
        _seat(invitation, user, at)
    _write_letter(invitation, actor, at)
    record_entry(
        case=row.case,
        actor=actor,
        at=at,
        verb="invite_reviewer",
        facts={"role": asked.role.value, "readable": reach.free, "of": reach.proposals},
        personal={"name": asked.candidate.name, "email": asked.candidate.email},
    )
    if claim is not None:
        settle_key(claim, str(invitation.pk))
    return invitation


@transaction.atomic
def accept_invitation(
    *, actor: Actor, at: datetime, invitation: PanelInvitation, user: User
) -> PanelSeat:
    """Take the seat; accepting twice is one acceptance.

    Raises:
        Refused: ``link_closed``, ``link_expired``, ``wrong_account``, ``illegal_transition``.
    """
    competition = lock_competition(invitation.competition)
    row = PanelInvitation.objects.select_for_update().get(pk=invitation.pk)
    held = row.seat if row.seat is not None and row.seat.user_id == user.pk else None
    if held is not None and held.state == SeatState.ACCEPTED:
        return held
    refusal = link_refusal(row, at)
    if refusal is not None:
        raise refusal
    if not proves(user, row.email):
        raise refuse(
            "wrong_account",
            f"This invitation went to {row.email}. Sign in with that address, or add it to your "
            "account and prove it, then open the link again.",
        )
    seat = row.seat or _seat(row, user, at)
    return _answer(competition, seat, row, actor, at, "accept")


@transaction.atomic
def decline_invitation(*, actor: Actor, at: datetime, invitation: PanelInvitation) -> None:
    """Say no; nobody asks why.

    Raises:
        Refused: ``link_closed``, ``link_expired``.
    """
    competition = lock_competition(invitation.competition)
    row = PanelInvitation.objects.select_for_update().get(pk=invitation.pk)
    refusal = link_refusal(row, at)
    if refusal is not None:
        raise refusal
    if row.seat is not None:
        _answer(competition, row.seat, row, actor, at, "decline")
        return
    row.closed_at = at
    row.save(update_fields=["closed_at"])
    record_entry(case=competition.case, actor=actor, at=at, verb="decline_panel_seat")


@transaction.atomic
def end_panel_seat(*, actor: Actor, at: datetime, seat: PanelSeat) -> PanelSeat:
    """End a seat or take an invitation back; ending twice changes nothing.

    Raises:
        Refused: ``reviews_open``: the person still has reviews under way.
    """
    competition = lock_competition(seat.competition)
    row = PanelSeat.objects.select_for_update().get(pk=seat.pk)
    if row.state in {SeatState.ENDED, SeatState.DECLINED}:
        return row
    if Assignment.objects.filter(seat=row, state__in=LIVE_ASSIGNMENT).exists():
        raise refuse(
            "reviews_open",
            "This person has reviews under way. Replace them on the assignment board first.",
        )
    row.state = SEAT.move(SeatState(row.state), "end")
    row.ended_at = at
    row.save(update_fields=["state", "ended_at"])
    PanelInvitation.objects.filter(seat=row, closed_at=None).update(closed_at=at)
    record_entry(case=competition.case, actor=actor, at=at, verb="end_panel_seat")
    return row


@transaction.atomic
def take_back_invitation(*, actor: Actor, at: datetime, invitation: PanelInvitation) -> None:
    """Close an invitation that nobody has answered."""
    competition = lock_competition(invitation.competition)
    row = PanelInvitation.objects.select_for_update().get(pk=invitation.pk)
    if row.seat is not None:
        end_panel_seat(actor=actor, at=at, seat=row.seat)
    elif row.closed_at is None:
        row.closed_at = at
        row.save(update_fields=["closed_at"])
        record_entry(case=competition.case, actor=actor, at=at, verb="end_panel_seat")


def link_refusal(invitation: PanelInvitation, at: datetime) -> Refused | None:
    """Say why an invitation opens nothing any more."""
    if invitation.closed_at is not None:
        return refuse("link_closed", "This invitation has been answered or taken back.")
    if at >= invitation.expires_at:
        return refuse(
            "link_expired", "This invitation has ended. Ask the agency to write to you again."
        )
    return None


def _keep(
    competition: Competition, asked: Asked, reach: Reach, actor: Actor, at: datetime
) -> PanelInvitation:
    nonce = fresh_nonce()
    return PanelInvitation.objects.create(
        competition=competition,
        role=asked.role,
        name=asked.candidate.name,
        email=asked.candidate.email,
        employer=asked.candidate.employer,
        least_load=asked.least,
        greatest_load=asked.greatest,
        readable=reach.free,
        proposals=reach.proposals,
        nonce=nonce,
        token_digest=digest_of(panel_token(nonce)),
        invited_by=str(actor),
        sent_at=at,
        expires_at=at + timedelta(days=INVITATION_LIFE),
    )


def _check(competition: Competition, asked: Asked) -> None:
    if competition.status in OVER:
        raise refuse("panel_over", "The panel of this competition has done its work.")
    seated = competition.seats.filter(state__in=ON_PANEL)
    user = account_of(asked.candidate.email)
    if user is not None and seated.filter(user=user).exists():
        raise refuse(
            "already_seated", f"{asked.candidate.email} is on this panel or asked already."
        )


def _seat(invitation: PanelInvitation, user: User, at: datetime) -> PanelSeat:
    competition, role = invitation.competition, PanelRole(invitation.role)
    if competition.seats.filter(user=user, state__in=ON_PANEL).exists():
        raise refuse("already_seated", "You have a seat on this panel already.")
    number = competition.seats.filter(role=role).count() + 1
    seat = PanelSeat.objects.create(
        competition=competition,
        user=user,
        role=role,
        alias=alias_of(PANEL_ROLE_WORDS[role], number),
        least_load=invitation.least_load,
        greatest_load=invitation.greatest_load,
        invited_by=invitation.invited_by,
        invited_at=at,
    )
    invitation.seat = seat
    invitation.save(update_fields=["seat"])
    find_conflicts(at=at, competition=competition, users=[user.pk])
    return seat


def _answer(
    competition: Competition,
    seat: PanelSeat,
    invitation: PanelInvitation,
    actor: Actor,
    at: datetime,
    verb: str,
) -> PanelSeat:
    seat.state, seat.answered_at = SEAT.move(SeatState(seat.state), verb), at
    if seat.state == SeatState.ACCEPTED:
        seat.trained_at = passed_at(seat.user, at)
    seat.save(update_fields=["state", "answered_at", "trained_at"])
    invitation.closed_at = at
    invitation.save(update_fields=["closed_at"])
    facts = {"alias": seat.alias}
    record_entry(case=competition.case, actor=actor, at=at, verb=f"{verb}_panel_seat", facts=facts)
    return seat


def _write_letter(invitation: PanelInvitation, actor: Actor, at: datetime) -> None:
    send_letter(
        case=invitation.competition.case,
        at=at,
        template="grants/mail/panel_invitation",
        to=Recipient(invitation.email, invitation.name),
        context={
            "invitation": invitation,
            "competition": invitation.competition,
            "inviter": actor.name,
            "role_words": PANEL_ROLE_WORDS[PanelRole(invitation.role)].lower(),
            "address": invitation_address(invitation),
        },
        key=f"panel-invitation:{invitation.pk}",
    )
