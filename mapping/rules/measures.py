"""The measures of one region and one cluster, as certification and pages read them."""

from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from mapping.rules.bounds import Bounds
from mapping.rules.terms import Band, Base, ClusterKind


class Peer(NamedTuple):
    """An economic area of the pool with its location quotient; sorts by quotient, then code."""

    lq: Fraction
    area_code: str


class SourceDigest(NamedTuple):
    """One thing that was read ("release cbp-county-2021", "county 53033") and its SHA-256."""

    name: str
    digest: str


@dataclass(frozen=True, slots=True)
class Concentration:
    """How concentrated one cluster is in one union of counties, on one Basis.

    Attributes:
        fips: The counties of the union, sorted.
        employment: Jobs of the cluster in the region.
        base_employment: Jobs of the region over which the quotient is taken.
        lq: Location quotient on `base`.
        share_of_nation: The region's share of the cluster's jobs in the nation.
        share_of_region: The cluster's share of the region's base.
        establishments: Published establishments of the cluster.
        payroll: Published annual payroll of the cluster, in 1,000 USD.
        traded_employment: Published traded jobs of the region, which set its band.
        peers: Location quotients of the economic areas of the same band, ascending. A drawn
            region never enters this pool.
        pool_top_quartile_lq: The pool's third quartile (type 7).
        basis_digest: Digest of the Basis.
        digests: Everything that was read, by name.
    """

    cluster_code: str
    cluster_name: str
    kind: ClusterKind
    base: Base
    fips: tuple[str, ...]
    employment: Bounds
    base_employment: Bounds
    lq: Bounds
    share_of_nation: Bounds
    share_of_region: Bounds
    establishments: int
    payroll: int
    traded_employment: int
    band: Band
    peers: tuple[Peer, ...]
    pool_top_quartile_lq: Fraction
    basis_digest: str
    digests: tuple[SourceDigest, ...]
