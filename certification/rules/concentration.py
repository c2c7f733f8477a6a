"""C1: is the cluster unusually present in the region, and large enough to matter?"""

from dataclasses import dataclass
from fractions import Fraction

from certification.rules.judging import Test, judge, settle
from certification.rules.results import (
    TestResult,
    Threshold,
    best,
    compare,
    worst,
)
from certification.rules.rulebook import Rulebook
from certification.rules.wording import counted, decimal_text, percent_text, whole_text
from mapping.rules.bounds import Bounds
from mapping.rules.measures import Concentration
from mapping.rules.terms import Band, Base


@dataclass(frozen=True)
class SourceFacts:
    """One thing that was read, with its digest at the time."""

    name: str
    digest: str


@dataclass(frozen=True)
class ConcentrationFacts:
    """What the pinned data say about the cluster in the region.

    ``lq`` is the region's share of jobs in the cluster divided by the nation's. A region without
    any published job of the base has no quotient; then ``lq`` is zero.
    ``top_quarter_lq`` is the quotient that the top quarter of economic areas of this size reach.
    """

    region_name: str
    cluster_name: str
    band: Band
    base: Base
    lq: Bounds
    employment: Bounds
    share_of_nation: Bounds
    establishments: int
    top_quarter_lq: Fraction | None
    sources: tuple[SourceFacts, ...]

    @property
    def source_names(self) -> tuple[str, ...]:
        """What was read, for the source line of a result."""
        return tuple(source.name for source in self.sources)


@dataclass(frozen=True)
class Note:
    """Something to know that decides nothing."""

    id: str
    sentence: str


def concentration_facts(measured: Concentration, *, region_name: str) -> ConcentrationFacts:
    """Take from the mapping's measures what C1 looks at."""
    return ConcentrationFacts(
        region_name=region_name,
        cluster_name=measured.cluster_name,
        band=measured.band,
        base=measured.base,
        lq=measured.lq,
        employment=measured.employment,
        share_of_nation=measured.share_of_nation,
        establishments=measured.establishments,
        top_quarter_lq=measured.pool_top_quartile_lq if measured.peers else None,
        sources=tuple(SourceFacts(one.name, one.digest) for one in measured.digests),
    )


def concentration(facts: ConcentrationFacts, rulebook: Rulebook) -> tuple[TestResult, ...]:
    """The two tests of C1, in the order of the rulebook."""
    return (_share_of_jobs(facts, rulebook), _size(facts, rulebook))


def concentration_notes(facts: ConcentrationFacts, rulebook: Rulebook) -> tuple[Note, ...]:
    """A warning where few places of work carry the figures: one closing would change them."""
    few = rulebook.value("c1.few_establishments")
    if facts.establishments >= few:
        return ()
    places = counted(facts.establishments, "published place") + " of work"
    carry = "carries" if facts.establishments == 1 else "carry"
    return (
        Note(
            "C1.few_establishments",
            f"{places[:1].upper()}{places[1:]} {carry} these figures, fewer than "
            f"{whole_text(few)}. That does not count against you.",
        ),
    )


def _share_of_jobs(facts: ConcentrationFacts, rulebook: Rulebook) -> TestResult:
    key = f"c1.lq.{facts.band.value}"
    line = rulebook.floor(key)
    outcomes = [compare(facts.lq, line)]
    above = rulebook.floor("c1.lq.above", is_strict=True)
    shown = line
    if facts.top_quarter_lq is not None:
        quarter = rulebook.line(facts.top_quarter_lq)
        outcomes.append(worst([compare(facts.lq, above), compare(facts.lq, quarter)]))
        shown = min(line, quarter, key=lambda one: max(one.line, above.line))
        if shown is quarter and quarter.line <= above.line:
            shown = above
    outcome = best(outcomes)
    sentence = f"{_times(facts, shown.line)} {_asked(facts, line, above)}"
    test = Test(
        id="C1.concentration",
        title="Share of jobs against the nation",
        citation=rulebook.citation(key),
        sentence=sentence,
        gap=_jobs_gap(facts, shown),
        sources=facts.source_names,
    )
    return settle(test, facts.lq, shown, outcome)


def _times(facts: ConcentrationFacts, line: Fraction) -> str:
    lq, name = facts.lq, facts.region_name
    times = decimal_text(lq.value, against=line)
    sentence = (
        f"{name[:1].upper()}{name[1:]} has {times} times the national share of jobs in "
        f"{facts.cluster_name}"
    )
    if lq.low == lq.high:
        return sentence + "."
    low, high = decimal_text(lq.low, against=line), decimal_text(lq.high, against=line)
    return f"{sentence}; because some figures are not published, between {low} and {high}."


def _asked(facts: ConcentrationFacts, line: Threshold, above: Threshold) -> str:
    asked = f"A {facts.band.value} region needs {decimal_text(line.line)}"
    if facts.top_quarter_lq is None:
        return asked + "."
    band, more = facts.band.value, f"{asked}, or more than {decimal_text(above.line)}"
    if facts.top_quarter_lq <= above.line:
        return f"{more}, which puts it in the top quarter of {band} regions."
    quarter = decimal_text(facts.top_quarter_lq)
    return f"{more} if it is among the top quarter of {band} regions ({quarter} or more)."


def _jobs_gap(facts: ConcentrationFacts, line: Threshold) -> str:
    other = "Check whether other counties describe your cluster better."
    if facts.lq.value <= 0 or facts.lq.value >= line.line:
        return other
    missing = facts.employment.value * (line.line / facts.lq.value - 1)
    return f"About {whole_text(_up(missing))} more jobs in the cluster would be enough. {other}"


def _size(facts: ConcentrationFacts, rulebook: Rulebook) -> TestResult:
    jobs = rulebook.floor("c1.jobs")
    share = rulebook.floor("c1.nation_share")
    by_jobs = compare(facts.employment, jobs)
    outcome = best([by_jobs, compare(facts.share_of_nation, share)])
    is_by_share = outcome is not by_jobs
    missing = whole_text(_up(max(Fraction(0), jobs.line - facts.employment.value)))
    test = Test(
        id="C1.size",
        title="Size of the cluster",
        citation=rulebook.citation("c1.jobs"),
        sentence=(
            f"The cluster has {_jobs(facts.employment)} in {facts.region_name}, "
            f"{percent_text(facts.share_of_nation.value, 2, against=share.line)} of the nation's. "
            f"Either {whole_text(jobs.line)} jobs or {percent_text(share.line, 1)} of the nation's "
            "jobs in the cluster are needed."
        ),
        gap=f"The cluster is {missing} jobs short. Check whether more counties belong to it.",
        sources=facts.source_names,
    )
    if is_by_share:
        return settle(test, facts.share_of_nation, share, outcome)
    return judge(test, facts.employment, jobs)


def _jobs(employment: Bounds) -> str:
    if employment.low == employment.high:
        return f"{whole_text(employment.value)} jobs"
    low, high = whole_text(employment.low), whole_text(employment.high)
    return f"{whole_text(employment.value)} published jobs (between {low} and {high})"


def _up(figure: Fraction) -> Fraction:
    return Fraction(-(-figure.numerator // figure.denominator))
