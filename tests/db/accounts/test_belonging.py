"""Domains proved by a code or an officer; joining by them; requests and their answers."""

import re
from datetime import timedelta

import pytest

from accounts.actions.ask_to_join import answer_join_request, ask_to_join, join_by_domain
from accounts.actions.prove_domain import claim_domain, confirm_domain, end_domain, prove_domain
from accounts.actors import actor_from_user
from accounts.models import DuplicateReview, JoinRequest, Organization, OrganizationDomain
from accounts.queries.belonging import open_to
from accounts.rules.belonging import CODE_ATTEMPTS
from kit.refusals import Refused
from tests.constraints import refused_by
from tests.factories.accounts import make_organization, make_user
from trail.models import Effect
from trail.queries.clock import database_now
from trail.queries.timeline import timeline

DOMAIN = "maumee-tools.com"


def administrator_of(organization):
    return actor_from_user(organization.roles.get(is_administrator=True).user)


def claim(organization, domain=DOMAIN, mailbox="postmaster"):
    row = claim_domain(
        actor=administrator_of(organization),
        at=database_now(),
        organization=organization,
        domain=domain,
        mailbox=mailbox,
    )
    letter = Effect.objects.filter(kind="deliver_account_mail").latest("pk").payload
    return row, re.search(r"\b\d{8}\b", letter["text"])[0], letter


def prove(organization, code, at=None, domain=DOMAIN):
    return prove_domain(
        actor=administrator_of(organization),
        at=at or database_now(),
        organization=organization,
        domain=domain,
        code=code,
    )


def proven(organization=None, domain=DOMAIN):
    organization = organization or make_organization()
    _, code, _ = claim(organization, domain)
    return prove(organization, code, domain=domain)


def refusal_of(act, *args, **options):
    with pytest.raises(Refused) as caught:
        act(*args, **options)
    return caught.value.refusal.code


def join(user, organization):
    return join_by_domain(
        actor=actor_from_user(user), at=database_now(), organization=organization, user=user
    )


def ask(user, organization, words=""):
    return ask_to_join(
        actor=actor_from_user(user),
        at=database_now(),
        organization=organization,
        user=user,
        words=words,
    )


def test_the_code_goes_to_the_keeper_of_the_domain_and_only_its_digest_is_kept():
    row, code, letter = claim(make_organization())
    assert letter["address"] == f"postmaster@{DOMAIN}"
    assert code not in row.code_digest
    assert row.proven_at is None


def test_the_right_code_proves_the_domain_once():
    organization = make_organization()
    _, code, _ = claim(organization)
    row = prove(organization, f" {code[:4]} {code[4:]} ")
    assert row.proven_at
    assert row.code_digest == ""
    assert refusal_of(prove, organization, code) == "code_spent"
    assert timeline(organization.case)[0].verb == "prove_domain"


def test_a_wrong_code_counts_and_the_last_try_ends_it():
    organization = make_organization()
    _, code, _ = claim(organization)
    for _ in range(CODE_ATTEMPTS):
        assert refusal_of(prove, organization, "00000000" if code != "00000000" else "1") == (
            "wrong_code"
        )
    assert refusal_of(prove, organization, code) == "code_spent"
    _, fresh, _ = claim(organization)
    assert prove(organization, fresh).proven_at


def test_an_old_code_and_a_code_of_another_organization_do_not_fit():
    one, other = make_organization(), make_organization()
    _, code, _ = claim(one)
    claim(other)
    assert refusal_of(prove, other, code) == "wrong_code"
    assert refusal_of(prove, one, code, database_now() + timedelta(hours=25)) == "code_spent"


@pytest.mark.parametrize(
    ("domain", "mailbox", "code"),
    [
        ("gmail.com", "postmaster", "open_mail"),
        ("nonsense", "postmaster", "domain_shape"),
        (DOMAIN, "ann", "mailbox_unknown"),
    ],
)
def test_what_proves_nothing_is_refused(domain, mailbox, code):
    assert refusal_of(claim, make_organization(), domain, mailbox) == code


def test_a_domain_that_two_prove_goes_to_a_person():
    first, second = proven().organization, make_organization()
    _, code, _ = claim(second)
    assert refusal_of(prove, second, code) == "domain_taken"
    review = DuplicateReview.objects.get(first=first, second=second)
    assert review.grounds == ["domain"]


def test_an_officer_confirms_with_a_reason():
    organization, officer = make_organization(), make_user()
    given = {
        "actor": actor_from_user(officer),
        "at": database_now(),
        "organization": organization,
        "domain": DOMAIN,
    }
    assert refusal_of(confirm_domain, **given, reason=" ") == "no_reason"
    row = confirm_domain(**given, reason="Their letterhead says so.")
    assert row.proven_by == f"user:{officer.pk}"
    assert timeline(organization.case)[0].facts["reason"] == "Their letterhead says so."


def test_a_confirmed_address_of_the_domain_lets_a_member_in_but_no_administrator():
    organization = proven().organization
    ann = make_user(email=f"ann@{DOMAIN}")
    assert list(open_to(ann)) == [organization]
    role = join(ann, organization)
    assert role.is_administrator is False
    assert join(ann, organization) == role
    assert not open_to(ann).exists()


@pytest.mark.parametrize(
    "address", ["ann@evil-maumee-tools.com", "ann@mail.maumee-tools.com", "ann@tools.com"]
)
def test_another_domain_lets_nobody_in(address):
    organization = proven().organization
    ann = make_user(email=address)
    assert not open_to(ann).exists()
    assert refusal_of(join, ann, organization) == "no_domain"


def test_an_unconfirmed_address_lets_nobody_in():
    organization = proven().organization
    ann = make_user(email=f"ann@{DOMAIN}")
    ann.emailaddress_set.update(verified=False)
    assert refusal_of(join, ann, organization) == "no_domain"


def test_a_domain_that_is_only_named_or_given_up_lets_nobody_in():
    organization = make_organization()
    _, code, _ = claim(organization)
    ann = make_user(email=f"ann@{DOMAIN}")
    assert refusal_of(join, ann, organization) == "no_domain"
    prove(organization, code)
    end_domain(
        actor=administrator_of(organization),
        at=database_now(),
        organization=organization,
        domain=DOMAIN,
    )
    assert refusal_of(join, ann, organization) == "no_domain"


def test_asking_writes_to_the_administrators_once():
    organization, ann = make_organization(), make_user("Ann Lee")
    assert ask(ann, organization, "I run the kiln.") == ask(ann, organization, "Again")
    letters = Effect.objects.filter(kind="deliver_account_mail")
    assert letters.count() == 1
    assert "I run the kiln." in letters.get().payload["text"]


@pytest.mark.parametrize("is_accepted", [True, False])
def test_an_answer_counts_once_and_is_written_to_who_asked(is_accepted):
    organization, ann = make_organization(), make_user()
    asked = ask(ann, organization)
    given = {
        "actor": administrator_of(organization),
        "at": database_now(),
        "request": asked,
        "is_accepted": is_accepted,
    }
    answer_join_request(**given)
    assert organization.roles.filter(user=ann, until=None).exists() is is_accepted
    assert refusal_of(answer_join_request, **given) == "already_answered"
    letter = Effect.objects.filter(kind="deliver_account_mail").latest("pk").payload
    assert letter["address"] == ann.email


def test_members_do_not_ask_and_merged_organizations_are_not_asked():
    organization = make_organization()
    assert refusal_of(ask, organization.roles.get().user, organization) == "already_member"
    other = make_organization()
    Organization.objects.filter(pk=organization.pk).update(
        superseded_by=other, superseded_at=database_now()
    )
    assert refusal_of(ask, make_user(), organization) == "merged"


def change(row, **values):
    type(row)._default_manager.filter(pk=row.pk).update(**values)


def test_organization_domain_limits():
    row = proven()
    with refused_by("organization_domain_shape"):
        change(row, domain="Maumee Tools")
    with refused_by("organization_domain_proven_by_whom"):
        change(row, proven_by="")
    with refused_by("organization_domain_claimed_once"):
        OrganizationDomain.objects.create(
            organization=row.organization, domain=DOMAIN, claimed_at=database_now()
        )
    with refused_by("organization_domain_proven_once"):
        OrganizationDomain.objects.create(
            organization=make_organization(),
            domain=DOMAIN,
            claimed_at=database_now(),
            proven_at=database_now(),
            proven_by="user:1",
        )


def test_join_request_limits():
    asked = ask(make_user(), make_organization())
    with refused_by("join_request_once"):
        JoinRequest.objects.create(
            organization=asked.organization, user=asked.user, asked_at=database_now()
        )
    with refused_by("join_request_answered_by_whom"):
        change(asked, is_accepted=True)
