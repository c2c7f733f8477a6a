"""Who may be given which role, and when one may end: pure rules."""

from __future__ import annotations

from collections.abc import Collection

from accounts.rules.roles import ROLE_LABELS, AgencyRoleKind
from kit.refusals import Refusal


def role_may_be_granted(
    *, granter: str, receiver: str, wanted: AgencyRoleKind, held: Collection[AgencyRoleKind]
) -> Refusal | None:
    """Return why an agency administrator may not give somebody a role.

    >>> role_may_be_granted(
    ...     granter="user:1", receiver="user:2", wanted=AgencyRoleKind.AUDITOR, held=()
    ... ) is None
    True
    """
    if granter == receiver:
        return Refusal(
            "own_role",
            "Nobody gives a role to themselves. Ask another administrator of your agency.",
        )
    if wanted in held:
        return Refusal(
            "role_held", f"This person is already {_with_article(wanted)} of your agency."
        )
    return _auditor_stands_alone(wanted, held)


def role_may_end(*, role: AgencyRoleKind, administrators: int) -> Refusal | None:
    """Return why a role may not end: an agency is never without an administrator."""
    if role is AgencyRoleKind.ADMINISTRATOR and administrators <= 1:
        return Refusal(
            "last_administrator",
            "This is the agency's only administrator. Give somebody else the role first.",
        )
    return None


def member_may_leave(*, is_administrator: bool, administrators: int) -> Refusal | None:
    """Return why somebody may not leave: an organization is never without an administrator."""
    if is_administrator and administrators <= 1:
        return Refusal(
            "last_administrator",
            "This is the organization's only administrator. "
            "Invite another administrator before this person leaves.",
        )
    return None


def _auditor_stands_alone(
    wanted: AgencyRoleKind, held: Collection[AgencyRoleKind]
) -> Refusal | None:
    auditor = AgencyRoleKind.AUDITOR
    if (wanted is auditor and held) or auditor in held:
        return Refusal(
            "auditor_stands_alone",
            "An auditor reads everything and changes nothing, so an auditor holds no other role "
            "of the same agency. End the other role first.",
        )
    return None


def _with_article(role: AgencyRoleKind) -> str:
    label = ROLE_LABELS[role].lower()
    return f"{'an' if label[0] in 'aeiou' else 'a'} {label}"
