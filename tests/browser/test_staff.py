"""Officers, officials, publishers and the public in a real browser: from the queue to the entry."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from certification.models import Finding, Participant
from records.models import Publication
from tests.db.certification.cases import FAILING, UNSURE, application_of, group_of, judged, office
from tests.db.certification.register_scenes import decided, released
from tests.db.certification.scenes import ready_group
from tests.factories.sign_in import sign_in_freshly
from trail.queries.clock import database_now

PICTURES = os.environ.get("PICTURES", "")
WIDTHS = pytest.mark.parametrize("width", [1280, 320])


@pytest.fixture
def place():
    return office()


@pytest.fixture
def as_(visitor, live_server, place):
    """A window of somebody who has signed in with the second step."""

    def enter(persona, width):
        one = visitor(persona, width)
        client = Client()
        sign_in_freshly(client, place.people[persona])
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}
        one.context.add_cookies([cookie])
        return one

    return enter


def at(name, application, *more):
    return reverse(f"certification:{name}", args=[application.case.reference, *more])


def photograph(one, name, width):
    if PICTURES:
        one.picture(Path(PICTURES), f"{name}-{width}")


OVERHANGING = """() => [...document.querySelectorAll('body *')]
    .filter(one => !one.closest('.table-scroll, .usa-sidenav'))
    .filter(one => one.getBoundingClientRect().right > innerWidth
        || (one.scrollWidth > one.clientWidth && one.clientWidth > 0))
    .map(one => `${one.tagName} ${one.className}: ${one.textContent.trim().slice(0, 30)}`)
    .slice(-8)"""


def fits(one):
    wide = one.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"{one.page.url} is too wide: {one.page.evaluate(OVERHANGING)}"


def see(one, address, name, width):
    one.go(address)
    fits(one)
    photograph(one, name, width)


@WIDTHS
def test_from_the_queue_to_the_decision(as_, place, width):
    now = database_now()
    case = judged(place, group_of(place), UNSURE, at=now - timedelta(days=12))
    failing = group_of(place, name="Thin Vehicles of the Upper Valley", fips="18041")
    judged(place, failing, FAILING, at=now - timedelta(days=40))
    application_of(place, group_of(place, name="New Harbor", fips="18085"), at=now)
    olive = as_("programme_officer", width)
    see(olive, reverse("certification:staff_queue"), "queue", width)
    see(olive, at("staff_case", case), "case", width)
    see(olive, at("staff_application", case), "case-application", width)
    see(olive, at("staff_ask", case), "ask", width)
    olive.fill("Question 1", "Which of your members make trailers?")
    olive.press("Preview the letter")
    assert olive.sees("The letter, not sent yet")
    photograph(olive, "ask-preview", width)
    see(olive, at("staff_finding", case, "C1.concentration"), "finding", width)
    olive.press("Send to a second officer")
    assert olive.sees("need your attention")
    photograph(olive, "finding-errors", width)
    olive.fill("Source", "Indiana payroll file, May 2026, table 4")
    olive.fill("What it shows", "1,900 jobs in firms whose figures are withheld.")
    olive.fill("Lowest figure", "1.55")
    olive.fill("Highest figure", "1.70")
    olive.fill("Finding", "The firms belong to the cluster by their industry codes.", exact=True)
    olive.press("Send to a second officer")
    assert olive.sees("waits for a second officer")
    carl = as_("second_programme_officer", width)
    finding = Finding.objects.get()
    see(carl, at("staff_finding_check", case, finding.pk), "finding-check", width)
    carl.tick("I agree")
    carl.press("Send your answer")
    carl.go(at("staff_recommend", case))
    carl.fill("Summary for the deciding official", "Settled by payroll records; all is met.")
    carl.press("Recommend")
    photograph(carl, "case-recommended", width)
    sofia = as_("selecting_official", width)
    see(sofia, at("staff_designate", case), "designate", width)
    sofia.fill("Rationale", "The region holds more than its share, and the group is open to all.")
    sofia.press("Preview the letter")
    photograph(sofia, "designate-preview", width)
    sofia.press("Designate")
    assert sofia.sees("Designated")
    photograph(sofia, "case-designated", width)
    see(sofia, at("staff_record", case), "record", width)
    see(as_("group_administrator", width), at("debrief", case), "debrief", width)


@WIDTHS
def test_from_the_desk_to_the_register(as_, visitor, place, width):
    designation = decided(place)
    ready = ready_group(agency=place.agency)
    Participant.objects.filter(group=ready).update(group=designation.group)
    Participant.objects.update(is_public_consented=True)
    other = decided(place, name="Ohio Glass", fips="39095")
    released(place, other.application)
    paula = as_("publisher", width)
    see(paula, reverse("certification:publication_desk"), "desk", width)
    paula.follow("Prepare", exact=True)
    paula.press("Prepare")
    assert paula.sees("Prepared")
    peter = as_("second_publisher", width)
    waiting = Publication.objects.get(released_at=None)
    see(peter, at("publication", designation.application, waiting.pk), "publication", width)
    peter.press("Release")
    assert peter.sees("Released")
    reader = visitor("reader", width)
    see(reader, reverse("certification:register"), "register", width)
    reader.fill("Search", "Elkhart Veh")
    reader.press("Show", exact=True)
    reader.page.wait_for_url("**q=Elkhart*Veh**")
    assert reader.sees("Elkhart Vehicles")
    assert not reader.sees("Ohio Glass")
    reader.follow("Elkhart Vehicles")
    fits(reader)
    assert reader.sees("Check this yourself")
    photograph(reader, "entry", width)
    see(reader, reverse("certification:register_denials"), "refusals", width)
