"""Named, versioned rules that call a region strong in a cluster.

A Basis keeps the names of the rules that it was made with. A rule never changes once a Basis has
used it; a better one gets a new name.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mapping.rules.grouping import Bools
from mapping.rules.panel import Ints
from mapping.rules.plan import Floats

Flags = dict[str, NDArray[np.bool_]]

PORTAL_2017 = "portal-2017"
LQ_1_5 = "lq-1.5"
EU_STARS_2019 = "eu-stars-2019"
TOP_20_PERCENT = "top-20-percent"
BAND_PERCENTILES = "band-percentiles"
TOP_FIFTH = 0.8


@dataclass(frozen=True, slots=True)
class Standing:
    """What rules may ask of the regions of one type: arrays of regions by clusters.

    Attributes:
        lq: Location quotient among clusters of the same kind.
        employment: Jobs by the Basis's imputation.
        establishments: Published establishments.
        wage: Payroll per published job in 1,000 USD; NaN where there is none.
        growth: Yearly growth of jobs since the earlier release; NaN where it is not known.
        band: Size band of every region, as a number.
    """

    lq: Floats
    employment: Ints
    establishments: Ints
    wage: Floats
    growth: Floats
    band: Ints

    def of_cluster(self, column: int) -> "Standing":
        """One cluster's standing, as vectors."""
        return Standing(
            self.lq[:, column],
            self.employment[:, column],
            self.establishments[:, column],
            self.wage[:, column],
            self.growth[:, column],
            self.band,
        )


def portal_2017(among: Standing) -> Flags:
    """The incumbent portal's classes for one cluster over regions of one type.

    Quantiles (type 7) are taken over regions with employment above zero. All classes ask for
    more than the first quartile of quotient, employment and establishments.
    """
    lq, employment, establishments = among.lq, among.employment, among.establishments
    with_jobs = employment > 0
    if not with_jobs.any():
        nobody = np.zeros(len(lq), dtype=bool)
        return dict.fromkeys(("qualifying", "significant", "strong", "strong10"), nobody)
    q25, q50, q75, q90 = np.quantile(lq[with_jobs], [0.25, 0.5, 0.75, 0.9])
    floors = (
        with_jobs
        & (employment > np.quantile(employment[with_jobs], 0.25))
        & (establishments > np.quantile(establishments[with_jobs], 0.25))
    )
    return {
        "qualifying": floors & (lq > q25),
        "significant": floors & (lq > q50),
        "strong": floors & (lq >= q75) & (lq >= 1),
        "strong10": floors & (lq >= q90) & (lq >= 1),
    }


def lq_1_5(among: Standing) -> Flags:
    """The programme paper's line: half as much again as the nation's share."""
    return {"specialized": (among.lq >= 1.5) & (among.employment > 0)}


def eu_stars_2019(among: Standing) -> Flags:
    """Stars for specialization, size, productivity and growth, after the European observatory.

    A star goes to the best fifth of the regions with jobs of the cluster (type-7 quantile of the
    measure, ties included), the one for specialization only at a quotient of 1 or more.
    """
    with_jobs = among.employment > 0
    return {
        "special": _top_fifth(among.lq, with_jobs) & (among.lq >= 1),
        "size": _top_fifth(among.employment.astype(np.float64), with_jobs),
        "productive": _top_fifth(among.wage, with_jobs),
        "growing": _top_fifth(among.growth, with_jobs),
    }


def top_20_percent(among: Standing) -> Flags:
    """The fifth of the regions with jobs of the cluster that have the highest quotients."""
    return {"top": _top_fifth(among.lq, among.employment > 0)}


def band_percentiles(among: Standing) -> Flags:
    """At or above the median, third quartile and ninth decile of the region's own size band."""
    flags = {name: np.zeros(len(among.lq), dtype=bool) for name in ("p50", "p75", "p90")}
    for band in np.unique(among.band):
        inside = (among.band == band) & (among.employment > 0)
        if inside.any():
            for name, line in zip(
                flags, np.quantile(among.lq[inside], [0.5, 0.75, 0.9]), strict=True
            ):
                flags[name] |= inside & (among.lq >= line)
    return flags


def _top_fifth(values: Floats, inside: Bools) -> Bools:
    known = inside & ~np.isnan(values)
    if not known.any():
        return np.zeros(len(values), dtype=bool)
    line = np.quantile(values[known], TOP_FIFTH)
    return known & (np.nan_to_num(values, nan=-np.inf) >= line)


@dataclass(frozen=True, slots=True)
class ClassRule:
    """A rule with its words for readers.

    Attributes:
        name: What a Basis and the classes of a measure are called by.
        title: Name on a page.
        explanation: What it asks, in full sentences.
        source: Whose rule it is, and what of it can be computed from the files.
        classify: The rule itself.
    """

    name: str
    title: str
    explanation: str
    source: str
    classify: Callable[[Standing], Flags]


CLASS_RULES: dict[str, ClassRule] = {
    rule.name: rule
    for rule in (
        ClassRule(
            PORTAL_2017,
            "Strong",
            "Among all regions of the same type with jobs in the cluster: the location quotient is "
            "in the top quarter and at least 1, and quotient, jobs and workplaces are each above "
            "the lowest quarter. Quartiles are taken by linear interpolation (type 7).",
            "U.S. Cluster Mapping portal, 2017.",
            portal_2017,
        ),
        ClassRule(
            LQ_1_5,
            "Specialized",
            "The location quotient is at least 1.5: half as much again as the national share.",
            "The programme's founding paper.",
            lq_1_5,
        ),
        ClassRule(
            EU_STARS_2019,
            "Stars",
            "One star each for being among the best fifth of the regions with jobs in the cluster "
            "by location quotient (at least 1), by jobs, by wages, and by growth of jobs since the "
            "earlier year.",
            "After the stars of the European cluster panorama: specialization, size, productivity "
            "and performance of firms. County files tell wages but not output per worker, and "
            "growth of jobs but not of single firms; the observatory's star for leading firms "
            "cannot be computed here.",
            eu_stars_2019,
        ),
        ClassRule(
            TOP_20_PERCENT,
            "Top fifth",
            "The location quotient is among the highest fifth of the regions of the same type with "
            "jobs in the cluster.",
            "A line often used in European studies of strong clusters.",
            top_20_percent,
        ),
        ClassRule(
            BAND_PERCENTILES,
            "High for its size",
            "Among the regions of the same size band with jobs in the cluster: the location "
            "quotient is at or above the median (p50), the third quartile (p75) or the ninth "
            "decile (p90).",
            "This portal: small regions reach high quotients more easily than large ones.",
            band_percentiles,
        ),
    )
}


def class_texts(rules: Sequence[str], among: Standing) -> tuple[Ints, dict[int, str]]:
    """Which classes every region is in, per cluster.

    Returns:
        For every region and cluster a number, and for every number its classes as the text of a
        PostgreSQL array ("{portal-2017:significant,portal-2017:strong}").
    """
    numbers = np.zeros(among.lq.shape, dtype=np.int64)
    names: list[str] = []
    clusters = [among.of_cluster(column) for column in range(among.lq.shape[1])]
    for rule in rules:
        columns = [CLASS_RULES[rule].classify(cluster) for cluster in clusters]
        for name in columns[0] if columns else ():
            numbers += np.stack([flags[name] for flags in columns], axis=1) << len(names)
            names.append(f"{rule}:{name}")
    texts = {
        number: "{" + ",".join(name for bit, name in enumerate(names) if number >> bit & 1) + "}"
        for number in np.unique(numbers).tolist()
    }
    return numbers, texts
