"""Invitations open for whom they were meant, once, and not for ever.

Planted: ``was_invited`` answering None, ``link_refusal`` answering None, and the attempts of a
code not counted; each was seen red.
"""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from certification.actions.invite_to_seat import Invitee, invite_to_seat
from certification.models import SeatInvitation, Signature
from certification.queries.personal_links import is_same, token_of
from certification.rules.groups import SeatRole
from tests.factories.accounts import make_organization, make_user
from tests.factories.certification_groups import (
    administrator_of,
    firm_entry,
    fresh_key,
    invite,
    link_of,
    make_group,
    open_link,
    read_code,
    sign,
)
from trail.queries.clock import database_now


@pytest.fixture(autouse=True)
def nobody_has_guessed():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def invited():
    return make_user("Ivo Invited", "ivo@example.org")


@pytest.fixture
def seat(invited):
    group = make_group()
    return invite_to_seat(
        actor=administrator_of(group),
        at=database_now(),
        group=group,
        invitee=Invitee("Ivo Invited", invited.email, SeatRole.ADMINISTRATOR),
        key=fresh_key("seat"),
    )


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def doors(seat):
    """The link of the letter, and the answer given on one's own page."""
    yield reverse("certification:accept_seat", args=[token_of(seat.nonce)]), {}
    yield reverse("certification:answer_seat", args=[seat.reference]), {"answer": "accept"}


def seats_of(user, seat):
    return seat.group.seats.filter(user=user).count()


def test_a_stolen_seat_invitation_seats_nobody(seat):
    thief = make_user()
    for address, values in doors(seat):
        answer = signed_in(thief).post(address, values)
        assert answer.status_code in {404, 410}
        assert "Lake Erie" not in answer.content.decode()
    assert seats_of(thief, seat) == 0


LOOK_ALIKES = ["ivo@example.org.evil.example", "ivo+x@example.org", "iv\u043e@example.org"]


@pytest.mark.parametrize("address", LOOK_ALIKES)
def test_a_look_alike_address_is_another_address(seat, address):
    thief = make_user("Ivo Invited", address)
    for door, values in doors(seat):
        assert signed_in(thief).post(door, values).status_code in {404, 410}
    assert seats_of(thief, seat) == 0


def test_a_seat_invitation_opens_once(seat, invited):
    for address, values in doors(seat):
        signed_in(invited).post(address, values)
    assert seats_of(invited, seat) == 1
    thief = make_user()
    for address, values in doors(seat):
        assert signed_in(thief).post(address, values).status_code in {404, 410}
    assert seats_of(thief, seat) == 0


def test_a_seat_invitation_expires(seat, invited):
    long_ago = database_now() - timedelta(days=31)
    over = {"sent_at": long_ago, "expires_at": long_ago + timedelta(days=30)}
    SeatInvitation.objects.filter(pk=seat.pk).update(**over)
    for address, values in doors(seat):
        assert signed_in(invited).post(address, values).status_code in {404, 409, 410}
    assert seats_of(invited, seat) == 0


def test_a_seat_invitation_that_was_taken_back_opens_nothing(seat, invited):
    owner = seat.group.seats.get().user
    take_back = reverse("certification:take_back_seat", args=[seat.group.reference, seat.reference])
    signed_in(owner).post(take_back)
    for address, values in doors(seat):
        assert signed_in(invited).post(address, values).status_code in {404, 409, 410}
    assert seats_of(invited, seat) == 0


def test_the_invited_person_gets_in(seat, invited):
    """The twin: the doors above do open for the right person."""
    address, values = next(doors(seat))
    signed_in(invited).post(address, values)
    assert seats_of(invited, seat) == 1


@pytest.fixture
def firm():
    return invite(make_group(name="Lake Erie Glass"), firm_entry("Kiln & Sons"))[0]


def typed(code):
    return {
        "code": code,
        "name": "Eve",
        "title": "Owner",
        "is_authorized": "on",
        "answer": "yes",
        "idempotency_key": fresh_key("sign"),
    }


def test_a_signing_link_alone_signs_nothing(firm):
    answer = Client().post(reverse("certification:confirm", args=[link_of(firm)]), typed("000000"))
    assert answer.status_code == 200
    assert not Signature.objects.exists()


def test_a_guessed_code_is_refused_after_a_few_tries(firm):
    token = link_of(firm)
    right = read_code(token)
    page = reverse("certification:confirm", args=[token])
    for number in range(1, 11):
        Client().post(page, typed(f"{(int(right) + number) % 1_000_000:06d}"))
    answer = Client().post(page, typed(right))
    assert not Signature.objects.exists(), "the right code no longer helps whoever guessed"
    assert "code" in answer.content.decode()


def test_a_code_of_another_link_does_not_fit(firm):
    other = invite(make_group(), firm_entry("Other Works"))[0]
    code = read_code(link_of(other))
    if is_same(code, read_code(link_of(firm))):
        return
    Client().post(reverse("certification:confirm", args=[link_of(firm)]), typed(code))
    assert not Signature.objects.exists()


def test_a_signing_link_cannot_be_used_again(firm):
    token = link_of(firm)
    sign(firm)
    answer = Client().post(reverse("certification:confirm", args=[token]), typed("000000"))
    assert answer.status_code == 410
    assert Signature.objects.count() == 1


def test_codes_cannot_be_sent_without_end(firm, mailoutbox):
    token = link_of(firm)
    door = reverse("certification:request_code", args=[token])
    for _ in range(30):
        Client().post(door)
    assert open_link(firm).codes_sent <= 10


def test_codes_go_to_nobody_elses_address(firm):
    door = reverse("certification:request_code", args=[link_of(firm)])
    others = ("eve@evil.example", "eve@firm.example.evil.example", "a@b\nBcc: c@d.example")
    for address in others:
        Client().post(door, {"colleague_email": address})
    assert open_link(firm).code_sent_at is None


def test_an_organizations_invitation_is_not_for_others():
    owner, thief = make_user(), make_user()
    organization = make_organization(owner)
    reference = organization.case.reference
    signed_in(owner).post(
        reverse("accounts:invite_member", args=[reference]), {"email": "lin@example.org"}
    )
    door = reverse("accounts:answer_invitation", args=[reference])
    assert signed_in(thief).post(door, {"answer": "accept"}).status_code == 404
    assert not organization.roles.filter(user=thief).exists()
