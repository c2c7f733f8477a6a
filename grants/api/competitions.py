"""Competitions as a public, read-only API: opened ones, from what opening pinned."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api_permissions import PublicReadOnly
from grants.api.serializers import CompetitionDetailSerializer, CompetitionSerializer
from grants.forms.competition_lists import PublicForm
from grants.models import Competition
from grants.permissions.competitions import public_competition
from grants.queries.public_competitions import (
    answered,
    public_competitions,
    published,
    shown_amendments,
)
from grants.rules.public_stages import PublicStage

FILTERS = [
    OpenApiParameter("q", str, description="Words in title, number, summary or reference."),
    OpenApiParameter("stage", str, enum=[one.value for one in PublicStage]),
    OpenApiParameter("cursor", str),
]


class CompetitionPages(CursorPagination):
    """Pages that stay in place while competitions open."""

    page_size = 50
    ordering = ("-opened_at", "-pk")


class CompetitionListView(APIView):
    """Every competition that was opened, the newest first."""

    permission_classes = [PublicReadOnly]
    authentication_classes: list[Any] = []
    pagination_class = CompetitionPages

    @extend_schema(
        operation_id="competitions_list",
        parameters=FILTERS,
        responses=CompetitionSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return one page."""
        form = PublicForm(request.query_params)
        if not form.is_valid():
            raise ValidationError(
                {name: [str(text) for text in texts] for name, texts in form.errors.items()}
            )
        pages = CompetitionPages()
        rows = public_competitions(search=form.search(), stage=form.stage_asked())
        page = pages.paginate_queryset(rows, request, view=self) or []
        told: Any = [_told(row) for row in page]
        return pages.get_paginated_response(CompetitionSerializer(told, many=True).data)


class CompetitionView(APIView):
    """One competition in full."""

    permission_classes = [PublicReadOnly]
    authentication_classes: list[Any] = []

    @extend_schema(operation_id="competition", responses=CompetitionDetailSerializer)
    def get(self, request: Request, competition: str) -> Response:
        """Return the notice, its amendments, questions and answers."""
        row = public_competition(request._request, competition)  # noqa: SLF001 - read once
        if row is None:
            raise Http404
        told = _told(row) | {
            "notice": row.bundle or {},
            "amendments": [
                {
                    "number": one.row.number,
                    "kind": one.row.kind,
                    "why": one.row.why,
                    "is_material": one.row.is_material,
                    "made_at": one.row.made_at,
                    "closes_at": one.row.closes_after,
                    "hash_before": one.row.hash_before,
                    "hash_after": one.row.hash_after,
                    "changes": one.row.changes,
                }
                for one in shown_amendments(row)
            ],
            "answers": [
                {
                    "question": one.public_question,
                    "answer": one.answer,
                    "answered_at": one.answered_at,
                }
                for one in answered(row)
            ],
        }
        return Response(CompetitionDetailSerializer(told).data)


def _told(row: Competition) -> dict[str, Any]:
    shown = published(row)
    return {
        "reference": row.case.reference,
        "title": row.title,
        "agency": row.agency.name,
        "kind": row.kind,
        "opportunity_number": row.opportunity_number,
        "listing_number": row.listing_number,
        "stage": shown.stage.value,
        "opened_at": row.opened_at,
        "last_minute": shown.last_minute,
        "closes_at": row.closes_at,
        "time_zone": row.time_zone,
        "federal_floor": f"{shown.floor:.2f}",
        "federal_ceiling": f"{shown.ceiling:.2f}",
        "federal_money": f"{shown.federal_money:.2f}",
        "bundle_hash": row.bundle_hash,
        "page": reverse("grants:competition", args=[row.case.reference]),
        "rules": reverse("grants:competition_rules", args=[row.case.reference]),
    }
