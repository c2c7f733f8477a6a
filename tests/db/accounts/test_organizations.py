"""Organizations: founded, joined by invitation of a verified address, left."""

from datetime import timedelta

import pytest

from accounts.actions.create_organization import OrganizationDetails, create_organization
from accounts.actions.join_organization import (
    Invitee,
    answer_organization_invitation,
    invite_to_organization,
    leave_organization,
)
from accounts.actors import actor_from_user
from accounts.models import Organization, OrganizationInvitation, OrganizationRole
from accounts.queries.people import invitations_for
from kit.refusals import Refused
from tests.constraints import refused_by
from tests.factories.accounts import make_organization, make_user
from trail.actions.send_effects import send_effects
from trail.models import Effect
from trail.queries.clock import database_now


def invite(organization, email, **options):
    founder = organization.roles.get(is_administrator=True).user
    return invite_to_organization(
        actor=actor_from_user(founder),
        at=database_now(),
        organization=organization,
        invitee=Invitee(email, **options),
    )


def answer(invitation, user, *, is_accepted=True, at=None):
    return answer_organization_invitation(
        actor=actor_from_user(user),
        at=at or database_now(),
        invitation=invitation,
        user=user,
        is_accepted=is_accepted,
    )


def test_the_same_key_makes_one_organization():
    founder = make_user()
    details = OrganizationDetails("Maumee Tools LLC")
    made = [
        create_organization(
            actor=actor_from_user(founder),
            at=database_now(),
            details=details,
            founder=founder,
            key="one-key",
        )
        for _ in range(2)
    ]
    assert made[0] == made[1]
    assert OrganizationRole.objects.filter(user=founder).count() == 1


def test_a_taken_identifier_is_refused_with_a_way_out():
    founder = make_user()
    details = OrganizationDetails("First", uei="ABCDEFGHJ123")
    actor = actor_from_user(founder)
    create_organization(actor=actor, at=database_now(), details=details, founder=founder, key="a")
    with pytest.raises(Refused) as caught:
        create_organization(
            actor=actor, at=database_now(), details=details, founder=founder, key="b"
        )
    assert caught.value.refusal.code == "uei_taken"
    assert "let you join" in caught.value.refusal.sentence


def test_an_invitation_reaches_the_owner_of_the_address_only():
    invitation = invite(make_organization(), "Jo@example.org")
    jo, other = make_user(email="jo@example.org"), make_user()
    assert list(invitations_for(jo, database_now())) == [invitation]
    assert not invitations_for(other, database_now())


def test_the_letter_is_erased_once_delivered(mailoutbox):
    invite(make_organization(legal_name="Maumee Tools"), "jo@example.org")
    send_effects(at=database_now())
    assert "Maumee Tools" in mailoutbox[0].subject
    assert "Your details" in mailoutbox[0].body
    effect = Effect.objects.get(kind="deliver_account_mail")
    assert set(effect.payload) == {"key"}
    assert effect.done_at


def test_accepting_makes_a_member_and_cannot_be_repeated():
    organization = make_organization()
    jo = make_user(email="jo@example.org")
    invitation = answer(invite(organization, jo.email), jo)
    assert organization.roles.filter(user=jo, until=None).exists()
    with pytest.raises(Refused) as caught:
        answer(invitation, jo)
    assert caught.value.refusal.code == "already_answered"


def test_declining_makes_no_member():
    organization = make_organization()
    jo = make_user(email="jo@example.org")
    answer(invite(organization, jo.email), jo, is_accepted=False)
    assert not organization.roles.filter(user=jo).exists()


def test_an_expired_invitation_is_refused():
    jo = make_user(email="jo@example.org")
    invitation = invite(make_organization(), jo.email)
    with pytest.raises(Refused) as caught:
        answer(invitation, jo, at=database_now() + timedelta(days=31))
    assert caught.value.refusal.code == "expired"


def test_a_member_is_not_invited_again():
    organization = make_organization()
    with pytest.raises(Refused) as caught:
        invite(organization, organization.roles.get().user.email)
    assert caught.value.refusal.code == "already_member"


def test_the_last_administrator_cannot_leave_but_one_of_two_can():
    organization = make_organization()
    role = organization.roles.get()
    actor = actor_from_user(role.user)
    with pytest.raises(Refused) as caught:
        leave_organization(actor=actor, at=database_now(), role=role)
    assert caught.value.refusal.code == "last_administrator"
    jo = make_user(email="jo@example.org")
    answer(invite(organization, jo.email, is_administrator=True), jo)
    leave_organization(actor=actor, at=database_now(), role=role)
    assert organization.roles.get(until=None).user == jo


def test_organization_invitation_once():
    invitation = invite(make_organization(), "jo@example.org")
    invitation.pk = None
    with refused_by("organization_invitation_once"):
        invitation.save(force_insert=True)


def test_organization_invitation_accepted_when():
    invite(make_organization(), "jo@example.org")
    with refused_by("organization_invitation_accepted_when"):
        OrganizationInvitation.objects.update(is_accepted=True)


def test_organization_role_once():
    role = make_organization().roles.get()
    role.pk = None
    with refused_by("organization_role_once"):
        role.save(force_insert=True)


def test_organization_role_ends_after_start():
    role = make_organization().roles.get()
    with refused_by("organization_role_ends_after_start"):
        OrganizationRole.objects.update(until=role.since)


def test_organization_uei_once():
    first, second = make_organization(), make_organization()
    Organization.objects.filter(pk=first.pk).update(uei="ABCDEFGHJ123")
    with refused_by("organization_uei_once"):
        Organization.objects.filter(pk=second.pk).update(uei="ABCDEFGHJ123")
