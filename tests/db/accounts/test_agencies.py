"""Agencies, roles and what the database itself refuses."""

import pytest

from accounts.actions.grant_agency_role import end_agency_role, grant_agency_role
from accounts.actors import actor_from_user
from accounts.models import Agency, AgencyRole
from accounts.rules.roles import AgencyRoleKind as Role
from kit.refusals import Refused
from tests.constraints import refused_by
from tests.factories.accounts import make_agency, make_officer, make_user
from trail.queries.clock import database_now
from trail.queries.timeline import timeline


def give(agency, by, to, role):
    return grant_agency_role(
        actor=actor_from_user(by), at=database_now(), agency=agency, user=to, role=role
    )


def test_an_agency_starts_with_an_administrator_and_a_trail():
    administrator = make_user("Ada Stone")
    agency = make_agency(administrator=administrator)
    assert agency.roles.get().user == administrator
    assert agency.case.reference.startswith("AG-")
    assert [moment.verb for moment in timeline(agency.case)] == ["found_agency", "open_case"]


def test_granting_and_ending_a_role_is_on_the_trail():
    agency = make_agency()
    administrator = agency.roles.get().user
    officer = make_user("Lin Park")
    role = give(agency, administrator, officer, Role.PROGRAMME_OFFICER)
    end_agency_role(actor=actor_from_user(administrator), at=database_now(), role=role)
    moments = timeline(agency.case)
    assert [moment.verb for moment in moments[:2]] == ["end_role", "grant_role"]
    assert moments[0].facts == {"role": "programme_officer", "person": f"user:{officer.pk}"}


def test_nobody_gives_a_role_to_themselves():
    agency = make_agency()
    administrator = agency.roles.get().user
    with pytest.raises(Refused) as caught:
        give(agency, administrator, administrator, Role.PUBLISHER)
    assert caught.value.refusal.code == "own_role"
    assert agency.roles.count() == 1


def test_the_last_administrator_stays():
    agency = make_agency()
    role = agency.roles.get()
    with pytest.raises(Refused) as caught:
        end_agency_role(actor=actor_from_user(role.user), at=database_now(), role=role)
    assert caught.value.refusal.code == "last_administrator"


def test_agency_role_once():
    agency = make_agency()
    officer = make_officer(agency, Role.PUBLISHER)
    with refused_by("agency_role_once"):
        AgencyRole.objects.create(
            agency=agency, user=officer, role=Role.PUBLISHER, since=database_now()
        )


def test_agency_role_ends_after_start():
    role = make_agency().roles.get()
    with refused_by("agency_role_ends_after_start"):
        AgencyRole.objects.filter(pk=role.pk).update(until=role.since)


def test_agency_state_has_state():
    agency = make_agency()
    with refused_by("agency_state_has_state"):
        Agency.objects.filter(pk=agency.pk).update(kind="state")
