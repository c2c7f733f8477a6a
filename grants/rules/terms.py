"""The words in which a notice of funding opportunity and its panel are described."""

from enum import StrEnum


class CompetitionKind(StrEnum):
    """Which of the programme's kinds a competition is (programme.md 3.1)."""

    PLANNING_GRANT = "planning_grant"


class RankingRule(StrEnum):
    """The one rule by which the notice lets scores decide; fixed before opening."""

    RAW = "raw"
    TWO_WAY = "two_way"
    CALIBRATED = "calibrated"


class LineRule(StrEnum):
    """What decides near the line; fixed before opening."""

    RANK = "rank"
    DISCUSSION = "discussion"
    DRAW = "draw"


class TieRule(StrEnum):
    """What orders equal scores; fixed before opening."""

    MERIT_CRITERION = "merit_criterion"
    LOT = "lot"


class MatchPace(StrEnum):
    """When the matching funds must be there."""

    PRO_RATA = "pro_rata"
    YEARLY = "yearly"
    BY_END = "by_end"


class GiverClass(StrEnum):
    """Who may give matching funds."""

    PRIVATE = "private"
    STATE = "state"
    LOCAL = "local"
    INSTITUTION = "institution"


class MatchKind(StrEnum):
    """What is promised (2 CFR 200.306)."""

    CASH = "cash"
    IN_KIND = "in_kind"


class PoolKind(StrEnum):
    """Whose money a pool holds; a state's serves its own groups only."""

    FEDERAL = "federal"
    STATE = "state"


class ClearanceKind(StrEnum):
    """What must be cleared before a notice may be scheduled."""

    LEGAL = "legal"
    BUDGET = "budget"
    PAPERWORK = "paperwork"


class AmendmentKind(StrEnum):
    """Why an opened competition changed."""

    CHANGE = "change"
    OUTAGE = "outage"


class PlanningActivity(StrEnum):
    """What a planning grant may pay for."""

    PLANNING = "planning"
    MARKET_DATA = "market_data"
    COMPETITIVE_ASSESSMENT = "competitive_assessment"
    OTHER_COLLECTIVE = "other_collective"


class PanelRole(StrEnum):
    """A seat of a competition."""

    REVIEWER = "reviewer"
    CHAIR = "chair"


class PersonRole(StrEnum):
    """Why a proposal names a person."""

    LEAD = "lead"
    KEY_PERSON = "key_person"
    BOARD_MEMBER = "board_member"
    CONTACT = "contact"


class EdgeKind(StrEnum):
    """What ties a reviewer to a proposal (programme.md 3.3)."""

    NAMED_PERSON = "named_person"
    OWN_UNIT = "own_unit"
    LEAD_ORGANIZATION = "lead_organization"
    MATCH_GIVER = "match_giver"
    SUBRECIPIENT = "subrecipient"
    BOARD = "board"
    RELATIVE = "relative"
    STATE_OFFICIAL = "state_official"
    COLLABORATION = "collaboration"
    SAME_EMPLOYER = "same_employer"
    STATE_OFFICE = "state_office"
    ROSTER = "roster"
    OTHER = "other"


class EdgeSource(StrEnum):
    """How an edge became known."""

    FOUND = "found"
    DECLARED = "declared"
    STAFF = "staff"


KIND_WORDS = {CompetitionKind.PLANNING_GRANT: "Planning grant"}
RANKING_RULE_WORDS = {
    RankingRule.RAW: "Mean of the reviewers' scores",
    RankingRule.TWO_WAY: "Mean after each reviewer's average leniency is taken out",
    RankingRule.CALIBRATED: "Calibrated score, where the panel's scores show that it is needed",
}
LINE_RULE_WORDS = {
    LineRule.RANK: "Rank alone",
    LineRule.DISCUSSION: "Rank, and written reasons near the line",
    LineRule.DRAW: "Rank, and a public draw near the line",
}
TIE_RULE_WORDS = {
    TieRule.MERIT_CRITERION: "The heaviest criterion decides, then the next",
    TieRule.LOT: "A lot that anybody can recompute",
}
MATCH_PACE_WORDS = {
    MatchPace.PRO_RATA: "With every payment",
    MatchPace.YEARLY: "By the end of each year",
    MatchPace.BY_END: "By the end of the award",
}
GIVER_CLASS_WORDS = {
    GiverClass.PRIVATE: "Firms and other private givers",
    GiverClass.STATE: "State government",
    GiverClass.LOCAL: "Local and tribal government",
    GiverClass.INSTITUTION: "Universities, colleges and other institutions",
}
MATCH_KIND_WORDS = {MatchKind.CASH: "Cash", MatchKind.IN_KIND: "In kind"}
POOL_KIND_WORDS = {PoolKind.FEDERAL: "Federal funds", PoolKind.STATE: "A state's funds"}
CLEARANCE_KIND_WORDS = {
    ClearanceKind.LEGAL: "Legal",
    ClearanceKind.BUDGET: "Budget",
    ClearanceKind.PAPERWORK: "Paperwork",
}
AMENDMENT_KIND_WORDS = {
    AmendmentKind.CHANGE: "Amendment",
    AmendmentKind.OUTAGE: "Extension after an outage",
}
ACTIVITY_WORDS = {
    PlanningActivity.PLANNING: "Planning",
    PlanningActivity.MARKET_DATA: "Collecting market data",
    PlanningActivity.COMPETITIVE_ASSESSMENT: "Assessing the cluster's competitive position",
    PlanningActivity.OTHER_COLLECTIVE: "Other collective planning that the agency approves",
}
PANEL_ROLE_WORDS = {PanelRole.REVIEWER: "Reviewer", PanelRole.CHAIR: "Panel chair"}
PERSON_ROLE_WORDS = {
    PersonRole.LEAD: "Project lead",
    PersonRole.KEY_PERSON: "Key person",
    PersonRole.BOARD_MEMBER: "Board member",
    PersonRole.CONTACT: "Contact",
}
EDGE_KIND_WORDS = {
    EdgeKind.NAMED_PERSON: "Named in the proposal",
    EdgeKind.OWN_UNIT: "Works in a unit that takes part",
    EdgeKind.LEAD_ORGANIZATION: "Works for the lead organization",
    EdgeKind.MATCH_GIVER: "Works for a giver of matching funds",
    EdgeKind.SUBRECIPIENT: "Works for a subrecipient",
    EdgeKind.BOARD: "Sits on a board that takes part",
    EdgeKind.RELATIVE: "Related to a person of the proposal",
    EdgeKind.STATE_OFFICIAL: "The state official who signs",
    EdgeKind.COLLABORATION: "Worked together within 36 months",
    EdgeKind.SAME_EMPLOYER: "Same large employer or university system",
    EdgeKind.STATE_OFFICE: "Another office of a state that takes part",
    EdgeKind.ROSTER: "Employer is an ordinary member of the group",
    EdgeKind.OTHER: "Another tie",
}
EDGE_SOURCE_WORDS = {
    EdgeSource.FOUND: "Found by the portal",
    EdgeSource.DECLARED: "Declared by the reviewer",
    EdgeSource.STAFF: "Set by staff",
}
