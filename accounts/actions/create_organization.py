"""Register an organization, and keep what it says of itself right."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.actions.review_duplicates import open_reviews
from accounts.models import Organization, OrganizationRole, User
from accounts.queries.look_of_names import skeleton_of
from accounts.rules.identifiers import ein_refusal, uei_refusal
from accounts.rules.names import name_key
from accounts.rules.organizations import LegalForm
from kit.refusals import Refused, refuse
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.open_case import open_case
from trail.actions.record_entry import record_entry
from trail.actors import Actor

PRIVATE = frozenset({"ein", "employees", "receipts_band"})  # never on the trail


@dataclass(frozen=True, slots=True)
class OrganizationDetails:
    """What an organization says of itself."""

    legal_name: str
    uei: str = ""
    county_fips: str = ""
    naics: str = ""
    legal_form: str = ""
    ein: str = ""
    employees: int | None = None
    receipts_band: str = ""

    def columns(self) -> dict[str, object]:
        """Return the columns that the details fill, with the keys of the name."""
        keys = {
            "name_key": name_key(self.legal_name),
            "skeleton_key": skeleton_of(self.legal_name),
        }
        return {**asdict(self), **keys}


@transaction.atomic
def create_organization(
    *, actor: Actor, at: datetime, details: OrganizationDetails, founder: User, key: str
) -> Organization:
    """Create the organization with its founder as administrator.

    Raises:
        Refused: ``uei_taken``: another organization of the portal has this identifier; or what
            the rules say about the name and the identifiers.
    """
    claim = claim_key(actor=actor, at=at, key=key, verb="create_organization", body=repr(details))
    if claim.result_reference:
        return Organization.objects.get(case__reference=claim.result_reference)
    _refuse_malformed(details)
    case = open_case(actor=actor, at=at, kind="organization", prefix="OR")
    with _uei_may_be_taken():
        row = Organization.objects.create(case=case, created_at=at, **details.columns())
    OrganizationRole.objects.create(organization=row, user=founder, is_administrator=True, since=at)
    open_reviews(at=at, organization=row)
    facts = {"legal_name": row.legal_name, "uei": row.uei, "county": row.county_fips}
    record_entry(case=case, actor=actor, at=at, verb="create_organization", facts=facts)
    settle_key(claim, case.reference)
    return row


@transaction.atomic
def change_organization(
    *,
    actor: Actor,
    at: datetime,
    organization: Organization,
    details: OrganizationDetails,
    key: str,
) -> Organization:
    """Write what has changed; private figures are on the trail by name, not by value.

    Raises:
        Refused: as for ``create_organization``.
    """
    body = f"{organization.pk}:{details!r}"
    claim = claim_key(actor=actor, at=at, key=key, verb="change_organization", body=body)
    rows = Organization.objects.select_for_update(of=("self",)).select_related("case")
    row = rows.get(pk=organization.pk)
    if claim.result_reference:
        return row
    _refuse_malformed(details)
    columns = details.columns()
    changed = sorted(name for name, value in columns.items() if getattr(row, name) != value)
    was = {name: getattr(row, name) for name in changed}
    for name in changed:
        setattr(row, name, columns[name])
    if changed:
        with _uei_may_be_taken():
            row.save(update_fields=changed)
        open_reviews(at=at, organization=row)
        _tell_change(actor, at, row, was)
    settle_key(claim, row.case.reference)
    return row


def _tell_change(actor: Actor, at: datetime, row: Organization, was: dict[str, object]) -> None:
    told = [name for name in was if not name.endswith("_key")]
    facts = {
        "changed": told,
        "was": {name: was[name] for name in told if name not in PRIVATE},
        "is": {name: getattr(row, name) for name in told if name not in PRIVATE},
    }
    record_entry(case=row.case, actor=actor, at=at, verb="change_organization", facts=facts)


def _refuse_malformed(details: OrganizationDetails) -> None:
    """The form asks the same rules at the field; here no other door can skip them."""
    if not name_key(details.legal_name):
        raise refuse("unreadable_name", "Enter a name with letters or digits.")
    is_alone = details.legal_form == LegalForm.SOLE_PROPRIETOR
    refusal = uei_refusal(details.uei) or ein_refusal(details.ein, is_sole_proprietor=is_alone)
    if refusal is not None:
        raise Refused(refusal)


@contextmanager
def _uei_may_be_taken() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "organization_uei_once" not in str(error):
            raise
        raise refuse(
            "uei_taken",
            "Another organization already has this unique entity identifier. "
            "Ask its administrators to let you join.",
        ) from error
