"""What the quick writer of JSON writes is what REST framework's own would have written."""

import json
from collections import OrderedDict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from rest_framework.renderers import JSONRenderer
from rest_framework.utils.serializer_helpers import ReturnDict

from clusters_portal.json_answers import JsonAnswer
from mapping.rules.measures import SourceDigest
from mapping.rules.terms import Imputation

ALL_KINDS = {
    "moment": datetime(2026, 3, 4, 5, 6, 7, 89_000, tzinfo=UTC),
    "day": date(2026, 3, 4),
    "span": timedelta(hours=1, seconds=2),
    "money": Decimal("10.50"),
    "name": UUID(int=7),
    "lazy": gettext_lazy("Yes"),
    "safe": mark_safe("<b>"),
    "enum": Imputation.MIDPOINT,
    "named tuple": SourceDigest("release", "ab"),
    "tuple": (1, None, True),
    "ordered": OrderedDict(b=1, a=2),
    "returned": ReturnDict({"x": 1}, serializer=None),
    "words": "Río “Añasco” \u2028 \x00 \U0001f600",
    "numbers": [0.1, 1e-7, 1e22, -0.0, 2**53, 123456789012345678],
}


def test_every_kind_of_value_is_written_as_before():
    ours, theirs = JsonAnswer().render(ALL_KINDS), JSONRenderer().render(ALL_KINDS)
    assert json.loads(ours) == json.loads(theirs)
    assert list(json.loads(ours)) == list(ALL_KINDS)


def test_what_nothing_can_write_is_an_error_and_no_null():
    with pytest.raises(TypeError):
        JsonAnswer().render({"x": object()})


def test_an_indent_is_kept():
    assert JsonAnswer().render({"a": 1}, "application/json; indent=2") == b'{\n  "a": 1\n}'


def test_nothing_is_written_for_nothing():
    assert JsonAnswer().render(None) == b""
