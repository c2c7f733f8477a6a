"""A group's administrator starts a proposal, prefilled from the group's designation."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.queries.look_of_names import skeleton_of
from accounts.rules.names import name_key
from certification.models import ClusterGroup, ConveningBody, Designation
from grants.actions.move_proposal import hold_competition, raise_first
from grants.actions.watch_proposal import watch_proposal
from grants.models import Competition, NamedPerson, Proposal, ProposalSection
from grants.queries.proposals import administrators_of, designation_of, form_of, start_of
from grants.rules.proposal_form import ABOUT
from grants.rules.starting import start_refusals
from grants.rules.terms import PersonRole
from kit.refusals import refuse
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.open_case import open_case
from trail.actions.record_entry import record_entry
from trail.actors import Actor


@transaction.atomic
def start_proposal(
    *, actor: Actor, at: datetime, competition: Competition, group: ClusterGroup, key: str
) -> Proposal:
    """Create the proposal with its sections; what the designation says is filled in.

    Side effects: case, trail, the reminders before the close.

    Raises:
        Refused: the first of `grants.rules.starting.start_refusals`.
    """
    body = f"{competition.pk}:{group.pk}"
    claim = claim_key(actor=actor, at=at, key=key, verb="start_proposal", body=body)
    if claim.result_reference:
        return Proposal.objects.get(case__reference=claim.result_reference)
    hold_competition(competition.pk)
    # The group's row is the lock: two starts of one group follow one another.
    locked = ClusterGroup.objects.select_for_update(of=("self",)).get(pk=group.pk)
    held = Competition.objects.select_related("agency").get(pk=competition.pk)
    raise_first(start_refusals(start_of(held, locked, actor, at)))
    designation = designation_of(locked, at)
    if designation is None:
        raise refuse("not_designated", "This group holds no designation in force.")
    proposal = _create(actor, at, held, locked, designation)
    facts = {
        "competition": held.opportunity_number,
        "group": locked.reference,
        "designation": designation.reference,
    }
    record_entry(case=proposal.case, actor=actor, at=at, verb="start_proposal", facts=facts)
    watch_proposal(proposal, at)
    settle_key(claim, proposal.case.reference)
    return proposal


def _create(
    actor: Actor,
    at: datetime,
    competition: Competition,
    group: ClusterGroup,
    designation: Designation,
) -> Proposal:
    title = f"Planning for {group.name}"[:200]
    proposal = Proposal.objects.create(
        case=open_case(actor=actor, at=at, kind="proposal", prefix="PR"),
        competition=competition,
        group=group,
        designation=designation,
        title=title,
        years=competition.shortest_years,
        started_by=str(actor),
        started_at=at,
    )
    filled = {ABOUT: _about(title, competition, designation)}
    ProposalSection.objects.bulk_create(
        ProposalSection(
            proposal=proposal, section_id=section.id, answers=filled.get(section.id, {})
        )
        for section in form_of(competition)
    )
    _name_administrators(proposal)
    return proposal


def _about(title: str, competition: Competition, designation: Designation) -> dict[str, Any]:
    is_settled = competition.shortest_years == competition.longest_years
    return {
        "title": title,
        "summary": _public_summary(designation),
        "years": str(competition.shortest_years) if is_settled else "",
    }


def _public_summary(designation: Designation) -> str:
    """What the group said of its cluster when it was designated."""
    content = designation.application.content or {}
    for section in content.get("sections", ()):
        if section["id"] == "cluster":
            return str(section["answers"][0]["answer"])
    return ""


def _name_administrators(proposal: Proposal) -> None:
    """Who runs the group is named from the first day: conflicts are found from these rows."""
    body = ConveningBody.objects.filter(group=proposal.group).first()
    employer = body.legal_name if body else ""
    for seat in administrators_of(proposal.group):
        name = str(seat.user)
        NamedPerson.objects.get_or_create(
            proposal=proposal,
            role=PersonRole.CONTACT,
            name_key=name_key(name),
            defaults={
                "name": name,
                "skeleton_key": skeleton_of(name),
                "email": seat.user.email,
                "employer": employer,
            },
        )
