"""The register as a public, read-only API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.actors import arrival_of
from accounts.api_permissions import PublicReadOnly
from certification.api.serializers import RegisterEntrySerializer
from certification.forms.register import RegisterFilterForm
from certification.queries.register import entry_on, published, register, today
from certification.rules.register import RegisterFilter, Standing
from records.models import Publication

AS_OF = OpenApiParameter("as_of", str, description="The register as it read on a past day.")
FILTERS = [
    OpenApiParameter("q", str, description="Words in group, cluster, region or reference."),
    OpenApiParameter("state", str, description="Two digits of a state."),
    OpenApiParameter("cluster", str, description="Code of a cluster."),
    OpenApiParameter("standing", str, enum=[one.value for one in Standing]),
    AS_OF,
]


class RegisterPages(CursorPagination):
    """Pages that stay in place while new releases come in."""

    page_size = 50
    ordering = "-number"


class RegisterListView(APIView):
    """All designations that were released, the newest release first."""

    permission_classes = [PublicReadOnly]
    authentication_classes: list[Any] = []
    pagination_class = RegisterPages

    @extend_schema(
        operation_id="register_list",
        parameters=[*FILTERS, OpenApiParameter("cursor", str)],
        responses=RegisterEntrySerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return one page of the filtered register."""
        asked = _asked(request)
        pages = RegisterPages()
        rows: QuerySet[Publication] = register(asked)
        page = pages.paginate_queryset(rows, request, view=self) or []
        entries = [published(one).as_json(asked.on) for one in page]
        return pages.get_paginated_response(RegisterEntrySerializer(entries, many=True).data)


class RegisterEntryView(APIView):
    """One designation."""

    permission_classes = [PublicReadOnly]
    authentication_classes: list[Any] = []

    @extend_schema(
        operation_id="register_entry", parameters=[AS_OF], responses=RegisterEntrySerializer
    )
    def get(self, request: Request, designation: str) -> Response:
        """Return the designation as the register shows it."""
        asked = _asked(request)
        found = entry_on(designation, asked.on, asked.at)
        if found is None:
            raise Http404
        return Response(RegisterEntrySerializer(found.as_json(asked.on)).data)


def _asked(request: Request) -> RegisterFilter:
    """What was asked; here, unlike on a page, nonsense is refused."""
    at = arrival_of(request._request)  # noqa: SLF001 - the request that was stamped
    day = today(at)
    form = RegisterFilterForm(request.query_params, today=day)
    if not form.is_valid():
        raise ValidationError(
            {name: [str(text) for text in texts] for name, texts in form.errors.items()}
        )
    return form.asked(at)
