"""What keeps the words of a notice as they were signed: triggers that only an amendment opens."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.db import models

# An amendment written in this very transaction; its own row says what changed, and why.
AMENDED_NOW = (
    "EXISTS (SELECT 1 FROM grants_amendment a WHERE a.competition_id = {row} "
    "AND a.recorded_at = transaction_timestamp())"
)
REFUSE = (
    "RAISE EXCEPTION 'pgtrigger: the words of a competition change in its draft, "
    "and afterwards only by an amendment';"
)
TERMS = (
    "kind",
    "opportunity_number",
    "listing_number",
    "title",
    "summary",
    "opens_at",
    "closes_at",
    "time_zone",
    "exigency",
    "shortest_years",
    "longest_years",
    "activities",
    "federal_floor",
    "federal_ceiling",
    "federal_share_numerator",
    "federal_share_denominator",
    "match_pace",
    "giver_classes",
    "score_low",
    "score_high",
    "reviews_per_proposal",
    "ranking_rule",
    "tie_rule",
    "line_rule",
    "quality_threshold",
    "programme_factors",
)


class TransactionTime(models.Func):
    """When the transaction began, by the database's clock."""

    function = "transaction_timestamp"
    output_field: Any = models.DateTimeField()


def terms_stand() -> pgtrigger.Trigger:
    """A competition's own words: free in the draft; what was pinned stays pinned."""
    same = " AND ".join(f'OLD."{one}" IS NOT DISTINCT FROM NEW."{one}"' for one in TERMS)
    pinned = ("bundle", "bundle_hash", "opened_at")
    kept = " AND ".join(f'OLD."{one}" IS NOT DISTINCT FROM NEW."{one}"' for one in pinned)
    amended = AMENDED_NOW.format(row="OLD.id")
    return pgtrigger.Trigger(
        name="competition_terms_stand",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=(
            f"IF OLD.state <> 'draft' AND NOT ({same}) AND NOT {amended} THEN {REFUSE} END IF; "
            f"IF OLD.opened_at IS NOT NULL AND NOT ({kept}) AND NOT {amended} THEN {REFUSE} "
            "END IF; RETURN NEW;"
        ),
    )


def rubric_is_whole() -> pgtrigger.Trigger:
    """What leaves the draft has weights that sum to 100 and three anchors per criterion."""
    weights = (
        "(SELECT coalesce(sum(weight), 0) FROM grants_criterion WHERE competition_id = NEW.id)"
    )
    thin = (
        "EXISTS (SELECT 1 FROM grants_criterion c WHERE c.competition_id = NEW.id AND "
        "(SELECT count(*) FROM grants_anchor n WHERE n.criterion_id = c.id) < 3)"
    )
    return pgtrigger.Trigger(
        name="competition_rubric_whole",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=(
            "IF (NEW.state IN ('clearance', 'scheduled', 'open') AND (OLD.state <> NEW.state "
            f"OR OLD.bundle_hash <> NEW.bundle_hash)) AND ({weights} <> 100 OR {thin}) THEN "
            "RAISE EXCEPTION 'pgtrigger: weights sum to 100, with three anchors per criterion'; "
            "END IF; RETURN NEW;"
        ),
    )


def part_stands(name: str, competition: str = "{row}.competition_id") -> pgtrigger.Trigger:
    """A part of the notice: written, changed and removed in the draft or by an amendment.

    Args:
        name: The trigger's name.
        competition: SQL that gives the competition's key of a row named ``{row}``.
    """
    keys = ", ".join(competition.format(row=row) for row in ("OLD", "NEW"))
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=(
            f"IF EXISTS (SELECT 1 FROM grants_competition c WHERE c.id IN ({keys}) "  # noqa: S608
            f"AND c.state <> 'draft' AND NOT {AMENDED_NOW.format(row='c.id')}) THEN {REFUSE} "
            "END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;"
        ),
    )


ANCHOR_OWNER = "(SELECT k.competition_id FROM grants_criterion k WHERE k.id = {row}.criterion_id)"
