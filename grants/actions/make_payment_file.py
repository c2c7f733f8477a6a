"""Certified payments go into a file for the disbursing office; each payment into one file only."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import Agency
from grants.actions.move_payment import person_key
from grants.models import PaymentCertification, PaymentFile, PaymentOrder
from grants.queries.payment_desk import certified_payments
from grants.rules.payment_files import PAYMENT_COLUMNS, payment_name, sum_of
from kit.refusals import refuse
from records.exports.as_csv import csv_lines
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.record_entry import record_entry
from trail.actors import Actor


@transaction.atomic
def make_payment_file(*, actor: Actor, at: datetime, agency: Agency, key: str = "") -> PaymentFile:
    """Put every certified payment of the agency that is in no file yet into a new one.

    Raises:
        Refused: ``nothing_certified``, ``key_reused``.
    """
    # One file at a time: a payment must not go into two.
    Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk)
    claim = None
    if key:
        claim = claim_key(
            actor=actor, at=at, key=key, verb="make_payment_file", body=str(agency.pk)
        )
        if claim.result_reference:
            return PaymentFile.objects.get(reference=claim.result_reference)
    rows = list(certified_payments(agency))
    if not rows:
        raise refuse("nothing_certified", "No certified payment waits for a file.")
    content = "".join(csv_lines(PAYMENT_COLUMNS, (_cells(row) for row in rows)))
    made = PaymentFile.objects.create(
        agency=agency,
        content=content,
        digest=hashlib.sha256(content.encode()).hexdigest(),
        count=len(rows),
        total=sum_of([row.amount for row in rows]),
        made_by_id=person_key(actor),
        made_at=at,
    )
    PaymentOrder.objects.bulk_create(
        PaymentOrder(file=made, certification=row, amount=row.amount) for row in rows
    )
    for row in rows:
        record_entry(
            case=row.request.award.case,
            actor=actor,
            at=at,
            verb="make_payment_file",
            facts={"request": row.request.reference, "file": made.reference},
        )
    if claim is not None:
        settle_key(claim, made.reference)
    return made


def _cells(row: PaymentCertification) -> Sequence[object]:
    award = row.request.award
    return (
        payment_name(row.request.reference, row.number),
        award.number,
        award.group.name,
        row.amount,
        row.request.pay_by,
    )
