"""Regions, clusters, measures, drawn regions, and what they rest on."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.http.response import HttpResponseBase
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response

from mapping.api.asking import BASIS, TYPE, TYPES
from mapping.api.caching import BasisView
from mapping.api.serializers import (
    ClusterDetailSerializer,
    ClusterSerializer,
    ClustersSerializer,
    DrawnRegionSerializer,
    MeasureSerializer,
    MetaSerializer,
    RegionSerializer,
)
from mapping.models import Measure, RegionTotal
from mapping.queries.custom_regions import drawn_region
from mapping.queries.figures import clusters_of, national_jobs, region_types_of
from mapping.queries.pages_clusters import cluster_by_code, industries_of
from mapping.queries.pages_drawing import counties_written
from mapping.queries.pages_regions import region_total
from mapping.rules.terms import RegionType

CURSOR = OpenApiParameter("cursor", str, description="Place in the list, from a page's links.")


class RegionPages(CursorPagination):
    """Regions by type and code."""

    page_size = 200
    ordering = ("region_type", "region_code")


class MeasurePages(CursorPagination):
    """Measures by region, then cluster."""

    page_size = 500
    ordering = ("region_type", "region_code", "cluster_code")


class RegionsView(BasisView):
    """Regions with their published totals."""

    pagination_class = RegionPages

    @extend_schema(
        operation_id="regions_list",
        parameters=[
            TYPE,
            OpenApiParameter("q", str, description="Part of the name."),
            CURSOR,
            *BASIS,
        ],
        responses=RegionSerializer(many=True),
    )
    def get(self, request: Request) -> HttpResponseBase:
        """List regions."""
        return self.respond(request)

    def answer(self, request: Request, **route: str) -> Response:  # noqa: ARG002
        """One page of regions."""
        rows = RegionTotal.objects.filter(basis=self.basis).exclude(
            region_type=RegionType.NATION.value
        )
        rows = _of_type(rows, request)
        asked = request.query_params.get("q", "")
        if asked:
            rows = rows.filter(name__icontains=asked[:80])
        return _paged(RegionPages(), rows, RegionSerializer, (request, self))


class RegionView(BasisView):
    """One region."""

    @extend_schema(operation_id="region", parameters=BASIS, responses=RegionSerializer)
    def get(self, request: Request, region_type: str, code: str) -> HttpResponseBase:
        """Return one region."""
        return self.respond(request, region_type=region_type, code=code)

    def answer(self, request: Request, **route: str) -> Response:  # noqa: ARG002
        """The region's totals."""
        total = None
        if route["region_type"] in TYPES:
            total = region_total(self.basis, RegionType(route["region_type"]), route["code"])
        if total is None:
            raise Http404
        return Response(RegionSerializer(total).data)


class ClustersView(BasisView):
    """The clusters of the definition set in force."""

    @extend_schema(operation_id="clusters_list", parameters=BASIS, responses=ClustersSerializer)
    def get(self, request: Request) -> HttpResponseBase:
        """List clusters."""
        return self.respond(request)

    def answer(self, request: Request, **route: str) -> Response:  # noqa: ARG002
        """All clusters, in the order of the set; there are never many."""
        return Response({"results": ClusterSerializer(clusters_of(self.basis), many=True).data})


class ClusterView(BasisView):
    """One cluster with its industries."""

    @extend_schema(operation_id="cluster", parameters=BASIS, responses=ClusterDetailSerializer)
    def get(self, request: Request, code: str) -> HttpResponseBase:
        """Return one cluster."""
        return self.respond(request, code=code)

    def answer(self, request: Request, **route: str) -> Response:  # noqa: ARG002
        """The cluster."""
        found = cluster_by_code(self.basis, route["code"])
        if found is None:
            raise Http404
        body = {
            "code": found.code,
            "name": found.name,
            "kind": found.kind,
            "national_employment": national_jobs(self.basis).get(found.code, 0),
            "industries": [
                {"code": code, "title": title} for code, title in industries_of(self.basis, found)
            ],
        }
        return Response(ClusterDetailSerializer(body).data)


class MeasuresView(BasisView):
    """Measures of clusters in regions."""

    pagination_class = MeasurePages

    @extend_schema(
        operation_id="measures_list",
        parameters=[
            TYPE,
            OpenApiParameter("region", str, description="Code of one region."),
            OpenApiParameter("cluster", str, description="Code of one cluster."),
            CURSOR,
            *BASIS,
        ],
        responses=MeasureSerializer(many=True),
    )
    def get(self, request: Request) -> HttpResponseBase:
        """List measures."""
        return self.respond(request)

    def answer(self, request: Request, **route: str) -> Response:  # noqa: ARG002
        """One page of measures."""
        rows = Measure.objects.filter(basis=self.basis).exclude(region_type=RegionType.NATION.value)
        rows = _of_type(rows, request)
        for name, column in (("region", "region_code"), ("cluster", "cluster_code")):
            if asked := request.query_params.get(name):
                rows = rows.filter(**{column: asked})
        return _paged(MeasurePages(), rows, MeasureSerializer, (request, self))


class CustomRegionView(BasisView):
    """A union of counties, measured at once."""

    @extend_schema(
        operation_id="custom_region",
        parameters=[
            OpenApiParameter("fips", str, required=True, description="County codes, by commas."),
            *BASIS,
        ],
        responses=DrawnRegionSerializer,
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Measure a union of counties."""
        return self.respond(request)

    def answer(self, request: Request, **route: str) -> Response:  # noqa: ARG002
        """The union with every cluster."""
        written, _ = counties_written(request.query_params.get("fips", "")[:6000])
        if written.unknown or not written.fips:
            listed = ", ".join(written.unknown[:12])
            sentence = f"No county has the code {listed}." if listed else "Name county codes."
            raise ValidationError({"fips": [sentence]})
        return Response(DrawnRegionSerializer(drawn_region(self.basis, written.fips)).data)


class MetaView(BasisView):
    """What all figures rest on."""

    @extend_schema(operation_id="meta", parameters=BASIS, responses=MetaSerializer)
    def get(self, request: Request) -> HttpResponseBase:
        """Return the Basis in force."""
        return self.respond(request)

    def answer(self, request: Request, **route: str) -> Response:  # noqa: ARG002
        """Name release, definitions, geography, treatment of withheld cells."""
        basis = self.basis
        body = {
            "basis": basis.reference,
            "digest": basis.digest,
            "source": basis.release.source,
            "year": basis.year,
            "naics_vintage": basis.release.naics_vintage,
            "definition_set": str(basis.definition_set),
            "geography": basis.geography,
            "imputation": basis.imputation,
            "class_rules": basis.class_rules,
            "suppression": basis.release.suppression,
            "is_synthetic": basis.is_synthetic,
            "region_types": [item.value for item in region_types_of(basis)],
        }
        return Response(MetaSerializer(body).data)


def _of_type(rows: QuerySet[Any], request: Request) -> QuerySet[Any]:
    asked = request.query_params.get("type")
    if asked is None:
        return rows
    if asked not in TYPES:
        raise ValidationError({"type": [f"One of {', '.join(TYPES)}."]})
    return rows.filter(region_type=asked)


def _paged(
    pages: CursorPagination,
    rows: QuerySet[Any],
    serializer: Any,  # noqa: ANN401 - any serializer class
    asked: tuple[Request, BasisView],
) -> Response:
    request, view = asked
    page = pages.paginate_queryset(rows, request, view=view)
    return pages.get_paginated_response(serializer(page, many=True).data)
