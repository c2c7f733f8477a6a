"""What every page of a proposal has in common: its side navigation and its trail."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from accounts.actors import arrival_of
from grants.models import Proposal
from grants.permissions.proposals import proposal_for
from grants.queries.proposal_drafts import draft_of
from grants.rules.proposal_draft import ROW_STEPS, StepStanding, standings
from grants.rules.starting import last_minute
from grants.rules.states import BEING_WRITTEN, PROPOSAL, ProposalState

TOLD = frozenset({ProposalState.SELECTED, ProposalState.NOT_SELECTED})
LISTS = {step: f"grants:proposal_{step}" for step in ROW_STEPS}


def address(name: str, proposal: Proposal, *more: str) -> str:
    """Return the address of a page of the proposal."""
    route = name if name == "proposal" else f"proposal_{name}"
    return reverse(f"grants:{route}", args=[proposal.case.reference, *more])


def step_address(proposal: Proposal, step: str) -> str:
    """Return the address of a step, whether it is written or a list."""
    if step in LISTS:
        return reverse(LISTS[step], args=[proposal.case.reference])
    return address("section", proposal, step)


def proposal_page(request: HttpRequest, reference: str, here: str) -> dict[str, Any]:
    """Return the context of `case.html` for a page of the proposal; `here` is its label."""
    opened = proposal_for(request, reference)
    proposal = opened.proposal
    at = arrival_of(request)
    draft = draft_of(proposal, at)
    found = standings(draft)
    trail = [{"label": "Your proposals", "url": reverse("grants:proposals")}]
    if here != "Overview":
        trail.append({"label": proposal.title, "url": address("proposal", proposal)})
    return {
        "proposal": proposal,
        "competition": proposal.competition,
        "group": proposal.group,
        "reference": reference,
        "person": opened.person,
        "draft": draft,
        "at": at,
        "last_minute": last_minute(proposal.competition.closes_at),
        "standings": [{"standing": one, "url": step_address(proposal, one.id)} for one in found],
        "status": PROPOSAL.public_label(proposal.status),
        "is_being_written": proposal.status in BEING_WRITTEN,
        "case_nav": _nav(proposal, found, here),
        "case_name": "Proposal",
        "case_reference": reference,
        "trail": trail,
        "here": here,
    }


def steps_of(context: dict[str, Any], current: str) -> list[dict[str, Any]]:
    """Return the proposal's steps for the step indicator."""
    return [
        {
            "label": one["standing"].title,
            "state": _step_state(one["standing"], current),
            "url": one["url"],
        }
        for one in context["standings"]
    ]


def next_step_address(context: dict[str, Any], current: str) -> str:
    """Return the address of the step after this one; of the overview after the last."""
    rows = context["standings"]
    place = [one["standing"].id for one in rows].index(current) + 1
    if place == len(rows):
        return address("proposal", context["proposal"])
    return str(rows[place]["url"])


def _step_state(standing: StepStanding, current: str) -> str:
    if standing.id == current:
        return "current"
    return "complete" if standing.is_complete else "upcoming"


def _nav(proposal: Proposal, found: tuple[StepStanding, ...], here: str) -> list[dict[str, Any]]:
    is_written = proposal.status in BEING_WRITTEN
    items = [("Overview", address("proposal", proposal), "")]
    if is_written:
        items += [
            (
                one.title,
                step_address(proposal, one.id),
                "" if one.is_complete else str(len(one.problems)),
            )
            for one in found
        ]
    items.append(("As it is submitted", address("preview", proposal), ""))
    if is_written:
        items.append(("Certify and submit", address("certify", proposal), ""))
    if proposal.submissions.exists():
        items.append(("Receipts", address("receipts", proposal), ""))
    if proposal.status in TOLD:
        items.append(("Debrief", address("debrief", proposal), ""))
    items.append(("History", address("history", proposal), ""))
    return [
        {"label": label, "url": url, "note": note, "current": label == here}
        for label, url, note in items
    ]
