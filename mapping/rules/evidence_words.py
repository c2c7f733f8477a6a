"""The steps from published cells to one quotient, in words and in their order."""

from fractions import Fraction

from mapping.rules.measures import Concentration
from mapping.rules.residual_shares import ClassProbability
from mapping.rules.terms import Base, Imputation

READ = {
    Imputation.PUBLISHED.value: "A withheld cell counts as it is published.",
    Imputation.MIDPOINT.value: "A withheld cell counts at the middle of its size class.",
    Imputation.HIERARCHICAL.value: (
        "A missing cell counts as its part of the open total above it, by the nation's mean."
    ),
}
BASES = {
    Base.TRADED: "all cells of traded clusters",
    Base.LOCAL: "all cells of local clusters",
    Base.TOTAL: "all employment of the region's counties (totals)",
}


def method_of(answer: Concentration, imputation: str, absent: int) -> list[tuple[str, str]]:
    """Name and sentence of every step."""
    read = READ.get(imputation, f"Withheld cells are read by the method {imputation}.")
    return [
        ("cells", f"{read} The counted jobs of the cluster's cells add up to its value."),
        (
            "base",
            f"The base is {BASES[answer.base]}; the rest is the base without the cluster.",
        ),
        (
            "quotient",
            (
                "With x the cluster's jobs here, y the rest here, a and b the same two elsewhere "
                "in the nation: x (x + y + a + b) / ((x + y)(x + a))."
            ),
        ),
        (
            "residuals",
            (
                "A residual is a published four-digit total less its six-digit cells: jobs in "
                "the codes missing below it. As much of it is possibly the cluster's as its "
                "missing codes can hold, and certainly what the others cannot hold; in the same "
                "way for the rest."
            ),
        ),
        (
            "absent",
            f"A four-digit industry that no county of the region shows can hold {absent} "
            "establishments of its national mean size."
            if absent
            else "Nothing is read into industries that the files do not show.",
        ),
        (
            "bounds",
            (
                "Certain is what the cells prove and the certain residuals; high is the most that "
                "the cells allow, with the possible residuals and absent industries. The "
                "quotient's bounds are its least and greatest values over all four ranges together."
            ),
        ),
    ]


def likelihood_words(found: ClassProbability, threshold: Fraction) -> str:
    """One sentence: how likely the quotient reaches the line, and what says so."""
    line = f"{float(threshold):g}"
    if found.is_decided:
        return (
            f"It is certain: even the lowest value is at or above {line}."
            if found.probability
            else f"It is impossible: even the highest value is below {line}."
        )
    reached = round(found.probability * found.draws)
    return (
        f"The quotient is at or above {line} in {reached:,} of {found.draws:,} draws of what is "
        "not published."
    )
