"""Loading the sample: marked everywhere, once, never beside real data, replaced by real data."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command

from mapping.actions.load_sample import BordersMissing, RealDataLoaded, load_sample
from mapping.models import (
    Basis,
    BasisSwitch,
    County,
    EconomicArea,
    Measure,
    RegionTotal,
    SubCluster,
)
from mapping.queries.basis import current_basis
from mapping.queries.integrity import check_definition_set
from mapping.sample.files import SAMPLE_YEARS
from tests.factories.economy import small_economy
from trail.actors import SYSTEM
from trail.queries.clock import database_now

needs_borders = pytest.mark.skipif(
    not Path(django_settings.BORDERS_FILE).is_file(),
    reason="the front-end package us-atlas is not installed (npm ci)",
)


@needs_borders
def test_sample_is_marked_loaded_once_and_gives_way_to_real_data(client, settings, tmp_path):
    settings.CACHE_ROOT = tmp_path
    at = database_now()
    basis = load_sample(actor=SYSTEM, at=at)
    assert basis.is_synthetic
    assert current_basis() == basis
    assert RegionTotal.objects.filter(basis=basis, region_type="county").count() > 3000
    assert EconomicArea.objects.count() == 160
    assert load_sample(actor=SYSTEM, at=at) == basis
    assert BasisSwitch.objects.count() == 1
    years = Basis.objects.filter(release__is_synthetic=True, publication__isnull=False)
    assert list(years.order_by("release__year").values_list("release__year", flat=True)) == list(
        SAMPLE_YEARS
    )
    assert basis.year == SAMPLE_YEARS[-1]
    first, last = years.order_by("release__year")
    assert not first.measures.filter(growth_from__isnull=False).exists()
    national = last.measures.filter(region_type="nation", employment__gt=0)
    assert set(national.values_list("growth_from", flat=True)) == {SAMPLE_YEARS[0]}
    assert national.filter(growth__gt=0).exists()
    assert national.filter(growth__lt=0).exists()
    assert SubCluster.objects.filter(definition_set=basis.definition_set).count() > 200
    assert check_definition_set(basis.definition_set).ok

    for address in ("/explore/", "/explore/regions/county/53033/", "/explore/clusters/T02/"):
        page = client.get(address).content.decode()
        assert "Sample data" in page
        assert "Sample data, not statistics." in page or "made up" in page
    assert client.get("/api/v1/meta/").json()["is_synthetic"] is True
    rows = client.get("/explore/map.csv?regions=state").getvalue().decode().splitlines()
    assert all(row.endswith(",synthetic") for row in rows[1:])
    assert "SAMPLE DATA" in client.get("/explore/map.svg?regions=state").content.decode()

    stored = Measure.objects.filter(basis=basis).count()
    real = small_economy()
    assert not real.is_synthetic
    assert current_basis() == real
    assert EconomicArea.objects.count() == 2
    assert County.objects.get(fips="53033").name == "King County, WA"
    assert Measure.objects.filter(basis=basis).count() == stored
    assert "Sample data" not in client.get("/explore/").content.decode()


def test_sample_never_stands_beside_real_data():
    small_economy()
    with pytest.raises(RealDataLoaded):
        load_sample(actor=SYSTEM, at=database_now())
    with pytest.raises(CommandError, match="Real data are loaded"):
        call_command("load_sample")


def test_sample_needs_the_borders(tmp_path):
    with pytest.raises(BordersMissing):
        load_sample(actor=SYSTEM, at=database_now(), borders=tmp_path / "none.json")
