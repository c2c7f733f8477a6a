"""Personal links of givers during an award: what one opens, and the claim behind it."""

from __future__ import annotations

from datetime import date, datetime

from certification.queries.open_links import REPLACED, link_refusal
from certification.queries.personal_links import code_of, digest_of, sealed_address, token_of
from grants.models import Award, AwardGiverLink, Contribution, Pledge
from grants.rules.budget import dollars
from grants.rules.match.giver_words import AwardClaim
from grants.rules.match.states import CONTRIBUTION_KIND_WORDS, ContributionKind, ContributionState
from grants.rules.panel_states import MatchState
from grants.rules.terms import MATCH_KIND_WORDS, MatchKind
from kit.refusals import Refusal
from records.sealed_words import SealedWord

READ_WITH = (
    "pledge__award__case",
    "pledge__award__agency",
    "pledge__award__group",
    "contribution__pledge",
    "contribution__award__case",
    "contribution__award__agency",
    "contribution__award__group",
)


def find_award_link(token: str) -> AwardGiverLink | None:
    """Return the link of a token, whatever its state."""
    rows = AwardGiverLink.objects.select_related(*READ_WITH)
    return rows.filter(token_digest=digest_of(token)).first()


def award_of(link: AwardGiverLink) -> Award:
    """Return the award that a link is about."""
    return (link.contribution or pledge_of(link)).award


def pledge_of(link: AwardGiverLink) -> Pledge:
    """Return the promise behind a link.

    Raises:
        LookupError: the link is of nothing, which the database does not let happen.
    """
    pledge = link.contribution.pledge if link.contribution else link.pledge
    if pledge is None:
        raise LookupError(link.pk)
    return pledge


def award_link_refusal(link: AwardGiverLink | None, at: datetime) -> Refusal | None:
    """Say why a link opens nothing now."""
    refusal = link_refusal(link, at)
    if refusal is not None or link is None:
        return refusal
    if link.contribution is not None:
        is_asked = link.contribution.status is ContributionState.EVIDENCE_ATTACHED
    else:
        is_asked = pledge_of(link).state == MatchState.ASKED
    return None if is_asked else REPLACED


def claim_of_link(link: AwardGiverLink) -> AwardClaim:
    """Return what the group says about the giver."""
    pledge, award, gift = pledge_of(link), award_of(link), link.contribution
    return AwardClaim(
        giver=pledge.giver_name,
        amount=dollars(gift.amount if gift else pledge.amount),
        what=_what(pledge, gift),
        days=_days(gift.given_from, gift.given_through) if gift else "",
        group=award.group.name,
        project=award.title,
        award=award.number,
    )


def award_giving_address(link: AwardGiverLink) -> str:
    """Return the path of the signing page as a letter carries it: the token sealed."""
    return sealed_address("grants:give_to_award", SealedWord("award_giver_token", str(link.pk)))


def award_giver_token(name: str) -> str:
    """Return the token for a letter that is being delivered."""
    return token_of(AwardGiverLink.objects.values_list("nonce", flat=True).get(pk=int(name)))


def award_giver_code(name: str) -> str:
    """Return the code for a letter that is being delivered."""
    return code_of(AwardGiverLink.objects.get(pk=int(name)))


def _what(pledge: Pledge, gift: Contribution | None) -> str:
    if gift is None:
        return MATCH_KIND_WORDS[MatchKind(pledge.kind)].lower()
    return f"{CONTRIBUTION_KIND_WORDS[ContributionKind(gift.kind)].lower()} ({gift.description})"


def _days(first: date, last: date) -> str:
    if first == last:
        return f"on {first:%B %-d, %Y}"
    return f"from {first:%B %-d, %Y} through {last:%B %-d, %Y}"
