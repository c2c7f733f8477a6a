"""From the selected proposal to the public award: a window each, axe on every page."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from accounts.rules.roles import AgencyRoleKind
from grants.models import Award
from grants.rules.award_signing import RiskCheck
from grants.rules.award_states import AwardState, StepKind
from tests.browser import competition_acts as do
from tests.browser.people import Visitor
from tests.factories.accounts import make_agency, make_officer, make_user
from tests.factories.award_course import Course, selected_course
from trail.queries.clock import database_now

PICTURES = os.environ.get("PICTURES", "")


@pytest.fixture
def course(transactional_db):
    representative = make_user("Rosa Person", "rosa@rosa.example", has_second_step=True)
    return selected_course(
        make_agency("Office of Regional Clusters"), representative=representative
    )


@pytest.fixture
def windows(visitor, course, live_server):
    """A window each; the representative's is as narrow as a phone."""
    people = dict(course.people)
    for name in ("kofi", "lena"):
        people[name] = make_officer(course.agency, AgencyRoleKind.PUBLISHER, name=name.title())
    return {
        who: do.enter(
            visitor(str(user), 320 if who == "representative" else 1280), user, live_server.url
        )
        for who, user in people.items()
    }


def picture(one: Visitor, name: str) -> None:
    if PICTURES:
        one.picture(Path(PICTURES), f"award-{name}")


def test_from_the_draft_to_the_public_award(windows, course, visitor):
    award = draft_and_check(windows[StepKind.RECOMMEND], course)
    for kind in StepKind:
        sign(windows[kind], award, kind)
    offer_and_accept(windows, award)
    publish(windows, award)
    anybody = visitor("anybody", 320)
    anybody.go("/awards/")
    anybody.follow(award.title)
    assert anybody.sees(Award.objects.get(pk=award.pk).number)
    picture(anybody, "public-320")


def draft_and_check(officer: Visitor, course: Course) -> Award:
    officer.go("/staff/awards/")
    picture(officer, "desk")
    officer.press("Draft the award")
    award = Award.objects.get(selected=course.selected)
    officer.follow("Write period and terms")
    picture(officer, "terms")
    officer.press("Save")
    officer.follow("Add a specific condition")
    for name in ("nature", "reason", "action", "time_allowed", "reconsideration"):
        do.write(officer, name, "Four reports in a row")
    officer.press("Add the condition")
    officer.press("Send to the risk review")
    for check in RiskCheck:
        officer.go(f"/staff/awards/{award.reference}/risk/{check}/")
        do.write(officer, "outcome", "clear")
        do.write(officer, "source", "SAM.gov, by unique entity identifier")
        do.day(officer, "looked_on", database_now())
        if check is RiskCheck.EXCLUSIONS:
            picture(officer, "check")
        officer.press("Save the finding")
    return award


def sign(officer: Visitor, award: Award, kind: StepKind) -> None:
    officer.go(f"/staff/awards/{award.reference}/")
    officer.page.get_by_role("link", name=re.compile("^Read and sign")).click()
    officer.page.wait_for_load_state()
    officer.look()
    do.write(officer, "agrees", "on")
    if kind is StepKind.OBLIGATE:
        picture(officer, "sign")
    officer.press("Sign: ")
    assert officer.sees("Signed.") or officer.page.get_by_text("Signed.").count()


def offer_and_accept(windows: dict[object, Visitor], award: Award) -> None:
    officer, rosa = windows[StepKind.OBLIGATE], windows["representative"]
    officer.press("Offer the award")
    picture(officer, "staff")
    officer.go(f"/staff/awards/money/{award.selected.proposal.competition.reference}/")
    picture(officer, "money")
    rosa.go("/awards/mine/")
    rosa.follow(award.title)
    picture(rosa, "offered-320")
    rosa.follow("Read and answer")
    rosa.press("Accept the award")
    assert rosa.sees("Tick the box"), "nothing is accepted by an empty form"
    do.write(rosa, "title", "President")
    do.write(rosa, "agrees", "on")
    picture(rosa, "answer-320")
    rosa.press("Accept the award")
    award.refresh_from_db()
    assert award.status is AwardState.ACCEPTED
    picture(rosa, "accepted-320")


def publish(windows: dict[object, Visitor], award: Award) -> None:
    address = f"/staff/awards/{award.reference}/publication/"
    windows["kofi"].go(address)
    windows["kofi"].press("Prepare the public page")
    windows["lena"].go(address)
    picture(windows["lena"], "publication")
    windows["lena"].press("Release")
