"""A form sets what it shows, and nothing else, whatever else is sent along.

Planted: ``is_active`` added to the fields of the profile's form; seen red.
"""

import pytest
from django.forms.models import model_to_dict
from django.urls import reverse

from accounts.models import AgencyRole, OrganizationRole, User
from mapping.models import County, State
from tests.factories.accounts import make_agency, make_organization, make_user
from tests.factories.certification_groups import make_group, seat_representative

EXTRA = {
    "id": "1",
    "pk": "1",
    "email": "eve@evil.example",
    "password": "x",
    "is_active": "",
    "is_staff": "on",
    "is_superuser": "on",
    "user": "1",
    "user_id": "1",
    "owner": "1",
    "organization": "1",
    "organization_id": "1",
    "agency_id": "1",
    "agency": "1",
    "group": "1",
    "group_id": "1",
    "case_id": "1",
    "state": "designated",
    "status": "designated",
    "role": "administrator",
    "since": "2000-01-01",
    "until": "2000-01-01",
    "verified": "on",
    "accepted_at": "2000-01-01",
    "expires_at": "2999-01-01",
    "is_public_consented": "on",
}


def facts(user):
    user.refresh_from_db()
    return {k: v for k, v in model_to_dict(user).items() if k not in {"name", "title", "time_zone"}}


def test_extra_fields_of_a_form_set_nothing(client):
    user = make_user()
    client.force_login(user)
    before = facts(user)
    values = {**EXTRA, "name": "Jo", "title": "", "time_zone": "America/Chicago"}
    client.post(reverse("accounts:profile"), values)
    assert user.name != User.objects.get(pk=user.pk).name
    assert facts(user) == before


def test_a_new_organization_makes_its_founder_its_administrator_and_nobody_else(client):
    user, other = make_user(), make_user()
    client.force_login(user)
    ohio = State.objects.create(fips="39", name="Ohio", postal="OH")
    County.objects.create(fips="39095", name="Lucas County, OH", state=ohio)
    values = {**EXTRA, "legal_name": "Maumee Tools LLC", "county": "Lucas County, OH"}
    values |= {"legal_form": "limited_liability_company", "uei": "JF4K9Q2M7XA1"}
    values |= {"ein": "34-1234567", "naics": "332710", "employees": "120"}
    values |= {"idempotency_key": "k1", "user": other.pk, "founder": other.pk}
    client.post(reverse("accounts:new_organization"), values)
    assert {role.user for role in OrganizationRole.objects.all()} == {user}


@pytest.mark.parametrize("role", ["", "nobody", "programme_officer", "system"])
def test_a_seat_has_one_of_its_own_roles(client, role):
    owner = make_user()
    group = make_group(owner)
    client.force_login(owner)
    values = {**EXTRA, "name": "Ivo", "email": "ivo@example.org", "role": role}
    values["idempotency_key"] = "k1"
    client.post(reverse("certification:invite_to_seat", args=[group.reference]), values)
    assert not group.seat_invitations.exists()


def test_a_representative_does_not_become_an_administrator_by_asking(client):
    group = make_group()
    person = seat_representative(group)
    client.force_login(person)
    for name in ("edit_group", "team", "invite_to_seat"):
        client.post(reverse(f"certification:{name}", args=[group.reference]), EXTRA)
    assert [seat.role for seat in group.seats.filter(user=person)] == ["authorized_representative"]


def test_an_applicant_does_not_move_a_case(client):
    from tests.factories.applications import started  # noqa: PLC0415 - stands on the group

    owner = make_user()
    application = started(make_group(owner))
    client.force_login(owner)
    reference, before = application.case.reference, application.status
    address = reverse("certification:application_section", args=[reference, "cluster"])
    client.post(address, {**EXTRA, "version": "0", "next": "stay"})
    application.refresh_from_db()
    assert application.status == before


def test_an_agency_role_is_only_given_by_its_administrator(client):
    agency, person = make_agency(), make_user()
    client.force_login(person)
    door = reverse("accounts:grant_role", args=[agency.case.reference])
    client.post(door, {**EXTRA, "email": person.email, "role": "administrator"})
    assert not AgencyRole.objects.filter(user=person).exists()
    assert make_organization(person)
