"""Measures of clusters in regions: filtered, sorted, in pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.http.response import HttpResponseBase
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from mapping.api.asking import BASIS, TYPE, TYPES, number, one_of, text
from mapping.api.caching import BasisView
from mapping.api.pages import KeyPages, Order
from mapping.api.serializers import MeasureSerializer
from mapping.models import Basis, Measure
from mapping.queries.regions import areas_of_basis
from mapping.rules.states import STATES
from mapping.rules.terms import ClusterKind, RegionType
from mapping.rules.wages import Pay

KINDS = [kind.value for kind in ClusterKind]
SORTED_BY = ["lq", "employment", "share_of_nation"]
SORTS = [word for name in SORTED_BY for word in (name, f"-{name}")]
PLACE = ("region_type", "region_code", "cluster_code")
COLUMNS = (
    *PLACE, "employment_low", "employment", "employment_high", "establishments", "payroll",
    "lq_low", "lq", "lq_high", "lq_total_low", "lq_total", "lq_total_high",
    "share_of_region", "share_of_nation", "classes", "reported", "wage_jobs", "wage_payroll",
    "rank", "percentile", "growth", "growth_from", "jobs_created",
)  # fmt: skip
STATE = OpenApiParameter("state", str, description="Postal or FIPS code of a state.")


class MeasurePages(KeyPages):
    """Measures by region, then cluster."""

    page_size = 500


class MeasuresView(BasisView):
    """Measures of clusters in regions."""

    pagination_class = MeasurePages

    @extend_schema(
        operation_id="measures_list",
        parameters=[
            TYPE,
            OpenApiParameter("region", str, description="Code of one region."),
            OpenApiParameter("cluster", str, description="Code of one cluster."),
            OpenApiParameter("kind", str, enum=KINDS, description="Kind of cluster."),
            STATE,
            OpenApiParameter("class", str, description="A class of a rule, as portal-2017:strong."),
            OpenApiParameter("min_lq", float, description="Least location quotient."),
            OpenApiParameter("min_employment", float, description="Least jobs."),
            OpenApiParameter(
                "sort",
                str,
                enum=SORTS,
                description="With type, and region or cluster; a minus sorts downwards.",
            ),
            *BASIS,
        ],
        responses=MeasureSerializer(many=True),
    )
    def get(self, request: Request) -> HttpResponseBase:
        """List measures."""
        return self.respond(request)

    def answer(self, request: Request, **route: str) -> Response:  # noqa: ARG002
        """One page of measures."""
        rows = measures_asked(self.basis, request)
        return MeasurePages().answer(request, rows.values(*COLUMNS), order_of(request), _told)


def measures_asked(basis: Basis, request: Request) -> QuerySet[Measure]:
    """The measures that pass every filter of a question."""
    rows = Measure.objects.filter(in_region(basis, request), strong_enough(request), basis=basis)
    if cluster := text(request, "cluster"):
        rows = rows.filter(cluster_code=cluster)
    if kind := one_of(request, "kind", KINDS):
        of_kind = basis.definition_set.clusters.filter(kind=kind)
        rows = rows.filter(cluster_code__in=list(of_kind.values_list("code", flat=True)))
    return rows


def in_region(basis: Basis, request: Request) -> Q:
    """Rows of the regions that a question is about; never the nation's."""
    wanted = ~Q(region_type=RegionType.NATION.value)
    if kind := one_of(request, "type", TYPES):
        wanted &= Q(region_type=kind)
    if region := text(request, "region"):
        wanted &= Q(region_code=region)
    if state := text(request, "state"):
        wanted &= in_state(basis, state)
    return wanted


def strong_enough(request: Request) -> Q:
    """Rows of a class, and with at least so much."""
    wanted = Q(classes__contains=[asked]) if (asked := text(request, "class")) else Q()
    for name in ("lq", "employment"):
        least = number(request, f"min_{name}")
        if least is not None:
            wanted &= Q(**{f"{name}__gte": least})
    return wanted


def in_state(basis: Basis, asked: str) -> Q:
    """Regions that lie in a state, or have a county there.

    Raises:
        ValidationError: there is no such state.
    """
    postal = {names.postal: code for code, names in STATES.items()}
    code = postal.get(asked.upper(), asked)
    if code not in STATES:
        raise ValidationError({"state": ["No state has this code."]})
    found = Q(region_type=RegionType.STATE.value, region_code=code)
    found |= Q(region_type=RegionType.COUNTY.value, region_code__startswith=code)
    if basis.release.unit == "county":
        for kind in (RegionType.ECONOMIC_AREA, RegionType.CBSA):
            inside = _areas_in(areas_of_basis(basis, kind), code)
            found |= Q(region_type=kind.value, region_code__in=inside)
    return found


def _areas_in(areas: Mapping[str, str], state: str) -> list[str]:
    return sorted({area for county, area in areas.items() if county.startswith(state)})


def order_of(request: Request, narrowing: tuple[str, ...] = ("region", "cluster")) -> Order:
    """By place; by a figure only where one region or cluster is asked about.

    Args:
        request: What was asked.
        narrowing: Parameters of which one must be said, beside the type.

    Raises:
        ValidationError: the whole table would have to be sorted.
    """
    sort = one_of(request, "sort", SORTS)
    if sort is None:
        return Order(PLACE)
    if not (text(request, "type") and any(text(request, name) for name in narrowing)):
        words = " or a ".join(name.replace("_", "-") for name in narrowing)
        raise ValidationError({"sort": [f"Name a type, and a {words}, to sort by it."]})
    is_descending = sort.startswith("-")
    return Order((sort.removeprefix("-"), "region_code", "cluster_code"), is_descending)


def _told(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "region_type": row["region_type"],
            "region": row["region_code"],
            "cluster": row["cluster_code"],
        }
        | figures_told(row)
        for row in rows
    ]


def figures_told(row: Mapping[str, Any]) -> dict[str, Any]:
    """The figures of a cluster or a part of one, with their bounds."""
    pay = Pay(row["payroll"], row["reported"], row["wage_jobs"], row["wage_payroll"])
    return {
        "employment": reading(row, "employment"),
        "establishments": row["establishments"],
        "payroll": row["payroll"],
        "lq": reading(row, "lq"),
        "lq_total": reading(row, "lq_total"),
        "share_of_region": row["share_of_region"],
        "share_of_nation": row["share_of_nation"],
        "rank": row["rank"],
        "percentile": row["percentile"],
        "growth": row["growth"],
        "growth_from": row["growth_from"],
        "jobs_created": row["jobs_created"],
        "wage": pay.wage,
        "wage_is_partial": pay.is_partial,
        "classes": row["classes"],
    }


def reading(row: Mapping[str, Any], name: str) -> dict[str, float]:
    """A figure with its bounds."""
    return {"low": row[f"{name}_low"], "value": row[name], "high": row[f"{name}_high"]}
