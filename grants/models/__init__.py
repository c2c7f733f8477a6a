"""What grants keeps."""

from grants.models.competitions import Competition
from grants.models.discussions import BoardChange, Discussion, DiscussionPost, ReviewReading
from grants.models.givers import MatchCommitment, NamedPerson, Subrecipient
from grants.models.notices import Anchor, Criterion, FormQuestion, Pool
from grants.models.panels import ConflictEdge, PanelSeat, Waiver
from grants.models.proposals import Proposal, ProposalSection, Submission
from grants.models.reviews import Assignment, AssignmentRun, Review, Score

__all__ = [
    "Anchor",
    "Assignment",
    "AssignmentRun",
    "BoardChange",
    "Competition",
    "ConflictEdge",
    "Criterion",
    "Discussion",
    "DiscussionPost",
    "FormQuestion",
    "MatchCommitment",
    "NamedPerson",
    "PanelSeat",
    "Pool",
    "Proposal",
    "ProposalSection",
    "Review",
    "ReviewReading",
    "Score",
    "Submission",
    "Subrecipient",
    "Waiver",
]
