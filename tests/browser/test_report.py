"""A report returned, revised and accepted in a real browser, with axe, wide and narrow."""

import re

import pytest
from django.urls import reverse

from accounts.rules.roles import AgencyRoleKind
from grants.rules.report_states import ReportState
from tests.browser.test_payment import enter, see  # noqa: F401 - enter is a fixture
from tests.db.grants.report_acts import promise, seated
from tests.factories.accounts import make_officer
from tests.factories.reports import ANSWERS, make_report

R = AgencyRoleKind


def write(one):
    one.page.locator("[name=standing_1]").select_option("done")
    one.page.locator("[name=standing_2]").select_option("late")
    one.page.locator("[name=words_2]").fill("The college had no room; the first is in May.")
    for name, text in ANSWERS.items():
        if name not in {"people", "milestones"}:
            one.page.locator(f"[name={name}]").fill(text)


def sign(one, places, width, name):
    see(one, reverse("grants:sign_report", kwargs=places), name, width)
    one.page.locator("[name=title]").fill("Director")
    one.page.locator("label[for=id_is_certified]").click()
    one.press("Sign and submit")


def judge(one, places, width, choice, words):
    see(one, reverse("grants:review_report", kwargs=places), f"report-review-{choice}", width)
    one.page.locator(f"label[for=id_outcome_{choice}]").click()
    one.page.locator("[name=words]").fill(words)
    one.press("Write the review")


@pytest.mark.parametrize("width", [1280, 320])
def test_a_report_returned_revised_and_accepted(enter, width):  # noqa: F811 - the fixture
    award, administrator, representative = seated()
    promise(award)
    row = make_report(award, answers={})
    make_report(award, ReportState.SCHEDULED, number=2)
    places = {"award": award.reference, "report": row.reference}

    ada = enter(administrator, "Ada", width)
    see(ada, reverse("grants:reports", args=[award.reference]), "reports", width)
    see(ada, reverse("grants:report", kwargs=places), "report-open", width)
    see(ada, reverse("grants:write_report", kwargs=places), "report-write", width)
    write(ada)
    ada.page.locator("[data-save-status]", has_text=re.compile("^Saved")).wait_for()
    row.refresh_from_db()
    assert row.answers["results"] == ANSWERS["results"]
    ada.press("Save and look at it")
    see(ada, reverse("grants:report", kwargs=places), "report-draft", width)

    rex = enter(representative, "Rex", width)
    sign(rex, places, width, "report-sign")
    see(rex, reverse("grants:report", kwargs=places), "report-submitted", width)

    dana = enter(make_officer(award.agency, R.PROGRAMME_OFFICER), "Dana", width)
    see(dana, reverse("grants:report_desk"), "report-desk", width)
    see(dana, reverse("grants:staff_report", kwargs=places), "report-staff", width)
    judge(dana, places, width, 1, "Which firms share the calendar? Please name them.")

    see(ada, reverse("grants:report", kwargs=places), "report-returned", width)
    ada.go(reverse("grants:write_report", kwargs=places))
    ada.page.locator("[name=results]").fill("Nine firms share it: the list is attached.")
    ada.press("Save and look at it")
    sign(rex, places, width, "report-sign-again")
    see(dana, reverse("grants:staff_report", kwargs=places), "report-compared", width)
    judge(dana, places, width, 0, "Thank you, that is clear now.")
    see(dana, reverse("grants:staff_reports", args=[award.reference]), "reports-staff", width)
    see(ada, reverse("grants:report", kwargs=places), "report-accepted", width)
    row.refresh_from_db()
    assert (row.status, row.round) == (ReportState.ACCEPTED, 2)
