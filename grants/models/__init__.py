"""What grants keeps."""

from grants.models.amendments import Amendment, Inquiry
from grants.models.appeals import ResultAppeal
from grants.models.awards import Award, AwardStep, BudgetLine, RiskFinding, SpecificCondition
from grants.models.clearances import Clearance
from grants.models.competitions import Competition
from grants.models.complaints import GiverComplaint
from grants.models.discussions import BoardChange, Discussion, DiscussionPost, ReviewReading
from grants.models.financial_statements import FinancialStatement
from grants.models.funds import FundEntry
from grants.models.givers import (
    GiverLink,
    GiverSignature,
    MatchCommitment,
    NamedPerson,
    Subrecipient,
)
from grants.models.match import (
    AwardGiverLink,
    AwardGiverSignature,
    Contribution,
    ContributionNote,
    FundingSource,
    MatchEntry,
    Pledge,
    SourceEvidence,
)
from grants.models.notices import Anchor, Criterion, FormQuestion, Pool
from grants.models.panels import (
    ConflictCertification,
    ConflictEdge,
    PanelInvitation,
    PanelSeat,
    Waiver,
)
from grants.models.payment_files import PaymentFile, PaymentOrder, PaymentResults, Refund
from grants.models.payments import (
    PaymentCertification,
    PaymentHold,
    PaymentLine,
    PaymentRequest,
    RequestReview,
)
from grants.models.proposals import LateLeave, Proposal, ProposalSection, Submission
from grants.models.reports import AwardReport, ReportReminder, ReportReview, ReportRound
from grants.models.reviewers import (
    ReviewerAddress,
    ReviewerEmployment,
    ReviewerProfile,
    ReviewerRelation,
    TrainingAttempt,
)
from grants.models.reviews import Assignment, AssignmentRun, Review, Score
from grants.models.screening import Reconsideration, ScreeningFinding
from grants.models.selection import Draw, PinnedRanking, ProposalAdvice, SelectedCase, Selection

__all__ = [
    "Amendment",
    "Anchor",
    "Assignment",
    "AssignmentRun",
    "Award",
    "AwardGiverLink",
    "AwardGiverSignature",
    "AwardReport",
    "AwardStep",
    "BoardChange",
    "BudgetLine",
    "Clearance",
    "Competition",
    "ConflictCertification",
    "ConflictEdge",
    "Contribution",
    "ContributionNote",
    "Criterion",
    "Discussion",
    "DiscussionPost",
    "Draw",
    "FinancialStatement",
    "FormQuestion",
    "FundEntry",
    "FundingSource",
    "GiverComplaint",
    "GiverLink",
    "GiverSignature",
    "Inquiry",
    "LateLeave",
    "MatchCommitment",
    "MatchEntry",
    "NamedPerson",
    "PanelInvitation",
    "PanelSeat",
    "PaymentCertification",
    "PaymentFile",
    "PaymentHold",
    "PaymentLine",
    "PaymentOrder",
    "PaymentRequest",
    "PaymentResults",
    "PinnedRanking",
    "Pledge",
    "Pool",
    "Proposal",
    "ProposalAdvice",
    "ProposalSection",
    "Reconsideration",
    "Refund",
    "ReportReminder",
    "ReportReview",
    "ReportRound",
    "RequestReview",
    "ResultAppeal",
    "Review",
    "ReviewReading",
    "ReviewerAddress",
    "ReviewerEmployment",
    "ReviewerProfile",
    "ReviewerRelation",
    "RiskFinding",
    "Score",
    "ScreeningFinding",
    "SelectedCase",
    "Selection",
    "SourceEvidence",
    "SpecificCondition",
    "Submission",
    "Subrecipient",
    "TrainingAttempt",
    "Waiver",
]
