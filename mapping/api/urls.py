"""The API's doors to the economy."""

from __future__ import annotations

from django.urls import URLPattern, path

from accounts.gates import public
from mapping.api import custom_regions, evidence, measures, published, sub_measures, views

urlpatterns: list[URLPattern] = [
    path("meta/", public(views.MetaView.as_view()), name="meta"),
    path("regions/", public(views.RegionsView.as_view()), name="regions"),
    path(
        "regions/<slug:region_type>/<slug:code>/", public(views.RegionView.as_view()), name="region"
    ),
    path("clusters/", public(views.ClustersView.as_view()), name="clusters"),
    path("clusters/<slug:code>/", public(views.ClusterView.as_view()), name="cluster"),
    path("industries/", public(views.IndustriesView.as_view()), name="industries"),
    path("sub-clusters/", public(views.SubClustersView.as_view()), name="sub-clusters"),
    path("years/", public(published.YearsView.as_view()), name="years"),
    path("bases/", public(published.BasesView.as_view()), name="bases"),
    path(
        "bases/<str:reference>/measures.csv",
        public(published.MeasuresFileView.as_view()),
        name="basis-measures",
    ),
    path(
        "bases/<str:reference>/sub-measures.csv",
        public(published.SubMeasuresFileView.as_view()),
        name="basis-sub-measures",
    ),
    path("releases/", public(published.ReleasesView.as_view()), name="releases"),
    path(
        "releases/<str:reference>/cells.csv",
        public(published.CellsFileView.as_view()),
        name="release-cells",
    ),
    path(
        "definition-sets/", public(published.DefinitionSetsView.as_view()), name="definition-sets"
    ),
    path("measures/", public(measures.MeasuresView.as_view()), name="measures"),
    path("sub-measures/", public(sub_measures.SubMeasuresView.as_view()), name="sub-measures"),
    path("evidence/", public(evidence.EvidenceView.as_view()), name="evidence"),
    path("custom-region/", public(custom_regions.CustomRegionView.as_view()), name="custom-region"),
]
