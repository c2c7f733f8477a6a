"""A region as chosen, and what makes two choices of region the same."""

from dataclasses import dataclass

from certification.rules.groups import RegionKind, region_key


@dataclass(frozen=True)
class ChosenRegion:
    """A region with its counties resolved."""

    kind: RegionKind
    code: str
    name: str
    fips: frozenset[str]

    @property
    def key(self) -> str:
        """The digest of its counties."""
        return region_key(self.fips)


@dataclass(frozen=True)
class ChosenCluster:
    """A cluster of one definition set."""

    definition_set_code: str
    code: str
    name: str


@dataclass(frozen=True)
class GroupDraft:
    """Everything that starting or changing a group needs."""

    name: str
    purpose: str
    cluster: ChosenCluster
    region: ChosenRegion
    agency_id: int
