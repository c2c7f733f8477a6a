"""From an open competition to the result: everybody in a window of their own, axe on every page."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from django.urls import reverse

from accounts.models import User
from accounts.rules.roles import AgencyRoleKind as Role
from grants.actions.announce_results import announce_results
from grants.models import Assignment, ConflictEdge, Proposal
from grants.rules.states import CompetitionState, ProposalState
from records.models import Publication
from tests.browser import competition_acts as do
from tests.browser import journey as act
from tests.browser.people import Visitor
from tests.factories.accounts import make_agency, make_officer, make_user
from tests.factories.certification_groups import make_group, seat_administrator, seat_representative
from tests.factories.grants import make_competition, make_designation
from tests.factories.proposals import MATCH, make_applicant, submitted
from tests.factories.proposals import certified as certify
from tests.factories.proposals import completed as complete
from tests.factories.proposals import started as start
from trail.models import Effect

PICTURES = os.environ.get("PICTURES", "")
WHY = "The ranked list was followed from the top until the money was used up."


@pytest.fixture
def agency():
    return make_agency("Office of Regional Clusters")


@pytest.fixture
def cast(agency):
    """Who they are."""
    officers = {
        "dana": Role.PROGRAMME_OFFICER,
        "otto": Role.PROGRAMME_OFFICER,
        "nora": Role.CONFLICT_OFFICER,
        "ruth": Role.SELECTING_OFFICIAL,
        "kofi": Role.PUBLISHER,
        "lena": Role.PUBLISHER,
    }
    people = {
        name: make_officer(agency, role, name=f"{name.title()} Officer")
        for name, role in officers.items()
    }
    for name in ("gina", "sam", "rosa", "rita", "raul", "remy", "cleo"):
        people[name] = make_user(
            f"{name.title()} Person", f"{name}@{name}.example", has_second_step=True
        )
    return people


@pytest.fixture
def windows(visitor, cast, live_server):
    """A window each; every second one is as narrow as a phone."""
    made: dict[str, Visitor] = {}
    for place, (name, user) in enumerate(cast.items()):
        one = visitor(user.name, 320 if place % 2 else 1280)
        made[name] = do.enter(one, user, live_server.url)
    return made


def picture(one: Visitor, name: str) -> None:
    if PICTURES:
        one.picture(Path(PICTURES), f"competition-{name}")


def test_from_the_first_word_to_the_result(windows, cast, agency, visitor):
    competition = make_competition(agency=agency, title="Planning grants, the whole way")
    rival = submitted(certify(complete(start(make_applicant(competition))))).proposal
    proposal = apply(windows, cast, competition, visitor)
    do.close_now(competition)
    do.screen(windows["dana"], windows["otto"], competition)
    competition.refresh_from_db()
    assert competition.status is CompetitionState.REVIEW
    seat_everybody(windows, cast, competition)
    tie_and_waive(windows["nora"], competition, cast["remy"], rival)
    do.assign(windows["cleo"], competition)
    review(windows, cast, proposal)
    discuss(windows, cast, proposal)
    select(windows, competition)
    publish(windows, competition, proposal, visitor)
    told(windows, proposal)
    assert Proposal.objects.get(pk=proposal.pk).status is ProposalState.SELECTED


def apply(windows, cast: dict[str, User], competition, visitor) -> Proposal:
    """Two writers, a giver without an account, a second person who certifies."""
    group = make_group(cast["gina"], competition.agency, name="Walk Together")
    seat_administrator(group, cast["sam"])
    seat_representative(group, cast["rosa"])
    make_designation(group)
    gina, sam, rosa = windows["gina"], windows["sam"], windows["rosa"]
    gina.go(f"/competitions/{competition.reference}/")
    gina.go(reverse("grants:start_proposal", args=[competition.reference]))
    gina.press("Start a proposal")
    proposal = Proposal.objects.get(group=group)
    home = f"/proposals/{proposal.reference}/"
    do.write_sections(gina, proposal)
    picture(gina, "sections")
    sam.go(f"{home}sections/question-1/")
    do.write(sam, "answer", "Sam has found better words for the need.")
    sam.page.locator("[data-save-status]", has_text=re.compile(r"^Saved \d")).wait_for()
    gina.go(f"{home}people/")
    for name, value in {
        "role": "lead",
        "name": "Lena Lead",
        "email": "lena@lead.example",
        "employer": "Lead Labs",
    }.items():
        do.write(gina, name, value)
    do.save(gina)
    promise(gina, home, visitor)
    rosa.go(f"{home}certify/")
    rosa.fill("Your title", "President")
    rosa.page.locator("main input[name=is_true] + label").click()
    rosa.press("Certify the proposal")
    rosa.press("Submit the proposal")
    rosa.page.wait_for_url(re.compile("/receipts/RC-"))
    rosa.look()
    picture(rosa, "receipt")
    proposal.refresh_from_db()
    assert proposal.status is ProposalState.VALIDATED
    return proposal


def promise(gina: Visitor, home: str, visitor) -> None:
    """The giver signs what the group wrote down."""
    gina.go(f"{home}match/")
    for name, value in {
        "name": "Maumee Glass",
        "giver_class": "private",
        "kind": "cash",
        "amount": MATCH,
        "contact_name": "Gil Giver",
        "contact_email": "gil@maumee.example",
    }.items():
        do.write(gina, name, value)
    do.save(gina)
    gina.press("Ask")
    gil = visitor("Gil Giver", 320)
    gil.go(do.letter_link("gil@maumee.example", "/give/"))
    gil.press("Send me a code")
    gil.fill("Code from the e-mail", act.mail_to("gil@maumee.example", r"\b(\d{3}\s?\d{3})\b"))
    gil.fill("Your full name", "Gil Giver")
    gil.fill("Your title", "Owner")
    for box in gil.page.locator("main input[type=checkbox] + label").all():
        box.click()
    gil.press("Sign the promise")
    assert gil.sees("Thank you"), gil.page.locator("main").inner_text()
    picture(gil, "given")


def seat_everybody(windows, cast, competition) -> None:
    """Three reviewers and a chair, each trained and signed."""
    for name in ("rita", "raul", "remy"):
        do.invite(windows["dana"], competition, cast[name], "reviewer")
    do.invite(windows["dana"], competition, cast["cleo"], "chair")
    picture(windows["dana"], "panel")
    for name in ("rita", "raul", "remy", "cleo"):
        seat = do.get_ready(windows[name], cast[name], competition)
        assert seat.certified_at, name
        assert seat.trained_at, name


def tie_and_waive(nora: Visitor, competition, remy: User, rival: Proposal) -> None:
    """The conflict officer adds a soft tie, and lets it stand with a reason."""
    desk = f"/staff/competitions/{competition.reference}/conflicts/"
    seat = competition.seats.get(user=remy)
    nora.go(f"{desk}set/")
    do.write(nora, "seat", seat.reference)
    do.write(nora, "proposal", rival.reference)
    do.write(nora, "kind", "roster")
    do.write(nora, "reason", "An aunt of his works at a firm on the roster.")
    do.save(nora)
    edge = ConflictEdge.objects.get(user=remy, proposal=rival)
    nora.go(f"{desk}waive/?tie={edge.pk}")
    do.write(nora, "reason", "She retired before the group was founded, and has no part in it.")
    do.save(nora)
    nora.go(desk)
    picture(nora, "conflicts")


def review(windows, cast, proposal: Proposal) -> None:
    """Six reviews, each by its own person; the proposal of the walk is the better one."""
    rows = Assignment.objects.filter(proposal__competition=proposal.competition)
    assert rows.count() == 6
    for name in ("rita", "raul", "remy"):
        for row in rows.filter(seat__user=cast[name]):
            do.judge(windows[name], row, 8 if row.proposal_id == proposal.pk else 5)
    picture(windows["rita"], "reviewed")
    for name in ("rita", "raul", "remy"):
        for row in rows.filter(seat__user=cast[name]):
            do.make_final(windows[name], row)


def discuss(windows, cast, proposal: Proposal) -> None:
    """The panel talks about one proposal; the chair locks both."""
    cleo, rita = windows["cleo"], windows["rita"]
    desk = f"/staff/competitions/{proposal.competition.reference}/reviews/"
    cleo.go(f"{desk}{proposal.reference}/")
    cleo.press("Open the discussion")
    row = Assignment.objects.get(seat__user=cast["rita"], proposal=proposal)
    rita.go(f"/reviewing/reviews/{row.reference}/discussion/")
    do.write(rita, "text", "The milestones convince me more than the budget does.")
    rita.press("Say it")
    picture(rita, "discussion")
    cleo.go(f"{desk}{proposal.reference}/")
    assert cleo.sees("The milestones convince me")
    cleo.press("Close the discussion")
    for one in proposal.competition.proposals.all():
        cleo.go(f"{desk}{one.reference}/")
        cleo.press("Lock the scores")


def select(windows, competition) -> None:
    """Pinned, recommended, decided."""
    dana, ruth = windows["dana"], windows["ruth"]
    page = f"/staff/competitions/{competition.reference}/ranking/"
    windows["cleo"].go(f"/reviewing/seats/{competition.seats.get(role='chair').reference}/ranking/")
    for path in ("", "methods/"):
        dana.go(page + path)
        picture(dana, f"ranking-{path.strip('/')}")
    dana.go(page)
    dana.follow("Start selection")
    dana.page.locator("main button[type=submit]").first.click()
    dana.page.wait_for_load_state()
    dana.look()
    dana.go(f"{page}what-if/")
    dana.go(f"{page}recommend/")
    dana.press("Hand over to the selecting official")
    ruth.go(f"{page}decide/")
    do.write(ruth, "rationale", WHY)
    ruth.press("Decide")
    picture(ruth, "decided")


def publish(windows, competition, proposal: Proposal, visitor) -> None:
    """Nobody is told before the second publisher releases."""
    kofi, lena = windows["kofi"], windows["lena"]
    page = f"/staff/competitions/{competition.reference}/results/"
    kofi.go(page)
    kofi.press("Prepare")
    early = windows["rosa"]
    early.go(f"/proposals/{proposal.reference}/")
    assert not early.sees("elected")
    lena.go(page)
    lena.press("Release")
    announce_results(Effect.objects.get(kind="announce_results").payload)
    act.post_arrives()
    assert Publication.objects.get(kind="results").released_at
    anybody = visitor("anybody", 320)
    anybody.go(f"/competitions/{competition.reference}/results/")
    assert anybody.sees("Walk Together")
    anybody.go("/results/")
    picture(anybody, "results")


def told(windows, proposal: Proposal) -> None:
    """The group reads why."""
    rosa = windows["rosa"]
    rosa.go(f"/proposals/{proposal.reference}/debrief/")
    assert rosa.sees("Your proposal is selected")
    assert rosa.sees("Many firms take part.")
    picture(rosa, "debrief")
    rosa.go(f"/proposals/{proposal.reference}/appeal/")
