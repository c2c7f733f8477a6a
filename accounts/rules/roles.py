"""Officers' roles and the separation of duties."""

from __future__ import annotations

from enum import StrEnum

from kit.refusals import Refusal


class AgencyRoleKind(StrEnum):
    """What an officer does for an agency."""

    PROGRAMME_OFFICER = "programme_officer"
    SELECTING_OFFICIAL = "selecting_official"
    PUBLISHER = "publisher"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    CONFLICT_OFFICER = "conflict_officer"
    APPEALS_OFFICER = "appeals_officer"
    LEGAL_COUNSEL = "legal_counsel"
    BUDGET_OFFICER = "budget_officer"
    PAPERWORK_OFFICER = "paperwork_officer"
    FINANCE_OFFICER = "finance_officer"
    GRANTS_OFFICER = "grants_officer"
    CERTIFYING_OFFICER = "certifying_officer"


ROLE_LABELS: dict[AgencyRoleKind, str] = {
    AgencyRoleKind.PROGRAMME_OFFICER: "Programme officer",
    AgencyRoleKind.SELECTING_OFFICIAL: "Selecting official",
    AgencyRoleKind.PUBLISHER: "Publisher of the register",
    AgencyRoleKind.ADMINISTRATOR: "Agency administrator",
    AgencyRoleKind.AUDITOR: "Auditor",
    AgencyRoleKind.CONFLICT_OFFICER: "Conflict officer",
    AgencyRoleKind.APPEALS_OFFICER: "Appeals officer",
    AgencyRoleKind.LEGAL_COUNSEL: "Legal counsel",
    AgencyRoleKind.BUDGET_OFFICER: "Budget officer",
    AgencyRoleKind.PAPERWORK_OFFICER: "Paperwork clearance officer",
    AgencyRoleKind.FINANCE_OFFICER: "Finance officer",
    AgencyRoleKind.GRANTS_OFFICER: "Grants officer",
    AgencyRoleKind.CERTIFYING_OFFICER: "Certifying officer",
}


def checker_is_not_maker(*, maker: str, checker: str) -> Refusal | None:
    """Nobody checks an own act (programme.md 1, separation of duties).

    >>> checker_is_not_maker(maker="user:1", checker="user:2") is None
    True
    """
    if maker != checker:
        return None
    return Refusal(
        "maker_is_checker",
        "You prepared this yourself. The rule asks for a second person: "
        "ask a colleague to check it.",
    )


def decider_is_not_worker(*, workers: frozenset[str], decider: str) -> Refusal | None:
    """Whoever worked on a case does not decide it (programme.md 1)."""
    if decider not in workers:
        return None
    return Refusal(
        "worker_is_decider",
        "You worked on this case, so the rule does not let you decide it. "
        "Another selecting official must decide.",
    )
