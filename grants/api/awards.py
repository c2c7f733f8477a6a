"""Public awards as a read-only API: released snapshots and nothing else."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.http import Http404
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.actors import arrival_of
from accounts.api_permissions import PublicReadOnly
from grants.queries.public_awards import public_award, released_awards
from records.models import Publication


class AwardLineSerializer(serializers.Serializer[dict[str, Any]]):
    """A line of the approved budget."""

    category = serializers.CharField()
    federal = serializers.CharField()
    match = serializers.CharField()


class AwardSerializer(serializers.Serializer[dict[str, Any]]):
    """One public award."""

    reference = serializers.CharField()
    number = serializers.CharField(help_text="Federal award identification number.")
    title = serializers.CharField()
    summary = serializers.CharField(allow_blank=True)
    recipient = serializers.CharField()
    cluster = serializers.CharField()
    region = serializers.CharField()
    agency = serializers.CharField()
    opportunity_number = serializers.CharField()
    competition = serializers.CharField(help_text="The competition's reference.")
    competition_title = serializers.CharField()
    listing_number = serializers.CharField(allow_blank=True)
    federal = serializers.CharField(help_text="Federal funds in dollars.")
    match = serializers.CharField(help_text="Matching funds of the approved budget in dollars.")
    total = serializers.CharField()
    share = serializers.CharField(help_text="The federal share of the total cost, at most.")
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    accepted_at = serializers.DateTimeField()
    lines = AwardLineSerializer(many=True)
    published_at = serializers.DateTimeField()
    digest = serializers.CharField(help_text="SHA-256 of the snapshot that was released.")
    page = serializers.CharField()
    snapshot = serializers.CharField(help_text="Where the snapshot itself can be fetched.")


class AwardPages(CursorPagination):
    """Pages that stay in place while awards are published, ordered by the moment of release."""

    page_size = 50
    ordering = ("-published_at", "-pk")


class AwardListView(APIView):
    """Every public award, the newest first."""

    permission_classes = [PublicReadOnly]
    authentication_classes: list[Any] = []
    pagination_class = AwardPages

    @extend_schema(
        operation_id="awards_list",
        parameters=[OpenApiParameter("cursor", str)],
        responses=AwardSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return one page."""
        pages = AwardPages()
        arrived = arrival_of(request._request)  # noqa: SLF001 - stamped on arrival
        rows = released_awards(arrived).annotate(published_at=F("shown__startswith"))
        page = pages.paginate_queryset(rows, request, view=self) or []
        told: Any = [_told(row) for row in page]
        return pages.get_paginated_response(AwardSerializer(told, many=True).data)


class AwardView(APIView):
    """One public award."""

    permission_classes = [PublicReadOnly]
    authentication_classes: list[Any] = []

    @extend_schema(operation_id="award", responses=AwardSerializer)
    def get(self, request: Request, award: str) -> Response:
        """Return what was awarded, to whom, for what."""
        row = public_award(award, arrival_of(request._request))  # noqa: SLF001 - as above
        if row is None:
            raise Http404
        return Response(AwardSerializer(_told(row)).data)


def _told(row: Publication) -> dict[str, Any]:
    reference = [row.snapshot["reference"]]
    return {
        **row.snapshot,
        "published_at": row.public_from,
        "digest": row.digest,
        "page": reverse("grants:published_award", args=reference),
        "snapshot": reverse("grants:award_json", args=reference),
    }
