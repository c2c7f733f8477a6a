"""Competitions in a real browser: builder, clearance, amendment, public page, at two widths."""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from accounts.actors import actor_from_user
from accounts.rules.roles import AgencyRoleKind
from grants.actions.amend_competition import Revision, amend_competition
from grants.actions.answer_inquiry import PublicAnswer, answer_inquiry, ask_inquiry
from grants.models import Competition
from grants.queries.notices import notice_of
from grants.rules.notice import Part
from grants.rules.states import CompetitionState
from tests.factories.accounts import make_agency, make_officer, make_user
from tests.factories.grants import make_competition
from tests.factories.sign_in import sign_in_freshly
from trail.queries.clock import database_now

PICTURES = os.environ.get("PICTURES", "")
WIDTHS = pytest.mark.parametrize("width", [1280, 320])
_R = AgencyRoleKind


@pytest.fixture
def home():
    return make_agency("Office of Regional Clusters")


@pytest.fixture
def as_(visitor, live_server, home):
    """A window of an officer who has signed in with the second step."""

    def enter(role, width):
        one = visitor(role.value, width)
        client = Client()
        sign_in_freshly(client, make_officer(home, role, name="Olive Officer"))
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}
        one.context.add_cookies([cookie])
        return one

    return enter


def see(one, address, name, width):
    one.go(address)
    shown(one, name, width)


def shown(one, name, width):
    wide = one.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"{one.page.url} is too wide"
    if PICTURES:
        one.picture(Path(PICTURES), f"{name}-{width}")


def ahead():
    opens_at = database_now() + timedelta(days=20)
    return {"opens_at": opens_at, "closes_at": opens_at + timedelta(days=90)}


def talked_about(home):
    """An open competition with a question answered and an amendment."""
    row = make_competition(agency=home)
    officer = actor_from_user(make_officer(home, _R.PROGRAMME_OFFICER))
    asker, at = make_user("Ada Asker"), database_now()
    asked = ask_inquiry(
        actor=actor_from_user(asker),
        at=at,
        competition=row,
        asker=asker,
        text="May a college lead?",
    )
    words = PublicAnswer("May a college lead?", "Yes, with seats for firms.")
    answer_inquiry(actor=officer, at=at, inquiry=asked, words=words)
    form = notice_of(row).form
    longer = replace(
        form, questions=(replace(form.questions[0], word_limit=700), *form.questions[1:])
    )
    revision = Revision(Part.FORM, longer, "Groups asked for more room", True, row.bundle_hash)
    amend_competition(actor=officer, at=at, competition=row, revision=revision)
    row.refresh_from_db()
    return row


@WIDTHS
def test_everybody_reads_competitions(visitor, home, width):
    row = talked_about(home)
    one = visitor("anybody", width)
    see(one, "/competitions/", "competitions", width)
    see(one, f"/competitions/{row.reference}/", "competition", width)
    assert one.sees("to the end of that minute")
    assert one.sees("May a college lead?")
    assert not one.sees("Ada Asker")
    see(one, "/", "home", width)
    assert one.sees("Open competitions")


@WIDTHS
def test_an_officer_builds_a_competition(as_, home, width):
    one = as_(_R.PROGRAMME_OFFICER, width)
    one.go("/staff/competitions/new/")
    one.fill("Funding opportunity number", "PG-77")
    one.fill("Title", "Planning grants 2027")
    one.press("Start the draft")
    row = Competition.objects.get(opportunity_number="PG-77")
    shown(one, "builder", width)
    for part in Part:
        see(one, f"/staff/competitions/{row.reference}/edit/{part}/", f"edit-{part}", width)
    one.go(f"/staff/competitions/{row.reference}/edit/rubric/")
    one.page.get_by_label("Weight in percent").first.fill("39")
    one.press("Save and go on")
    assert one.sees("The weights sum to 99. They must sum to exactly 100.")
    shown(one, "weights-99", width)
    one.page.get_by_label("Weight in percent").first.fill("40")
    one.press("Save and go on")
    see(one, "/staff/competitions/", "desk", width)


@WIDTHS
def test_counsel_signs(as_, home, width):
    row = make_competition(CompetitionState.CLEARANCE, agency=home, **ahead())
    one = as_(_R.LEGAL_COUNSEL, width)
    see(one, f"/staff/competitions/{row.reference}/", "clearance", width)
    one.follow("Sign the legal clearance")
    shown(one, "sign", width)
    one.tick("I have read the competition")
    one.press("Sign")
    assert one.sees("Signed by Olive Officer")


@WIDTHS
def test_an_officer_amends_after_seeing_the_difference(as_, home, width):
    row = talked_about(home)
    one = as_(_R.PROGRAMME_OFFICER, width)
    see(one, f"/staff/competitions/{row.reference}/amendments/", "amendments", width)
    one.go(f"/staff/competitions/{row.reference}/amendments/new/form/")
    one.page.get_by_label("At most words").first.fill("900")
    one.fill("Why it changes", "More room still")
    one.tick("No, it only corrects or explains")
    one.press("Show the difference")
    assert one.sees("What would change")
    shown(one, "amend", width)
    one.press("Publish the amendment")
    assert one.sees("Amendment 2 is public.")
    see(one, f"/staff/competitions/{row.reference}/amendments/outage/", "outage", width)
    see(one, f"/staff/competitions/{row.reference}/questions/", "questions", width)
    see(one, f"/competitions/{row.reference}/ask/", "ask", width)
