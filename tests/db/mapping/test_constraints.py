"""Every limit of mapping's tables holds in the database itself and bears its name."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from mapping.models import (
    Basis,
    CellBlock,
    Cluster,
    ClusterIndustry,
    County,
    CountyPopulation,
    DataLoad,
    DefinitionSet,
    Industry,
    Measure,
    PublisherTitle,
    ReferenceFile,
    RegionTotal,
    Release,
    SentDataFile,
    SubCluster,
    SubMeasure,
)
from tests.factories.mapping import COUNTIES, small_basis
from trail.actions.open_case import open_case
from trail.actors import SYSTEM
from trail.queries.clock import database_now


@pytest.fixture(autouse=True)
def little_nation(tmp_path):
    small_basis(tmp_path / "data")
    CountyPopulation.objects.create(county_id=COUNTIES[0], year=2020, population=10)
    first = Measure.objects.order_by("pk").values().first()
    SubMeasure.objects.create(**{**first, "cluster_code": "1.1"})
    PublisherTitle.objects.create(source="cbp", code="311811", title="Retail bakeries")
    load = DataLoad.objects.create(
        case=open_case(actor=SYSTEM, at=database_now(), kind="data load", prefix="DL"),
        asked_at=database_now(),
        job_reference="JB-1",
    )
    SentDataFile.objects.create(load=load, name="set.csv", size=1, kept_as="one")
    baking = Cluster.objects.get(code="1")
    SubCluster.objects.create(
        definition_set=baking.definition_set,
        cluster=baking,
        code="1.1",
        name="Shops",
        position=0,
    )


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
        ("data_load_year_plausible", DataLoad, {"job_reference": "JB-2", "year": 1900}),
        ("sent_data_file_once", SentDataFile, {"kept_as": "other"}),
        ("cell_block_once", CellBlock, {}),
        ("definition_set_version_once", DefinitionSet, {"digest": "0" * 64}),
        ("definition_set_content_once", DefinitionSet, {"version": 9}),
        ("cluster_once", Cluster, {}),
        ("cluster_kind_known", Cluster, {"code": "9", "kind": "magic"}),
        ("cluster_code_without_point", Cluster, {"code": "1.1"}),
        ("sub_cluster_once", SubCluster, {}),
        ("cluster_industry_once", ClusterIndustry, {}),
        ("measure_once", Measure, {}),
        ("region_total_once", RegionTotal, {}),
        ("basis_imputation_known", Basis, {"digest": "0" * 64, "imputation": "guess"}),
        ("basis_engine_known", Basis, {"digest": "0" * 64, "engine": 9}),
        ("measure_growth_has_a_year", Measure, {"region_code": "0", "growth": 0.1}),
        ("sub_measure_once", SubMeasure, {}),
        ("sub_measure_growth_has_a_year", SubMeasure, {"region_code": "0", "growth": 0.1}),
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
    "model", [DefinitionSet, Cluster, SubCluster, ClusterIndustry, Release, CellBlock, Basis]
)
def test_nothing_that_is_pinned_can_be_deleted(model):
    with pytest.raises(Exception, match="Cannot update or delete"), transaction.atomic():
        model.objects.all()._raw_delete(using="default")


@pytest.mark.parametrize("code", ["1", "1.", "2.1", "11.1", "x"])
def test_sub_cluster_bears_the_code_of_its_cluster(code):
    with pytest.raises(DatabaseError, match="bears the code"), transaction.atomic():
        copy_of(SubCluster, code=code).save(force_insert=True)


def test_sub_cluster_belongs_to_the_set_of_its_cluster():
    other = copy_of(DefinitionSet, code="other")
    other.save(force_insert=True)
    with pytest.raises(DatabaseError, match="bears the code"), transaction.atomic():
        copy_of(SubCluster, definition_set=other).save(force_insert=True)


def test_industry_lies_in_a_part_of_its_own_cluster():
    part = SubCluster.objects.get()
    aerospace = Cluster.objects.get(code="2")
    row = copy_of(ClusterIndustry, code="999999", cluster=aerospace, sub_cluster=part)
    with pytest.raises(DatabaseError, match="part of another cluster"), transaction.atomic():
        row.save(force_insert=True)
    row.cluster = part.cluster
    row.save(force_insert=True)
    assert list(part.industries.values_list("code", flat=True)) == ["999999"]
