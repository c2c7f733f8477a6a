"""Files for the disbursing office, and the files of results that come back, honest or not."""

import hashlib
from decimal import Decimal

import pytest

from grants.actions.certify_payment import certify_payment
from grants.actions.make_payment_file import make_payment_file
from grants.actions.record_refund import reconcile_file
from grants.models import PaymentFile, PaymentResults
from grants.queries.award_standing import standing_of
from grants.rules.payment_states import PaymentState
from tests.db.grants.payment_acts import HEADER, acting, answer, certified, matched, read
from tests.db.grants.test_payments import EIGHTY, refused_as


@pytest.fixture
def award():
    return matched(100)


@pytest.fixture
def row(award):
    made = certified(award, EIGHTY)
    make_payment_file(**acting(), agency=award.agency)
    return made


def test_the_file_names_each_payment_once(award, row):
    made = PaymentFile.objects.get()
    assert made.digest == hashlib.sha256(made.content.encode()).hexdigest()
    (_, line) = made.content.splitlines()
    assert line.startswith(f"{row.reference}/1,{award.number},")
    assert (made.count, made.total) == (1, Decimal(80))
    with refused_as("nothing_certified"):
        make_payment_file(**acting(), agency=award.agency)


def test_a_name_that_a_spreadsheet_would_compute_stays_text():
    award = matched(100)
    type(award.group).objects.filter(pk=award.group_id).update(name="=cmd|calc")
    certified(award, EIGHTY)
    made = make_payment_file(**acting(), agency=award.agency)
    assert ",'=cmd|calc," in made.content


def test_the_same_file_of_results_changes_nothing_twice(award, row):
    text = HEADER + answer(row)
    first, was_known = read(award, text)
    assert not was_known
    again, was_known = read(award, text)
    assert was_known
    assert again.pk == first.pk
    assert standing_of(award).drawn == Decimal(80)
    other, _ = read(award, HEADER + answer(row) + "\n")
    assert (other.paid, other.known) == (0, 1)
    assert award.fund_entries.filter(step="pay").count() == 1


def test_half_a_file_leaves_the_rest_waiting(award, row):
    other = matched(100, competition=award.selected.proposal.competition)
    second = certified(other, EIGHTY)
    make_payment_file(**acting(), agency=award.agency)
    read(award, HEADER + answer(row))
    second.refresh_from_db()
    assert second.status is PaymentState.CERTIFIED
    read(award, HEADER + answer(row) + answer(second))
    second.refresh_from_db()
    assert second.status is PaymentState.PAID


HOSTILE = {
    "unknown": {"payment": "PY-0000-0000-0/1"},
    "another certification": {"payment": "/2"},
    "formula": {"trace": "=1+1"},
    "formula as name": {"payment": "=HYPERLINK(1)"},
    "one cent more": {"amount": "80.01"},
    "exponent": {"amount": "8e1"},
    "underscore": {"amount": "8_0"},
    "minus": {"amount": "-80.00"},
    "minus nothing": {"amount": "-0"},
    "other digits": {"amount": "\N{ARABIC-INDIC DIGIT EIGHT}0.00"},
    "sub-cents": {"amount": "80.000"},
    "another word": {"result": "PAID?"},
    "no such day": {"date": "2026-02-30"},
    "before it was sent": {"date": "2020-01-01"},
    "a day to come": {"date": "2199-01-01"},
    "no trace": {"trace": ""},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_wrong_row_refuses_the_whole_file(award, row, name):
    other = matched(100, competition=award.selected.proposal.competition)
    second = certified(other, EIGHTY)
    make_payment_file(**acting(), agency=award.agency)
    with refused_as("results_unreadable"):
        read(award, HEADER + answer(second) + answer(row, **HOSTILE[name]))
    row.refresh_from_db()
    assert row.status is PaymentState.CERTIFIED
    assert not PaymentResults.objects.exists()


@pytest.mark.parametrize("text", ["", "payment,result\n", HEADER, 'a,"b\n', "\x00"])
def test_what_is_no_table_is_refused(award, row, text):
    with refused_as("results_unreadable"):
        read(award, text)


def test_one_payment_in_two_rows_is_refused(award, row):
    with refused_as("results_unreadable"):
        read(award, HEADER + answer(row) + answer(row, "failed"))


def test_another_end_of_a_payment_that_ended_is_refused(award, row):
    read(award, HEADER + answer(row))
    with refused_as("results_unreadable"):
        read(award, HEADER + answer(row, "failed"))


def test_payments_of_another_agency_are_unknown(award, row):
    stranger = matched(100)
    with refused_as("results_unreadable"):
        read(stranger, HEADER + answer(row))


def test_a_failed_payment_is_certified_again_and_paid(award, row):
    read(award, HEADER + answer(row, "failed"))
    row.refresh_from_db()
    assert row.status is PaymentState.PAYMENT_FAILED
    assert standing_of(award).drawn == 0
    certify_payment(**acting(), request=row, round_read=row.round)
    make_payment_file(**acting(), agency=award.agency)
    read(award, HEADER + answer(row))
    row.refresh_from_db()
    assert row.status is PaymentState.PAID
    assert standing_of(award).drawn == Decimal(80)


def test_a_file_is_reconciled_once_every_payment_ended(award, row):
    made = PaymentFile.objects.get()
    with refused_as("results_missing"):
        reconcile_file(**acting(), file=made)
    read(award, HEADER + answer(row))
    reconcile_file(**acting(), file=made)
    row.refresh_from_db()
    assert row.status is PaymentState.RECONCILED
    with refused_as("reconciled_already"):
        reconcile_file(**acting(), file=made)
