"""The SF-425 in a real browser: what would be locked, the line behind it, the locked form."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.rules.roles import AgencyRoleKind
from grants.rules.match.states import ContributionState
from grants.rules.report_states import ReportKind
from grants.rules.terms import MatchKind
from tests.browser.test_staff import fits
from tests.db.grants.payment_acts import paid, submitted
from tests.factories.accounts import make_officer, make_user
from tests.factories.awards import make_award, make_contribution, make_pledge
from tests.factories.certification_groups import make_group, seat_representative
from tests.factories.reports import make_report
from tests.factories.sign_in import sign_in_freshly
from tests.factories.statements import make_financial
from trail.queries.clock import database_now

PICTURES = os.environ.get("PICTURES", "")


@pytest.fixture
def enter(visitor, live_server):
    """A window of somebody who has signed in."""

    def of(person, name, width):
        one = visitor(name, width)
        client = Client()
        sign_in_freshly(client, person)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}
        one.context.add_cookies([cookie])
        return one

    return of


def see(one, address, name, width):
    one.go(address)
    fits(one)
    if PICTURES:
        one.picture(Path(PICTURES), f"{name}-{width}")


def an_award(administrator):
    award = make_award(group=make_group(administrator), has_advances=True)
    make_contribution(make_pledge(award), ContributionState.VERIFIED, 48_000)
    goods = make_pledge(award, "Wood County Community College", kind=MatchKind.IN_KIND)
    make_contribution(goods, ContributionState.VERIFIED, 12_500)
    paid(award, {"personnel": (30_000, 5_000, 35_000)})
    submitted(award, {"personnel": (36_000, 0, 1_000)})
    return award


@pytest.mark.parametrize("width", [1280, 320])
def test_the_form_and_the_entries_behind_it(enter, width):
    administrator, representative = make_user("Ada"), make_user("Rex")
    award = an_award(administrator)
    seat_representative(award.group, representative)
    today = database_now().date()
    live = make_report(award, kind=ReportKind.FINANCIAL, covers_through=today)
    kept = make_financial(award, number=2, covers_through=today)

    ada = enter(administrator, "Ada", width)
    places = [award.reference, live.reference, 0]
    see(ada, reverse("grants:statement", args=places), "form-live", width)
    ada.page.get_by_role("link", name="Recipient share of expenditures").click()
    fits(ada)
    assert "Verified in cash" in ada.page.locator("main").inner_text()
    for line in ("10a", "10e", "10f", "10i", "10j"):
        see(ada, reverse("grants:statement_line", args=[*places, line]), f"form-{line}", width)

    rex = enter(representative, "Rex", width)
    places = {"award": award.reference, "report": live.reference}
    see(rex, reverse("grants:report", kwargs=places), "form-report", width)
    see(rex, reverse("grants:sign_report", kwargs=places), "form-sign", width)
    rex.page.locator("[name=title]").fill("Director")
    rex.page.locator("label[for=id_is_certified]").click()
    rex.press("Sign and submit")
    fits(rex)
    assert live.statements.get().digest in rex.page.locator("main").inner_text()

    fay = enter(make_officer(award.agency, AgencyRoleKind.FINANCE_OFFICER), "Fay", width)
    places = [award.reference, kept.reference, 1]
    see(fay, reverse("grants:staff_statement", args=places), "form-locked", width)
    see(fay, reverse("grants:staff_statement_line", args=[*places, "10j"]), "form-line", width)
