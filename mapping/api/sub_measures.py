"""Measures of sub-clusters in regions: filtered, sorted, in pages. Counties have none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from mapping.api.asking import BASIS, TYPE, text
from mapping.api.caching import BasisView
from mapping.api.measures import (
    COLUMNS,
    SORTS,
    STATE,
    MeasurePages,
    figures_told,
    in_region,
    order_of,
    strong_enough,
)
from mapping.api.serializers import SubMeasureSerializer
from mapping.models import Basis, SubMeasure
from mapping.queries.definitions import sub_clusters_of

NARROWING = ("region", "sub_cluster")


class SubMeasuresView(BasisView):
    """Measures of sub-clusters in regions."""

    pagination_class = MeasurePages

    @extend_schema(
        operation_id="sub_measures_list",
        parameters=[
            TYPE,
            OpenApiParameter("region", str, description="Code of one region."),
            OpenApiParameter("cluster", str, description="Code of the cluster they are parts of."),
            OpenApiParameter("sub_cluster", str, description="Code of one sub-cluster."),
            STATE,
            OpenApiParameter("class", str, description="A class of a rule, as portal-2017:strong."),
            OpenApiParameter("min_lq", float, description="Least location quotient."),
            OpenApiParameter("min_employment", float, description="Least jobs."),
            OpenApiParameter(
                "sort",
                str,
                enum=SORTS,
                description="With type, and region or sub_cluster; a minus sorts downwards.",
            ),
            *BASIS,
        ],
        responses=SubMeasureSerializer(many=True),
    )
    def get(self, request: Request) -> HttpResponseBase:
        """List measures of sub-clusters."""
        return self.respond(request)

    def answer(self, request: Request, **route: str) -> Response:  # noqa: ARG002
        """One page of measures."""
        parts = sub_clusters_of(self.basis.definition_set)
        cluster_of = {part.code: part.cluster_code for part in parts}
        rows = _asked(self.basis, request, cluster_of).values(*COLUMNS)
        return MeasurePages().answer(
            request, rows, order_of(request, NARROWING), lambda page: _told(page, cluster_of)
        )


def _asked(basis: Basis, request: Request, cluster_of: Mapping[str, str]) -> QuerySet[SubMeasure]:
    rows = SubMeasure.objects.filter(in_region(basis, request), strong_enough(request), basis=basis)
    if code := text(request, "sub_cluster"):
        rows = rows.filter(cluster_code=code)
    if cluster := text(request, "cluster"):
        parts = [part for part, owner in cluster_of.items() if owner == cluster]
        rows = rows.filter(cluster_code__in=parts)
    return rows


def _told(rows: Iterable[Mapping[str, Any]], cluster_of: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "region_type": row["region_type"],
            "region": row["region_code"],
            "cluster": cluster_of[row["cluster_code"]],
            "sub_cluster": row["cluster_code"],
        }
        | figures_told(row)
        for row in rows
    ]
