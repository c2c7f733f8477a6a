"""An organization's pages: registering, details, size, family, leaving; errors at the field."""

import pytest
from django.urls import reverse

from accounts.models import Organization, OrganizationRole
from mapping.models import County, State
from tests.factories.accounts import make_organization, make_user
from trail.queries.clock import database_now

UEI = "JF4K9Q2M7XA1"
GIVEN = {
    "legal_name": "Maumee Tools LLC",
    "legal_form": "limited_liability_company",
    "county": "Lucas County, OH",
    "uei": UEI.lower(),
    "ein": "34-1234567",
    "naics": "332710",
    "employees": "120",
    "idempotency_key": "one",
}


@pytest.fixture
def jo(client):
    ohio = State.objects.create(fips="39", name="Ohio", postal="OH")
    County.objects.create(fips="39095", name="Lucas County, OH", state=ohio)
    user = make_user("Jo Reyes", "jo@example.org")
    client.force_login(user)
    return user


def at(organization, route="organization"):
    return reverse(f"accounts:{route}", args=[organization.case.reference])


def text(answer):
    return answer.content.decode()


def test_registering_keeps_and_shows_what_was_typed(client, jo):
    page = text(client.post(reverse("accounts:new_organization"), GIVEN, follow=True))
    row = Organization.objects.get()
    assert (row.county_fips, row.uei, row.ein) == ("39095", UEI, "341234567")
    assert "Lucas County, OH" in page
    assert "••-•••4567" in page
    assert "1234567" not in page
    assert "Small. The standard for NAICS 332710 is 500 employees" in page


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("legal_name", "Glass\u202egnirts", "hidden character"),
        ("legal_name", "\u0300\u200b", "hidden character"),
        ("county", "Atlantis", "We know no county"),
        ("uei", "0F4K9Q2M7XA1", "never begins with zero"),
        ("ein", "07-1234567", "No EIN begins with 07"),
        ("ein", "123-45-6789", "Social Security number"),
        ("naics", "33271x", "two to six digits"),
        ("employees", "-3", "greater than or equal to 0"),
        ("receipts_band", "plenty", "not one of the available choices"),
        ("legal_form", "", "required"),
    ],
)
def test_errors_stand_at_the_field_and_nothing_is_lost(client, jo, field, value, words):
    page = text(client.post(reverse("accounts:new_organization"), {**GIVEN, field: value}))
    assert words in page
    assert "Lucas County" in page or field == "county"
    assert not Organization.objects.exists()


def test_a_sole_proprietor_is_told_that_no_tax_number_is_kept(client, jo):
    url = reverse("accounts:new_organization")
    assert "Sole proprietors leave it empty" in text(client.get(url))
    page = text(client.post(url, {**GIVEN, "legal_form": "sole_proprietor"}))
    assert "We do not keep the tax number of a sole proprietor" in page


def test_details_are_changed_by_administrators(client, jo):
    row = make_organization(jo)
    page = client.post(at(row, "edit_organization"), GIVEN, follow=True)
    assert "The details are saved." in text(page)
    assert "Maumee Tools LLC" in text(page)
    page = text(client.get(at(row, "edit_organization")))
    assert "Lucas County, OH" in page
    assert UEI in page


def test_a_taken_identifier_is_said_at_the_field(client, jo):
    client.post(reverse("accounts:new_organization"), GIVEN)
    again = {**GIVEN, "legal_name": "Another", "ein": "", "idempotency_key": "two"}
    page = text(client.post(reverse("accounts:new_organization"), again))
    assert "Another organization already has this unique entity identifier." in page


def test_members_may_look_but_not_change(client, jo):
    row = make_organization()
    OrganizationRole.objects.create(organization=row, user=jo, since=database_now())
    assert client.get(at(row)).status_code == 200
    assert client.get(at(row, "edit_organization")).status_code == 403
    assert client.post(at(row, "end_family")).status_code == 403


def test_the_parent_is_named_seen_and_ended_by_the_parent(client, jo):
    child, parent = make_organization(jo, "Kiln Works"), make_organization(None, "Kiln Holding")
    page = client.post(
        at(child, "name_parent"),
        {"parent": parent.case.reference, "idempotency_key": "p"},
        follow=True,
    )
    assert "belongs to <strong>Kiln Holding</strong>" in text(page)
    client.force_login(parent.roles.get().user)
    assert "Kiln Works" in text(client.get(at(parent)))
    client.post(
        at(parent, "end_family"), {"subsidiary": child.case.reference, "idempotency_key": "e"}
    )
    child.refresh_from_db()
    assert child.parent is None


def test_a_foreign_tie_is_not_ended_by_naming_it(client, jo):
    mine, child, parent = make_organization(jo), make_organization(), make_organization()
    Organization.objects.filter(pk=child.pk).update(parent=parent)
    values = {"subsidiary": child.case.reference, "idempotency_key": "e"}
    client.post(at(mine, "end_family"), values)
    child.refresh_from_db()
    assert child.parent == parent


@pytest.mark.parametrize("typed", ["Kiln Holding", "OR-0000-0000-0", "%", ""])
def test_no_name_leads_to_a_parent(client, jo, typed):
    child = make_organization(jo)
    make_organization(None, "Kiln Holding")
    page = client.post(at(child, "name_parent"), {"parent": typed, "idempotency_key": "p"})
    assert page.status_code == 200
    child.refresh_from_db()
    assert child.parent is None


def test_leaving_and_the_last_administrator(client, jo):
    row = make_organization(jo)
    page = text(client.post(at(row, "leave_organization"), follow=True))
    assert "only administrator" in page
    other = make_organization()
    OrganizationRole.objects.create(organization=other, user=jo, since=database_now())
    page = text(client.post(at(other, "leave_organization"), follow=True))
    assert "You no longer belong to" in page
    assert client.get(at(other)).status_code == 404


def test_removing_the_last_administrator_says_why_not(client, jo):
    row = make_organization(jo)
    member = {"member": row.roles.get().pk}
    assert "only administrator" in text(client.post(at(row, "end_membership"), member, follow=True))


def test_size_standards_explain_themselves_to_everybody(client):
    page = text(client.get(reverse("accounts:size_standards")))
    assert "13 CFR 121.201" in page
    assert "$25.5 million in average annual receipts" in page
    page = text(client.get(reverse("accounts:size_standards"), {"naics": "3327"}))
    assert "332710" in page
    assert "541330" not in page
    page = text(client.get(reverse("accounts:size_standards"), {"naics": "99", "page": "x"}))
    assert "holds no limit for this code" in page


def test_nothing_public_carries_a_tax_number(client, jo):
    client.post(reverse("accounts:new_organization"), GIVEN)
    client.logout()
    for address in ("/", "/search/?q=Maumee", "/register/", "/api/v1/register/"):
        assert "341234567" not in text(client.get(address, follow=True)), address


def test_the_page_costs_the_same_for_one_and_three(client, jo, django_assert_max_num_queries):
    counts = []
    parent = make_organization(jo)
    for number in (1, 2):
        for _ in range(number):
            Organization.objects.filter(pk=make_organization().pk).update(parent=parent)
            OrganizationRole.objects.create(
                organization=parent, user=make_user(), since=database_now()
            )
        with django_assert_max_num_queries(16) as counted:
            client.get(at(parent))
        counts.append(len(counted))
    assert counts[0] == counts[1]
