"""Links of givers: what one opens, and the claim that stands behind it."""

from __future__ import annotations

from datetime import datetime

from certification.queries.open_links import REPLACED, link_refusal
from certification.queries.personal_links import code_of, digest_of, sealed_address, token_of
from grants.models import GiverLink, MatchCommitment
from grants.rules.budget import dollars
from grants.rules.giver_words import GiftClaim
from grants.rules.panel_states import MatchState
from grants.rules.states import ProposalState
from grants.rules.terms import MatchKind
from kit.refusals import Refusal
from records.sealed_words import SealedWord

KIND_IN_A_SENTENCE = {MatchKind.CASH: "in cash", MatchKind.IN_KIND: "in kind"}


def find_giver_link(token: str) -> GiverLink | None:
    """Return the link of a token, whatever its state."""
    rows = GiverLink.objects.select_related(
        "commitment__proposal__group",
        "commitment__proposal__case",
        "commitment__proposal__competition__agency",
    )
    return rows.filter(token_digest=digest_of(token)).first()


def giver_refusal(link: GiverLink | None, at: datetime) -> Refusal | None:
    """Say why a link opens nothing now."""
    refusal = link_refusal(link, at)
    if refusal is not None or link is None:
        return refusal
    is_over = link.commitment.proposal.status is ProposalState.WITHDRAWN
    return REPLACED if is_over or link.commitment.state != MatchState.ASKED else None


def claim_of(commitment: MatchCommitment) -> GiftClaim:
    """Return what the group says about the giver."""
    proposal = commitment.proposal
    return GiftClaim(
        giver=commitment.organization_name,
        amount=dollars(commitment.amount),
        kind=KIND_IN_A_SENTENCE[MatchKind(commitment.kind)],
        purpose=commitment.purpose,
        group=proposal.group.name,
        project=proposal.title,
        competition=proposal.competition.title,
    )


def giving_address(link: GiverLink) -> str:
    """Return the path of the signing page as a letter carries it: the token sealed."""
    return sealed_address("grants:give", SealedWord("giver_token", str(link.pk)))


def giver_token(name: str) -> str:
    """Return the token for a letter that is being delivered."""
    return token_of(GiverLink.objects.values_list("nonce", flat=True).get(pk=int(name)))


def giver_code(name: str) -> str:
    """Return the code for a letter that is being delivered."""
    return code_of(GiverLink.objects.get(pk=int(name)))
