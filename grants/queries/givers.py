"""Givers of matching funds as the group's page shows them."""

from __future__ import annotations

from typing import Any

from grants.models import GiverSignature, Proposal
from grants.rules.panel_states import MATCH, MatchState

ASK_WORDS = {
    MatchState.LISTED: "Ask to sign",
    MatchState.ASKED: "Remind",
    MatchState.EXPIRED: "Ask again",
    MatchState.DECLINED: "Ask again",
}
TONES = {
    MatchState.SIGNED: "good",
    MatchState.DECLINED: "bad",
    MatchState.ASKED: "info",
    MatchState.EXPIRED: "warn",
}


def givers_of(proposal: Proposal) -> list[dict[str, Any]]:
    """Return every promise that was not taken out, with its answer and what can be done."""
    rows = proposal.match.exclude(state=MatchState.WITHDRAWN).order_by("organization_name")
    signatures = {
        one.link.commitment_id: one
        for one in GiverSignature.objects.filter(link__commitment__proposal=proposal)
        .select_related("link")
        .order_by("at")
    }
    return [
        {
            "row": row,
            "state": MATCH.labels[MatchState(row.state)],
            "tone": TONES.get(MatchState(row.state), ""),
            "ask_words": ASK_WORDS.get(MatchState(row.state), ""),
            "signature": signatures.get(row.pk),
        }
        for row in rows
    ]
