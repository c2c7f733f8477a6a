"""Geography, industries, definitions, releases, the Basis and its measures."""

from mapping.models.bases import Basis, BasisPublication, BasisSwitch, GeographyEdition
from mapping.models.definitions import Cluster, ClusterIndustry, DefinitionSet, SubCluster
from mapping.models.geography import (
    Cbsa,
    County,
    CountyChange,
    CountyPopulation,
    EconomicArea,
    State,
)
from mapping.models.industries import Industry, IndustryChange, PublisherTitle
from mapping.models.loads import DataLoad, SentDataFile
from mapping.models.measures import Measure, RegionTotal, SubMeasure
from mapping.models.releases import CellBlock, ReferenceFile, Release
from mapping.models.shapes import Shape, ShapeSet

__all__ = [
    "Basis",
    "BasisPublication",
    "BasisSwitch",
    "Cbsa",
    "CellBlock",
    "Cluster",
    "ClusterIndustry",
    "County",
    "CountyChange",
    "CountyPopulation",
    "DataLoad",
    "DefinitionSet",
    "EconomicArea",
    "GeographyEdition",
    "Industry",
    "IndustryChange",
    "Measure",
    "PublisherTitle",
    "ReferenceFile",
    "RegionTotal",
    "Release",
    "SentDataFile",
    "Shape",
    "ShapeSet",
    "State",
    "SubCluster",
    "SubMeasure",
]
