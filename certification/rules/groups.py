"""What a group may be: kinds of region, seats, size classes, and how long a request stays open."""

import hashlib
from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum


class RegionKind(StrEnum):
    """How a region was named."""

    ECONOMIC_AREA = "economic_area"
    STATE = "state"
    CBSA = "cbsa"
    CUSTOM = "custom"


REGION_KIND_WORDS = {
    RegionKind.ECONOMIC_AREA: "Economic area",
    RegionKind.STATE: "State",
    RegionKind.CBSA: "Metropolitan or micropolitan area",
    RegionKind.CUSTOM: "A list of counties",
}


class SeatRole(StrEnum):
    """What somebody may do for a group."""

    ADMINISTRATOR = "administrator"
    AUTHORIZED_REPRESENTATIVE = "authorized_representative"


SEAT_ROLE_WORDS = {
    SeatRole.ADMINISTRATOR: "Group administrator",
    SeatRole.AUTHORIZED_REPRESENTATIVE: "Authorized representative",
}


class ParticipantKind(StrEnum):
    """A participant is a firm or an institution; governments sign commitments of their own."""

    FIRM = "firm"
    INSTITUTION = "institution"


PARTICIPANT_KIND_WORDS = {
    ParticipantKind.FIRM: "Firm",
    ParticipantKind.INSTITUTION: "Institution",
}


class SizeClass(StrEnum):
    """Small by the Small Business Administration's standard of the firm's industry, or not."""

    SMALL = "small"
    OTHER = "other"


SIZE_CLASS_WORDS = {SizeClass.SMALL: "Small firm", SizeClass.OTHER: "Not a small firm"}

SEAT_INVITATION_LIFE = timedelta(days=30)
INVITATION_LIFE = timedelta(days=30)
COMMITMENT_LIFE = timedelta(days=60)
REMIND_AFTER = timedelta(hours=24)
CODE_LIFE = timedelta(minutes=10)
CODE_ATTEMPTS = 5
CODE_EVERY = timedelta(seconds=30)
CODES_PER_INVITATION = 10


def region_key(fips: Iterable[str]) -> str:
    """The digest of a county list, whatever its order.

    >>> region_key(["53033", "53053"]) == region_key(["53053", "53033"])
    True
    """
    return hashlib.sha256(",".join(sorted(set(fips))).encode()).hexdigest()
