"""From a bare account to the public register: one walk, everybody in a window of their own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.core.management import call_command

from accounts.rules.roles import AgencyRoleKind as Role
from certification.models import Application, ClusterGroup, Designation
from clusters_portal.demo.application_texts import answers_for
from clusters_portal.demo.places import Place, Strength, find_places
from mapping.models import State
from mapping.queries.basis import current_basis
from mapping.queries.regions import counties_named, states_share
from records.models import Publication
from tests.browser import journey as act
from tests.browser.people import Visitor
from tests.factories.accounts import make_agency, make_officer, make_user

PICTURES = os.environ.get("PICTURES", "")


@pytest.fixture
def cast(visitor):
    """Everybody, each in a window of their own."""
    agency = make_agency("Office of Regional Clusters")
    people = {
        "gina": make_user("Gina Gomez", "gina@example.org"),
        "rosa": make_user("Rosa Rivera", "rosa@example.org"),
        "dana": make_officer(agency, Role.PROGRAMME_OFFICER, name="Dana Dale"),
        "ruth": make_officer(agency, Role.SELECTING_OFFICIAL, name="Ruth Reed"),
        "kofi": make_officer(agency, Role.PUBLISHER, name="Kofi Kane"),
        "lena": make_officer(agency, Role.PUBLISHER, name="Lena Lund"),
    }
    windows = {name: visitor(name) for name in people}
    for name, user in people.items():
        act.sign_in(windows[name], user.email, is_officer=name not in {"gina", "rosa"})
    return windows


@pytest.fixture
def place() -> Place:
    call_command("load_sample", verbosity=0)
    return find_places(current_basis(), Strength.STRONG, 1)[0]


def picture(one: Visitor, name: str) -> None:
    if PICTURES:
        one.picture(Path(PICTURES), f"walk-{name}")


def test_from_a_bare_account_to_the_register(place, cast, visitor):
    group = start_group(cast["gina"], place)
    seat_second_person(cast["gina"], cast["rosa"], group)
    invite_everybody(cast["gina"], group, place)
    for number, address in enumerate([*act.addresses(), *government_addresses(place)]):
        one = visitor(address, 320 if number % 2 else 1280)
        act.sign_without_account(one, address)
        if number == 0:
            picture(one, "signed")
        one.leave()
    describe_convening(cast["gina"], group)
    application = write_and_submit(cast["gina"], cast["rosa"], group, place)
    review(cast["dana"], cast["rosa"], application)
    decide(cast["ruth"], application)
    publish(cast["kofi"], cast["lena"], application)
    anybody_reads(visitor("anybody"), application)
    cast["gina"].go(f"/applications/{reference(application)}/")
    assert cast["gina"].sees("Designated")


def reference(application: Application) -> str:
    return application.case.reference


def start_group(gina: Visitor, place: Place) -> ClusterGroup:
    gina.go("/groups/start/")
    gina.choose("Your cluster", place.cluster.name)
    gina.choose("Economic area", place.region.name)
    gina.press("Show what the data say")
    assert gina.sees("times the national share")
    picture(gina, "start")
    gina.fill("Name of the group", "Walk Together")
    gina.fill("What do you want to do together?", "Train workers, share equipment.")
    gina.choose("Agency that decides", "Office of Regional Clusters")
    gina.press("Start the group")
    return ClusterGroup.objects.get()


def seat_second_person(gina: Visitor, rosa: Visitor, group: ClusterGroup) -> None:
    gina.go(f"/groups/{group.reference}/team/")
    gina.fill("Full name", "Rosa Rivera")
    gina.fill("E-mail address", "rosa@example.org")
    gina.press("Send the invitation")
    rosa.go(act.mail_to("rosa@example.org", r"https?://[^/\s]+(/groups/seats/\S+)"))
    rosa.press("Accept")
    assert group.seats.count() == 2


def invite_everybody(gina: Visitor, group: ClusterGroup, place: Place) -> None:
    gina.go(f"/groups/{group.reference}/roster/import/")
    gina.fill("Or paste the rows", act.roster(min(place.region.fips)))
    gina.press("Check the rows")
    picture(gina, "import")
    gina.press("Add all")
    for level, body, state, county, address in governments(place):
        gina.go(f"/groups/{group.reference}/government/ask/?state_fips={state}&level={level}")
        gina.fill("Office or government", body)
        if county:
            gina.page.locator("#id_county").fill(county)
        gina.fill("Whom to ask", "Gov Ernor")
        gina.fill("E-mail address of that person", address)
        gina.press("Ask and send the letter")
    assert group.participants.count() == act.FIRMS + 3


def governments(place: Place) -> list[tuple[str, str, str, str, str]]:
    names = counties_named(place.region.fips)
    found = []
    for fips, share in states_share(current_basis(), place.region.fips, place.cluster.code).items():
        if share * 10 < 1:
            continue
        state = State.objects.get(pk=fips)
        county = next(name for code, name in names.items() if code.startswith(fips))
        found += [
            ("state", f"{state.name} Commerce", fips, "", f"state{fips}@gov.example"),
            ("county", f"{county} Board", fips, county, f"county{fips}@gov.example"),
        ]
    return found


def government_addresses(place: Place) -> list[str]:
    return [row[-1] for row in governments(place)]


def describe_convening(gina: Visitor, group: ClusterGroup) -> None:
    gina.go(f"/groups/{group.reference}/convening/edit/")
    gina.fill("Name of the organization", "Walk Together, Inc.")
    gina.tick("An organization of its own")
    gina.fill("Full-time posts of management", "1")
    gina.tick("These posts are paid")
    gina.tick("A written rule lets every firm")
    gina.fill("Text of the admission rule", "Any firm or college of the cluster may join.")
    gina.fill("Jobs of the member firms", "900")
    gina.tick("The dues are published")
    gina.fill("Relief for small firms", "Small firms pay half.")
    gina.tick("We do not discuss or agree on prices")
    gina.fill("Your antitrust policy", "Kept on our page.")
    for label, seats in (("End producer", 2), ("Component", 2), ("Colleges", 3)):
        gina.fill(label, str(seats))
    gina.fill("Who pays, line 1", "Every firm")
    gina.fill("Dollars a year, line 1", "300")
    gina.press("Save")
    gina.go(f"/groups/{group.reference}/readiness/")
    picture(gina, "readiness")


def write_and_submit(
    gina: Visitor, rosa: Visitor, group: ClusterGroup, place: Place
) -> Application:
    gina.go(f"/groups/{group.reference}/applications/")
    gina.page.locator("main form button, main a.usa-button").first.click()
    gina.page.wait_for_load_state()
    application = Application.objects.get()
    answers = answers_for(cluster=place.cluster.name, region=place.region.name, city=place.city)
    for section, given in answers.items():
        gina.go(f"/applications/{reference(application)}/sections/{section}/")
        for question, text in given.items():
            box = gina.page.locator(f"#id_{question}")
            if text is True:
                gina.page.locator(f"label[for=id_{question}]").click()
            else:
                box.fill(str(text))
        gina.press("Save and")
    rosa.go(f"/applications/{reference(application)}/certify/")
    rosa.fill("Your title", "Chair")
    rosa.page.locator("main form input[type=checkbox] + label").first.click()
    rosa.press("Certify the application")
    rosa.press("Submit the application")
    assert rosa.sees("We have received your application")
    picture(rosa, "receipt")
    return Application.objects.get()


def review(dana: Visitor, rosa: Visitor, application: Application) -> None:
    case = f"/staff/cases/{reference(application)}/"
    dana.go("/staff/cases/")
    dana.go(case)
    picture(dana, "case")
    dana.press("Open the first look")
    dana.go(case + "ask/")
    dana.fill("Question 1", "How many apprentices did you train last year?")
    dana.press("Send the questions")
    rosa.go(f"/applications/{reference(application)}/answer/")
    rosa.page.locator("main textarea").first.fill("Forty-one.")
    rosa.press("Send the answers")
    dana.go(case)
    dana.press("Accept")
    dana.go(case)
    picture(dana, "determination")
    dana.go(case + "recommend/")
    dana.page.locator("main textarea").first.fill("All five criteria are met.")
    dana.press("Recommend")


def decide(ruth: Visitor, application: Application) -> None:
    case = f"/staff/cases/{reference(application)}/"
    ruth.go(case)
    ruth.go(case + "designate/")
    ruth.page.locator("main textarea").first.fill("The evidence carries it.")
    ruth.press("Preview the letter")
    picture(ruth, "letter")
    ruth.press("Designate")
    assert Designation.objects.get().application_id == application.pk


def publish(kofi: Visitor, lena: Visitor, application: Application) -> None:
    nobody_knows = kofi.context.request.get("/register/register.json").json()
    assert "Walk Together" not in str(nobody_knows)
    kofi.go("/staff/publications/")
    kofi.follow("Prepare", exact=True)
    kofi.press("Prepare")
    lena.go("/staff/publications/")
    lena.follow("Read and release")
    lena.press("Release")
    assert Publication.objects.get().released_at is not None


def anybody_reads(anybody: Visitor, application: Application) -> None:
    anybody.go("/register/")
    picture(anybody, "register")
    assert anybody.sees("Walk Together")
    anybody.follow("Walk Together")
    picture(anybody, "entry")
    for address in ("/register/register.csv", "/register/register.json", "/api/v1/register/"):
        assert "Walk Together" in anybody.context.request.get(address).text()
    before = anybody.context.request.get("/register/?as_of=2020-01-01").text()
    assert "Walk Together" not in before
    for address in ("/", "/explore/", "/check/"):
        anybody.go(address)
