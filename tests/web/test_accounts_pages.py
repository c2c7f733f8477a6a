"""Your details, organizations, officers: success, refusals, query counts."""

import pytest
from django.urls import reverse

from accounts.actions.join_organization import Invitee, invite_to_organization
from accounts.actors import actor_from_user
from accounts.models import Organization, OrganizationRole
from accounts.rules.roles import AgencyRoleKind as Role
from tests.factories.accounts import make_agency, make_officer, make_organization, make_user
from tests.factories.sign_in import sign_in_freshly
from trail.queries.clock import database_now

PROFILE = "/account/"


def invite(organization, email):
    founder = organization.roles.get(is_administrator=True).user
    return invite_to_organization(
        actor=actor_from_user(founder),
        at=database_now(),
        organization=organization,
        invitee=Invitee(email),
    )


@pytest.fixture
def jo(client):
    user = make_user("Jo Reyes", "jo@example.org")
    client.force_login(user)
    return user


def test_a_stranger_is_sent_to_sign_in(client):
    answer = client.get(PROFILE)
    assert answer.status_code == 302
    assert answer.url == f"{reverse('account_login')}?next={PROFILE}"


def test_details_are_saved_and_said(client, jo):
    values = {"name": "Jo A. Reyes", "title": "Director", "time_zone": "America/Chicago"}
    answer = client.post(PROFILE, values, follow=True)
    jo.refresh_from_db()
    assert (jo.name, jo.title, jo.time_zone) == tuple(values.values())
    assert "Your details were saved." in answer.content.decode()


def test_a_missing_name_is_said_at_the_field_and_in_the_summary(client, jo):
    page = client.post(PROFILE, {"name": "", "time_zone": "America/Chicago"}).content.decode()
    assert "One thing needs your attention" in page
    jo.refresh_from_db()
    assert jo.name == "Jo Reyes"


def test_register_invite_and_join(client, jo):
    values = {
        "legal_name": "Maumee Tools LLC",
        "legal_form": "limited_liability_company",
        "idempotency_key": "k1",
    }
    page = client.post(reverse("accounts:new_organization"), values, follow=True)
    organization = Organization.objects.get()
    assert "Maumee Tools LLC" in page.content.decode()
    url = reverse("accounts:invite_member", args=[organization.case.reference])
    client.post(url, {"email": "lin@example.org"})
    lin = make_user("Lin Park", "lin@example.org")
    client.force_login(lin)
    assert "Join Maumee Tools LLC" in client.get(PROFILE).content.decode()
    answer = reverse("accounts:answer_invitation", args=[organization.case.reference])
    client.post(answer, {"answer": "accept"})
    assert organization.roles.filter(user=lin, until=None).exists()


def test_an_invitation_of_another_address_does_not_exist(client, jo):
    organization = make_organization()
    invite(organization, "somebody@example.org")
    url = reverse("accounts:answer_invitation", args=[organization.case.reference])
    assert client.post(url, {"answer": "accept"}).status_code == 404
    assert not organization.roles.filter(user=jo).exists()


def test_a_foreign_organization_does_not_exist(client, jo):
    organization = make_organization()
    for name in ("organization", "invite_member", "end_membership"):
        url = reverse(f"accounts:{name}", args=[organization.case.reference])
        method = client.get if name == "organization" else client.post
        assert method(url).status_code == 404


def test_a_plain_member_is_told_who_may_invite(client, jo):
    organization = make_organization()
    OrganizationRole.objects.create(organization=organization, user=jo, since=database_now())
    page = client.get(reverse("accounts:organization", args=[organization.case.reference]))
    assert "Only administrators of the organization invite" in page.content.decode()
    url = reverse("accounts:invite_member", args=[organization.case.reference])
    assert client.post(url, {"email": "a@example.org"}).status_code == 403


def test_a_member_of_another_organization_cannot_be_removed(client, jo):
    mine, other = make_organization(jo), make_organization()
    url = reverse("accounts:end_membership", args=[mine.case.reference])
    client.post(url, {"member": other.roles.get().pk})
    assert other.roles.get().until is None


def test_agency_administrators_give_and_end_roles(client):
    agency = make_agency()
    sign_in_freshly(client, agency.roles.get().user)
    lin = make_user("Lin Park", "lin@example.gov")
    give = reverse("accounts:grant_role", args=[agency.case.reference])
    page = client.post(give, {"email": lin.email, "role": "programme_officer"}, follow=True)
    assert "Programme officer" in page.content.decode()
    role = agency.roles.get(user=lin)
    end = reverse("accounts:end_role", args=[agency.case.reference])
    page = client.post(end, {"role": role.pk}, follow=True)
    assert "Role ended: Programme officer" in page.content.decode()


def test_an_own_role_is_refused_on_the_page(client):
    agency = make_agency()
    administrator = agency.roles.get().user
    sign_in_freshly(client, administrator)
    give = reverse("accounts:grant_role", args=[agency.case.reference])
    page = client.post(give, {"email": administrator.email, "role": "publisher"})
    assert "Nobody gives a role to themselves" in page.content.decode()


def test_officers_page_is_closed_to_others(client):
    agency = make_agency()
    url = reverse("accounts:officers", args=[agency.case.reference])
    client.force_login(make_officer(agency, Role.PUBLISHER))
    assert client.get(url).status_code == 403
    client.force_login(make_agency().roles.get().user)
    assert client.get(url).status_code == 404


def count_queries(client, url, django_assert_max_num_queries, limit):
    with django_assert_max_num_queries(limit) as counted:
        assert client.get(url).status_code == 200
    return len(counted)


def test_profile_costs_the_same_for_one_and_three(client, jo, django_assert_max_num_queries):
    counts = []
    for number in (1, 2):
        for _ in range(number):
            invite(make_organization(), jo.email)
            make_organization(jo)
        counts.append(count_queries(client, PROFILE, django_assert_max_num_queries, 14))
    assert counts[0] == counts[1]


def test_officers_cost_the_same_for_one_and_three(client, django_assert_max_num_queries):
    agency = make_agency()
    sign_in_freshly(client, agency.roles.get().user)
    url = reverse("accounts:officers", args=[agency.case.reference])
    first = count_queries(client, url, django_assert_max_num_queries, 14)
    make_officer(agency, Role.PUBLISHER)
    make_officer(agency, Role.AUDITOR)
    assert count_queries(client, url, django_assert_max_num_queries, 14) == first
