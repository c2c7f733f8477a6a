"""What can be done with a competition now: acts, and why one of them cannot be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from accounts.actors import actor_of, arrival_of
from accounts.queries.officers import holds_role
from grants.models import Clearance, Competition
from grants.permissions.competitions import decides_competition, works_on_competition
from grants.queries.competition_makers import makers_of
from grants.queries.notices import notice_of
from grants.rules.clearance import (
    SIGNERS,
    may_schedule,
    may_sign,
    opening_refusal,
    window_refusal,
)
from grants.rules.notice import PART_WORDS, Notice, Part, missing
from grants.rules.states import COMPETITION, CompetitionState
from grants.rules.terms import CLEARANCE_KIND_WORDS, ClearanceKind
from kit.refusals import Refusal

Permission = Callable[[HttpRequest, str], Refusal | None]


@dataclass(frozen=True, slots=True)
class Button:
    """An act that this state allows."""

    label: str
    url: str
    refusal: Refusal | None
    posts: bool = False
    style: str = "outline"
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Door:
    verb: str
    route: str
    permission: Permission
    posts: bool = False
    style: str = "outline"
    note: str = ""


DOORS = (
    _Door(
        "ask_clearance",
        "ask_clearance",
        works_on_competition,
        posts=True,
        style="",
        note="The words stand from then on. Those who sign get a letter.",
    ),
    _Door(
        "schedule",
        "schedule_competition",
        works_on_competition,
        posts=True,
        style="",
        note="The portal opens the competition by itself at its time.",
    ),
    _Door("return_to_draft", "return_competition", works_on_competition),
    _Door("cancel", "cancel_competition", decides_competition, style="secondary"),
)


def buttons(request: HttpRequest, row: Competition) -> list[Button]:
    """Return the acts of this state, each with the reason that keeps this reader from it."""
    verbs = COMPETITION.verbs(row.status)
    return [_button(request, row, door) for door in DOORS if door.verb in verbs]


def _button(request: HttpRequest, row: Competition, door: _Door) -> Button:
    refusal = door.permission(request, row.reference) or _rule(request, row, door.verb)
    url = reverse(f"grants:{door.route}", args=[row.reference])
    label = COMPETITION.transition(door.verb).label
    return Button(label, url, refusal, door.posts, door.style, door.note)


def _rule(request: HttpRequest, row: Competition, verb: str) -> Refusal | None:
    if verb == "ask_clearance":
        notice = notice_of(row)
        return _incomplete(notice) or _dates(request, row)
    if verb == "schedule":
        return may_schedule(_signed(row)) or _dates(request, row)
    return None


def _incomplete(notice: Notice) -> Refusal | None:
    for part, sentences in missing(notice).items():
        return Refusal("notice_incomplete", f"{PART_WORDS[part]}: {sentences[0]}")
    return None


def _dates(request: HttpRequest, row: Competition) -> Refusal | None:
    if row.opens_at is None or row.closes_at is None:
        return None
    short = window_refusal(row.opens_at, row.closes_at, row.exigency)
    return short or opening_refusal(row.opens_at, arrival_of(request))


def _signed(row: Competition) -> set[ClearanceKind]:
    rows = row.clearances.filter(voided_at=None)
    return {ClearanceKind(kind) for kind in rows.values_list("kind", flat=True)}


def parts_of(row: Competition) -> list[dict[str, Any]]:
    """Return the six parts of the builder with what each still needs."""
    wanting = missing(notice_of(row))
    is_draft = row.status is CompetitionState.DRAFT
    return [
        {
            "words": PART_WORDS[part],
            "url": reverse("grants:edit_competition", args=[row.reference, part.value])
            if is_draft
            else "",
            "missing": wanting.get(part, []),
        }
        for part in Part
    ]


def clearances_of(request: HttpRequest, row: Competition) -> list[dict[str, Any]]:
    """Return the three signatures: who signed when, or the door to signing, or why not."""
    standing = {one.kind: one for one in row.clearances.filter(voided_at=None)}
    return [_clearance(request, row, kind, standing) for kind in ClearanceKind]


def _clearance(
    request: HttpRequest, row: Competition, kind: ClearanceKind, standing: dict[str, Clearance]
) -> dict[str, Any]:
    found = standing.get(kind)
    shown: dict[str, Any] = {"words": CLEARANCE_KIND_WORDS[kind], "found": found, "url": ""}
    holds = holds_role(request, SIGNERS[kind], agency=row.agency_id)
    if found is None and holds and row.status is CompetitionState.CLEARANCE:
        signed = {f"user:{one.signed_by_id}" for one in standing.values()}
        shown |= {
            "url": reverse("grants:sign_clearance", args=[row.reference, kind.value]),
            "refusal": may_sign(
                signer=str(actor_of(request)), makers=makers_of(row), signed=signed
            ),
        }
    return shown
