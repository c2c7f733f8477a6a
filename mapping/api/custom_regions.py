"""A union of counties, measured at once: every cluster, every year, and the outlines near it."""

from __future__ import annotations

from typing import Any

from django.http.response import HttpResponseBase
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from mapping.api.asking import BASIS, one_of
from mapping.api.caching import BasisView
from mapping.api.evidence import counties_asked
from mapping.api.serializers import DrawnRegionSerializer
from mapping.models import Basis
from mapping.queries.custom_regions import DrawnRegion, RegionCluster, kept_region
from mapping.queries.nearby import Nearby, beside_of, nearby
from mapping.queries.pages_maps import shape_set_of
from mapping.queries.published import same_series
from mapping.rules.contiguity import pieces
from mapping.rules.gaming import Change, Standing


class CustomRegionView(BasisView):
    """A union of counties, measured at once."""

    @extend_schema(
        operation_id="custom_region",
        parameters=[
            OpenApiParameter("fips", str, required=True, description="County codes, by commas."),
            OpenApiParameter(
                "years", str, enum=["all"], description="Every published year of the same set."
            ),
            *BASIS,
        ],
        responses=DrawnRegionSerializer,
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Measure a union of counties."""
        return self.respond(request)

    def answer(self, request: Request, **route: str) -> Response:  # noqa: ARG002
        """The union with every cluster."""
        fips = counties_asked(request.query_params.get("fips", ""))
        is_long = one_of(request, "years", ["all"]) is not None
        years = same_series(self.basis) if is_long else []
        wanted = {one.pk: one for one in [self.basis, *years]}
        told = {pk: year_told(one, kept_region(one, fips)) for pk, one in wanted.items()}
        body = told[self.basis.pk] | self._around(frozenset(fips), told[self.basis.pk]["clusters"])
        return Response(body | {"years": [told[one.pk] for one in years]})

    def _around(self, fips: frozenset[str], clusters: list[dict[str, Any]]) -> dict[str, Any]:
        """Whether the counties hang together, and the outlines near them."""
        shapes = shape_set_of(self.basis)
        near = nearby(self.basis, fips, shapes) if shapes else None
        parts = pieces(fips, beside_of(shapes)) if shapes else []
        return {
            "fips": sorted(fips),
            "is_contiguous": len(parts) <= 1 if shapes else None,
            "pieces": parts,
            "has_swaps": near.outlines.has_swaps if near else False,
            "clusters": [row | {"nearby": _near(near, row["code"])} for row in clusters],
        }


def year_told(basis: Basis, region: DrawnRegion) -> dict[str, Any]:
    """One year's figures as plain values."""
    return {
        "year": basis.year,
        "basis": basis.reference,
        "employment": region.employment,
        "traded_employment": region.traded_employment,
        "establishments": region.establishments,
        "payroll": region.payroll,
        "band": region.band.value,
        "clusters": [_cluster(row) for row in region.clusters],
    }


def _cluster(row: RegionCluster) -> dict[str, Any]:
    return {
        "code": row.cluster.code,
        "name": row.cluster.name,
        "kind": row.cluster.kind.value,
        "employment": {
            "low": row.employment_low,
            "value": row.employment,
            "high": row.employment_high,
        },
        "establishments": row.establishments,
        "payroll": row.payroll,
        "lq": {"low": row.lq_low, "value": row.lq, "high": row.lq_high},
        "lq_total": {
            "low": row.lq_total_low,
            "value": row.lq_total,
            "high": row.lq_total_high,
        },
        "share_of_region": row.share_of_region,
        "share_of_nation": row.share_of_nation,
    }


def _near(near: Nearby | None, cluster: str) -> dict[str, Any] | None:
    return standing_told(near.by_cluster[cluster]) if near else None


def standing_told(one: Standing) -> dict[str, Any]:
    """One cluster's standing as plain values."""
    change = one.best_change or Change()
    return {
        "nearby": one.nearby,
        "below": one.below,
        "middle": one.middle,
        "best": one.best,
        "best_dropped": change.dropped,
        "best_added": change.added,
        "best_area": change.area,
        "area": one.area,
        "is_picked": one.is_picked,
    }
