"""Reason codes: why staff ask, return, refuse; each with the words that people read."""

from enum import StrEnum


class InformationReason(StrEnum):
    """Why an applicant is asked."""

    ROSTER = "roster"
    REGION = "region"
    CONVENING = "convening"
    GOVERNMENT = "government"
    EVIDENCE = "evidence"
    OTHER = "other"


INFORMATION_REASON_WORDS = {
    InformationReason.ROSTER: "The list of participants needs explaining",
    InformationReason.REGION: "The region or the cluster needs explaining",
    InformationReason.CONVENING: "The convening organization needs explaining",
    InformationReason.GOVERNMENT: "A government partner's commitment needs explaining",
    InformationReason.EVIDENCE: "Evidence is needed where the published data cannot tell",
    InformationReason.OTHER: "Another question about the application",
}


class IneligibleReason(StrEnum):
    """Why an application cannot be judged at all."""

    NOT_A_GROUP = "not_a_group"
    ALREADY_DESIGNATED = "already_designated"
    SIGNER = "signer"
    OTHER_AGENCY = "other_agency"


INELIGIBLE_REASON_WORDS = {
    IneligibleReason.NOT_A_GROUP: (
        "The applicant is one organization and not a group of firms, institutions and governments"
    ),
    IneligibleReason.ALREADY_DESIGNATED: (
        "The same group already holds a designation for this cluster and region"
    ),
    IneligibleReason.SIGNER: "The person who certified may not sign for the group",
    IneligibleReason.OTHER_AGENCY: "Another agency certifies this region or this cluster",
}

INELIGIBLE_RULES = {
    IneligibleReason.NOT_A_GROUP: "Designated Clusters programme rules, section 2.1",
    IneligibleReason.ALREADY_DESIGNATED: "Designated Clusters programme rules, section 2.5",
    IneligibleReason.SIGNER: "Designated Clusters programme rules, section 2.4, submission",
    IneligibleReason.OTHER_AGENCY: "Designated Clusters programme rules, section 2.1",
}


class ReturnReason(StrEnum):
    """Why a case goes back from the deciding official to review."""

    FINDING = "finding"
    RECORD = "record"
    CHANGED = "changed"


RETURN_REASON_WORDS = {
    ReturnReason.FINDING: "A finding does not follow from its evidence",
    ReturnReason.RECORD: "The record is not complete enough to decide",
    ReturnReason.CHANGED: "Facts have changed since the review",
}


class DenialReason(StrEnum):
    """On what a denial rests."""

    TESTS = "tests"
    UNTRUE = "untrue"


DENIAL_REASON_WORDS = {
    DenialReason.TESTS: "One or more of the criteria are not met",
    DenialReason.UNTRUE: "A certified statement in the application is not true",
}


class EvidenceClass(StrEnum):
    """Kinds of evidence that may answer what the published data leave open."""

    SURVEY = "survey"
    LICENCES = "licences"
    PAYROLL = "payroll"
    CODE_MISMATCH = "code_mismatch"
    GROWTH = "growth"
    FORMATION_PLAN = "formation_plan"


EVIDENCE_WORDS = {
    EvidenceClass.SURVEY: "Survey",
    EvidenceClass.LICENCES: "Licenses or patents",
    EvidenceClass.PAYROLL: "Payroll records",
    EvidenceClass.CODE_MISMATCH: "Memo on work that the industry codes do not describe",
    EvidenceClass.GROWTH: "Series that shows growth",
    EvidenceClass.FORMATION_PLAN: "Formation plan",
}
