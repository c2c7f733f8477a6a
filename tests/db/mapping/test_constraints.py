"""Every limit of mapping's tables holds in the database itself and bears its name."""

import pytest
from django.db import IntegrityError, transaction

from mapping.models import (
    Basis,
    CellBlock,
    Cluster,
    ClusterIndustry,
    County,
    CountyPopulation,
    DefinitionSet,
    Industry,
    Measure,
    PublisherTitle,
    ReferenceFile,
    RegionTotal,
    Release,
)
from tests.factories.mapping import COUNTIES, small_basis
from trail.actions.open_case import open_case
from trail.actors import SYSTEM
from trail.queries.clock import database_now


@pytest.fixture(autouse=True)
def little_nation(tmp_path):
    small_basis(tmp_path / "data")
    CountyPopulation.objects.create(county_id=COUNTIES[0], year=2020, population=10)
    PublisherTitle.objects.create(source="cbp", code="311811", title="Retail bakeries")


def copy_of(model, **changes):
    """An unsaved copy of the first row, with a case of its own where it needs one."""
    row = model.objects.order_by("pk").first()
    row.pk = None
    if hasattr(row, "case_id"):
        row.case = open_case(actor=SYSTEM, at=database_now(), kind="test", prefix="TT")
    for name, value in changes.items():
        setattr(row, name, value)
    row._state.adding = True
    return row


@pytest.mark.parametrize(
    ("name", "model", "changes"),
    [
        ("industry_once", Industry, {}),
        ("publisher_title_once", PublisherTitle, {}),
        ("county_population_once", CountyPopulation, {}),
        ("reference_file_once", ReferenceFile, {}),
        ("release_file_once", Release, {}),
        ("cell_block_once", CellBlock, {}),
        ("definition_set_version_once", DefinitionSet, {"digest": "0" * 64}),
        ("definition_set_content_once", DefinitionSet, {"version": 9}),
        ("cluster_once", Cluster, {}),
        ("cluster_kind_known", Cluster, {"code": "9", "kind": "magic"}),
        ("cluster_industry_once", ClusterIndustry, {}),
        ("measure_once", Measure, {}),
        ("region_total_once", RegionTotal, {}),
        ("basis_imputation_known", Basis, {"digest": "0" * 64, "imputation": "guess"}),
    ],
)
def test_database_refuses(name, model, changes):
    row = copy_of(model, **changes)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        row.save(force_insert=True)


def test_county_code_has_five_digits():
    county = County(fips="1001", name="Short", state_id="01")
    with pytest.raises(IntegrityError, match="county_fips_five_digits"), transaction.atomic():
        county.save(force_insert=True)


@pytest.mark.parametrize(
    "model", [DefinitionSet, Cluster, ClusterIndustry, Release, CellBlock, Basis]
)
def test_nothing_that_is_pinned_can_be_deleted(model):
    with pytest.raises(Exception, match="Cannot update or delete"), transaction.atomic():
        model.objects.all()._raw_delete(using="default")
