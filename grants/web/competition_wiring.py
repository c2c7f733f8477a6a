"""What the lower apps are told of competitions: clocks, letterhead, retention, search, own data."""

from __future__ import annotations

from django.urls import reverse

from accounts.registry import register_belonging
from accounts.searching import NOTHING, Hit, Hits, Kind, Question, register_kind
from grants.actions.close_competition import CLOSING, close_at_its_time
from grants.actions.create_competition import CASE_KIND
from grants.actions.open_competition import open_at_its_time
from grants.actions.schedule_competition import OPENING
from grants.models import Competition
from grants.permissions.competitions import READERS
from grants.queries.competition_records import (
    OWN_QUESTIONS,
    competition_letterhead,
    competition_standing,
)
from grants.queries.competition_search import competitions_like, office_competitions_like
from grants.rules.public_stages import PUBLIC_STAGE_WORDS, public_stage
from grants.rules.states import COMPETITION
from records.registry import register_deadline, register_letterhead
from trail.retention_registry import register_retention


def register_competitions() -> None:
    """Tell the lower apps; called once, when every model is loaded."""
    register_deadline(OPENING, open_at_its_time)
    register_deadline(CLOSING, close_at_its_time)
    register_letterhead(CASE_KIND, competition_letterhead)
    register_retention(CASE_KIND, competition_standing)
    register_belonging(OWN_QUESTIONS)
    for kind in KINDS:
        register_kind(kind)


def find_competitions(question: Question) -> Hits:
    """Answer with competitions that were opened, for everybody."""
    found = competitions_like(question.text)
    part = found[question.first : question.first + question.count]
    return Hits(found.count(), tuple(_public(row) for row in part))


def find_office_competitions(question: Question) -> Hits:
    """Answer with the competitions of the person's offices, drafts too."""
    agencies = question.holds(*READERS)
    if not agencies:
        return NOTHING
    found = office_competitions_like(agencies, question.text)
    part = found[question.first : question.first + question.count]
    return Hits(found.count(), tuple(_office(row) for row in part))


def _public(row: Competition) -> Hit:
    stage = PUBLIC_STAGE_WORDS[public_stage(row.status)]
    return Hit(
        row.title,
        reverse("grants:competition", args=[row.reference]),
        f"{stage} · {row.agency.name}",
    )


def _office(row: Competition) -> Hit:
    detail = f"{COMPETITION.labels[row.status]} · {row.opportunity_number} · {row.reference}"
    return Hit(row.title, reverse("grants:staff_competition", args=[row.reference]), detail)


KINDS = (
    Kind("competitions", "Competitions", "competition", 25, find_competitions),
    Kind(
        "office_competitions",
        "Competitions of your office",
        "competition",
        65,
        find_office_competitions,
    ),
)
