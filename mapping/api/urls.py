"""The API's doors to the economy."""

from __future__ import annotations

from django.urls import URLPattern, path

from accounts.gates import public
from mapping.api import evidence, views

urlpatterns: list[URLPattern] = [
    path("meta/", public(views.MetaView.as_view()), name="meta"),
    path("regions/", public(views.RegionsView.as_view()), name="regions"),
    path(
        "regions/<slug:region_type>/<slug:code>/", public(views.RegionView.as_view()), name="region"
    ),
    path("clusters/", public(views.ClustersView.as_view()), name="clusters"),
    path("clusters/<slug:code>/", public(views.ClusterView.as_view()), name="cluster"),
    path("measures/", public(views.MeasuresView.as_view()), name="measures"),
    path("evidence/", public(evidence.EvidenceView.as_view()), name="evidence"),
    path("custom-region/", public(views.CustomRegionView.as_view()), name="custom-region"),
]
