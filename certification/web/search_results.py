"""The register for everybody; groups, cases and rosters for those who may read them."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse

from accounts.searching import NOTHING, Hit, Hits, Kind, Question
from certification.models import Application
from certification.permissions.decisions import READERS
from certification.queries.register import published, search_register
from certification.queries.searching import (
    cases_like,
    cases_read,
    groups_held,
    my_groups_like,
    participants_like,
)
from certification.rules.states import APPLICATION, PARTICIPANT, ParticipantState


def find_certified(question: Question) -> Hits:
    """Answer from released publications and from nothing else."""
    found = search_register(question.text, question.on)
    rows = [published(row) for row in found[question.first : question.first + question.count]]
    return Hits(
        found.count(),
        tuple(
            Hit(
                row.entry.group,
                reverse("certification:register_entry", args=[row.entry.reference]),
                f"{row.entry.cluster} · {row.entry.region}",
            )
            for row in rows
        ),
    )


def find_my_groups(question: Question) -> Hits:
    """Answer with the groups in which the person holds a seat."""
    if question.person is None:
        return NOTHING
    found = my_groups_like(question.person, question.text)
    part = found[question.first : question.first + question.count]
    return Hits(
        found.count(),
        tuple(
            Hit(
                row.name,
                reverse("certification:group", args=[row.reference]),
                f"{row.cluster_name} · {row.region_name}",
            )
            for row in part
        ),
    )


def find_cases(question: Question) -> Hits:
    """Answer with the cases of the person's offices."""
    agencies = question.holds(*READERS)
    if not agencies:
        return NOTHING
    found = cases_like(agencies, question.text)
    part = found[question.first : question.first + question.count]
    return Hits(found.count(), tuple(_case(row) for row in part))


def find_participants(question: Question) -> Hits:
    """Answer with entries of rosters, leading to the roster or to the case."""
    if question.person is None:
        return NOTHING
    agencies = question.holds(*READERS)
    found = participants_like(question.person, agencies, question.text)
    part = list(found[question.first : question.first + question.count])
    mine = set(groups_held(question.person).values_list("pk", flat=True))
    groups = {row.group_id for row in part}
    cases = dict(_newest_cases(cases_read(agencies).filter(group__in=groups)))
    hits = []
    for row in part:
        if row.group_id in mine:
            url = reverse("certification:participant", args=[row.group.reference, row.reference])
        else:
            url = reverse("certification:staff_case", args=[cases[row.group_id]])
        answer = PARTICIPANT.labels[ParticipantState(row.state)]
        hits.append(Hit(row.organization_name, url, f"{row.group.name} · {answer}"))
    return Hits(found.count(), tuple(hits))


def _newest_cases(rows: QuerySet[Application]) -> list[tuple[int, str]]:
    return list(rows.order_by("submitted_at").values_list("group_id", "case__reference"))


def _case(row: Application) -> Hit:
    detail = f"{APPLICATION.labels[row.status]} · {row.cluster_name} · {row.case.reference}"
    return Hit(
        row.group.name, reverse("certification:staff_case", args=[row.case.reference]), detail
    )


KINDS = (
    Kind("certified", "Certified groups", "certified group", 20, find_certified),
    Kind("groups", "Your groups", "group", 50, find_my_groups),
    Kind("cases", "Cases of your office", "case", 60, find_cases),
    Kind("participants", "Members and institutions", "entry", 70, find_participants),
)
