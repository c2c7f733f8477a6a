"""How long a record is kept, as officers see and hold it."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.db.certification.cases import application_of, group_of, office
from trail.models import LegalHold


@pytest.fixture
def place():
    return office()


@pytest.fixture
def address(place):
    application = application_of(place, group_of(place))
    return reverse("certification:staff_keeping", args=[application.reference])


def desk(place, persona):
    client = Client()
    client.force_login(place.people[persona])
    return client


def send(client, address, wish, reason, key):
    fields = {"wish": wish, "reason": reason, "idempotency_key": key}
    return client.post(address, fields, follow=True).content.decode()


def test_an_officer_places_and_releases_a_hold(place, address):
    client = desk(place, "programme_officer")
    page = client.get(address).content.decode()
    assert "2 CFR 200.334" in page
    assert "It has not ended" in page
    page = send(client, address, "place", "Lawsuit 12-3, asked for by counsel", "one")
    assert "The record is on hold" in page
    assert "Lawsuit 12-3" in page
    assert "Release the hold" in page
    page = send(client, address, "release", "Lawsuit settled", "two")
    assert "The hold is released" in page
    assert LegalHold.objects.get().release_reason == "Lawsuit settled"


def test_a_hold_wants_a_reason_and_keeps_what_was_typed(place, address):
    client = desk(place, "programme_officer")
    assert "Say why" in send(client, address, "place", "", "one")
    send(client, address, "place", "First", "one")
    page = send(client, address, "place", "Second words", "two")
    assert "on hold already" in page
    assert "Second words" in page


def test_others_read_why_they_may_not(place, address):
    client = desk(place, "auditor")
    page = client.get(address).content.decode()
    assert "Only a programme officer" in page
    assert "Place a hold" not in page
    answer = client.post(address, {"wish": "place", "reason": "x", "idempotency_key": "k"})
    assert answer.status_code == 403
    assert not LegalHold.objects.exists()
