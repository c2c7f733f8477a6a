"""Applications, groups, rosters, partners, convening bodies, rulebooks, determinations."""

from certification.models.applications import Application, ApplicationSection
from certification.models.convening import BoardSeats, ConveningBody, DuesRow
from certification.models.determinations import Determination, Finding
from certification.models.groups import ClusterGroup, GroupCounty, GroupSeat, SeatInvitation
from certification.models.partners import GovernmentCommitment
from certification.models.roster import Participant
from certification.models.rulebooks import Rulebook, RulebookParameter
from certification.models.signing import Invitation, Signature

__all__ = [
    "Application",
    "ApplicationSection",
    "BoardSeats",
    "ClusterGroup",
    "ConveningBody",
    "Determination",
    "DuesRow",
    "Finding",
    "GovernmentCommitment",
    "GroupCounty",
    "GroupSeat",
    "Invitation",
    "Participant",
    "Rulebook",
    "RulebookParameter",
    "SeatInvitation",
    "Signature",
]
