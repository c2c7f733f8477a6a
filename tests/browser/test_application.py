"""The application in a real browser: autosave, two writers, certification, receipt."""

import os
import re
from pathlib import Path

import pytest
from django.urls import reverse

from accounts.rules.roles import AgencyRoleKind as Role
from certification.models import Application
from certification.queries.applications import answers_of
from certification.rules.states import ApplicationState
from tests.factories.accounts import PASSWORD, make_agency, make_officer, make_organization
from tests.factories.applications import completed, started
from tests.factories.certification_groups import make_group, seat_representative
from tests.worlds import person

PICTURES = os.environ.get("PICTURES", "")


@pytest.fixture
def team():
    administrator, representative = person("Maria Delgado"), person("James Whitfield")
    group = make_group(administrator, make_agency(), name="Lake Erie Glass")
    seat_representative(group, representative)
    return group, administrator, representative


def enter(visitor, user, width=1280):
    one = visitor(user.name, width)
    one.go("/accounts/login/")
    one.fill("E-mail address", user.email)
    one.fill("Password", PASSWORD)
    one.page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    one.page.wait_for_url("**/dashboard/")
    return one


def at(name, application, *more):
    return reverse(f"certification:{name}", args=[application.case.reference, *more])


def saved(one):
    """Wait until the page says when it saved."""
    one.page.locator("[data-save-status]", has_text=re.compile(r"^Saved \d")).wait_for()


def photograph(one, name):
    if PICTURES:
        one.picture(Path(PICTURES), name)


def test_what_is_typed_is_saved_by_itself(visitor, team):
    group, administrator, _ = team
    application = started(group)
    maria = enter(visitor, administrator)
    maria.go(at("application_section", application, "cluster"))
    maria.fill("Describe the cluster in a few sentences", "Glass from sand to shelf.")
    saved(maria)
    assert answers_of(application)["cluster"]["summary"] == "Glass from sand to shelf."
    photograph(maria, "section-saved")


def test_two_writers_see_both_texts_and_choose(visitor, team):
    group, administrator, representative = team
    application = started(group)
    where = at("application_section", application, "cluster")
    label = "Describe the cluster in a few sentences"
    maria, james = enter(visitor, administrator), enter(visitor, representative)
    maria.go(where)
    james.go(where)
    maria.fill(label, "Maria's words")
    saved(maria)
    james.fill(label, "James's words")
    conflict = james.page.locator("[data-save-conflict]")
    conflict.get_by_text("Somebody else saved this section").wait_for()
    assert "Maria's words" in conflict.inner_text()
    assert "James's words" in conflict.inner_text()
    james.look()
    photograph(james, "section-conflict-live")
    james.page.get_by_role("button", name="Keep mine").click()
    saved(james)
    assert answers_of(application)["cluster"]["summary"] == "James's words"


def test_a_lost_connection_keeps_the_text_in_the_browser(visitor, team):
    group, administrator, _ = team
    application = started(group)
    maria = enter(visitor, administrator)
    where = at("application_section", application, "cluster")
    maria.go(where)
    maria.page.route("**/autosave/", lambda route: route.abort())
    maria.fill("Describe the cluster in a few sentences", "Words on a train.")
    maria.page.locator("[data-save-status]", has_text="We cannot reach the portal").wait_for()
    maria.page.unroute("**/autosave/")
    maria.page.reload()
    maria.page.get_by_role("button", name="Use my kept text").click()
    saved(maria)
    assert answers_of(application)["cluster"]["summary"] == "Words on a train."


@pytest.mark.parametrize("width", [1280, 320])
def test_from_the_last_word_to_the_receipt(visitor, team, width):
    group, administrator, representative = team
    application = completed(group)
    maria, james = enter(visitor, administrator, width), enter(visitor, representative, width)
    pages = {
        "group-applications": reverse(
            "certification:group_applications", args=[group.case.reference]
        ),
        "overview": at("application", application),
        "section": at("application_section", application, "plans"),
        "preview": at("application_preview", application),
        "certify-administrator": at("certify_application", application),
        "history": at("application_history", application),
        "withdraw": at("withdraw_application", application),
    }
    for name, address in pages.items():
        one = james if name == "withdraw" else maria
        one.go(address)
        photograph(one, f"{name}-{width}")
    james.go(at("application", application))
    james.follow("Read and certify")
    photograph(james, f"certify-{width}")
    james.fill("Your title", "President")
    james.tick("I may sign for this group")
    james.press("Certify the application")
    photograph(james, f"certified-{width}")
    james.press("Submit the application")
    assert james.sees("We have received your application")
    photograph(james, f"receipt-{width}")
    assert Application.objects.get().status is ApplicationState.SUBMITTED
    maria.go(at("application", application))
    assert maria.sees("Nothing to do now")
    photograph(maria, f"under-review-{width}")


@pytest.mark.parametrize("width", [1280, 320])
def test_pages_about_people(visitor, team, width):
    _, administrator, _ = team
    organization = make_organization(administrator, "Maumee Tools LLC")
    agency = make_agency()
    make_officer(agency, Role.PROGRAMME_OFFICER, name="Dana Whitehorse")
    newcomer = visitor("nobody", width)
    for name in ("account_login", "account_signup", "account_reset_password"):
        newcomer.go(reverse(name))
        photograph(newcomer, f"{name}-{width}")
    maria = enter(visitor, administrator, width)
    for name, address in {
        "profile": "/account/",
        "organization": reverse("accounts:organization", args=[organization.case.reference]),
        "new-organization": reverse("accounts:new_organization"),
        "password": reverse("account_change_password"),
        "second-step": reverse("mfa_index"),
    }.items():
        maria.go(address)
        photograph(maria, f"{name}-{width}")
    maria.follow("Set up an authenticator app")
    photograph(maria, f"set-up-app-{width}")
