"""What can be done with a case now: buttons, and why one of them cannot be pressed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from accounts.actors import actor_of, arrival_of
from accounts.rules.roles import checker_is_not_maker
from certification.models import Application, IneligibilityFinding
from certification.permissions.decisions import decides_case, works_on_case
from certification.rules.decision import (
    Assessment,
    may_deny,
    may_designate,
    may_propose_denial,
    may_recommend,
)
from certification.rules.reasons import DenialReason
from certification.rules.states import APPLICATION, ApplicationState
from kit.refusals import Refusal

Permission = Callable[[HttpRequest, str], Refusal | None]


@dataclass(frozen=True, slots=True)
class Button:
    """A verb that this state of the case allows."""

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
        "open_intake",
        "staff_open_intake",
        works_on_case,
        posts=True,
        style="",
        note="The group gets a letter that its application is being looked at.",
    ),
    _Door(
        "accept",
        "staff_accept",
        works_on_case,
        posts=True,
        style="",
        note="Rulebook and data are pinned today, and the criteria are judged at once.",
    ),
    _Door("request_information", "staff_ask", works_on_case),
    _Door("find_ineligible", "staff_ineligible", works_on_case),
    _Door("recommend", "staff_recommend", works_on_case, style=""),
    _Door("propose_denial", "staff_propose_denial", works_on_case),
    _Door("designate", "staff_designate", decides_case, style=""),
    _Door("return_case", "staff_return", decides_case),
    _Door("deny", "staff_deny", decides_case, style="secondary"),
)


def buttons(
    request: HttpRequest, application: Application, assessment: Assessment | None
) -> list[Button]:
    """Return the verbs of this state, each with the reason that keeps this reader from it."""
    verbs = APPLICATION.verbs(application.status)
    return [_button(request, application, assessment, door) for door in DOORS if door.verb in verbs]


def _button(
    request: HttpRequest, application: Application, assessment: Assessment | None, door: _Door
) -> Button:
    reference = application.case.reference
    refusal = door.permission(request, reference)
    label, route = APPLICATION.transition(door.verb).label, door.route
    if door.verb == "find_ineligible":
        waiting = application.ineligibility_findings.filter(is_agreed=None).first()
        if waiting is not None:
            label, route = "Check the finding: not eligible", "staff_ineligible_check"
            refusal = refusal or _second_person(request, waiting)
    if refusal is None and assessment is not None:
        refusal = _rule(request, application, assessment, door.verb)
    url = reverse(f"certification:{route}", args=[reference])
    return Button(label, url, refusal, door.posts, door.style, door.note)


def _second_person(request: HttpRequest, waiting: IneligibilityFinding) -> Refusal | None:
    return checker_is_not_maker(maker=waiting.written_by, checker=str(actor_of(request)))


def _rule(
    request: HttpRequest, application: Application, assessment: Assessment, verb: str
) -> Refusal | None:
    """What the rulebook says to a verb that rests on tests."""
    if verb == "recommend":
        return may_recommend(assessment)
    if verb == "designate":
        return may_designate(assessment)
    if verb == "propose_denial":
        return may_propose_denial(assessment, [one.id for one in assessment.unmet])
    if verb == "deny" and application.status is ApplicationState.DENIAL_PROPOSED:
        until = application.denial_proposals.latest("proposed_at").answer_until
        at = arrival_of(request)
        return may_deny(assessment, DenialReason.UNTRUE, answer_until=until, at=at)
    return None
