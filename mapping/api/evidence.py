"""How one figure is made, for programs: enough to make it anew by hand."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http.response import HttpResponseBase
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from mapping.api.asking import BASIS, TYPES, line, one_of, text
from mapping.api.caching import BasisView
from mapping.api.likelihoods import THRESHOLD, LikelihoodSerializer, likelihood_told
from mapping.queries.class_probability import likelihood
from mapping.queries.concentration import UnknownCluster
from mapping.queries.evidence import Evidence, evidence, units_of
from mapping.queries.pages_drawing import counties_written
from mapping.queries.pages_regions import region_total
from mapping.queries.regions import counties_named
from mapping.rules.bounds import Bounds
from mapping.rules.county_texts import MOST_COUNTIES
from mapping.rules.evidence_words import method_of
from mapping.rules.quotients import Place, Span
from mapping.rules.terms import RegionType

CUSTOM = "custom"


class ExactSerializer(serializers.Serializer[Any]):
    """A figure with its bounds: as exact fractions in text, and as decimals."""

    low = serializers.FloatField()
    value = serializers.FloatField()
    high = serializers.FloatField()
    exact_low = serializers.CharField(help_text="A whole number, or a fraction as 3/2.")
    exact_value = serializers.CharField()
    exact_high = serializers.CharField()


class SpanSerializer(serializers.Serializer[Any]):
    """Jobs: what is certain, what the value counts, and the most that can be there."""

    certain = serializers.IntegerField()
    value = serializers.IntegerField()
    high = serializers.IntegerField()


class PlaceSerializer(serializers.Serializer[Any]):
    """The cluster and the rest of its base, in one place."""

    cluster = SpanSerializer()
    rest = SpanSerializer()


class CellSerializer(serializers.Serializer[Any]):
    """A published cell and how it entered."""

    county = serializers.CharField()
    code = serializers.CharField()
    flag = serializers.CharField(allow_blank=True)
    establishments = serializers.IntegerField()
    employment = serializers.IntegerField(help_text="As the file has it.")
    payroll = serializers.IntegerField(help_text="Thousands of dollars a year.")
    counted = serializers.IntegerField(help_text="As this set of measures reads it.")
    least = serializers.IntegerField()
    most = serializers.IntegerField()
    is_cluster = serializers.BooleanField(help_text="False: the rest of the base.")
    is_paid = serializers.BooleanField(
        help_text="Whether jobs and pay are both published; else its pay or jobs are withheld."
    )


class ResidualSerializer(serializers.Serializer[Any]):
    """A four-digit total less its cells, and how it entered the bounds."""

    county = serializers.CharField()
    parent = serializers.CharField()  # type: ignore[assignment] # DRF's metaclass takes it out
    total = serializers.IntegerField()
    shown = serializers.IntegerField()
    residual = serializers.IntegerField()
    missing = serializers.ListField(child=serializers.CharField())
    cluster_certain = serializers.IntegerField()
    cluster_possible = serializers.IntegerField()
    rest_certain = serializers.IntegerField()
    rest_possible = serializers.IntegerField()


class AbsentSerializer(serializers.Serializer[Any]):
    """A four-digit industry that no county of the region shows."""

    parent = serializers.CharField()  # type: ignore[assignment] # DRF's metaclass takes it out
    jobs = serializers.IntegerField(help_text="The most that is read into it.")
    is_of_cluster = serializers.BooleanField()
    is_of_rest = serializers.BooleanField()


class DigestSerializer(serializers.Serializer[Any]):
    """One thing that was read."""

    name = serializers.CharField()
    digest = serializers.CharField()


class MethodSerializer(serializers.Serializer[Any]):
    """The steps in words, in their order."""

    name = serializers.CharField()
    words = serializers.CharField()


class EvidenceSerializer(serializers.Serializer[Any]):
    """One location quotient with everything that it is made of."""

    basis = serializers.CharField()
    basis_digest = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment] # DRF's metaclass takes it out
    year = serializers.IntegerField()
    imputation = serializers.CharField()
    is_synthetic = serializers.BooleanField()
    region_type = serializers.ChoiceField([*TYPES, CUSTOM])
    region = serializers.CharField(allow_blank=True)
    region_name = serializers.CharField()
    fips = serializers.ListField(child=serializers.CharField())
    cluster = serializers.CharField()
    cluster_name = serializers.CharField()
    kind = serializers.CharField()
    base = serializers.CharField(help_text="The jobs over which the quotient is taken.")
    employment = ExactSerializer()
    base_employment = ExactSerializer()
    lq = ExactSerializer()
    share_of_nation = ExactSerializer()
    share_of_region = ExactSerializer()
    establishments = serializers.IntegerField()
    payroll = serializers.IntegerField()
    here = PlaceSerializer()
    elsewhere = PlaceSerializer(help_text="The nation without the region.")
    method = MethodSerializer(many=True)
    cells = CellSerializer(many=True)
    residuals = ResidualSerializer(many=True)
    absent = AbsentSerializer(many=True)
    totals = serializers.SerializerMethodField(help_text="All employment of every county.")
    digests = DigestSerializer(many=True)
    likelihood = LikelihoodSerializer(
        allow_null=True, help_text="Null unless a threshold is asked for."
    )
    page = serializers.CharField(allow_blank=True, help_text="The same as a page.")

    @extend_schema_field({"type": "object", "additionalProperties": {"type": "integer"}})
    def get_totals(self, row: dict[str, Any]) -> dict[str, int]:
        """Employment by county."""
        return dict(row["totals"])


class EvidenceView(BasisView):
    """How one figure is made."""

    @extend_schema(
        operation_id="evidence",
        parameters=[
            OpenApiParameter("region_type", str, enum=TYPES, description="With region."),
            OpenApiParameter("region", str, description="Code of a region of this type."),
            OpenApiParameter("fips", str, description="Or: county codes, by commas."),
            OpenApiParameter("cluster", str, required=True, description="Code of the cluster."),
            THRESHOLD,
            *BASIS,
        ],
        responses=EvidenceSerializer,
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Take one figure apart."""
        return self.respond(request)

    def answer(self, request: Request, **route: str) -> Response:  # noqa: ARG002
        """Every line that was read for it."""
        threshold = line(request, "threshold")
        region_type, code, name, units = self._region(request)
        try:
            found = evidence(self.basis, units, text(request, "cluster"))
        except UnknownCluster as refused:
            raise ValidationError({"cluster": [refused.refusal.sentence]}) from None
        body = told(found) | {"region_type": region_type, "region": code, "region_name": name}
        if threshold is not None:
            asked = likelihood(self.basis, units, body["cluster"], threshold)
            body["likelihood"] = likelihood_told(asked)
        if code:
            address = reverse("mapping:figure", args=[region_type, code, body["cluster"]])
            body["page"] = f"{request.build_absolute_uri(address)}?basis={self.basis.reference}"
        return Response(body)

    def _region(self, request: Request) -> tuple[str, str, str, frozenset[str]]:
        asked = request.query_params.get("fips", "")
        if asked:
            units = counties_asked(asked)
            return CUSTOM, "", "A drawn region", frozenset(units)
        kind = one_of(request, "region_type", TYPES)
        if kind is None:
            raise ValidationError({"region_type": ["Name a region, or counties as fips."]})
        code = text(request, "region")
        total = region_total(self.basis, RegionType(kind), code)
        if total is None:
            raise NotFound
        return kind, code, total.name, units_of(self.basis, RegionType(kind), code)


def counties_asked(asked: str) -> tuple[str, ...]:
    """Read county codes or names; refused where one is unknown or unclear."""
    codes = asked.split(",")
    if len(codes) <= MOST_COUNTIES and len(counties_named(codes)) == len(set(codes)):
        return tuple(sorted(set(codes)))  # the way of programs, without all names
    written, _names = counties_written(asked[:6000])
    if written.unknown or written.ambiguous or not written.fips:
        unclear = [*written.unknown, *(name for name, _codes in written.ambiguous)]
        listed = ", ".join(unclear[:12])
        sentence = f"No county has the code {listed}." if listed else "Name county codes."
        raise ValidationError({"fips": [sentence]})
    return written.fips


def told(found: Evidence) -> dict[str, Any]:
    """The evidence as plain values; thousands of cells pass no serializer."""
    answer, basis, lines = found.answer, found.basis, found.lines
    return {
        "basis": basis.reference,
        "basis_digest": basis.digest,
        "source": basis.release.source,
        "year": basis.year,
        "imputation": basis.imputation,
        "is_synthetic": basis.is_synthetic,
        "fips": list(answer.fips),
        "cluster": answer.cluster_code,
        "cluster_name": answer.cluster_name,
        "kind": answer.kind.value,
        "base": answer.base.value,
        "employment": _exact(answer.employment),
        "base_employment": _exact(answer.base_employment),
        "lq": _exact(answer.lq),
        "share_of_nation": _exact(answer.share_of_nation),
        "share_of_region": _exact(answer.share_of_region),
        "establishments": answer.establishments,
        "payroll": answer.payroll,
        "here": _place(found.here),
        "elsewhere": _place(found.elsewhere),
        "method": [
            {"name": name, "words": words}
            for name, words in method_of(answer, basis.imputation, basis.absent_establishments)
        ],
        "cells": [asdict(cell) for cell in lines.cells],
        "residuals": [asdict(one) for one in lines.residuals],
        "absent": [asdict(one) for one in lines.absent],
        "totals": dict(lines.totals),
        "digests": [one._asdict() for one in answer.digests],
        "likelihood": None,
        "page": "",
    }


def _exact(bounds: Bounds) -> dict[str, float | str]:
    decimals = {"low": bounds.low, "value": bounds.value, "high": bounds.high}
    exact = {f"exact_{name}": end for name, end in bounds.as_texts().items()}
    return {name: float(end) for name, end in decimals.items()} | exact


def _place(place: Place) -> dict[str, dict[str, int]]:
    return {"cluster": _span(place.cluster), "rest": _span(place.rest)}


def _span(span: Span) -> dict[str, int]:
    return {"certain": span.certain, "value": span.value, "high": span.high}
