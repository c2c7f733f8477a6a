"""Who took part in judging a competition, and who is tied to one of its proposals."""

from __future__ import annotations

from certification.models import GroupSeat
from grants.models import Competition, ConflictEdge, PanelSeat, Proposal
from grants.queries.conflicts import BARRING
from trail.models import Entry

# Making results public is nobody's judgement, and an appeal is decided apart from what it is about.
NO_JUDGEMENT = (
    "prepare_publication",
    "release_publication",
    "discard_publication",
    "prepare_results",
    "release_results",
    "discard_results",
    "decide_appeal",
)


def took_part(competition: Competition) -> frozenset[str]:
    """Return everybody who acted on the competition or its proposals, or sat on its panel."""
    cases = Proposal.objects.filter(competition=competition).values("case")
    entries = Entry.objects.filter(case__in=cases) | Entry.objects.filter(case=competition.case)
    actors = set(entries.exclude(verb__in=NO_JUDGEMENT).values_list("actor", flat=True))
    seats = PanelSeat.objects.filter(competition=competition)
    return frozenset(actors | {f"user:{user}" for user in seats.values_list("user_id", flat=True)})


def hidden_from(user: int, competition: Competition) -> frozenset[str]:
    """Return the references of proposals that a member of staff must not see.

    Their own group's, and those to which an open tie binds them.
    """
    seats = GroupSeat.objects.filter(user_id=user).values("group")
    own = Proposal.objects.filter(competition=competition, group__in=seats)
    edges = ConflictEdge.objects.filter(BARRING, user_id=user, proposal__competition=competition)
    tied = Proposal.objects.filter(pk__in=edges.values("proposal"))
    return frozenset((own | tied).values_list("case__reference", flat=True))
