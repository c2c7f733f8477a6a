"""From the draw to the money in a real browser, everybody in a window of their own, with axe."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.rules.roles import AgencyRoleKind
from grants.models import PaymentFile, PaymentRequest
from grants.queries.award_standing import standing_of
from grants.rules.match.states import ContributionState
from grants.rules.payment_states import PaymentState
from tests.browser.test_staff import fits
from tests.db.grants.payment_acts import HEADER, WORK, answer
from tests.factories.accounts import make_officer, make_user
from tests.factories.awards import make_award, make_contribution, make_pledge
from tests.factories.certification_groups import make_group, seat_representative
from tests.factories.sign_in import sign_in_freshly

PICTURES = os.environ.get("PICTURES", "")
R = AgencyRoleKind


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


def write(fill, award):
    """Costs of one day on one line."""
    day = award.starts_on
    for name in ("costs_from", "costs_through"):
        fill(f"[name={name}_month]").select_option(str(day.month))
        fill(f"[name={name}_day]").fill(str(day.day))
        fill(f"[name={name}_year]").fill(str(day.year))
    fill("[name=costs_personnel]").fill("50,000")
    fill("[name=asked_personnel]").fill("48,000.00")
    fill("[name=progress]").fill(WORK)


def judge(enter, award, places, width):
    """Two reviews and the certification; the certifying officer's window."""
    for role, route, button in (
        (R.PROGRAMME_OFFICER, "review_progress", "Write the review"),
        (R.FINANCE_OFFICER, "review_money", "Write the review"),
        (R.CERTIFYING_OFFICER, "certify_payment", "Certify"),
    ):
        one = enter(make_officer(award.agency, role), role.value, width)
        see(one, reverse("grants:staff_payment", kwargs=places), f"{route}-before", width)
        see(one, reverse(f"grants:{route}", kwargs=places), route, width)
        if route == "certify_payment":
            one.page.locator("label[for=id_is_certified]").click()
        else:
            one.page.locator("label[for=id_outcome_0]").click()
            one.page.locator("[name=words]").fill("I read the invoices and they fit.")
        one.press(button)
    return one


@pytest.mark.parametrize("width", [1280, 320])
def test_from_the_draw_to_the_money(enter, width):
    administrator, representative = make_user("Ada"), make_user("Rex")
    group = make_group(administrator)
    seat_representative(group, representative)
    award = make_award(group=group)
    make_contribution(make_pledge(award), ContributionState.VERIFIED, 60_000)

    ada = enter(administrator, "Ada", width)
    see(ada, reverse("grants:payments", args=[award.reference]), "payments-none", width)
    see(ada, reverse("grants:new_payment", args=[award.reference]), "payment-new", width)
    write(ada.page.locator, award)
    ada.press("Save")
    row = PaymentRequest.objects.get()
    places = {"award": award.reference, "payment": row.reference}
    see(ada, reverse("grants:payment", kwargs=places), "payment-draft", width)

    rex = enter(representative, "Rex", width)
    see(rex, reverse("grants:sign_payment", kwargs=places), "payment-sign", width)
    rex.page.locator("[name=title]").fill("Director")
    rex.page.locator("label[for=id_is_certified]").click()
    rex.press("Certify and submit")

    one = judge(enter, award, places, width)
    see(one, reverse("grants:make_payment_file"), "payment-file-make", width)
    one.press("Make the file")
    fits(one)

    fay = enter(make_officer(award.agency, R.FINANCE_OFFICER), "Fay", width)
    see(fay, reverse("grants:payment_desk"), "payment-desk", width)
    see(fay, reverse("grants:payment_results"), "payment-results", width)
    content = (HEADER + answer(row)).encode()
    fay.page.locator("[name=file]").set_input_files(
        {"name": "results.csv", "mimeType": "text/csv", "buffer": content}
    )
    fay.press("Read the file")
    see(fay, reverse("grants:payment_files"), "payment-files", width)
    file = PaymentFile.objects.get()
    see(fay, reverse("grants:payment_file", args=[file.reference]), "payment-file", width)
    see(fay, reverse("grants:staff_payment", kwargs=places), "payment-paid-staff", width)
    see(ada, reverse("grants:payment", kwargs=places), "payment-paid", width)
    row.refresh_from_db()
    assert row.status is PaymentState.PAID
    assert standing_of(award).drawn == 48_000
