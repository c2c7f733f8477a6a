"""Preparing, releasing at a set time, discarding, correcting; and what the public sees of it."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from certification.models import Decision
from records.models import Publication
from tests.db.certification.cases import later, office
from tests.db.certification.register_scenes import decided, prepared, released
from tests.factories.sign_in import sign_in_freshly
from trail.queries.clock import database_now


@pytest.fixture
def place():
    cache.clear()
    return office()


def desk_of(place, persona):
    client = Client()
    sign_in_freshly(client, place.people[persona])
    return client


def address_of(designation):
    return f"/staff/cases/{designation.application.case.reference}/publish/"


PUBLIC = (
    "/",
    "/register/",
    "/register/?q=glass",
    "/register/?standing=in_force",
    "/register/register.csv",
    "/register/register.json",
    "/register/register.atom?q=ohio",
    "/register/releases/",
    "/register/corrections/",
    "/register/refusals/",
    "/api/v1/register/",
    "/search/?q=glass",
)
PASSING = {"X-Request-ID", "Date"}


def public_answers(client, more=()):
    """Bodies and headers of everything public, without what names the request itself."""
    answers = {}
    for address in (*PUBLIC, *more):
        answer = client.get(address)
        body = answer.getvalue() if answer.streaming else answer.content
        headers = {name: value for name, value in answer.headers.items() if name not in PASSING}
        answers[address] = (answer.status_code, headers, body)
    return answers


@pytest.mark.parametrize("stage", ["prepared", "scheduled", "discarded"])
def test_public_answers_are_the_same_bytes_with_and_without_a_prepared_one(place, stage):
    public = decided(place)
    released(place, public.application)
    hidden = decided(place, name="Ohio Glass", fips="39095")
    own = (f"/register/{hidden.reference}/", f"/register/{hidden.reference}/versions/")
    with time_machine.travel(database_now(), tick=False):
        before = public_answers(Client(), own)
    if stage == "scheduled":
        schedule(place, hidden)
    else:
        waiting = prepared(place, hidden.application)
    if stage == "discarded":
        reason = {"reason": "Prepared too early."}
        desk_of(place, "publisher").post(f"{address_of(hidden)}{waiting.pk}/discard/", reason)
    with time_machine.travel(database_now(), tick=False):
        after = public_answers(Client(), own)
    assert before[own[0]][0] == 404
    assert {name: value for name, value in after.items() if value != before[name]} == {}


def schedule(place, designation):
    soon = (database_now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    answer = desk_of(place, "publisher").post(address_of(designation), {"show_from": soon})
    assert answer.status_code == 302
    publication = Publication.objects.get(case=designation.case)
    page = desk_of(place, "second_publisher").get(f"{address_of(designation)}{publication.pk}/")
    assert "Nothing shows before" in page.content.decode()
    answer = desk_of(place, "second_publisher").post(
        f"{address_of(designation)}{publication.pk}/release/"
    )
    assert answer.status_code == 302
    return publication


def test_the_twin_finds_a_released_one(place):
    """The comparison sees what is public: the planted fault."""
    hidden = decided(place, name="Ohio Glass", fips="39095")
    before = public_answers(Client())
    released(place, hidden.application)
    after = public_answers(Client())
    assert before["/register/"] != after["/register/"]
    assert before["/api/v1/register/"] != after["/api/v1/register/"]


def test_a_scheduled_release_waits_on_the_desk_and_can_be_stopped(place):
    designation = decided(place)
    publication = schedule(place, designation)
    desk = desk_of(place, "publisher")
    assert "Waits for its time" in desk.get("/staff/publications/").content.decode()
    address = f"{address_of(designation)}{publication.pk}/discard/"
    assert desk.post(address, {"reason": "no"}).status_code == 409
    answer = desk.post(address, {"reason": "The name is wrong."}, follow=True)
    assert "The public has seen nothing of it" in answer.content.decode()
    publication.refresh_from_db()
    assert (publication.shown, publication.discard_reason) == (None, "The name is wrong.")


def test_a_newer_version_needs_its_reason_and_enters_the_log_of_corrections(place):
    designation = decided(place)
    released(place, designation.application)
    designation.group.name = "Elkhart Campers"
    designation.group.save()
    desk, public = desk_of(place, "publisher"), Client()
    assert desk.post(address_of(designation), {}).status_code == 409
    said = {"why": "The group's name was misspelt.", "is_correction": "on"}
    assert desk.post(address_of(designation), said).status_code == 302
    assert "misspelt" not in public.get("/register/corrections/").content.decode()
    waiting = Publication.objects.get(released_at=None)
    second = desk_of(place, "second_publisher")
    page = second.get(f"{address_of(designation)}{waiting.pk}/").content.decode()
    assert "Elkhart Vehicles" in page
    assert "Elkhart Campers" in page
    second.post(f"{address_of(designation)}{waiting.pk}/release/")
    log = public.get("/register/corrections/").content.decode()
    assert "misspelt" in log
    assert "Elkhart Vehicles" in log
    old = public.get(f"/register/{designation.reference}/versions/1/").content.decode()
    assert "<h1" in old
    assert "Elkhart Vehicles" in old
    assert "newer version took its place" in old
    assert "Campers" not in old.partition("<main")[2].partition("</main")[0].replace(log, "")
    history = public.get(f"/register/{designation.reference}/versions/")
    assert [one.row.version for one in history.context["versions"]] == [2, 1]


def test_a_version_that_is_not_public_is_not_found(place):
    designation = decided(place)
    prepared(place, designation.application)
    for number in (0, 1, 2, 99):
        address = f"/register/{designation.reference}/versions/{number}/"
        assert Client().get(address).status_code == 404


@pytest.mark.parametrize("moment", ["2020-01-01T09:00", "2099-01-01T09:00", "tomorrow"])
def test_a_time_that_makes_no_sense_is_said_and_nothing_is_lost(place, moment):
    designation = decided(place)
    answer = desk_of(place, "publisher").post(address_of(designation), {"show_from": moment})
    assert answer.status_code == 409
    assert moment in answer.content.decode()
    assert not Publication.objects.exists()


def test_numbers_of_versions_do_not_tell_of_what_waits(place):
    first = decided(place)
    prepared(place, decided(place, name="Ohio Glass", fips="39095").application)
    publication = released(place, first.application, at=later(days=1))
    assert publication.version == 1
    assert Decision.objects.count() == 2
