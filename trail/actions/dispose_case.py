"""Destroy the personal data and papers of a case whose time is over; keep the certificate."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from kit.refusals import Refused, refuse
from trail.actions.hold_case import live_hold
from trail.actions.record_entry import record_entry
from trail.actors import Actor
from trail.models import Case, Disposition, PersonalNote
from trail.retention_registry import erase_everywhere, standing_of
from trail.rules.retention import disposal_refusal, kept_until, rule_for


@transaction.atomic
def dispose_case(*, actor: Actor, at: datetime, case: Case, today: date) -> Disposition:
    """Erase names beside the chain and what the apps above hold; the chain itself stays valid.

    Side effects: rows and files are gone for good; a certificate and an entry stay.

    Raises:
        Refused: the case goes on, is kept, is on hold, or was disposed of before.
    """
    locked = Case.objects.select_for_update().get(pk=case.pk)
    if Disposition.objects.filter(case=locked).exists():
        raise refuse("already_disposed", "This record was disposed of before.")
    standing = standing_of(locked)
    refusal = disposal_refusal(standing, is_held=live_hold(locked) is not None, today=today)
    until = kept_until(standing)
    if refusal is not None or until is None or standing.ended_on is None:
        raise Refused(refusal) if refusal else refuse("kept_for_good", "This record is kept.")
    names, _ = PersonalNote.objects.filter(entry__case=locked).delete()
    certificate = Disposition.objects.create(
        case=locked,
        disposed_at=at,
        disposed_by=str(actor),
        retention_class=standing.retention.value,
        ended_on=standing.ended_on,
        kept_until=until,
        citation=rule_for(standing).citation,
        erased={"names in the trail": names, **erase_everywhere(locked, str(actor), at)},
    )
    facts = {"class": certificate.retention_class, "kept_until": until.isoformat()}
    facts |= {"citation": certificate.citation, "erased": certificate.erased}
    record_entry(case=locked, actor=actor, at=at, verb="dispose_case", facts=facts)
    return certificate
