"""People who ask for money, review, certify and pay; and an award that is matched."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from accounts.actors import actor_from_user
from grants.actions.certify_payment import certify_payment
from grants.actions.make_payment_file import make_payment_file
from grants.actions.prepare_payment import Prepared, start_payment, submit_payment
from grants.actions.read_payment_results import read_payment_results
from grants.actions.review_payment import Opinion, review_payment
from grants.queries.payment_lines import Figures
from grants.rules.match.states import ContributionState
from grants.rules.payment_states import ReviewKind, ReviewOutcome
from tests.factories.accounts import make_user
from tests.factories.awards import make_award, make_contribution, make_pledge
from trail.queries.clock import database_now

HEADER = "payment,result,amount,date,trace,reason\n"
WORK = "Two planners interviewed forty firms and mapped their suppliers."


def matched(cash=100, **changes):
    """An award whose verified match in cash carries as much federal money."""
    award = make_award(**changes)
    make_contribution(make_pledge(award), ContributionState.VERIFIED, cash)
    return award


def acting(person=None):
    return {"actor": actor_from_user(person or make_user()), "at": database_now()}


def prepared(award, lines, **changes):
    """``lines``: costs, advance, asked by category."""
    given = {name: Figures(*(Decimal(one) for one in figures)) for name, figures in lines.items()}
    days = changes.pop("days", (award.starts_on, database_now().date() - timedelta(days=1)))
    return Prepared(days, changes.pop("progress", WORK), given, changes.pop("version", 0))


def drafted(award, lines, person=None):
    return start_payment(**acting(person), award=award, prepared=prepared(award, lines))


def submitted(award, lines, person=None):
    row = drafted(award, lines, person)
    return submit_payment(**acting(person), request=row, title="Director")


def reviewed(row, kind, outcome=ReviewOutcome.APPROVE, *, person=None, approved=None, read=None):
    said = {name: Decimal(one) for name, one in (approved or {}).items()}
    read = read or type(row).objects.get(pk=row.pk).round
    opinion = Opinion(kind, outcome, "I read the invoices.", read, said)
    return review_payment(**acting(person), request=row, opinion=opinion)


def approved(award, lines, part=None):
    row = submitted(award, lines)
    reviewed(row, ReviewKind.PROGRESS)
    reviewed(row, ReviewKind.MONEY, approved=part)
    row.refresh_from_db()
    return row


def certified(award, lines):
    row = approved(award, lines)
    certify_payment(**acting(), request=row, round_read=row.round)
    row.refresh_from_db()
    return row


def answer(row, result="paid", **changes):
    """A row of the file of results."""
    number = row.certifications.count()
    said = {
        "payment": f"{row.reference}/{number}",
        "result": result,
        "amount": f"{row.certifications.last().amount:.2f}",
        "date": database_now().date().isoformat(),
        "trace": "T-1001" if result == "paid" else "",
        "reason": "" if result == "paid" else "Account closed",
        **changes,
    }
    return ",".join(said.values()) + "\n"


def read(award, text, person=None):
    return read_payment_results(
        **acting(person), agency=award.agency, name="results.csv", text=text
    )


def paid(award, lines):
    row = certified(award, lines)
    make_payment_file(**acting(), agency=award.agency)
    read(award, HEADER + answer(row))
    row.refresh_from_db()
    return row
