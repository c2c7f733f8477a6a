"""The operator's way to the first agency."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Agency
from accounts.rules.roles import AgencyRoleKind as Role
from tests.factories.accounts import make_user


def found(slug="orc", name="Office of Clusters", **options):
    out = io.StringIO()
    call_command("found_agency", slug, name=name, json=True, stdout=out, **options)
    return json.loads(out.getvalue())


def test_an_agency_is_founded_with_its_administrator():
    user = make_user(email="helen@example.gov")
    said = found(administrator="Helen@example.gov")
    agency = Agency.objects.get(case__reference=said["reference"])
    role = agency.roles.get()
    assert (role.user, role.role) == (user, Role.ADMINISTRATOR)


def test_a_state_agency_names_its_state():
    make_user(email="helen@example.gov")
    found(administrator="helen@example.gov", state="39")
    assert Agency.objects.get().kind == Agency.Kind.STATE


def test_without_an_account_there_is_no_administrator():
    with pytest.raises(CommandError, match="Create the account first"):
        found(administrator="nobody@example.gov")


def test_the_same_agency_twice_is_refused():
    make_user(email="helen@example.gov")
    found(administrator="helen@example.gov")
    with pytest.raises(CommandError, match="there already"):
        found(administrator="helen@example.gov")
