"""A giver says that something is wrong with its promise or gift; it is kept as a record."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from certification.actions.write_to_seats import TEMPLATE
from certification.rules.letters import LetterText
from grants.actions.move_award import write_to_recipient
from grants.actions.move_competition import require
from grants.actions.move_contribution import lock_award
from grants.models import Award, GiverComplaint, Pledge
from grants.rules.match import complaint_letters
from grants.rules.match.complaints import WAITING
from kit.refusals import refuse
from records.actions.send_letter import Recipient, send_letter
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.record_entry import record_entry
from trail.actors import Actor


@transaction.atomic
def make_complaint(
    *, actor: Actor, at: datetime, pledge: Pledge, words: str, key: str
) -> GiverComplaint:
    """Keep what a giver says is wrong; one at a time waits for a decision.

    Side effects: a letter to the group's seats, a copy to the giver, trail.

    Raises:
        Refused: ``no_words``, ``complaint_waits``, ``award_not_active``.
    """
    body = f"{pledge.reference}:{words}"
    claim = claim_key(actor=actor, at=at, key=key, verb="make_complaint", body=body)
    if claim.result_reference:
        return GiverComplaint.objects.get(reference=claim.result_reference)
    award = lock_award(pledge.award_id)
    said = require(words, "no_words", "Write what is wrong, in your own words.")
    if pledge.complaints.filter(state__in=WAITING).exists():
        raise refuse(
            "complaint_waits",
            "What you wrote before still waits for a decision. You can write again after it.",
        )
    made = GiverComplaint.objects.create(
        award=award, pledge=pledge, words=said, made_by=str(actor), made_at=at
    )
    facts = {"complaint": made.reference, "giver": pledge.giver_name}
    record_entry(case=award.case, actor=actor, at=at, verb="make_complaint", facts=facts)
    letter = complaint_letters.told(pledge.giver_name, said)
    write_to_recipient(at=at, award=award, letter=letter, key=f"{made.reference}:made")
    copy = complaint_letters.kept(pledge.giver_name, award.group.name, said)
    write_to_giver(at=at, award=award, pledge=pledge, letter=copy, key=f"{made.reference}:made")
    settle_key(claim, made.reference)
    return made


def write_to_giver(
    *, at: datetime, award: Award, pledge: Pledge, letter: LetterText, key: str
) -> None:
    """Write to the address that stands for the giver; ``key`` is unique within the award."""
    send_letter(
        case=award.case,
        at=at,
        template=TEMPLATE,
        to=Recipient(pledge.contact_email, pledge.contact_name),
        context={
            "letter": letter.within(award.agency.time_zone),
            "group": pledge.giver_name,
            "reference": award.case.reference,
            "agency": award.agency.name,
            "contact_name": award.agency.contact_name,
            "contact_email": award.agency.contact_email,
        },
        key=f"{award.case.reference}:giver:{key}",
    )
