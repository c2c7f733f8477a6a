"""Everything that the portal holds about one person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from accounts.models import (
    AddressChange,
    AgencyRole,
    LinkedIdentity,
    OpenSession,
    OrganizationRole,
    SavedView,
    User,
)
from accounts.registry import belongings
from trail.models import Entry

Row = dict[str, Any]
KINDS = {
    Authenticator.Type.TOTP: "Authenticator app",
    Authenticator.Type.WEBAUTHN: "Passkey",
    Authenticator.Type.RECOVERY_CODES: "Recovery codes",
}


@dataclass(frozen=True, slots=True)
class Section:
    """One heading of "Your data" with its rows, which all have the same columns."""

    title: str
    rows: list[Row]

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return list(self.rows[0]) if self.rows else []

    @property
    def lines(self) -> list[list[Any]]:
        """The rows without the names of their columns."""
        return [list(row.values()) for row in self.rows]


def own_data(user: User) -> list[Section]:
    """Return what is held about the person; secrets (passwords, keys) are named, never shown."""
    return [
        Section("About you", [_profile(user)]),
        Section("Addresses", _addresses(user)),
        Section("Changes of address", _address_changes(user)),
        Section("Second sign-in steps", _second_steps(user)),
        Section("Accounts elsewhere", _identities(user)),
        Section("Sign-ins", _sessions(user)),
        Section("Roles in government", _offices(user)),
        Section("Organizations", _organizations(user)),
        Section("Saved views of lists", _views(user)),
        *[Section(one.title, one.rows(user)) for one in belongings()],
        Section("What you did", _entries(user)),
    ]


def _profile(user: User) -> Row:
    return {
        "Name": user.name,
        "Job title": user.title,
        "E-mail": user.email,
        "Time zone": user.time_zone,
        "Account made": user.created_at,
        "Last sign-in": user.last_login,
    }


def _addresses(user: User) -> list[Row]:
    rows = EmailAddress.objects.filter(user=user).order_by("email")
    return [{"Address": row.email, "Proved": row.verified} for row in rows]


def _address_changes(user: User) -> list[Row]:
    rows = AddressChange.objects.filter(user=user).order_by("-asked_at")
    return [
        {
            "From": row.old_address,
            "To": row.new_address,
            "Asked": row.asked_at,
            "Done": row.done_at,
        }
        for row in rows
    ]


def _second_steps(user: User) -> list[Row]:
    rows = Authenticator.objects.filter(user=user).order_by("created_at")
    return [
        {
            "Kind": KINDS[Authenticator.Type(row.type)],
            "Name": row.data.get("name", ""),
            "Added": row.created_at,
            "Last used": row.last_used_at,
        }
        for row in rows
    ]


def _identities(user: User) -> list[Row]:
    rows = LinkedIdentity.objects.filter(user=user)
    return [{"Site": row.issuer, "Address": row.address, "Linked": row.linked_at} for row in rows]


def _sessions(user: User) -> list[Row]:
    rows = OpenSession.objects.filter(user=user).order_by("-began_at")
    return [
        {
            "Browser": row.device,
            "Signed in": row.began_at,
            "Last used": row.seen_at,
            "Ended": row.ended_at,
        }
        for row in rows
    ]


def _offices(user: User) -> list[Row]:
    rows = AgencyRole.objects.filter(user=user).select_related("agency").order_by("since")
    return [
        {"Agency": row.agency.name, "Role": row.label, "Since": row.since, "Until": row.until}
        for row in rows
    ]


def _organizations(user: User) -> list[Row]:
    rows = OrganizationRole.objects.filter(user=user).select_related("organization")
    return [
        {
            "Organization": row.organization.legal_name,
            "Administrator": row.is_administrator,
            "Since": row.since,
            "Until": row.until,
        }
        for row in rows.order_by("since")
    ]


def _views(user: User) -> list[Row]:
    rows = SavedView.objects.filter(user=user)
    return [{"List": row.table, "Name": row.name, "Saved": row.saved_at} for row in rows]


def _entries(user: User) -> list[Row]:
    rows = Entry.objects.filter(actor=f"user:{user.pk}").select_related("case").order_by("-at")
    return [
        {
            "When": row.at,
            "What": row.verb.replace("_", " ").capitalize(),
            "Case": row.case.reference,
            "Facts": row.facts,
        }
        for row in rows
    ]
