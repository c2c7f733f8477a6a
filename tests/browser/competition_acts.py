"""What people do on the pages of a competition, from the first word to the result."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.test import Client

from accounts.models import User
from grants.actions.close_competition import close_competition
from grants.models import Assignment, Competition, Criterion, PanelSeat, Proposal
from grants.queries.training import answer_key
from tests.browser import journey as act
from tests.browser.people import Visitor
from tests.factories.grants import move_close
from tests.factories.proposals import full_answers
from tests.factories.sign_in import sign_in_freshly
from trail.actions.perform_job import perform_job
from trail.models import Job
from trail.queries.clock import database_now


def enter(one: Visitor, user: User, address: str) -> Visitor:
    """Come in as somebody who has signed in with the second step."""
    client = sign_in_freshly(Client(), user)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    one.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": address}]
    )
    return one


def write(one: Visitor, name: str, value: object) -> None:
    """Answer one question, whatever kind of field it has."""
    field = one.page.locator(f"main [name='{name}']").first
    kind = field.evaluate("e => e.tagName === 'SELECT' ? 'select' : e.type")
    if kind == "select":
        field.select_option(str(value))
    elif kind == "radio":
        one.page.locator(f"label[for='{choice_id(one, name, value)}']").click()
    elif kind == "checkbox":
        if value and not field.is_checked():
            one.page.locator(f"label[for='{field.get_attribute('id')}']").click()
    else:
        field.fill(str(value))


def choice_id(one: Visitor, name: str, value: object) -> Any:
    """The id of one radio button."""
    return one.page.locator(f"main [name='{name}'][value='{value}']").first.get_attribute("id")


def day(one: Visitor, name: str, when: Any) -> None:
    """Fill in a date of three fields."""
    for part in ("month", "day", "year"):
        write(one, f"{name}_{part}", getattr(when, part))


def write_sections(one: Visitor, proposal: Proposal) -> None:
    """Every section, page by page, as the form asks."""
    for section, answers in full_answers(proposal.competition).items():
        one.go(f"/proposals/{proposal.reference}/sections/{section}/")
        for name, value in answers.items():
            write(one, name, value)
        one.page.locator("main button[name=next]").last.click()
        one.page.wait_for_load_state()
        one.look()


def screen(finder: Visitor, checker: Visitor, competition: Competition) -> None:
    """One officer finds, another agrees."""
    desk = f"/staff/competitions/{competition.reference}/screening/"
    finder.go(desk)
    finder.press("Start screening")
    for proposal in competition.proposals.all():
        finder.go(f"{desk}{proposal.reference}/")
        finder.tick("Eligible: every rule")
        finder.page.locator("main button[type=submit]").first.click()
        finder.page.wait_for_load_state()
        finder.look()
        checker.go(f"{desk}{proposal.reference}/check/")
        checker.tick("I agree")
        checker.page.locator("main button[type=submit]").first.click()
        checker.page.wait_for_load_state()
        checker.look()
    finder.go(desk)
    finder.press("Start the review")


def invite(officer: Visitor, competition: Competition, user: User, role: str) -> None:
    """Conflicts are checked before the letter goes."""
    officer.go(f"/staff/competitions/{competition.reference}/panel/invite/")
    officer.fill("Full name", user.name)
    officer.fill("E-mail address", user.email)
    write(officer, "role", role)
    write(officer, "least", 0)
    officer.press("Check conflicts")
    assert officer.sees("Could read")
    officer.press("Send the invitation")


def get_ready(one: Visitor, user: User, competition: Competition) -> PanelSeat:
    """Accept, write the profile, train, sign."""
    seat = PanelSeat.objects.get(user=user, competition=competition)
    one.go(f"/reviewing/seats/{seat.reference}/")
    one.press("Accept", exact=True)
    one.go("/reviewing/profile/expertise/")
    write(one, "expertise", "Furnaces, glass, regional planning")
    save(one)
    one.go("/reviewing/profile/employers/")
    write(one, "organization_name", f"Institute of {user.name}")
    day(one, "since", database_now() - timedelta(days=2000))
    save(one)
    one.go("/reviewing/training/")
    for (sample, criterion), (agreed, _) in answer_key().items():
        write(one, f"{sample}.{criterion}", agreed)
    one.press("Compare with the agreed scores")
    one.go(f"/reviewing/seats/{seat.reference}/conflicts/")
    write(one, "signed_name", user.name)
    one.tick("I have read the statement")
    one.press("Sign", exact=True)
    seat.refresh_from_db()
    return seat


def save(one: Visitor) -> None:
    """Press the form's own button."""
    one.page.locator("main .form-buttons button[type=submit]").first.click()
    one.page.wait_for_load_state()
    one.look()


def assign(chair: Visitor, competition: Competition) -> None:
    """Solve, use, release."""
    board = f"/staff/competitions/{competition.reference}/assignment/"
    chair.go(board)
    chair.press("Run the assignment")
    perform_job(reference=Job.objects.filter(kind="run_assignment").latest("pk").reference)
    chair.go(board)
    assert chair.sees("Proved to be the best")
    chair.press("Put it on the board")
    day(chair, "due_on", database_now() + timedelta(days=14))
    chair.press("Release the assignment")


def judge(one: Visitor, row: Assignment, value: int) -> None:
    """Accept, read, score, submit."""
    address = f"/reviewing/reviews/{row.reference}/"
    one.go(address)
    one.press("Accept the review")
    one.go(address)
    for criterion in Criterion.objects.filter(competition=row.proposal.competition):
        write(one, f"value_{criterion.pk}", value)
        write(one, f"why_{criterion.pk}", "Firms of every size promise to take part.")
    write(one, "strengths", "Many firms take part.")
    write(one, "weaknesses", "Few givers so far.")
    write(one, "has_capacity", "yes")
    one.press("Submit the review")
    row.refresh_from_db()


def make_final(one: Visitor, row: Assignment) -> None:
    """Read the others, then stand by the own scores."""
    one.go(f"/reviewing/reviews/{row.reference}/others/")
    for box in one.page.locator("main textarea[name^=why_]").all():
        if not box.input_value():
            box.fill("Firms of every size promise to take part.")
    one.press("Make it final")


def close_now(competition: Competition) -> None:
    """The close passes, and the portal notes it."""
    at = database_now()
    move_close(competition, at - timedelta(seconds=1))
    assert close_competition(at=at, competition=competition)
    competition.refresh_from_db()


def letter_link(address: str, start: str) -> str:
    """The link of a letter."""
    return act.mail_to(address, rf"https?://[^/\s]+({start}\S+)")
