"""Everything that certification keeps."""

from certification.models.applications import Application, ApplicationSection
from certification.models.convening import BoardSeats, ConveningBody, DuesRow
from certification.models.decisions import Decision, DenialProposal, Recommendation
from certification.models.designations import Designation
from certification.models.determinations import Determination, Finding
from certification.models.groups import ClusterGroup, GroupCounty, GroupSeat, SeatInvitation
from certification.models.intake import (
    IneligibilityFinding,
    InformationItem,
    InformationRequest,
)
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
    "Decision",
    "DenialProposal",
    "Designation",
    "Determination",
    "DuesRow",
    "Finding",
    "GovernmentCommitment",
    "GroupCounty",
    "GroupSeat",
    "IneligibilityFinding",
    "InformationItem",
    "InformationRequest",
    "Invitation",
    "Participant",
    "Recommendation",
    "Rulebook",
    "RulebookParameter",
    "SeatInvitation",
    "Signature",
]
