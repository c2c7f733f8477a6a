"""The file of payments for the disbursing office, and the file of results that comes back."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kit.money import parse_money
from kit.refusals import Refused

PAYMENT_COLUMNS = ("payment", "award", "payee", "amount", "pay_by")
RESULT_COLUMNS = ("payment", "result", "amount", "date", "trace", "reason")
MOST_ROWS = 5000
LONGEST_REASON = 300
_TRACE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./-]{0,59}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class UnreadableResultsError(ValueError):
    """Raised when the file as a whole cannot be read; the message is for people."""


@dataclass(frozen=True, slots=True)
class Result:
    """How one payment ended, as its row says."""

    payment: str
    is_paid: bool
    amount: Decimal
    day: date
    trace: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A payment that we sent, and how it ended if we know."""

    amount: Decimal
    sent_on: date
    ended: Result | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file of results says: what is new, what was known, what is wrong with it."""

    fresh: tuple[Result, ...] = ()
    known: tuple[Result, ...] = ()
    problems: tuple[str, ...] = ()


def payment_name(request: str, number: int) -> str:
    """The name of one payment in both files.

    >>> payment_name("PY-1234-5678-9", 1)
    'PY-1234-5678-9/1'
    """
    return f"{request}/{number}"


def read_results(text: str, sent: Mapping[str, Sent], today: date) -> Reading:
    """Judge every row of a file of results; one wrong row refuses the whole file.

    Args:
        text: The file.
        sent: The agency's payments, by name.
        today: The agency's day; nothing was paid after it.

    Raises:
        UnreadableResultsError: the file is no table with these columns.
    """
    fresh: list[Result] = []
    known: list[Result] = []
    problems: list[str] = []
    named: set[str] = set()
    for number, row in _rows(text):
        judged = _judge(row, sent, today)
        if isinstance(judged, str):
            problems.append(f"Line {number}: {judged}")
        elif judged.payment in named:
            problems.append(f"Line {number}: {judged.payment} stands in a line above as well.")
        else:
            named.add(judged.payment)
            (known if sent[judged.payment].ended == judged else fresh).append(judged)
    return Reading(tuple(fresh), tuple(known), tuple(problems))


def _rows(text: str) -> list[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline=""), strict=True)
    try:
        names = [(name or "").strip().casefold() for name in reader.fieldnames or []]
        missing = [name for name in RESULT_COLUMNS if name not in names]
        if missing:
            told = f"The first line must name the columns. Missing: {', '.join(missing)}."
            raise UnreadableResultsError(told)
        reader.fieldnames = names
        rows = [(reader.line_num, _cells(row)) for row in reader]
    except csv.Error as error:
        message = f"Line {reader.line_num} cannot be read: {error}."
        raise UnreadableResultsError(message) from error
    if not rows:
        raise UnreadableResultsError("The file holds no result.")
    if len(rows) > MOST_ROWS:
        raise UnreadableResultsError(f"The file holds more than {MOST_ROWS} rows.")
    return rows


def _cells(row: Mapping[str | None, object]) -> dict[str, str]:
    return {name: str(row.get(name) or "").strip() for name in RESULT_COLUMNS}


def _judge(row: Mapping[str, str], sent: Mapping[str, Sent], today: date) -> Result | str:
    """The result of a row, or what is wrong with it."""
    ours = sent.get(row["payment"])
    if ours is None:
        return "this payment is none that we sent."
    if row["result"] not in {"paid", "failed"}:
        return f"{row['payment']}: the result is “paid” or “failed”."
    amount = _amount(row["amount"])
    if amount != ours.amount:
        return f"{row['payment']}: the amount is not the ${ours.amount:,.2f} that we sent."
    day = _day(row["date"])
    if day is None or not ours.sent_on <= day <= today:
        return (
            f"{row['payment']}: the date is a day such as {today.isoformat()}, not before the "
            "payment was sent and not after today."
        )
    return _ended(row, ours, amount, day)


def _ended(row: Mapping[str, str], ours: Sent, amount: Decimal, day: date) -> Result | str:
    is_paid = row["result"] == "paid"
    if is_paid and not _TRACE.fullmatch(row["trace"]):
        return f"{row['payment']}: a payment has a trace number of letters and digits."
    if not is_paid and not 0 < len(row["reason"]) <= LONGEST_REASON:
        return f"{row['payment']}: a failed payment says why, in {LONGEST_REASON} characters."
    trace = row["trace"] if is_paid else ""
    reason = "" if is_paid else row["reason"]
    result = Result(row["payment"], is_paid, amount, day, trace, reason)
    if ours.ended is not None and ours.ended != result:
        return f"{row['payment']}: another result is recorded. Ask the disbursing office."
    return result


def _amount(text: str) -> Decimal | None:
    try:
        return parse_money(text)
    except Refused:
        return None


def _day(text: str) -> date | None:
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def sum_of(amounts: Sequence[Decimal]) -> Decimal:
    """What they come to."""
    return sum(amounts, Decimal("0.00"))
