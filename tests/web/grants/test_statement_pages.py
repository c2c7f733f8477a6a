"""SF-425 on pages: what would be locked, what was locked, what makes each line, its files."""

import hashlib
import io
import json
import re
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse
from django.utils.html import escape

from accounts.rules.roles import AgencyRoleKind
from grants.models import FinancialStatement
from grants.rules.match.accounts import MatchStep
from grants.rules.match.states import ContributionState
from grants.rules.report_states import ReportKind, ReportOutcome, ReportState
from tests.db.grants.payment_acts import certified, paid, submitted
from tests.factories.accounts import make_officer, make_user
from tests.factories.awards import make_award, make_contribution, make_pledge, post_match
from tests.factories.certification_groups import make_group, seat_representative
from tests.factories.reports import make_report, review_round
from tests.factories.sign_in import sign_in_freshly
from tests.factories.statements import make_financial
from tests.web.abuse.plants import MARKUP
from trail.queries.clock import database_now


def today():
    return database_now().date()


@pytest.fixture
def director():
    return make_user("Gina Administrator", "gina@example.org")


@pytest.fixture
def award(director):
    row = make_award(group=make_group(director, name="Maumee Glass group"))
    make_contribution(
        make_pledge(row, MARKUP), ContributionState.VERIFIED, 5_000, description=MARKUP
    )
    paid(row, {"personnel": (1_000, 0, 900)})
    return row


@pytest.fixture
def report(award):
    return make_financial(award, covers_through=today())


@pytest.fixture
def officer(award):
    return make_officer(award.agency, AgencyRoleKind.FINANCE_OFFICER)


def get(client, route, report, *more):
    places = [report.award.reference, report.reference, *more]
    return client.get(reverse(f"grants:{route}", args=places))


def page(client, route, report, *more):
    answer = get(client, route, report, *more)
    assert answer.status_code == 200
    return answer.content.decode()


def test_group_and_officer_read_the_same_locked_form(client, report, director, officer):
    statement = report.statements.get()
    for person, route in ((director, "statement"), (officer, "staff_statement")):
        sign_in_freshly(client, person)
        shown = page(client, route, report, 1)
        assert "Locked with the report as first submitted." in shown
        for words in ("$5,000.00", "$1,000.00", "$199,000.00", "Not needed", statement.digest):
            assert words in shown
        assert "Line 10e plus line 10f." in shown


def test_a_form_that_is_not_locked_shows_what_would_be(client, award, director):
    report = make_report(award, kind=ReportKind.FINANCIAL, covers_through=today())
    sign_in_freshly(client, director)
    shown = page(client, "statement", report, 0)
    assert "What will be locked" in shown
    assert "$5,000.00" in shown
    assert "Digest" not in shown
    for route, more in (("statement_pdf", [1]), ("statement_file", [1, "xlsx"])):
        assert get(client, route, report, *more).status_code == 404


def test_a_locked_form_stays_when_entries_follow(client, award, report, director):
    given = award.contributions.get()
    verified = given.entries.get(step=MatchStep.VERIFY)
    post_match(
        given.pledge, MatchStep.VERIFY, Decimal(4_000), contribution=given, reverses=verified
    )
    sign_in_freshly(client, director)
    assert "$5,000.00" in page(client, "statement", report, 1)
    line = page(client, "statement_line", report, 1, "10j")
    assert "$5,000.00" in line
    assert "$4,000.00" not in line
    live = make_report(award, kind=ReportKind.FINANCIAL, number=2, covers_through=today())
    line = page(client, "statement_line", live, 0, "10j")
    assert "&minus;$4,000.00" in line
    assert "$1,000.00" in line


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("10d", "Obligated"),
        ("10e", "the latest that was certified with costs"),
        ("10f", "waits for its certification"),
        ("10i", "Federal share of the total cost"),
        ("10j", "Verified in cash"),
    ],
)
def test_each_line_opens_to_what_makes_it(client, report, director, officer, line, words):
    sign_in_freshly(client, director)
    shown = page(client, "statement_line", report, 1, line)
    assert words in shown or "entry" in shown
    sign_in_freshly(client, officer)
    page(client, "staff_statement_line", report, 1, line)


def test_lines_of_cash_open_where_there_are_advances(client, director):
    award = make_award(group=make_group(director, name="Huron"), has_advances=True)
    make_contribution(make_pledge(award), ContributionState.VERIFIED, 5_000)
    row = paid(award, {"personnel": (1_000, 400, 1_400)})
    report = make_financial(award, covers_through=today())
    sign_in_freshly(client, director)
    assert "$400.00 of federal cash is on hand" in page(client, "statement", report, 1)
    line = page(client, "statement_line", report, 1, "10a")
    assert row.reference in line
    assert "$1,400.00" in line


def test_costs_that_wait_link_to_their_request(client, award, director):
    row = submitted(award, {"personnel": (1_500, 0, 100)})
    report = make_report(award, kind=ReportKind.FINANCIAL, covers_through=today())
    sign_in_freshly(client, director)
    assert row.reference in page(client, "statement_line", report, 0, "10f")
    kept = make_financial(award, number=2, covers_through=today())
    certify_all(award)
    line = page(client, "statement_line", kept, 1, "10f")
    assert "When the form was locked" in line
    assert "$1,500.00" in line


def certify_all(award):
    certified(award, {"personnel": (1_600, 0, 10)})


@pytest.mark.parametrize("line", ["10g", "10l", "10z", "nonsense"])
def test_lines_that_open_to_nothing_are_nowhere(client, report, director, line):
    sign_in_freshly(client, director)
    assert get(client, "statement_line", report, 1, line).status_code == 404


@pytest.mark.parametrize("number", [0, 2, 99999, 10**20])
def test_rounds_that_are_not_locked_are_nowhere(client, report, director, number):
    sign_in_freshly(client, director)
    for route in ("statement", "statement_pdf"):
        assert get(client, route, report, number).status_code == 404


def test_officers_read_what_was_submitted_only(client, award, officer):
    report = make_report(award, kind=ReportKind.FINANCIAL, covers_through=today())
    sign_in_freshly(client, officer)
    assert get(client, "staff_statement", report, 0).status_code == 404
    assert get(client, "staff_statement_line", report, 0, "10j").status_code == 404


def test_a_performance_report_has_no_form(client, award, director):
    row = make_report(award, ReportState.SUBMITTED)
    sign_in_freshly(client, director)
    assert get(client, "statement", row, 1).status_code == 404


def test_hostile_text_is_shown_as_text(client, report, director):
    sign_in_freshly(client, director)
    shown = page(client, "statement_line", report, 1, "10j")
    assert escape(MARKUP) in shown
    assert MARKUP not in shown


# On the pages of the report.


@pytest.fixture
def representative(award):
    person = make_user("Rex Representative", "rex@example.org")
    seat_representative(award.group, person)
    return person


def signing(client, report):
    """What the page of signing sends."""
    shown = page(client, "sign_report", report)
    (figures,) = re.findall(r'name="figures" value="([0-9a-f]{64})"', shown)
    return {
        "title": "Director",
        "is_certified": "on",
        "version": report.version,
        "figures": figures,
        "idempotency_key": f"key-{figures[:8]}",
    }


def send(client, report, said):
    address = reverse("grants:sign_report", args=[report.award.reference, report.reference])
    return client.post(address, said)


def draft(award):
    return make_report(
        award, ReportState.DRAFT, kind=ReportKind.FINANCIAL, answers={}, covers_through=today()
    )


def test_what_is_read_on_the_report_is_signed_and_locked(
    client, award, director, representative, officer
):
    report = draft(award)
    sign_in_freshly(client, director)
    assert "What will be locked" in page(client, "report", report)
    sign_in_freshly(client, officer)
    assert "SF-425" not in page(client, "staff_report", report)
    sign_in_freshly(client, representative)
    assert send(client, report, signing(client, report)).status_code == 302
    shown = page(client, "report", report)
    assert "Locked with the report as first submitted." in shown
    assert report.statements.get().digest in shown
    sign_in_freshly(client, officer)
    for route in ("staff_report", "review_report"):
        assert "Locked with the report as first submitted." in page(client, route, report)


def test_figures_that_changed_meanwhile_are_shown_and_not_signed(client, award, representative):
    report = draft(award)
    sign_in_freshly(client, representative)
    said = signing(client, report)
    make_contribution(make_pledge(award, "Wood"), ContributionState.VERIFIED, 70)
    answer = send(client, report, said)
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "An entry was posted after you opened this page" in shown
    assert "$5,070.00" in shown
    assert "Director" in shown
    assert not report.statements.exists()
    assert send(client, report, signing(client, report)).status_code == 302


@pytest.mark.parametrize("figures", ["", "nonsense", None])
def test_nobody_signs_figures_that_were_not_shown(client, award, representative, figures):
    report = draft(award)
    sign_in_freshly(client, representative)
    said = signing(client, report)
    said.pop("figures")
    more = {} if figures is None else {"figures": figures}
    assert send(client, report, said | more).status_code == 409
    assert not report.statements.exists()


def test_a_revision_shows_which_lines_changed(client, award, director, officer):
    report = make_financial(award, covers_through=today())
    review_round(report, ReportOutcome.REVISE)
    type(report).objects.filter(pk=report.pk).update(
        state=ReportState.REVISION_REQUESTED, revise_by=today()
    )
    make_contribution(make_pledge(award, "Wood"), ContributionState.VERIFIED, 70)
    sign_in_freshly(client, director)
    shown = page(client, "report", report)
    assert "What changed since the version before" in shown
    assert "SF-425 as first submitted" in shown
    sign_in_freshly(client, officer)
    assert "What changed" not in page(client, "staff_report", report)


# Files.


def test_the_json_file_is_the_locked_form_its_fingerprint_the_digest(client, report, director):
    sign_in_freshly(client, director)
    answer = get(client, "statement_file", report, 1, "json")
    assert answer["Content-Disposition"].startswith("attachment")
    assert hashlib.sha256(answer.content).hexdigest() == report.statements.get().digest
    assert json.loads(answer.content)["lines"]["10j"] == "5000.00"


def test_the_workbook_holds_the_figures_of_the_page(client, report, director):
    sign_in_freshly(client, director)
    book = openpyxl.load_workbook(
        io.BytesIO(get(client, "statement_file", report, 1, "xlsx").content)
    )
    rows = list(book["Rows"].iter_rows(min_row=2, values_only=True))
    figures = {row[0]: row[2] for row in rows}
    assert len(rows) == 15
    assert (figures["10e"], figures["10j"], figures["10a"]) == (1_000, 5_000, None)
    about = " ".join(str(row[0]) for row in book["About"].iter_rows(values_only=True))
    assert report.statements.get().digest in about


def test_the_paper_is_made_once_and_signed(client, report, director, officer):
    sign_in_freshly(client, director)
    first = get(client, "statement_pdf", report, 1)
    assert first["Content-Type"] == "application/pdf"
    assert first.content.startswith(b"%PDF-")
    sign_in_freshly(client, officer)
    assert get(client, "staff_statement_pdf", report, 1).content == first.content


# Doors.


def test_another_group_and_another_agency_find_nothing(client, report):
    stranger = make_user("Stranger", "stranger@example.org")
    make_group(stranger, name="Erie group")
    elsewhere = make_officer(make_award().agency, AgencyRoleKind.FINANCE_OFFICER)
    for person, prefix in ((stranger, ""), (elsewhere, "staff_")):
        sign_in_freshly(client, person)
        for route, more in (
            ("statement", [1]),
            ("statement_line", [1, "10j"]),
            ("statement_pdf", [1]),
            ("statement_file", [1, "json"]),
        ):
            assert get(client, f"{prefix}{route}", report, *more).status_code == 404


def test_a_report_of_another_award_is_not_found_under_this_one(client, award, director):
    other = make_award(group=make_group(make_user(), name="Erie group"))
    report = make_financial(other)
    sign_in_freshly(client, director)
    places = [award.reference, report.reference, 1]
    assert client.get(reverse("grants:statement", args=places)).status_code == 404


def test_a_page_asks_as_much_for_three_entries_as_for_one(
    client, award, report, director, django_assert_max_num_queries
):
    sign_in_freshly(client, director)
    page(client, "statement_line", report, 1, "10j")
    with django_assert_max_num_queries(40) as one:
        page(client, "statement_line", report, 1, "10j")
    for number in range(3):
        make_contribution(make_pledge(award, f"Wood {number}"), ContributionState.VERIFIED, 70)
    live = make_financial(award, number=2, covers_through=today())
    with django_assert_max_num_queries(len(one)):
        page(client, "statement_line", live, 1, "10j")


def test_reading_writes_nothing(client, award, director):
    report = make_report(award, kind=ReportKind.FINANCIAL, covers_through=today())
    sign_in_freshly(client, director)
    page(client, "statement", report, 0)
    assert not FinancialStatement.objects.exists()
