"""A locked SF-425 stays what it was; whatever is changed behind the portal's back is found."""

import hashlib
import io
import json
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pypdfium2
import pytest
from django.core.management import call_command
from django.db import connection

from grants.actions.lock_statement import lock_statement
from grants.actions.submit_report import Signature, submit_report
from grants.models import FinancialStatement
from grants.queries.financial_statements import (
    form_kept,
    form_now,
    rederive_all,
    rederived,
    statement_of,
)
from grants.queries.ledger_verification import verify_ledger
from grants.queries.statement_paper import statement_paper
from grants.rules.match.accounts import MatchStep
from grants.rules.match.financial_report import FormLine, canonical_bytes, figures_digest
from grants.rules.match.states import ContributionState
from grants.rules.report_states import ReportKind, ReportState
from kit.refusals import Refused
from records.typesetting import typeset
from tests.constraints import refused_by, refused_by_trigger
from tests.db.grants.payment_acts import acting, certified, matched, paid
from tests.factories.accounts import make_user
from tests.factories.awards import make_contribution, make_pledge, post_match
from tests.factories.certification_groups import seat_representative
from tests.factories.reports import make_report, submit_round
from tests.factories.statements import lock, make_financial
from trail.queries.clock import database_now

L = FormLine


@pytest.fixture
def award():
    row = matched(5_000)
    paid(row, {"personnel": (1_000, 0, 900)})
    return row


@pytest.fixture
def report(award):
    """Covers everything until today."""
    return make_financial(award, covers_through=database_now().date())


@pytest.fixture
def statement(report):
    return report.statements.get()


@contextmanager
def refused_as(code):
    with pytest.raises(Refused) as caught:
        yield
    assert caught.value.refusal.code == code


# Locking.


def test_the_lines_of_the_ledgers_are_locked_under_their_digest(award, report, statement):
    form = form_kept(statement)
    assert form.lines[L.E] == 1_000
    assert form.lines[L.J] == 5_000
    assert form.lines[L.D] == award.federal_amount
    assert form.lines[L.A] is None
    assert statement.digest == hashlib.sha256(canonical_bytes(form.document)).hexdigest()
    assert (statement.match_through, statement.fund_through) == (
        award.entries.count(),
        award.selected.pool.entries.count(),
    )
    entry = award.case.entries.get(verb="lock_statement")
    assert entry.facts == {"report": report.reference, "round": 1, "digest": statement.digest}


def test_an_award_with_advances_has_lines_of_cash():
    award = matched(5_000, has_advances=True)
    paid(award, {"personnel": (1_000, 400, 1_400)})
    report = make_financial(award, covers_through=database_now().date())
    lines = form_kept(report.statements.get()).lines
    assert [lines[one] for one in (L.A, L.B, L.C)] == [1_400, 1_000, 400]


def test_later_entries_and_disallowances_leave_it_equal(award, statement):
    before = (dict(statement.lines), statement.digest)
    given = award.contributions.get()
    verified = given.entries.get(step=MatchStep.VERIFY)
    post_match(
        given.pledge, MatchStep.VERIFY, Decimal(4_000), contribution=given, reverses=verified
    )
    make_contribution(make_pledge(award, "Wood"), ContributionState.VERIFIED, 70)
    certified(award, {"personnel": (1_060, 0, 10)})
    statement.refresh_from_db()
    assert (statement.lines, statement.digest) == before
    assert rederived(statement).is_equal
    assert form_now(statement.report).lines[L.J] == 1_070


def test_costs_that_waited_stay_in_it_after_their_request_moved_on(award):
    row = certified(award, {"personnel": (1_500, 0, 100)})
    report = make_financial(award, covers_through=database_now().date())
    assert row.certifications.count() == 1
    statement = report.statements.get()
    assert rederived(statement).is_equal


def test_a_revised_round_makes_another_and_the_first_one_stays(award, report, statement):
    make_contribution(make_pledge(award, "Wood"), ContributionState.VERIFIED, 70)
    type(report).objects.filter(pk=report.pk).update(state="accepted")
    second = make_financial(
        award, ReportState.REVISION_REQUESTED, number=2, covers_through=database_now().date()
    )
    again = resubmitted(second)
    first, later = second.statements.order_by("round")
    assert (first.round, later.round) == (1, 2)
    assert statement_of(again) == later
    assert statement_of(again, 1) == first
    assert [one.is_equal for one in rederive_all()] == [True, True, True]


def resubmitted(report):
    more = submit_round(report)
    type(report).objects.filter(pk=report.pk).update(
        state=ReportState.SUBMITTED, revise_by=None, **more
    )
    report.refresh_from_db()
    lock(report)
    return report


def test_the_signer_signs_the_figures_that_were_read(award):
    report = make_report(
        award,
        ReportState.SUBMITTED,
        kind=ReportKind.FINANCIAL,
        covers_through=database_now().date(),
    )
    seen = figures_digest(form_now(report).lines)
    make_contribution(make_pledge(award, "Wood"), ContributionState.VERIFIED, 70)
    with refused_as("figures_changed"):
        lock_statement(**acting(), report=report, seen=seen)
    assert not report.statements.exists()
    read_again = figures_digest(form_now(report).lines)
    assert lock_statement(**acting(), report=report, seen=read_again).digest


def test_a_promise_posted_in_between_changes_no_figure(award):
    report = make_report(
        award,
        ReportState.SUBMITTED,
        kind=ReportKind.FINANCIAL,
        covers_through=database_now().date(),
    )
    seen = figures_digest(form_now(report).lines)
    make_pledge(award, "Wood")
    assert lock_statement(**acting(), report=report, seen=seen).digest


def test_locked_twice(report):
    with refused_as("locked_already"):
        lock(report)


def test_a_performance_report_has_no_form(award):
    row = make_report(award, ReportState.SUBMITTED)
    with refused_as("not_financial"):
        lock(row)


# With the submission.


def in_hands(award):
    return make_report(
        award,
        ReportState.DRAFT,
        kind=ReportKind.FINANCIAL,
        covers_through=database_now().date(),
        remarks="Nothing to add.",
    )


@pytest.fixture
def representative(award):
    person = make_user()
    seat_representative(award.group, person)
    return person


def test_a_submission_locks_the_form_of_its_round(award, representative):
    report = in_hands(award)
    figures = figures_digest(form_now(report).lines)
    signed = Signature("Director", report.version, figures)
    done = submit_report(**acting(representative), report=report, signed=signed)
    statement = done.statements.get()
    assert (done.status, done.round, statement.round) == (ReportState.SUBMITTED, 1, 1)
    assert rederived(statement).is_equal
    verbs = list(award.case.entries.values_list("verb", flat=True))
    assert verbs[-2:] == ["submit_report", "lock_statement"]


def test_figures_that_changed_while_they_were_read_submit_nothing(award, representative):
    report = in_hands(award)
    signed = Signature("Director", report.version, figures_digest(form_now(report).lines))
    make_contribution(make_pledge(award, "Wood"), ContributionState.VERIFIED, 70)
    with refused_as("figures_changed"):
        submit_report(**acting(representative), report=report, signed=signed)
    report.refresh_from_db()
    assert (report.status, report.round) == (ReportState.DRAFT, 0)
    assert not report.rounds.exists()


# What the database refuses.


def row_of(statement, **changes):
    kept = {
        one.attname: getattr(statement, one.attname)
        for one in FinancialStatement._meta.concrete_fields
        if one.name != "id"
    }
    return FinancialStatement.objects.create(**{**kept, **changes})


@pytest.fixture
def unlocked(award):
    """A submitted report without its form, and a form that would fit."""
    return make_report(
        award,
        ReportState.SUBMITTED,
        kind=ReportKind.FINANCIAL,
        number=7,
        covers_through=database_now().date(),
    )


def test_a_round_is_locked_once(statement):
    with refused_by("financial_statement_once"):
        row_of(statement)


@pytest.mark.parametrize("changes", [{"digest": "abc"}, {"pending": Decimal(-1)}])
def test_a_form_has_its_digest(statement, unlocked, changes):
    with refused_by("financial_statement_complete"):
        row_of(statement, report_id=unlocked.pk, **changes)


def test_an_edited_row_isrefused_as(statement):
    with refused_by_trigger():
        FinancialStatement.objects.filter(pk=statement.pk).update(digest="0" * 64)
    with refused_by_trigger():
        FinancialStatement.objects.filter(pk=statement.pk).update(lines={})
    with refused_by_trigger():
        statement.delete()


@pytest.mark.parametrize(
    "changes",
    [
        {"match_through": 1},
        {"fund_through": 1},
        {"round": 2},
        {"as_of": database_now},
    ],
)
def test_a_form_of_another_moment_isrefused_as(statement, unlocked, changes):
    made = {
        name: value().date() - timedelta(days=9) if callable(value) else value
        for name, value in changes.items()
    }
    with refused_by_trigger():
        row_of(statement, report_id=unlocked.pk, **made)


def test_a_form_of_a_performance_report_isrefused_as(award, statement):
    row = make_report(award, ReportState.SUBMITTED, number=8, covers_through=statement.as_of)
    with refused_by_trigger():
        row_of(statement, report_id=row.pk)


def test_the_twin_that_fits_is_taken(statement, unlocked):
    assert row_of(statement, report_id=unlocked.pk).pk


# Made again.


def tampered(sql, *values):
    """Somebody who owns the database takes the guards away first."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_verification_makes_every_locked_form_again(statement):
    report = verify_ledger()
    assert (report.ok, report.statements, report.differing) == (True, 1, ())


def test_a_changed_line_is_named(statement):
    tampered(
        "UPDATE grants_financialstatement SET lines = jsonb_set(lines, '{10j}', '\"5000.01\"')"
    )
    statement.refresh_from_db()
    made = rederived(statement)
    assert made.differs == (L.J,)
    assert not made.is_whole
    report = verify_ledger()
    assert not report.ok
    assert report.first_broken == f"SF-425 of report {statement.report.reference}, round 1"
    assert report.reason == "Made again from its entries, the form differs in 10j."


def test_a_line_changed_with_its_digest_is_named(statement):
    """Whoever also recomputes the digest is found by the entries."""
    statement.lines["10e"] = "900.00"
    statement.lines["10g"] = "900.00"
    forged = form_kept(statement)
    digest = hashlib.sha256(canonical_bytes(forged.document)).hexdigest()
    tampered(
        "UPDATE grants_financialstatement SET lines = %s, digest = %s",
        json.dumps(statement.lines),
        digest,
    )
    statement.refresh_from_db()
    assert rederived(statement).differs == (L.E, L.G)


def test_changed_boxes_are_named(statement):
    tampered(
        "UPDATE grants_financialstatement SET facts = jsonb_set(facts, '{recipient}', '\"X\"')"
    )
    statement.refresh_from_db()
    made = rederived(statement)
    assert (made.differs, made.is_whole) == ((), False)
    assert made.reason == "The form is not the one whose digest was kept."


def test_a_changed_entry_behind_a_form_is_named(award, statement):
    tampered("UPDATE grants_contribution SET given_through = given_through + 400")
    assert rederived(statement).differs == (L.J, L.K)


def test_the_command_says_how_many_forms_it_made_again(statement):
    out = StringIO()
    call_command("verify_ledger", stdout=out)
    assert "1 financial reports made again" in out.getvalue()
    out = StringIO()
    call_command("verify_ledger", "--json", stdout=out)
    assert json.loads(out.getvalue())["statements"] == 1


def test_the_command_fails_where_a_form_differs(statement):
    tampered("UPDATE grants_financialstatement SET lines = jsonb_set(lines, '{10d}', '\"1.00\"')")
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_ledger", stdout=out)
    assert "differs in 10d" in out.getvalue()


# The paper.


def test_the_paper_has_every_line_the_signer_and_the_digest(statement):
    pdf = pypdfium2.PdfDocument(io.BytesIO(typeset(statement_paper(statement))))
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())
    for words in ("10a", "10o", "$5,000.00", "Nothing to add.", "Director", statement.digest[:40]):
        assert words in text
