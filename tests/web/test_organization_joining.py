"""Joining, domains and duplicates in the browser, and whom they do not exist for."""

import re

import pytest
from django.urls import reverse

from accounts.models import DuplicateReview, Organization, OrganizationRole
from accounts.rules.roles import AgencyRoleKind as Role
from tests.factories.accounts import make_agency, make_officer, make_organization, make_user
from trail.models import Effect
from trail.queries.clock import database_now

GIVEN = {"legal_name": "Maumee T00ls, Inc.", "legal_form": "corporation", "idempotency_key": "k"}


@pytest.fixture
def jo(client):
    user = make_user("Jo Reyes", "jo@maumee-tools.com")
    client.force_login(user)
    return user


@pytest.fixture
def officer():
    return make_officer(make_agency(), Role.ADMINISTRATOR, name="Ada Officer")


def at(organization, route="organization"):
    return reverse(f"accounts:{route}", args=[organization.case.reference])


def text(answer):
    return answer.content.decode()


def pair_page(review):
    references = [review.first.case.reference, review.second.case.reference]
    return reverse("accounts:duplicate", args=references)


def test_a_look_alike_is_shown_before_it_is_registered(client, jo):
    there = make_organization(None, "Maumee Tools LLC")
    page = text(client.post(reverse("accounts:new_organization"), GIVEN))
    assert "This looks like <strong>Maumee Tools LLC</strong>" in page
    assert at(there, "ask_to_join") in page
    assert 'value="Maumee T00ls, Inc."' in page
    assert Organization.objects.count() == 1
    client.post(reverse("accounts:new_organization"), {**GIVEN, "is_another": "1"})
    assert Organization.objects.count() == 2
    assert DuplicateReview.objects.count() == 1


def test_a_shared_tax_number_is_told_without_the_name(client, jo):
    make_organization(None, "Secret Kilns")
    Organization.objects.update(ein="341234567")
    page = text(client.post(reverse("accounts:new_organization"), {**GIVEN, "ein": "34-1234567"}))
    assert "Another organization gave this EIN" in page
    assert "Secret Kilns" not in page


def test_asking_and_being_let_in(client, jo):
    there = make_organization(None, "Maumee Tools LLC")
    find = {"organization": there.case.reference}
    page = client.post(reverse("accounts:find_organization"), find, follow=True)
    assert "Ask to join Maumee Tools LLC" in text(page)
    client.post(at(there, "ask_to_join"), {"words": "I run the kiln."})
    assert "Maumee Tools LLC" in text(client.get(reverse("accounts:organizations")))
    client.force_login(there.roles.get().user)
    assert "I run the kiln." in text(client.get(at(there)))
    asked = there.join_requests.get()
    values = {"request": asked.pk, "answer": "accept"}
    page = text(client.post(at(there, "answer_join_request"), values, follow=True))
    assert "Jo Reyes now belongs to the organization" in page
    assert there.roles.filter(user=jo, until=None).exists()


def test_the_page_for_asking_tells_nothing_but_the_name(client, jo):
    there = make_organization(make_user("Olga Owner", "olga@example.org"), "Maumee Tools LLC")
    Organization.objects.update(ein="341234567", uei="JF4K9Q2M7XA1", employees=4321)
    page = text(client.get(at(there, "ask_to_join")))
    for secret in ("Olga", "olga@", "1234567", "JF4K9Q2M7XA1", "4321"):
        assert secret not in page, secret


@pytest.mark.parametrize("typed", ["Maumee", "OR-0000-0000-0", "", "%"])
def test_no_name_leads_to_an_organization(client, jo, typed):
    make_organization(None, "Maumee Tools LLC")
    page = client.post(reverse("accounts:find_organization"), {"organization": typed})
    assert page.status_code == 200
    assert "Maumee Tools LLC" not in text(page)


def test_a_foreign_request_is_not_answered(client, jo):
    mine, other = make_organization(jo), make_organization()
    asked = other.join_requests.create(user=make_user(), asked_at=database_now())
    values = {"request": asked.pk, "answer": "accept"}
    assert client.post(at(mine, "answer_join_request"), values).status_code == 404
    assert client.post(at(other, "answer_join_request"), values).status_code == 404
    asked.refresh_from_db()
    assert asked.answered_at is None


def test_a_domain_is_proved_and_lets_a_colleague_join(client, jo):
    mine = make_organization(jo, "Maumee Tools LLC")
    values = {"domain": "Maumee-Tools.com", "mailbox": "postmaster"}
    page = text(client.post(at(mine, "claim_domain"), values, follow=True))
    assert "We sent a code to postmaster@maumee-tools.com" in page
    letter = Effect.objects.filter(kind="deliver_account_mail").latest("pk").payload["text"]
    code = re.search(r"\b\d{8}\b", letter)[0]
    wrong = {"domain": "maumee-tools.com", "code": "1"}
    assert "does not fit" in text(client.post(at(mine, "prove_domain"), wrong, follow=True))
    right = {"domain": "maumee-tools.com", "code": code}
    assert "is proved" in text(client.post(at(mine, "prove_domain"), right, follow=True))
    client.force_login(make_user("Lin Park", "lin@maumee-tools.com"))
    assert "Maumee Tools LLC" in text(client.get(reverse("accounts:organizations")))
    assert client.post(at(mine, "join_by_domain")).url == at(mine)
    assert client.get(at(mine)).status_code == 200


def test_a_free_mail_domain_is_refused_at_the_field(client, jo):
    mine = make_organization(jo)
    page = text(client.post(at(mine, "claim_domain"), {"domain": "gmail.com", "mailbox": "admin"}))
    assert "Anybody can have an address at gmail.com" in page


def test_a_plain_member_neither_claims_nor_answers(client, jo):
    row = make_organization()
    OrganizationRole.objects.create(organization=row, user=jo, since=database_now())
    for route in ("claim_domain", "prove_domain", "end_domain", "answer_join_request"):
        assert client.post(at(row, route)).status_code == 403, route
    assert "People who ask to join" not in text(client.get(at(row)))


def test_an_officer_finds_one_organization(client, officer):
    kept = make_organization(None, "Maumee Tools LLC")
    other = make_organization(None, "MAUMEE TOOLS, Inc.")
    client.force_login(officer)
    page = text(client.get(reverse("accounts:duplicates")))
    assert "Maumee Tools LLC and MAUMEE TOOLS, Inc." in page
    address = pair_page(DuplicateReview.objects.get())
    page = text(client.post(address, {"found": kept.pk, "reason": "", "idempotency_key": "v"}))
    assert "This field is required" in page
    values = {"found": kept.pk, "reason": "One owner.", "idempotency_key": "v"}
    page = text(client.post(address, values, follow=True))
    assert "on the record of both organizations" in page
    assert "No pair is here" in page
    assert "One owner." in text(client.get(address))
    client.force_login(other.roles.get().user)
    page = text(client.get(at(other)))
    assert "found to be the same organization" in page
    assert client.get(at(other, "edit_organization")).status_code == 403


def test_an_officer_of_an_own_organization_is_told_to_ask_a_colleague(client, officer):
    make_organization(officer, "Maumee Tools LLC")
    make_organization(None, "MAUMEE TOOLS, Inc.")
    client.force_login(officer)
    values = {"found": "different", "reason": "Mine.", "idempotency_key": "v"}
    page = text(client.post(pair_page(DuplicateReview.objects.get()), values))
    assert "You belong to one of these organizations" in page


def test_an_agency_administrator_confirms_a_domain(client, officer):
    row = make_organization(None, "Maumee Tools LLC")
    client.force_login(officer)
    values = {"domain": "maumee-tools.com", "reason": "Their letterhead."}
    page = text(client.post(at(row, "confirm_domain"), values, follow=True))
    assert "The domain is confirmed" in page
    assert "E-mail domain proved" in page
    client.force_login(make_officer(make_agency(), Role.PROGRAMME_OFFICER))
    assert client.post(at(row, "confirm_domain"), values).status_code == 403


def test_pairs_cost_the_same_for_one_and_three(client, officer, django_assert_max_num_queries):
    client.force_login(officer)
    counts = []
    for names in (("A1 Works", "Al Works"), ("B0 Works", "Bo Works", "B0 W0rks")):
        for name in names:
            make_organization(None, name)
        with django_assert_max_num_queries(14) as counted:
            client.get(reverse("accounts:duplicates"))
        counts.append(len(counted))
    assert counts[0] == counts[1]
