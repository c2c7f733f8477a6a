"""Announced results as a public, read-only API: released snapshots and nothing else."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.http import Http404
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.actors import arrival_of
from accounts.api_permissions import PublicReadOnly
from grants.api.result_serializers import ResultDetailSerializer, ResultSerializer
from grants.queries.results import released_results, results_of
from grants.rules.results import SELECTED
from records.models import Publication


class ResultPages(CursorPagination):
    """Pages that stay in place while results are announced.

    Ordered by the moment of announcement: a publication's number would tell, in the cursor, of
    what is not announced yet.
    """

    page_size = 50
    ordering = ("-announced_at", "-pk")


class ResultListView(APIView):
    """Every competition whose results are announced, the newest first."""

    permission_classes = [PublicReadOnly]
    authentication_classes: list[Any] = []
    pagination_class = ResultPages

    @extend_schema(
        operation_id="results_list",
        parameters=[OpenApiParameter("cursor", str)],
        responses=ResultSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return one page."""
        pages = ResultPages()
        arrived = arrival_of(request._request)  # noqa: SLF001 - stamped on arrival
        rows = released_results(arrived).annotate(announced_at=F("shown__startswith"))
        page = pages.paginate_queryset(rows, request, view=self) or []
        told: Any = [_told(row) for row in page]
        return pages.get_paginated_response(ResultSerializer(told, many=True).data)


class ResultView(APIView):
    """The results of one competition in full."""

    permission_classes = [PublicReadOnly]
    authentication_classes: list[Any] = []

    @extend_schema(operation_id="results", responses=ResultDetailSerializer)
    def get(self, request: Request, competition: str) -> Response:
        """Return the ranked list, the rules, the money, the report, the draw."""
        row = results_of(competition, arrival_of(request._request))  # noqa: SLF001 - as above
        if row is None:
            raise Http404
        return Response(ResultDetailSerializer({**row.snapshot, **_told(row)}).data)


def _told(row: Publication) -> dict[str, Any]:
    held = row.snapshot
    reference = [held["reference"]]
    return {
        **{name: held[name] for name in ("reference", "opportunity_number", "title", "agency")},
        "announced_at": row.public_from,
        "decided_at": held["decided_at"],
        "ranked_count": len(held["ranked"]),
        "selected_count": sum(one["outcome"] == SELECTED for one in held["ranked"]),
        "digest": row.digest,
        "correction": row.why if row.is_correction else "",
        "page": reverse("grants:results", args=reference),
        "snapshot": reverse("grants:results_json", args=reference),
    }
