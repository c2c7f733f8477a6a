"""Every door has a gate and a line in access.toml."""

import tomllib

import pytest
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path

from clusters_portal.urls import urlpatterns as portal_patterns
from clusters_portal.web.routes import all_routes
from tests.house.tree import ROOT

ACCESS = tomllib.loads((ROOT / "tests" / "web" / "access.toml").read_text(encoding="utf-8"))


def ungated():
    return [route.path for route in all_routes() if not route.gate]


def test_every_route_has_a_gate():
    assert ungated() == []


def test_every_route_has_a_line():
    routes = {route.name for route in all_routes()}
    assert {"missing": sorted(routes - ACCESS.keys()), "stale": sorted(ACCESS.keys() - routes)} == {
        "missing": [],
        "stale": [],
    }


def forgotten(request):
    return HttpResponse("open to all")


class Planted:
    urlpatterns = [*portal_patterns, path("forgotten/", forgotten, name="forgotten")]


@override_settings(ROOT_URLCONF=Planted)
def test_a_planted_ungated_view_is_found():
    assert "/forgotten/" in ungated()
    with pytest.raises(AssertionError):
        test_every_route_has_a_gate()
    with pytest.raises(AssertionError):
        test_every_route_has_a_line()
