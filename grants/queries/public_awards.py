"""Public awards: gathered once to be released; read by everybody from what was released, only."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet

from grants.models import Award
from grants.rules.public_awards import KIND_AWARD, PublicAward, PublicLine
from grants.rules.shares import share_words
from kit.refusals import refuse
from records.models import Publication


def gather_award(award: Award) -> PublicAward:
    """Everything of an accepted award that is to be public.

    Raises:
        Refused: ``not_accepted``.
    """
    if award.answered_at is None:
        raise refuse("not_accepted", "Only an accepted award is made public.")
    proposal = award.selected.proposal
    competition = proposal.competition
    lines = [
        PublicLine(one.get_category_display(), one.federal, one.match) for one in award.lines.all()
    ]
    share = Fraction(award.federal_share_numerator, award.federal_share_denominator)
    return PublicAward(
        reference=award.reference,
        number=award.number,
        title=award.title,
        summary=_summary(award),
        recipient=award.group.name,
        cluster=award.group.cluster_name,
        region=award.group.region_name,
        agency=award.agency.name,
        opportunity_number=competition.opportunity_number,
        competition=competition.reference,
        competition_title=competition.title,
        listing_number=competition.listing_number,
        federal=award.federal_amount,
        match=sum((one.match for one in lines), Decimal(0)),
        share=share_words(share),
        starts_on=award.starts_on,
        ends_on=award.ends_on,
        accepted_at=award.answered_at,
        lines=lines,
    )


def released_awards(at: datetime) -> QuerySet[Publication]:
    """Every award that the public reads at a moment, the newest first."""
    rows = Publication.objects.filter(kind=KIND_AWARD).shown_at(at).select_related("case")
    return rows.order_by("-shown__startswith", "-pk")


def public_award(reference: str, at: datetime) -> Publication | None:
    """One award as the public reads it; None before its release."""
    return released_awards(at).filter(case__reference=reference).first()


def latest_version(award: Award) -> Publication | None:
    """What was prepared or released last and not discarded."""
    rows = Publication.objects.filter(case=award.case_id, kind=KIND_AWARD, discarded_at=None)
    return rows.order_by("-number").first()


def as_read(publication: Publication) -> dict[str, Any]:
    """Return a snapshot with its money and days as values that pages write out."""
    held = publication.snapshot
    lines = [
        {**one, "federal": Decimal(one["federal"]), "match": Decimal(one["match"])}
        for one in held["lines"]
    ]
    return {
        **held,
        **{name: Decimal(held[name]) for name in ("federal", "match", "total")},
        **{name: date.fromisoformat(held[name]) for name in ("starts_on", "ends_on")},
        "lines": lines,
    }


def _summary(award: Award) -> str:
    """What the applicant wrote for the public: the answer marked public in the proposal."""
    counting = award.selected.proposal.counting
    sections = counting.content.get("sections", ()) if counting else ()
    for section in sections:
        for answer in section["answers"]:
            if answer.get("is_public") and answer["id"] == "summary":
                return str(answer["answer"])
    return ""
