"""The federal financial report, SF-425 (OMB 4040-0014): lines 10a to 10o from sums of both ledgers.

Nobody types a line. Each says how it is made and where its figure comes from; the four that add or
subtract others are recomputed wherever a form is read (`broken_ties`). All are cumulative, from
the first day of the award to the last day of the reporting period.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from grants.rules.funnel import NOTHING
from grants.rules.match.limits import Standing, Terms, eligible_match, required_match


class FormLine(StrEnum):
    """A line of box 10."""

    A = "10a"
    B = "10b"
    C = "10c"
    D = "10d"
    E = "10e"
    F = "10f"
    G = "10g"
    H = "10h"
    I = "10i"  # noqa: E741 - the form's own letter
    J = "10j"
    K = "10k"
    L = "10l"
    M = "10m"
    N = "10n"
    O = "10o"  # noqa: E741 - the form's own letter


class Source(StrEnum):
    """What a line opens to."""

    RECEIPTS = "receipts"
    AUTHORIZED = "authorized"
    COSTS = "costs"
    PENDING = "pending"
    MATCH = "match"
    TERMS = "terms"
    LINES = "lines"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class LineText:
    """What a line is called, how it is made, and where its figure comes from."""

    line: FormLine
    name: str
    made: str
    source: Source
    part: str


_CASH, _SPENT = "Federal cash", "Federal expenditures and unobligated balance"
_SHARE, _INCOME = "Recipient share", "Program income"
FORM: tuple[LineText, ...] = (
    LineText(
        FormLine.A,
        "Cash receipts",
        "Payments of this award that arrived, less what was paid back.",
        Source.RECEIPTS,
        _CASH,
    ),
    LineText(FormLine.B, "Cash disbursements", "The costs of line 10e.", Source.COSTS, _CASH),
    LineText(FormLine.C, "Cash on hand", "Line 10a minus line 10b.", Source.LINES, _CASH),
    LineText(
        FormLine.D,
        "Total federal funds authorized",
        "What the agency obligated for this award.",
        Source.AUTHORIZED,
        _SPENT,
    ),
    LineText(
        FormLine.E,
        "Federal share of expenditures",
        "Federal costs to date of the latest request that was certified, less credits since.",
        Source.COSTS,
        _SPENT,
    ),
    LineText(
        FormLine.F,
        "Federal share of unliquidated obligations",
        "Costs of a later request that is not certified yet, beyond line 10e.",
        Source.PENDING,
        _SPENT,
    ),
    LineText(FormLine.G, "Total federal share", "Line 10e plus line 10f.", Source.LINES, _SPENT),
    LineText(
        FormLine.H,
        "Unobligated balance of federal funds",
        "Line 10d minus line 10g.",
        Source.LINES,
        _SPENT,
    ),
    LineText(
        FormLine.I,
        "Total recipient share required",
        "The match that the whole award asks for, by its terms.",
        Source.TERMS,
        _SHARE,
    ),
    LineText(
        FormLine.J,
        "Recipient share of expenditures",
        "Verified match that counts: cash, and other kinds within their cap.",
        Source.MATCH,
        _SHARE,
    ),
    LineText(
        FormLine.K,
        "Remaining recipient share to be provided",
        "Line 10i minus line 10j; nothing where 10j is higher.",
        Source.LINES,
        _SHARE,
    ),
    LineText(
        FormLine.L,
        "Total federal program income earned",
        "Income that is not used as match. The ledger keeps income only as match, in line 10j.",
        Source.NOTHING,
        _INCOME,
    ),
    LineText(
        FormLine.M,
        "Program income expended: deduction alternative",
        "The terms of this award use no deduction.",
        Source.NOTHING,
        _INCOME,
    ),
    LineText(
        FormLine.N,
        "Program income expended: addition alternative",
        "The terms of this award use no addition.",
        Source.NOTHING,
        _INCOME,
    ),
    LineText(
        FormLine.O,
        "Unexpended program income",
        "Line 10l minus line 10m and line 10n.",
        Source.LINES,
        _INCOME,
    ),
)
TEXT_OF: Mapping[FormLine, LineText] = {one.line: one for one in FORM}
CASH_LINES = frozenset({FormLine.A, FormLine.B, FormLine.C})
NOT_NEEDED = "Not needed: this award is paid by reimbursement."
Lines = Mapping[FormLine, Decimal | None]


@dataclass(frozen=True, slots=True)
class Sums:
    """What both ledgers say at a cut.

    Attributes:
        received: Paid to the recipient, less what came back.
        authorized: Obligated for the award.
        costs: Federal costs to date that were certified, less credits.
        pending: Federal costs of a later request that is not certified, where they are higher.
        cash: Verified match that was money, programme income among it.
        noncash: Verified match of every other kind.
        income: Verified match that was programme income; for the note, it is part of ``cash``.
    """

    received: Decimal = NOTHING
    authorized: Decimal = NOTHING
    costs: Decimal = NOTHING
    pending: Decimal = NOTHING
    cash: Decimal = NOTHING
    noncash: Decimal = NOTHING
    income: Decimal = NOTHING


def form_lines(terms: Terms, sums: Sums, *, has_advances: bool) -> dict[FormLine, Decimal | None]:
    """Lines 10a to 10o; the three of cash stay empty where the award allows no advance.

    >>> from datetime import date
    >>> from fractions import Fraction
    >>> from grants.rules.terms import MatchPace
    >>> half = Terms(Decimal(1000), Fraction(1, 2), 40, MatchPace.PRO_RATA,
    ...              date(2026, 1, 1), date(2026, 12, 31))
    >>> lines = form_lines(half, Sums(authorized=Decimal(1000), costs=Decimal(300),
    ...                    cash=Decimal(250)), has_advances=False)
    >>> lines[FormLine.H], lines[FormLine.K], lines[FormLine.A]
    (Decimal('700.00'), Decimal('750.00'), None)
    """
    line = FormLine
    pending = max(NOTHING, sums.pending - sums.costs)
    required = required_match(terms.federal, terms.share)
    given = eligible_match(terms, Standing(cash=sums.cash, noncash=sums.noncash))
    lines: dict[FormLine, Decimal | None] = {
        line.A: sums.received if has_advances else None,
        line.B: sums.costs if has_advances else None,
        line.C: sums.received - sums.costs if has_advances else None,
        line.D: sums.authorized,
        line.E: sums.costs,
        line.F: pending,
        line.G: sums.costs + pending,
        line.H: sums.authorized - sums.costs - pending,
        line.I: required,
        line.J: given,
        line.K: max(NOTHING, required - given),
        line.L: NOTHING,
        line.M: NOTHING,
        line.N: NOTHING,
        line.O: NOTHING,
    }
    return {key: None if one is None else one + NOTHING for key, one in lines.items()}


def broken_ties(lines: Lines) -> tuple[str, ...]:
    """Which of the form's own sums do not hold.

    >>> broken_ties({FormLine.E: Decimal(1), FormLine.F: Decimal(1), FormLine.G: Decimal(3)})
    ('Line 10g is not 10e plus 10f.',)
    """
    line = FormLine
    ties = (
        ("Line 10c is not 10a minus 10b.", line.C, _of(lines, line.A) - _of(lines, line.B)),
        ("Line 10g is not 10e plus 10f.", line.G, _of(lines, line.E) + _of(lines, line.F)),
        ("Line 10h is not 10d minus 10g.", line.H, _of(lines, line.D) - _of(lines, line.G)),
        (
            "Line 10k is not 10i minus 10j.",
            line.K,
            max(NOTHING, _of(lines, line.I) - _of(lines, line.J)),
        ),
        (
            "Line 10o is not 10l minus 10m and 10n.",
            line.O,
            _of(lines, line.L) - _of(lines, line.M) - _of(lines, line.N),
        ),
    )
    return tuple(words for words, key, due in ties if key in lines and _of(lines, key) != due)


def advice(lines: Lines, *, is_final: bool) -> tuple[str, ...]:
    """What deserves a word in the remarks, or a look before signing; none of it is refused.

    >>> advice({FormLine.F: Decimal(5)}, is_final=True)[0]
    'The final report should show nothing in line 10f. A request with $5.00 of costs is not \
certified yet.'
    """
    found = []
    on_hand, waiting = _of(lines, FormLine.C), _of(lines, FormLine.F)
    if on_hand > 0:
        found.append(
            f"${on_hand:,.2f} of federal cash is on hand. Say in the remarks when it will be "
            "spent: more than three business days of cash needs a reason."
        )
    if is_final and waiting:
        found.append(
            "The final report should show nothing in line 10f. A request with "
            f"${waiting:,.2f} of costs is not certified yet."
        )
    if is_final and _of(lines, FormLine.K):
        found.append(
            f"${_of(lines, FormLine.K):,.2f} of match is missing. In the final report line 10j "
            "reaches line 10i, or federal money is paid back."
        )
    if _of(lines, FormLine.H) < 0:
        found.append("More is spent or asked for than the agency obligated. Call your officer.")
    return tuple(found)


def written(lines: Lines) -> dict[str, str | None]:
    """The lines as JSON keeps them: exact decimals as text."""
    return {key.value: None if one is None else f"{one:.2f}" for key, one in lines.items()}


def read(kept: Mapping[str, str | None]) -> dict[FormLine, Decimal | None]:
    """The lines as they were written.

    >>> read(written({FormLine.A: None, FormLine.D: Decimal(7)}))[FormLine.D]
    Decimal('7.00')
    """
    return {
        one.line: None if kept[one.line] is None else Decimal(kept[one.line] or 0)
        for one in FORM
        if one.line in kept
    }


def digest_of(document: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical JSON of a form: sorted keys, no blanks, UTF-8.

    >>> digest_of({"b": 1, "a": 2}) == digest_of({"a": 2, "b": 1})
    True
    """
    return hashlib.sha256(canonical_bytes(document)).hexdigest()


def canonical_bytes(document: Mapping[str, Any]) -> bytes:
    """The document as the file that people download: its SHA-256 is the digest."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def figures_digest(lines: Lines) -> str:
    """What names the figures that somebody reads before they sign them."""
    return digest_of(written(lines))


def differences(one: Lines, other: Lines) -> tuple[FormLine, ...]:
    """The lines in which two forms differ, in the form's order."""
    return tuple(line for line in FormLine if one.get(line) != other.get(line))


def version_words(number: int) -> str:
    """Which version of a report a round is.

    >>> version_words(1), version_words(3)
    ('as first submitted', 'revision 2')
    """
    return "as first submitted" if number == 1 else f"revision {number - 1}"


def parts() -> Sequence[tuple[str, tuple[LineText, ...]]]:
    """The form's lines under its four headings."""
    names = tuple(dict.fromkeys(one.part for one in FORM))
    return tuple((name, tuple(one for one in FORM if one.part == name)) for name in names)


def _of(lines: Lines, key: FormLine) -> Decimal:
    return lines.get(key) or NOTHING
