"""What the criteria C2, C3 and C5 look at, gathered from the rows of a group.

Only confirmed participants are read: an unanswered invitation counts zero and costs nothing.
"""

from __future__ import annotations

from fractions import Fraction

from accounts.queries.look_of_names import skeleton_of
from accounts.queries.organizations import family_heads
from accounts.rules.names import name_key
from certification.models import ClusterGroup, ConveningBody, Participant
from certification.rules.convening import ConveningFacts
from certification.rules.diversity import DiversityFacts, FirmFacts
from certification.rules.government import CommitmentFacts
from certification.rules.groups import SizeClass
from certification.rules.institutions import InstitutionFacts
from certification.rules.participants import (
    ConveningForm,
    FirmRole,
    GovernmentLevel,
    InstitutionKind,
)
from certification.rules.states import CommitmentState

# A size that a firm has not given is unknown, not "large".
IS_SMALL = {SizeClass.SMALL.value: True, SizeClass.OTHER.value: False, "": None}


def confirmed_participants(group: ClusterGroup) -> list[Participant]:
    """Everybody who has signed, in a fixed order."""
    return list(group.participants.confirmed().order_by("pk"))


def diversity_facts(roster: list[Participant]) -> DiversityFacts:
    """Confirmed firms, and the votes of the confirmed institutions."""
    families = families_of([one for one in roster if one.is_firm])
    return DiversityFacts(
        firms=tuple(
            FirmFacts(
                role=FirmRole(firm.firm_role),
                is_small=IS_SMALL[firm.size_class],
                votes=firm.votes,
                family=families.get(firm.pk, ""),
            )
            for firm in roster
            if firm.is_firm
        ),
        other_votes=sum(one.votes for one in roster if not one.is_firm),
    )


def families_of(firms: list[Participant]) -> dict[int, str]:
    """Return the family of each firm that belongs to one.

    A firm's UEI leads to its organization and on to the family's head; otherwise the family is
    the one that the group named. The parent itself belongs to the family that others name.
    """
    heads = family_heads([firm.uei for firm in firms])
    named = {firm.pk: heads.get(firm.uei) or firm.corporate_family for firm in firms}
    looks = {pk: skeleton_of(name) for pk, name in named.items() if name.strip()}
    labels: dict[str, str] = {}
    for pk, look in looks.items():
        labels.setdefault(look, name_key(named[pk]))
    parents = {firm.pk: firm.skeleton_key for firm in firms if firm.skeleton_key in labels}
    return {pk: labels[look] for pk, look in {**parents, **looks}.items()}


def institution_facts(roster: list[Participant]) -> tuple[InstitutionFacts, ...]:
    """Confirmed institutions."""
    return tuple(
        InstitutionFacts(
            kinds=frozenset(InstitutionKind(kind) for kind in one.institution_kinds),
            has_vote=one.votes > 0,
        )
        for one in roster
        if not one.is_firm
    )


def commitment_facts(group: ClusterGroup) -> tuple[CommitmentFacts, ...]:
    """Governments that were asked, signed or not; those that declined count as not signed."""
    rows = group.commitments.exclude(state=CommitmentState.WITHDRAWN).order_by("pk")
    return tuple(
        CommitmentFacts(
            state_fips=row.state_fips,
            level=GovernmentLevel(row.level),
            is_signed=row.state == CommitmentState.SIGNED,
        )
        for row in rows
    )


def convening_facts(group: ClusterGroup, *, cluster_jobs: int) -> ConveningFacts:
    """What the group has said about its convening organization; nothing yet is said as nothing."""
    body = ConveningBody.objects.filter(group=group).prefetch_related("board").first()
    if body is None:
        body = ConveningBody(group=group)
        seats = []
    else:
        seats = list(body.board.all())
    posts = Fraction(body.management_fte) if body.is_management_paid_or_pledged else Fraction(0)
    return ConveningFacts(
        form=_form(body),
        management_posts=posts,
        has_open_admission=body.has_open_admission_rule,
        members_jobs=body.members_jobs,
        cluster_jobs=cluster_jobs,
        board_seats=sum(row.seats for row in seats),
        largest_class_seats=max((row.seats for row in seats if row.is_firm_class), default=0),
        has_published_dues=body.has_published_dues,
        has_dues_relief=bool(body.dues_relief_rule.strip()),
        has_antitrust_statement=body.has_antitrust_statement,
    )


def _form(body: ConveningBody) -> ConveningForm | None:
    """The form, once what belongs to it is there: a sponsor needs a name, a plan its text."""
    if not body.form:
        return None
    form = ConveningForm(body.form)
    proof = {
        ConveningForm.ENTITY: body.legal_name,
        ConveningForm.FISCAL_SPONSOR: body.fiscal_sponsor_name,
        ConveningForm.FORMATION_PLAN: body.formation_plan,
    }[form]
    return form if proof.strip() else None
