"""How an award becomes an obligation: four checks of risk, four signatures by four people."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from accounts.rules.roles import AgencyRoleKind
from grants.rules.award_states import AwardState, StepKind
from kit.periods import add_years, fiscal_year
from kit.refusals import Refusal


class RiskCheck(StrEnum):
    """What is looked up before an award (2 CFR 200.206)."""

    EXCLUSIONS = "exclusions"
    REGISTRATION = "registration"
    SINGLE_AUDIT = "single_audit"
    ASSURANCES = "assurances"


class Finding(StrEnum):
    """What a check found."""

    CLEAR = "clear"
    CONCERN = "concern"
    BARRED = "barred"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True)
class CheckWords:
    """A check as officers read it: its name, what to look for and where."""

    title: str
    text: str


CHECK_WORDS = {
    RiskCheck.EXCLUSIONS: CheckWords(
        "Exclusions",
        "Is the recipient, or somebody in charge of it, suspended or debarred? Look in the "
        "exclusions of SAM.gov (2 CFR part 180).",
    ),
    RiskCheck.REGISTRATION: CheckWords(
        "Registration",
        "Is the registration of the recipient in SAM.gov active, with the unique entity identifier "
        "of the proposal (2 CFR part 25)?",
    ),
    RiskCheck.SINGLE_AUDIT: CheckWords(
        "Single audit",
        "Was a single audit due, did it arrive, and did it find anything that touches this award "
        "(2 CFR part 200, subpart F)?",
    ),
    RiskCheck.ASSURANCES: CheckWords(
        "Assurances",
        "Are the assurances and certifications of the application on record (2 CFR 200.209)?",
    ),
}
SIGNERS = {
    StepKind.RECOMMEND: AgencyRoleKind.PROGRAMME_OFFICER,
    StepKind.SELECT: AgencyRoleKind.SELECTING_OFFICIAL,
    StepKind.CONFIRM_FUNDS: AgencyRoleKind.FINANCE_OFFICER,
    StepKind.OBLIGATE: AgencyRoleKind.GRANTS_OFFICER,
}
STATEMENTS = {
    StepKind.RECOMMEND: "I have read this award, its budget, its terms and the review of risk, "
    "and I recommend it.",
    StepKind.SELECT: "I select this proposal for award as it is written here. I have not worked on "
    "this award.",
    StepKind.CONFIRM_FUNDS: "The money named here is in the pool, available for this purpose, and "
    "reserved by this signature.",
    StepKind.OBLIGATE: "I obligate the money named here on behalf of the agency. The terms are "
    "complete and the steps before mine are signed by three other people.",
}
# The state in which each step is signed.
WAITS_FOR = {
    AwardState.RISK_REVIEW: StepKind.RECOMMEND,
    AwardState.RECOMMENDED: StepKind.SELECT,
    AwardState.SELECTED: StepKind.CONFIRM_FUNDS,
    AwardState.FUNDS_CONFIRMED: StepKind.OBLIGATE,
}
STALE = Refusal(
    "words_changed",
    "The award has changed since you opened this page. Read it again, then sign.",
)


def risk_refusal(findings: Mapping[str, str], conditions: int) -> Refusal | None:
    """Why the review of risk does not let an award be recommended.

    Args:
        findings: Outcome by check, of the version in hand.
        conditions: How many specific conditions the award has.

    >>> all_clear = {check: "clear" for check in RiskCheck}
    >>> risk_refusal(all_clear, 0) is None
    True
    >>> risk_refusal({**all_clear, "exclusions": "barred"}, 1).code
    'barred'
    """
    missing = [CHECK_WORDS[one].title.lower() for one in RiskCheck if one not in findings]
    if missing:
        return Refusal("checks_missing", f"Still to be checked: {', '.join(missing)}.")
    if Finding.BARRED in findings.values():
        return Refusal("barred", "A check found that this award cannot be made.")
    if Finding.CONCERN in findings.values() and not conditions:
        return Refusal(
            "concern_unmet",
            "A check found a concern. Add the specific condition that meets it, then recommend.",
        )
    return None


def signing_refusal(
    *, kind: StepKind, signer: str, signed: Mapping[str, str], workers: Collection[str]
) -> Refusal | None:
    """Why somebody may not sign a step.

    Args:
        kind: The step.
        signer: Who wants to sign.
        signed: Who signed which step that still stands.
        workers: Who drafted the award and checked its risk.
    """
    if signer in signed.values():
        return Refusal(
            "signed_another_step",
            "You signed another step of this award. Each of the four steps needs another person.",
        )
    if kind is StepKind.SELECT and signer in workers:
        return Refusal(
            "worker_is_decider",
            "You worked on this award, so the rule does not let you select it. "
            "Another selecting official must decide.",
        )
    return None


def withdrawal_refusal(last: date | None, today: date) -> Refusal | None:
    """Why an offer cannot be taken back; both days are those of the agency's zone.

    >>> withdrawal_refusal(date(2027, 3, 1), date(2027, 3, 1)).code
    'offer_still_open'
    >>> withdrawal_refusal(date(2027, 3, 1), date(2027, 3, 2)) is None
    True
    """
    if last is not None and today > last:
        return None
    until = f"{last:%B %-d, %Y}" if last else "its last day"
    return Refusal(
        "offer_still_open",
        f"The group may answer to the end of {until}. An offer is taken back only after that.",
    )


def award_number(agency: str, day: date, last: str) -> str:
    """Return the next award number of an agency in a federal fiscal year.

    >>> award_number("orc", date(2026, 11, 22), "")
    'ORC-27-0001'
    >>> award_number("orc", date(2026, 11, 22), "ORC-27-0041")
    'ORC-27-0042'
    """
    stem = number_stem(agency, day)
    following = int(last.removeprefix(stem)) + 1 if last.startswith(stem) else 1
    return f"{stem}{following:04}"


def number_stem(agency: str, day: date) -> str:
    """What all numbers of an agency in a fiscal year begin with."""
    return f"{agency[:20].upper()}-{fiscal_year(day) % 100:02}-"


def period_refusal(*, starts_on: date, ends_on: date, years: int) -> Refusal | None:
    """Why a period of performance cannot stand.

    >>> period_refusal(starts_on=date(2027, 1, 1), ends_on=date(2028, 12, 31), years=2) is None
    True
    """
    if ends_on <= starts_on:
        return Refusal("period_in_order", "The period of performance ends after it starts.")
    if ends_on >= add_years(starts_on, years):
        words = f"{years} year{'s' if years > 1 else ''}"
        return Refusal("period_too_long", f"The proposal asks for {words}. Choose an earlier end.")
    return None
