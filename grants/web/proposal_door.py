"""What proposals tell the lower apps: registered at start-up."""

from __future__ import annotations

from accounts.searching import register_kind
from grants.actions.ask_giver import EXPIRY, expire_givers
from grants.actions.watch_proposal import CLOSE, REMINDER, close_proposal, remind_applicants
from grants.queries.giver_links import giver_code, giver_token
from grants.queries.proposal_cases import proposal_letterhead, proposal_standing
from grants.web.proposal_search import PROPOSALS
from records.registry import register_deadline, register_letterhead
from records.sealed_words import register_sealed_word
from trail.retention_registry import register_retention


def register_proposals() -> None:
    """Name deadlines, sealed words, letterhead, retention and the kind of search."""
    register_deadline(REMINDER, remind_applicants)
    register_deadline(CLOSE, close_proposal)
    register_deadline(EXPIRY, expire_givers)
    register_sealed_word("giver_token", giver_token)
    register_sealed_word("giver_code", giver_code)
    register_letterhead("proposal", proposal_letterhead)
    register_retention("proposal", proposal_standing)
    register_kind(PROPOSALS)
