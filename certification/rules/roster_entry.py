"""What is said about an organization when it is put on a roster."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """Where an organization is and how it is known to others."""

    county_fips: str
    uei: str = ""
    naics: str = ""


@dataclass(frozen=True)
class Contact:
    """Who is asked to answer for an organization."""

    name: str
    email: str


@dataclass(frozen=True)
class RosterEntry:
    """One organization as the group describes it; it counts only once it has signed."""

    kind: str
    organization_name: str
    place: Place
    contact: Contact
    firm_role: str = ""
    role_note: str = ""
    size_class: str = ""
    employees: int | None = None
    receipts_band: str = ""
    corporate_family: str = ""
    institution_kinds: tuple[str, ...] = ()
    votes: int = 1


@dataclass(frozen=True)
class GovernmentBody:
    """A government that is asked to sign the responsiveness commitment."""

    level: str
    body_name: str
    state_fips: str
    contact: Contact
    county_fips: str = ""
