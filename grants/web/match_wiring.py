"""What matching funds tell the lower apps: registered at start-up."""

from __future__ import annotations

from grants.queries.award_links import award_giver_code, award_giver_token
from records.sealed_words import register_sealed_word


def register_match() -> None:
    """Name the sealed words of givers' letters."""
    register_sealed_word("award_giver_token", award_giver_token)
    register_sealed_word("award_giver_code", award_giver_code)
