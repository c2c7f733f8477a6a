"""Regions, clusters, industries, and what figures rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from mapping.api.asking import BASIS, TYPE, TYPES, number, one_of, text
from mapping.api.caching import BasisView
from mapping.api.measures import KINDS, STATE, in_state
from mapping.api.pages import KeyPages, Order
from mapping.api.serializers import (
    ClusterDetailSerializer,
    ClustersSerializer,
    IndustryRowSerializer,
    MetaSerializer,
    RegionSerializer,
    SubClustersSerializer,
)
from mapping.models import ClusterIndustry, RegionTotal
from mapping.queries.definitions import sub_clusters_of
from mapping.queries.figures import clusters_of, national_jobs, region_types_of
from mapping.queries.pages_clusters import cluster_by_code, industries_of, industry_titles
from mapping.queries.pages_regions import region_total
from mapping.rules.terms import Band, RegionType

REGION = (
    "region_type", "region_code", "name", "band", "employment", "traded", "local", "resource",
    "establishments", "payroll", "coverage",
)  # fmt: skip
BANDS = [band.value for band in Band]


class RegionPages(KeyPages):
    """Regions by type and code."""

    page_size = 200


class IndustryPages(KeyPages):
    """Industries by code."""

    page_size = 500


class RegionsView(BasisView):
    """Regions with their published totals."""

    pagination_class = RegionPages

    @extend_schema(
        operation_id="regions_list",
        parameters=[
            TYPE,
            OpenApiParameter("q", str, description="Part of the name."),
            OpenApiParameter("band", str, enum=BANDS, description="Size band."),
            STATE,
            OpenApiParameter("min_employment", float, description="Least jobs."),
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
        if kind := one_of(request, "type", TYPES):
            rows = rows.filter(region_type=kind)
        if band := one_of(request, "band", BANDS):
            rows = rows.filter(band=band)
        if state := text(request, "state"):
            rows = rows.filter(in_state(self.basis, state))
        if asked := text(request, "q"):
            rows = rows.filter(name__icontains=asked)
        least = number(request, "min_employment")
        if least is not None:
            rows = rows.filter(employment__gte=least)
        order = Order(("region_type", "region_code"))
        return RegionPages().answer(request, rows.values(*REGION), order, _regions)


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

    @extend_schema(
        operation_id="clusters_list",
        parameters=[
            OpenApiParameter("kind", str, enum=KINDS, description="Kind of cluster."),
            OpenApiParameter("q", str, description="Part of the name."),
            *BASIS,
        ],
        responses=ClustersSerializer,
    )
    def get(self, request: Request) -> HttpResponseBase:
        """List clusters."""
        return self.respond(request)

    def answer(self, request: Request, **route: str) -> Response:  # noqa: ARG002
        """All clusters, in the order of the set; there are never many."""
        kind = one_of(request, "kind", KINDS)
        words = text(request, "q").lower()
        found = [
            {"code": row.code, "name": row.name, "kind": row.kind}
            for row in clusters_of(self.basis)
            if kind in {None, row.kind} and words in row.name.lower()
        ]
        return Response({"results": found})


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


class IndustriesView(BasisView):
    """The industries of the definition set, each with its cluster."""

    pagination_class = IndustryPages

    @extend_schema(
        operation_id="industries_list",
        parameters=[
            OpenApiParameter("cluster", str, description="Code of one cluster."),
            OpenApiParameter("sub_cluster", str, description="Code of one sub-cluster."),
            OpenApiParameter("q", str, description="Part of the title."),
            *BASIS,
        ],
        responses=IndustryRowSerializer(many=True),
    )
    def get(self, request: Request) -> HttpResponseBase:
        """List industries."""
        return self.respond(request)

    def answer(self, request: Request, **route: str) -> Response:  # noqa: ARG002
        """One page of industries."""
        titles = industry_titles(self.basis, text(request, "q"))
        rows = ClusterIndustry.objects.filter(
            definition_set=self.basis.definition_set_id, code__in=list(titles)
        )
        if cluster := text(request, "cluster"):
            rows = rows.filter(cluster__code=cluster)
        if part := text(request, "sub_cluster"):
            rows = rows.filter(sub_cluster__code=part)
        found = rows.values("code", "cluster__code", "sub_cluster__code")
        return IndustryPages().answer(
            request,
            found,
            Order(("code",)),
            lambda page: [
                {
                    "code": row["code"],
                    "title": titles[row["code"]],
                    "cluster": row["cluster__code"],
                    "sub_cluster": row["sub_cluster__code"] or "",
                }
                for row in page
            ],
        )


class SubClustersView(BasisView):
    """The parts of clusters, where the definition set has them."""

    @extend_schema(
        operation_id="sub_clusters_list",
        parameters=[
            OpenApiParameter("cluster", str, description="Code of one cluster."),
            *BASIS,
        ],
        responses=SubClustersSerializer,
    )
    def get(self, request: Request) -> HttpResponseBase:
        """List sub-clusters."""
        return self.respond(request)

    def answer(self, request: Request, **route: str) -> Response:  # noqa: ARG002
        """All of them, in the order of the set."""
        cluster = text(request, "cluster")
        found = [
            {"code": part.code, "name": part.name, "cluster": part.cluster_code}
            for part in sub_clusters_of(self.basis.definition_set)
            if cluster in {"", part.cluster_code}
        ]
        return Response({"results": found})


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


def _regions(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"type": row["region_type"], "code": row["region_code"]}
        | {name: row[name] for name in REGION[2:]}
        for row in rows
    ]
