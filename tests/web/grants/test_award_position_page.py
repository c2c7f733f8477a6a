"""The position page: the same figures for the group and for officers, on screen and in files."""

import csv
import io
from datetime import timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse
from django.utils.html import escape

from accounts.rules.roles import AgencyRoleKind
from grants.rules.match.accounts import FundStep
from grants.rules.match.states import ContributionState
from grants.rules.payment_states import PaymentState
from tests.factories.accounts import make_officer, make_user
from tests.factories.awards import make_award, make_contribution, make_pledge, post_fund
from tests.factories.certification_groups import make_group
from tests.factories.payments import certify, make_payment
from tests.factories.sign_in import sign_in_freshly
from tests.web.abuse.plants import MARKUP


@pytest.fixture
def director():
    return make_user("Gina Administrator", "gina@example.org")


@pytest.fixture
def award(director):
    row = make_award(group=make_group(director, name="Maumee Glass group"))
    pledge = make_pledge(row, MARKUP)
    make_contribution(pledge, ContributionState.VERIFIED, 40_000)
    make_contribution(pledge, amount=5_000)
    request = make_payment(row, PaymentState.APPROVED, lines={"personnel": (60_000, 0, 25_000)})
    certify(request)
    return row


@pytest.fixture
def officer(award):
    return make_officer(award.agency, AgencyRoleKind.GRANTS_OFFICER)


def words(client, name, award, *more):
    answer = client.get(reverse(f"grants:{name}", args=[award.reference, *more]))
    assert answer.status_code == 200
    return answer


def test_group_and_officer_read_the_same_figures(client, award, director, officer):
    sign_in_freshly(client, director)
    group = words(client, "award_position", award).content.decode()
    sign_in_freshly(client, officer)
    staff = words(client, "staff_award_position", award).content.decode()
    for page in (group, staff):
        for said in ("$200,000.00", "$40,000.00", "$45,000.00", "$25,000.00", "100%"):
            assert said in page
        assert "Up to $15,000.00 can be drawn today. Verify more match to draw more." in page
        assert escape(MARKUP) in page
        assert MARKUP not in page


def test_a_debt_is_the_first_thing_said(client, award, director):
    post_fund(award, FundStep.APPROVE, Decimal(20_000))
    sign_in_freshly(client, director)
    page = words(client, "award_position", award).content.decode()
    assert "$5,000.00 is owed back: more was drawn than the limit allows now." in page


def test_files_hold_the_figures_of_the_page(client, award, director):
    sign_in_freshly(client, director)
    answer = words(client, "award_position_file", award, "csv")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    figures = {row["key"]: row["amount"] for row in rows}
    assert (figures["verified"], figures["drawn"]) == ("40000.00", "25000.00")
    book = openpyxl.load_workbook(
        io.BytesIO(words(client, "award_position_file", award, "xlsx").content)
    )
    cells = {row[0]: row[2] for row in book.worksheets[0].iter_rows(values_only=True)}
    assert cells["recorded"] == 45_000


def test_a_giver_called_like_a_formula_is_text_in_the_file(client, director):
    award = make_award(group=make_group(director, name="Formula group"))
    make_pledge(award, "=HYPERLINK(1)")
    sign_in_freshly(client, director)
    answer = words(client, "award_givers_file", award, "csv")
    (row,) = csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig")))
    assert row["giver"].startswith("'=")
    assert row["promised"] == "100000.00"


def test_before_anything_is_posted_the_page_says_so(client, director):
    award = make_award(group=make_group(director, name="New group"))
    sign_in_freshly(client, director)
    page = words(client, "award_position", award).content.decode()
    assert "Nothing was verified or drawn yet." in page
    assert "Nobody has promised match to this award yet." in page


def test_the_line_of_the_year_shows_every_day_on_which_something_changed(client, award, officer):
    sign_in_freshly(client, officer)
    post_fund(award, FundStep.APPROVE, Decimal(100), at=award.answered_at + timedelta(days=3))
    page = words(client, "staff_award_position", award).content.decode()
    assert page.count('<tr><th scope="row">' + f"{award.answered_at:%B} ") >= 1
    assert "$25,100.00" in page
