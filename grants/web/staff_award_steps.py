"""What the page of an award shows officers: checks, signatures, and what is to be done now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from accounts.actors import actor_of, arrival_of
from grants.actions.offer_award import local_day
from grants.models import Award
from grants.permissions.awards import (
    changes_award,
    obligates_award,
    signs_award,
    works_on_award,
)
from grants.queries.award_words import findings_of, signed_steps, workers_of
from grants.rules.award_signing import (
    CHECK_WORDS,
    WAITS_FOR,
    RiskCheck,
    risk_refusal,
    signing_refusal,
    withdrawal_refusal,
)
from grants.rules.award_states import AWARD, OVER, STEP_WORDS, AwardState, StepKind
from kit.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Button:
    """An act that this state allows, and why this reader may not do it."""

    label: str
    url: str
    refusal: Refusal | None
    posts: bool = False
    style: str = ""
    note: str = ""


def buttons(request: HttpRequest, award: Award) -> list[Button]:
    """Return the acts of the award's state, the next step first."""
    step = WAITS_FOR.get(award.status)
    found = [_sign_button(request, award, step)] if step else []
    if award.status is AwardState.DRAFTED:
        found += _draft_buttons(request, award)
    if award.status is AwardState.OBLIGATED:
        found.append(
            Button(
                "Offer the award",
                _to("offer_award", award),
                obligates_award(request, award.reference),
                posts=True,
                note="The group has 30 days to answer and gets a letter now.",
            )
        )
    if award.status is AwardState.OFFERED:
        refusal = obligates_award(request, award.reference)
        found.append(
            Button("Give more time to answer", _to("extend_offer", award), refusal, style="outline")
        )
        today = local_day(award, arrival_of(request))
        refusal = refusal or withdrawal_refusal(award.answer_by, today)
        found.append(
            Button("Take the offer back", _to("withdraw_offer", award), refusal, style="secondary")
        )
    if AWARD.allows(award.status, "change"):
        refusal = changes_award(request, award.reference)
        found.append(
            Button("Change the draft", _to("change_award", award), refusal, style="secondary")
        )
    return found


def checks_of(request: HttpRequest, award: Award) -> list[dict[str, Any]]:
    """Return the four checks with what each found in this version."""
    rows = {row.check_name: row for row in award.risk_findings.filter(version=award.version)}
    is_open = award.status is AwardState.RISK_REVIEW
    may = is_open and works_on_award(request, award.reference) is None
    return [
        {
            "words": CHECK_WORDS[one],
            "found": rows.get(one.value),
            "url": reverse("grants:check_award_risk", args=[award.reference, one.value])
            if may and one.value not in rows
            else "",
        }
        for one in RiskCheck
    ]


def steps_of(award: Award) -> list[dict[str, Any]]:
    """Return the four steps with the signature that stands, and those that are void."""
    rows = list(award.steps.select_related("signed_by"))
    standing = {row.kind: row for row in rows if row.voided_at is None}
    return [
        {
            "words": STEP_WORDS[kind],
            "signed": standing.get(kind.value),
            "void": [row for row in rows if row.kind == kind and row.voided_at is not None],
        }
        for kind in StepKind
    ]


def progress_of(award: Award) -> list[dict[str, str]]:
    """Return the award's way for the step indicator."""
    way: list[AwardState] = [one for one in AwardState if one not in OVER]
    if award.status in OVER:
        way[-1] = award.status
    here = way.index(award.status)
    is_over = award.status in {AwardState.ACCEPTED, *OVER}
    return [
        {
            "label": AWARD.labels[one],
            "state": "complete"
            if place < here or (is_over and place == here)
            else ("current" if place == here else "upcoming"),
        }
        for place, one in enumerate(way)
    ]


def _draft_buttons(request: HttpRequest, award: Award) -> list[Button]:
    refusal = works_on_award(request, award.reference)
    return [
        Button(
            "Send to the risk review",
            _to("review_award_risk", award),
            refusal,
            posts=True,
            note="Period and terms stand from then on.",
        ),
        Button("Write period and terms", _to("write_award", award), refusal, style="outline"),
    ]


def _sign_button(request: HttpRequest, award: Award, step: StepKind) -> Button:
    url = reverse("grants:sign_award", args=[award.reference, step.value])
    refusal = signs_award(request, award.reference, step.value) or signing_refusal(
        kind=step,
        signer=str(actor_of(request)),
        signed=signed_steps(award),
        workers=workers_of(award),
    )
    if refusal is None and step is StepKind.RECOMMEND:
        refusal = risk_refusal(findings_of(award), award.conditions.filter(removed_at=None).count())
    return Button(f"Read and sign: {AWARD.transition(step).label.lower()}", url, refusal)


def _to(route: str, award: Award) -> str:
    return reverse(f"grants:{route}", args=[award.reference])
