"""Facts for tests: a case that passes everything, to be varied one piece at a time."""

from dataclasses import replace
from fractions import Fraction

from certification.rules.concentration import ConcentrationFacts, SourceFacts
from certification.rules.convening import ConveningFacts
from certification.rules.determination import BasisFacts, CaseFacts
from certification.rules.diversity import DiversityFacts, FirmFacts
from certification.rules.government import CommitmentFacts, GovernmentFacts, StateFacts
from certification.rules.institutions import InstitutionFacts
from certification.rules.participants import (
    ConveningForm,
    FirmRole,
    GovernmentLevel,
    InstitutionKind,
)
from mapping.rules.bounds import Bounds
from mapping.rules.terms import Band, Base


def concentration_facts(**changes):
    sure = ConcentrationFacts(
        region_name="Elkhart",
        cluster_name="Recreational vehicles",
        band=Band.SMALL,
        base=Base.TRADED,
        lq=Bounds.exact(3),
        employment=Bounds.exact(12_000),
        share_of_nation=Bounds.exact(Fraction(1, 10)),
        establishments=120,
        top_quarter_lq=Fraction("1.40"),
        sources=(SourceFacts("release counties 2021", "cd" * 32),),
    )
    return replace(sure, **changes)


def reading(text):
    """``1.2`` or ``1.1/1.2/1.4``: low, value, high."""
    parts = [Fraction(part) for part in text.split("/")]
    return Bounds(*parts) if len(parts) == 3 else Bounds.exact(parts[0])


def firms(count, *, roles=8, small=None, families=()):
    """``count`` firms spread over the first ``roles`` roles, the first ``small`` of them small."""
    small = count if small is None else small
    order = list(FirmRole)[:roles]
    return tuple(
        FirmFacts(
            role=order[number % roles],
            is_small=number < small,
            votes=1,
            family=families[number] if number < len(families) else "",
        )
        for number in range(count)
    )


def institution_facts():
    return (
        InstitutionFacts(frozenset({InstitutionKind.UNIVERSITY}), has_vote=True),
        InstitutionFacts(
            frozenset({InstitutionKind.COMMUNITY_COLLEGE, InstitutionKind.TRAINING_PROVIDER}),
            has_vote=False,
        ),
        InstitutionFacts(frozenset({InstitutionKind.TRADE_ASSOCIATION}), has_vote=False),
    )


def government_facts():
    return GovernmentFacts(
        states=(StateFacts("18", "Indiana", Fraction(1)),),
        commitments=(
            CommitmentFacts("18", GovernmentLevel.STATE, is_signed=True),
            CommitmentFacts("18", GovernmentLevel.COUNTY, is_signed=True),
        ),
    )


def convening_facts(**changes):
    fair = ConveningFacts(
        form=ConveningForm.ENTITY,
        management_posts=Fraction(1),
        has_open_admission=True,
        members_jobs=4_000,
        cluster_jobs=12_000,
        board_seats=9,
        largest_class_seats=3,
        has_published_dues=True,
        has_dues_relief=True,
        has_antitrust_statement=True,
    )
    return replace(fair, **changes)


def case_facts(**changes):
    good = CaseFacts(
        basis=BasisFacts("B-1", "ab" * 32, "Counties 2021", False, "12", ("18039",)),
        concentration=concentration_facts(),
        diversity=DiversityFacts(firms(16)),
        institutions=institution_facts(),
        government=government_facts(),
        convening=convening_facts(),
    )
    return replace(good, **changes)
