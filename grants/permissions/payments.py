"""Who may prepare, sign, review, certify, hold and file payments.

A request that was never submitted exists for its group only.
"""

from __future__ import annotations

from django.http import HttpRequest

from accounts.gates import NOBODY_KNOWS
from accounts.queries.officers import holds_role, roles_of
from accounts.rules.roles import AgencyRoleKind
from grants.models import PaymentFile, PaymentRequest
from grants.permissions.awards import (
    ONLY_CERTIFYING_OFFICERS,
    ONLY_FINANCE_OFFICERS,
    READERS,
    award_for,
    certifies_payments,
    confirms_funds,
    holds_accepted_award,
    reads_award,
    represents_award,
    staff_award_for,
    works_on_award,
)
from kit.refusals import Refusal

PAYERS = (AgencyRoleKind.FINANCE_OFFICER, AgencyRoleKind.CERTIFYING_OFFICER)
PAYMENT_READERS = READERS
ONLY_PAYERS = Refusal(
    "not_payer", "Only finance officers and certifying officers of the agency see payment files."
)


def own_payment(request: HttpRequest, award: str, payment: str) -> PaymentRequest | None:
    """A request of an accepted award, for its group."""
    if holds_accepted_award(request, award) is not None:
        return None
    row = award_for(request, award).award
    return _found(row.payment_requests.filter(reference=payment).first(), row)


def staff_payment(request: HttpRequest, award: str, payment: str) -> PaymentRequest | None:
    """A request that was submitted once, for officers of the award's agency."""
    if reads_award(request, award) is not None:
        return None
    row = staff_award_for(request, award)
    rows = row.payment_requests.filter(reference=payment, round__gt=0)
    return _found(rows.first(), row)


def _found(row: PaymentRequest | None, award: object) -> PaymentRequest | None:
    if row is not None:
        row.award = award  # type: ignore[assignment]
    return row


def reads_own_payment(
    request: HttpRequest, award: str, payment: str, **_route: object
) -> Refusal | None:
    """Let everybody with a seat in the group pass."""
    return None if own_payment(request, award, payment) else NOBODY_KNOWS


def signs_payment(
    request: HttpRequest, award: str, payment: str, **_route: object
) -> Refusal | None:
    """Let authorized representatives pass; other seats learn who may."""
    return reads_own_payment(request, award, payment) or represents_award(request, award)


def reads_payment(
    request: HttpRequest, award: str, payment: str, **_route: object
) -> Refusal | None:
    """Let officers of the award's agency pass."""
    return None if staff_payment(request, award, payment) else NOBODY_KNOWS


def reviews_progress(
    request: HttpRequest, award: str, payment: str, **_route: object
) -> Refusal | None:
    """Let programme officers pass."""
    return reads_payment(request, award, payment) or works_on_award(request, award)


def reviews_money(
    request: HttpRequest, award: str, payment: str, **_route: object
) -> Refusal | None:
    """Let finance officers pass."""
    return reads_payment(request, award, payment) or confirms_funds(request, award)


def certifies_payment(
    request: HttpRequest, award: str, payment: str, **_route: object
) -> Refusal | None:
    """Let certifying officers pass."""
    return reads_payment(request, award, payment) or certifies_payments(request, award)


def sees_payment_desk(request: HttpRequest, **_route: object) -> Refusal | None:
    """Let officers pass who read awards."""
    return None if agencies_with(request, *PAYMENT_READERS) else NOBODY_KNOWS


def sees_payment_files(request: HttpRequest, **_route: object) -> Refusal | None:
    """Let finance officers, certifying officers and auditors pass."""
    if agencies_with(request, *PAYERS, AgencyRoleKind.AUDITOR):
        return None
    return ONLY_PAYERS if agencies_with(request, *PAYMENT_READERS) else NOBODY_KNOWS


def makes_payment_files(request: HttpRequest, **_route: object) -> Refusal | None:
    """Let certifying officers pass."""
    refusal = sees_payment_files(request)
    if refusal is not None:
        return refusal
    may = agencies_with(request, AgencyRoleKind.CERTIFYING_OFFICER)
    return None if may else ONLY_CERTIFYING_OFFICERS


def reads_results(request: HttpRequest, **_route: object) -> Refusal | None:
    """Let finance officers pass."""
    refusal = sees_payment_files(request)
    if refusal is not None:
        return refusal
    may = agencies_with(request, AgencyRoleKind.FINANCE_OFFICER)
    return None if may else ONLY_FINANCE_OFFICERS


def payment_file(request: HttpRequest, reference: str) -> PaymentFile | None:
    """A file of an agency of the reader."""
    agencies = agencies_with(request, *PAYERS, AgencyRoleKind.AUDITOR)
    rows = PaymentFile.objects.select_related("agency", "made_by", "reconciled_by")
    return rows.filter(reference=reference, agency__in=agencies).first()


def reads_payment_file(request: HttpRequest, file: str, **_route: object) -> Refusal | None:
    """Let finance officers, certifying officers and auditors of the file's agency pass."""
    refusal = sees_payment_files(request)
    return refusal or (None if payment_file(request, file) else NOBODY_KNOWS)


def reconciles_file(request: HttpRequest, file: str, **_route: object) -> Refusal | None:
    """Let finance officers of the file's agency pass."""
    refusal = reads_payment_file(request, file)
    if refusal is not None:
        return refusal
    found = payment_file(request, file)
    agency = found.agency_id if found else None
    may = holds_role(request, AgencyRoleKind.FINANCE_OFFICER, agency=agency)
    return None if may else ONLY_FINANCE_OFFICERS


def agencies_with(request: HttpRequest, *roles: AgencyRoleKind) -> frozenset[int]:
    """The agencies where the reader holds one of the roles."""
    return frozenset(agency for agency, role in roles_of(request) if role in roles)
