"""What everybody may read of competitions: opened ones only, from what opening pinned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import F, Q, QuerySet

from grants.models import Amendment, Competition, Inquiry
from grants.rules.bundles import Piece, hash_of, pieces
from grants.rules.local_times import last_minute
from grants.rules.public_stages import PUBLIC_STATES, PublicStage, public_stage
from grants.rules.shares import match_words, share_words
from grants.rules.terms import (
    ACTIVITY_WORDS,
    AMENDMENT_KIND_WORDS,
    GIVER_CLASS_WORDS,
    KIND_WORDS,
    LINE_RULE_WORDS,
    MATCH_PACE_WORDS,
    POOL_KIND_WORDS,
    RANKING_RULE_WORDS,
    TIE_RULE_WORDS,
    AmendmentKind,
    PoolKind,
)

COLUMNS = {"title": "title", "opens": "opened_at", "closes": "closes_at"}


@dataclass(frozen=True, slots=True)
class PublicCompetition:
    """A competition as everybody reads it.

    Attributes:
        row: The competition.
        bundle: What is pinned; every word on the page comes from here.
        stage: Where it stands for everybody.
        last_minute: The last minute in which a proposal counts.
    """

    row: Competition
    bundle: dict[str, Any]
    stage: PublicStage
    last_minute: datetime

    @property
    def kind_words(self) -> str:
        """The kind in words."""
        return _word(KIND_WORDS, self.bundle["kind"])

    @property
    def activities(self) -> list[str]:
        """What the grant pays for."""
        return [_word(ACTIVITY_WORDS, one) for one in self.bundle["basics"]["activities"]]

    @property
    def givers(self) -> list[str]:
        """Who may give matching funds."""
        return [_word(GIVER_CLASS_WORDS, one) for one in self.bundle["money"]["giver_classes"]]

    @property
    def pools(self) -> list[dict[str, Any]]:
        """The money there is, with whose it is and for whom."""
        return [
            {
                "words": _word(POOL_KIND_WORDS, one["kind"]),
                "agency": one["agency"],
                "amount": Decimal(one["amount"]),
                "is_state": one["kind"] == PoolKind.STATE,
            }
            for one in self.bundle["money"]["pools"]
        ]

    @property
    def federal_money(self) -> Decimal:
        """All federal money of the competition."""
        pools = (pool["amount"] for pool in self.pools if not pool["is_state"])
        return sum(pools, Decimal(0))

    @property
    def ceiling(self) -> Decimal:
        """The most that one proposal may ask for."""
        return Decimal(self.bundle["money"]["federal_ceiling"])

    @property
    def floor(self) -> Decimal:
        """The least that one proposal may ask for; 0 for none."""
        return Decimal(self.bundle["money"]["federal_floor"])

    @property
    def share_words(self) -> str:
        """The federal share of the total cost."""
        return share_words(Fraction(self.bundle["money"]["federal_share"]))

    @property
    def match_words(self) -> str:
        """How much match a federal dollar asks for."""
        return match_words(Fraction(self.bundle["money"]["federal_share"]))

    @property
    def pace_words(self) -> str:
        """When the match must be there."""
        return _word(MATCH_PACE_WORDS, self.bundle["money"]["match_pace"])

    @property
    def years_words(self) -> str:
        """How long an award runs."""
        basics = self.bundle["basics"]
        shortest, longest = basics["shortest_years"], basics["longest_years"]
        if shortest == longest:
            return f"{longest} year{'' if longest == 1 else 's'}"
        return f"{shortest} or {longest} years"

    @property
    def rules(self) -> list[dict[str, str]]:
        """By which rules scores become a decision."""
        judging = self.bundle["judging"]
        return [
            {"label": "Order", "value": _word(RANKING_RULE_WORDS, judging["ranking_rule"])},
            {"label": "Equal scores", "value": _word(TIE_RULE_WORDS, judging["tie_rule"])},
            {"label": "Near the line", "value": _word(LINE_RULE_WORDS, judging["line_rule"])},
            {
                "label": "Quality threshold",
                "value": judging["quality_threshold"] or "None",
            },
            {
                "label": "Reviewers of each proposal",
                "value": f"At least {judging['reviews_per_proposal']}",
            },
            {
                "label": "Programme factors",
                "value": judging["programme_factors"] or "None: rank alone decides",
            },
        ]


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One changed line, word by word."""

    label: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class ShownAmendment:
    """An amendment as people read it."""

    row: Amendment
    kind_words: str
    changes: list[ShownChange]
    last_minute: datetime

    @property
    def is_extended(self) -> bool:
        """Whether the close moved."""
        return self.row.closes_after > self.row.closed_before


def published(row: Competition) -> PublicCompetition:
    """Return an opened competition as everybody reads it."""
    closes_at = row.closes_at or row.opened_at or row.created_at
    return PublicCompetition(
        row, row.bundle or {}, public_stage(row.status), last_minute(closes_at)
    )


def public_competitions(
    *, search: str = "", stage: PublicStage | None = None, sort: str = "-closes"
) -> QuerySet[Competition]:
    """Return opened competitions in the wanted order; "-" before it turns it."""
    rows = Competition.objects.opened().select_related("case", "agency")
    if stage is not None:
        rows = rows.filter(state__in=PUBLIC_STATES[stage])
    if search:
        rows = rows.filter(
            Q(title__icontains=search)
            | Q(opportunity_number__icontains=search)
            | Q(summary__icontains=search)
            | Q(case__reference__iexact=search)
        )
    column = F(COLUMNS[sort.removeprefix("-")])
    turned = sort.startswith("-")
    order = column.desc(nulls_last=True) if turned else column.asc(nulls_last=True)
    return rows.order_by(order, "pk")


def open_now() -> list[PublicCompetition]:
    """Return what is open, what closes first, first."""
    return [published(row) for row in public_competitions(stage=PublicStage.OPEN, sort="closes")]


def shown_amendments(row: Competition) -> list[ShownAmendment]:
    """Return every amendment, the newest first."""
    return [
        ShownAmendment(
            one,
            AMENDMENT_KIND_WORDS[AmendmentKind(one.kind)],
            [
                ShownChange(change["label"], pieces(change["before"], change["after"]))
                for change in one.changes
            ],
            last_minute(one.closes_after),
        )
        for one in row.amendments.order_by("-number")
    ]


def answered(row: Competition) -> QuerySet[Inquiry]:
    """Return questions with their answers, the newest first; never who asked."""
    rows = row.inquiries.filter(answered_at__isnull=False).order_by("-answered_at")
    return rows.only("reference", "public_question", "answer", "answered_at", "competition")


def version_of(row: Competition, number: int) -> dict[str, Any] | None:
    """Return the words after so many amendments; 0 is what was opened with."""
    later = row.amendments.filter(number=number + 1).first()
    if later is not None:
        return dict(later.bundle_before)
    made = row.amendments.count()
    return dict(row.bundle or {}) if number == made else None


def versions(row: Competition) -> list[dict[str, Any]]:
    """Return the digest of every version, the oldest first."""
    rows = list(row.amendments.order_by("number"))
    hashes = [one.hash_before for one in rows] + [row.bundle_hash]
    return [{"number": number, "hash": one} for number, one in enumerate(hashes)]


def is_as_pinned(row: Competition) -> bool:
    """Whether the published digest is that of the published words."""
    return hash_of(row.bundle or {}) == row.bundle_hash


def _word(words: Any, code: str) -> str:  # noqa: ANN401 - a mapping of any enumeration
    return str(words.get(code, code))
