"""A second officer agrees with a finding, or sends it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.rules.roles import checker_is_not_maker
from certification.actions.move_application import (
    Act,
    Asked,
    Step,
    begin_act,
    check_staff,
    finish_act,
    require,
)
from certification.models import Application, Finding
from certification.queries.assessments import determination_of
from certification.rules.letters import point_settled
from kit.refusals import Refused, refuse
from trail.actors import Actor


@dataclass(frozen=True, slots=True)
class Check:
    """What a second officer says of a finding."""

    finding_id: int
    is_agreed: bool
    note: str = ""


@transaction.atomic
def resolve_unknown(
    *, actor: Actor, at: datetime, application: Application, check: Check, key: str = ""
) -> None:
    """Check a finding; agreed, it answers its test for good.

    Side effects: the check, trail; when agreed also a letter.

    Raises:
        Refused: ``illegal_transition``, ``own_case``; ``maker_is_checker`` by its writer;
            ``nothing_to_check`` when it was checked or belongs to an older determination;
            ``note_missing`` when it is sent back without a reason.
    """
    body = {"finding": check.finding_id, "agreed": check.is_agreed, "note": check.note}
    verb, within = ("resolve_unknown", "") if check.is_agreed else _SEND_BACK
    act = begin_act(
        actor=actor, at=at, application=application, asked=Asked(verb, key, body, within)
    )
    if act.is_repeat:
        return
    check_staff(act)
    finding = _checked(act, check)
    test = finding.determination.content().result(finding.test_id)
    facts = {"test": test.title, "is_met": finding.is_met}
    letter = point_settled(test.title, is_met=finding.is_met) if check.is_agreed else None
    finish_act(act, Step(facts=facts, letter=letter))


_SEND_BACK = ("return_finding", "resolve_unknown")


def _checked(act: Act, check: Check) -> Finding:
    rows = Finding.objects.select_for_update(of=("self",)).select_related("determination")
    latest = determination_of(act.application)
    finding = rows.filter(pk=check.finding_id, determination=latest, is_agreed=None).first()
    if finding is None:
        raise refuse("nothing_to_check", "This finding no longer waits for a check.")
    refusal = checker_is_not_maker(maker=finding.written_by, checker=str(act.actor))
    if refusal is not None:
        raise Refused(refusal)
    if not check.is_agreed:
        sentence = "Say why you do not agree, so that it can be written anew."
        require(check.note, "note_missing", sentence)
    finding.is_agreed, finding.check_note = check.is_agreed, check.note.strip()
    finding.checked_by, finding.checked_at = str(act.actor), act.at
    finding.save(update_fields=["is_agreed", "check_note", "checked_by", "checked_at"])
    return finding
