"""Who may be given which role: every pair that the programme speaks of."""

import pytest

from accounts.rules.duties import member_may_leave, role_may_be_granted, role_may_end
from accounts.rules.roles import AgencyRoleKind as Role

GRANTS = """
receiver  wanted              held                answer
other     programme_officer   -                   -
other     programme_officer   programme_officer   role_held
other     selecting_official  programme_officer   -
other     auditor             -                   -
other     auditor             publisher           auditor_stands_alone
other     publisher           auditor             auditor_stands_alone
self      publisher           -                   own_role
self      administrator       administrator       own_role
"""


def rows(table):
    lines = table.strip().splitlines()
    return [line.split() for line in lines[1:]]


@pytest.mark.parametrize(("receiver", "wanted", "held", "answer"), rows(GRANTS))
def test_roles_are_granted_as_the_table_says(receiver, wanted, held, answer):
    refusal = role_may_be_granted(
        granter="user:1",
        receiver="user:1" if receiver == "self" else "user:2",
        wanted=Role(wanted),
        held=[] if held == "-" else [Role(held)],
    )
    assert (refusal.code if refusal else "-") == answer


@pytest.mark.parametrize("role", list(Role))
def test_only_the_last_administrator_cannot_end(role):
    refused = role_may_end(role=role, administrators=1) is not None
    assert refused == (role is Role.ADMINISTRATOR)
    assert role_may_end(role=role, administrators=2) is None


@pytest.mark.parametrize(
    ("is_administrator", "administrators", "may"),
    [(True, 1, False), (True, 2, True), (False, 1, True)],
)
def test_an_organization_keeps_an_administrator(is_administrator, administrators, may):
    answer = member_may_leave(is_administrator=is_administrator, administrators=administrators)
    assert (answer is None) == may
