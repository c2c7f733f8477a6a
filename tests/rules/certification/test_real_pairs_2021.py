"""The criteria on the real county files of 2021: every economic area with every traded cluster."""

from collections import Counter
from fractions import Fraction

from certification.rules.concentration import ConcentrationFacts, concentration
from certification.rules.results import Outcome, worst
from certification.rules.rulebook_v1 import rulebook_v1
from mapping.rules.bands import TOP_QUARTILE, quantile, tercile_cuts
from mapping.rules.bounds import Bounds
from mapping.rules.terms import Base
from tests.rules.mapping.real_data import needs_real_data
from tests.rules.mapping.test_real_counties_2021 import areas_2021

__all__ = ["areas_2021"]
pytestmark = needs_real_data
RULES = rulebook_v1()


def outcome_of(facts):
    return worst(result.outcome for result in concentration(facts, RULES))


def facts_of(areas):
    """Facts of every pair, as published values without their bounds."""
    regions, measured, traded = areas
    cuts = tercile_cuts(regions.traded.tolist())
    bands = [cuts.band_of(jobs) for jobs in regions.traded.tolist()]
    for column in traded.tolist():
        lq = [Fraction(value) for value in measured.lq.value[:, column].tolist()]
        jobs = regions.employment[:, column].tolist()
        quarter = {
            band: quantile(
                sorted(q for q, own in zip(lq, bands, strict=True) if own is band), TOP_QUARTILE
            )
            for band in set(bands)
        }
        for area, band in enumerate(bands):
            yield (
                area,
                ConcentrationFacts(
                    region_name=f"area {area}",
                    cluster_name=f"cluster {column}",
                    band=band,
                    base=Base.TRADED,
                    lq=Bounds.exact(lq[area]),
                    employment=Bounds.exact(jobs[area]),
                    share_of_nation=Bounds.exact(Fraction(jobs[area], sum(jobs))),
                    establishments=100,
                    top_quarter_lq=quarter[band],
                    sources=(),
                ),
            )


def test_the_first_rulebook_lets_1235_of_7339_pairs_through(areas_2021):
    found = [(area, outcome_of(facts)) for area, facts in facts_of(areas_2021)]
    counts = Counter(outcome for _, outcome in found)
    assert len(found) == 7_339
    assert counts[Outcome.PASS] == 1_235
    assert counts[Outcome.UNKNOWN] == 0
    passes = Counter(area for area, outcome in found if outcome is Outcome.PASS)
    assert len(passes) == 179
    assert sorted(passes.values())[len(passes) // 2] == 6
