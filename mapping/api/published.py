"""What is published: years, measures, releases, definition sets; and all of it as files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count
from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.gzip import gzip_page
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api_permissions import PublicReadOnly
from mapping.api.caching import tagged
from mapping.api.pages import KeyPages, Order
from mapping.models import Basis, BasisSwitch, DefinitionSet, Release
from mapping.queries.basis import published_bases
from mapping.queries.downloads import (
    cell_table,
    measure_table,
    publication_mark,
    published_basis,
    published_release,
    published_releases,
    sub_measure_table,
)
from records.exports import ExportForm, export_response

CSV = {(200, "text/csv"): OpenApiTypes.STR}


class BasisSerializer(serializers.Serializer[Any]):
    """One published set of measures."""

    reference = serializers.CharField(help_text="Its public name; every door takes it as basis.")
    digest = serializers.CharField()
    year = serializers.IntegerField()
    source = serializers.CharField()  # type: ignore[assignment] # DRF's metaclass takes it out
    release = serializers.CharField()
    totals_release = serializers.CharField(allow_blank=True)
    definition_set = serializers.CharField(help_text="Code and version, as code@2.")
    geography = serializers.CharField()
    imputation = serializers.CharField()
    class_rules = serializers.ListField(child=serializers.CharField())
    is_synthetic = serializers.BooleanField()
    is_current = serializers.BooleanField(help_text="Whether it answers where none is named.")
    published_at = serializers.DateTimeField()
    measures_csv = serializers.CharField(help_text="Address of all its measures as one file.")
    sub_measures_csv = serializers.CharField(
        help_text="Address of the measures of all its sub-clusters as one file."
    )


class ReleaseSerializer(serializers.Serializer[Any]):
    """One file and year behind a published set of measures."""

    reference = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment] # DRF's metaclass takes it out
    kind = serializers.CharField()
    file_name = serializers.CharField()
    year = serializers.IntegerField()
    naics_vintage = serializers.IntegerField()
    unit = serializers.CharField()
    digits = serializers.IntegerField()
    suppression = serializers.CharField()
    digest = serializers.CharField(help_text="SHA-256 of the file that was loaded.")
    content_digest = serializers.CharField(help_text="SHA-256 over its cells as they are kept.")
    rows_read = serializers.IntegerField()
    rows_kept = serializers.IntegerField()
    report = serializers.JSONField(help_text="What the load found.")
    is_synthetic = serializers.BooleanField()
    loaded_at = serializers.DateTimeField()
    cells_csv = serializers.CharField(help_text="Address of all its cells as one file.")


class DefinitionSetSerializer(serializers.Serializer[Any]):
    """A set of cluster definitions that a published set of measures uses."""

    code = serializers.CharField()
    version = serializers.IntegerField()
    name = serializers.CharField()
    digest = serializers.CharField()
    vintages = serializers.ListField(child=serializers.IntegerField())
    clusters = serializers.IntegerField()
    is_synthetic = serializers.BooleanField()


class DefinitionSetsSerializer(serializers.Serializer[Any]):
    """All at once; there are never many."""

    results = DefinitionSetSerializer(many=True)


class YearSerializer(serializers.Serializer[Any]):
    """A year with its published sets of measures."""

    year = serializers.IntegerField()
    bases = serializers.ListField(child=serializers.CharField())


class YearsSerializer(serializers.Serializer[Any]):
    """All at once; there are never many."""

    results = YearSerializer(many=True)


class BasisPages(KeyPages):
    """Sets of measures, the last made first."""

    page_size = 100


class ReleasePages(KeyPages):
    """Releases, the newest data first."""

    page_size = 100


class CsvRenderer(BaseRenderer):
    """Lets programs ask for a file by its type; what is refused stays a problem document."""

    media_type = "text/csv"
    format = "csv"

    def render(
        self,
        data: object,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        """Only refusals come here: files are streamed by the export writer."""
        return bytes(JSONRenderer().render(data, accepted_media_type, renderer_context))


class PublishedView(APIView):
    """A public view of what is published."""

    permission_classes = [PublicReadOnly]
    authentication_classes: list[Any] = []


class BasesView(PublishedView):
    """Published sets of measures."""

    pagination_class = BasisPages

    @extend_schema(operation_id="bases_list", responses=BasisSerializer(many=True))
    def get(self, request: Request) -> HttpResponseBase:
        """List the published sets of measures."""
        return tagged(
            request,
            publication_mark(),
            lambda: BasisPages().answer(
                request, published_bases(), Order(("pk",), is_descending=True), _bases
            ),
        )


class ReleasesView(PublishedView):
    """Releases behind published sets of measures."""

    pagination_class = ReleasePages

    @extend_schema(operation_id="releases_list", responses=ReleaseSerializer(many=True))
    def get(self, request: Request) -> HttpResponseBase:
        """List the releases."""
        return tagged(
            request,
            publication_mark(),
            lambda: ReleasePages().answer(
                request,
                published_releases(),
                Order(("year", "pk"), is_descending=True),
                lambda rows: [release_told(row) for row in rows],
            ),
        )


class YearsView(PublishedView):
    """Years of the published sets of measures."""

    @extend_schema(operation_id="years_list", responses=YearsSerializer)
    def get(self, request: Request) -> HttpResponseBase:
        """List the years, newest first."""
        return tagged(request, publication_mark(), lambda: Response({"results": _years()}))


class DefinitionSetsView(PublishedView):
    """Definition sets of the published sets of measures."""

    @extend_schema(operation_id="definition_sets_list", responses=DefinitionSetsSerializer)
    def get(self, request: Request) -> HttpResponseBase:
        """List the definition sets."""
        return tagged(request, publication_mark(), lambda: Response({"results": _sets()}))


@method_decorator(gzip_page, name="dispatch")
class CellsFileView(PublishedView):
    """All cells of a release as one file."""

    renderer_classes = [JSONRenderer, CsvRenderer]

    @extend_schema(
        operation_id="release_cells_csv",
        responses={**CSV, 304: OpenApiResponse(description="Not changed.")},
    )
    def get(self, request: Request, reference: str) -> HttpResponseBase:
        """Download the cells; they are sent while they are read."""
        release = published_release(reference)
        if release is None:
            raise Http404
        return tagged(
            request,
            f"cells|{release.content_digest}",
            lambda: export_response(cell_table(release), ExportForm.CSV),
        )


@method_decorator(gzip_page, name="dispatch")
class MeasuresFileView(PublishedView):
    """All measures of a published set as one file."""

    renderer_classes = [JSONRenderer, CsvRenderer]

    @extend_schema(
        operation_id="basis_measures_csv",
        responses={**CSV, 304: OpenApiResponse(description="Not changed.")},
    )
    def get(self, request: Request, reference: str) -> HttpResponseBase:
        """Download the measures; they are sent while they are read."""
        basis = published_basis(reference)
        if basis is None:
            raise Http404
        return tagged(
            request,
            f"measures|{basis.digest}",
            lambda: export_response(measure_table(basis), ExportForm.CSV),
        )


@method_decorator(gzip_page, name="dispatch")
class SubMeasuresFileView(PublishedView):
    """All measures of sub-clusters of a published set as one file."""

    renderer_classes = [JSONRenderer, CsvRenderer]

    @extend_schema(
        operation_id="basis_sub_measures_csv",
        responses={**CSV, 304: OpenApiResponse(description="Not changed.")},
    )
    def get(self, request: Request, reference: str) -> HttpResponseBase:
        """Download the measures of sub-clusters; a set without parts has none."""
        basis = published_basis(reference)
        if basis is None:
            raise Http404
        return tagged(
            request,
            f"sub-measures|{basis.digest}",
            lambda: export_response(sub_measure_table(basis), ExportForm.CSV),
        )


def _bases(rows: Iterable[Basis]) -> list[dict[str, Any]]:
    switch = BasisSwitch.objects.order_by("-id").first()
    current = switch.basis_id if switch else None
    return [basis_told(row) | {"is_current": row.pk == current} for row in rows]


def basis_told(row: Basis) -> dict[str, Any]:
    """One set of measures as plain values."""
    totals = row.totals_release
    return {
        "reference": row.reference,
        "digest": row.digest,
        "year": row.year,
        "source": row.release.source,
        "release": row.release.reference,
        "totals_release": totals.reference if totals else "",
        "definition_set": f"{row.definition_set.code}@{row.definition_set.version}",
        "geography": row.geography,
        "imputation": row.imputation,
        "class_rules": list(row.class_rules),
        "is_synthetic": row.is_synthetic,
        "published_at": row.publication.at,
        "measures_csv": reverse("api:basis-measures", args=[row.reference]),
        "sub_measures_csv": reverse("api:basis-sub-measures", args=[row.reference]),
    }


def release_told(row: Release) -> dict[str, Any]:
    """One release as plain values, with what its load found."""
    names = (
        "reference", "source", "kind", "file_name", "year", "naics_vintage", "unit", "digits",
        "suppression", "digest", "content_digest", "rows_read", "rows_kept", "report",
        "is_synthetic", "loaded_at",
    )  # fmt: skip
    address = reverse("api:release-cells", args=[row.reference])
    return {name: getattr(row, name) for name in names} | {"cells_csv": address}


def _years() -> list[dict[str, Any]]:
    by_year: dict[int, list[str]] = {}
    for year, reference in published_bases().values_list("release__year", "case__reference"):
        by_year.setdefault(year, []).append(reference)
    return [{"year": year, "bases": names} for year, names in sorted(by_year.items())[::-1]]


def _sets() -> list[dict[str, Any]]:
    public = DefinitionSet.objects.filter(bases__publication__isnull=False)
    rows = public.annotate(count=Count("clusters", distinct=True)).order_by("code", "version")
    return [
        {
            "code": row.code,
            "version": row.version,
            "name": row.name,
            "digest": row.digest,
            "vintages": list(row.vintages),
            "clusters": row.count,
            "is_synthetic": row.is_synthetic,
        }
        for row in rows.distinct()
    ]
