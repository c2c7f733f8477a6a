"""The closed vocabularies of the measures: kinds, bases, bands, imputations, region types."""

from enum import StrEnum


class ClusterKind(StrEnum):
    """What a cluster sells to: the world, its own region, or where a resource lies."""

    TRADED = "traded"
    LOCAL = "local"
    RESOURCE = "resource"


class Base(StrEnum):
    """The employment over which a location quotient is taken."""

    TRADED = "traded"
    LOCAL = "local"
    TOTAL = "total"


class Band(StrEnum):
    """Size of a region by its traded employment, in terciles of the economic areas."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class Imputation(StrEnum):
    """How a withheld cell enters the value (the bounds always contain every way)."""

    PUBLISHED = "published"
    MIDPOINT = "midpoint"
    HIERARCHICAL = "hierarchical"


class RegionType(StrEnum):
    """The region types of which measures are stored."""

    STATE = "state"
    ECONOMIC_AREA = "ea"
    CBSA = "cbsa"
    COUNTY = "county"
    NATION = "nation"


NATION_CODE = "US"


def base_of(kind: ClusterKind) -> Base:
    """The incumbent's default: traded over traded, local over local, everything else over all."""
    return {
        ClusterKind.TRADED: Base.TRADED,
        ClusterKind.LOCAL: Base.LOCAL,
        ClusterKind.RESOURCE: Base.TOTAL,
    }[kind]
