"""Proposals for those who write them; nobody else finds or counts one here."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse

from accounts.searching import NOTHING, Hit, Hits, Kind, Question
from grants.queries.proposals import proposals_of
from grants.rules.states import PROPOSAL


def find_my_proposals(question: Question) -> Hits:
    """Answer with the proposals of the groups in which the person holds a seat."""
    if question.person is None:
        return NOTHING
    text = question.text
    found = proposals_of(question.person).filter(
        Q(title__icontains=text) | Q(case__reference__iexact=text) | Q(group__name__icontains=text)
    )
    part = found[question.first : question.first + question.count]
    return Hits(
        found.count(),
        tuple(
            Hit(
                row.title,
                reverse("grants:proposal", args=[row.case.reference]),
                f"{row.competition.title} · {PROPOSAL.public_label(row.status)}",
            )
            for row in part
        ),
    )


PROPOSALS = Kind("proposals", "Your proposals", "proposal", 55, find_my_proposals)
