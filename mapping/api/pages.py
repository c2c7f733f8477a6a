"""Pages of long lists: a cursor names the last row that was read, so that none is met twice.

Unlike the framework's cursor (one column and an offset that ends at a thousand rows), it holds the
whole key, so that the database goes straight to the next row of any list.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError as BadValue
from django.db.models import F, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from mapping.api.asking import whole

MOST = 1000
LONGEST_CURSOR = 400


@dataclass(frozen=True, slots=True)
class Order:
    """By which columns a list is sorted; together they name one row."""

    columns: tuple[str, ...]
    is_descending: bool = False

    @property
    def words(self) -> list[str]:
        """As `order_by` takes them."""
        return [f"{'-' if self.is_descending else ''}{column}" for column in self.columns]


class KeyPages:
    """Pages by key; a view names the size and the schema reads it from here."""

    page_size = 200

    def answer(
        self,
        request: Request,
        rows: QuerySet[Any, Any],
        order: Order,
        tell: Callable[[Sequence[Any]], list[dict[str, Any]]],
    ) -> Response:
        """Return one page, and the address of the next.

        Args:
            request: What was asked.
            rows: Model rows, or dictionaries with at least the columns of the order.
            order: The key.
            tell: Turns a page's rows into plain values, all at once.
        """
        size = whole(request, "page_size", 1, MOST) or self.page_size
        after = _read(request, rows, order)
        if after is not None:
            lookup = TupleLessThan if order.is_descending else TupleGreaterThan
            rows = rows.filter(lookup(Tuple(*(F(name) for name in order.columns)), after))
        found = list(rows.order_by(*order.words)[: size + 1])
        page = found[:size]
        return Response(
            {
                "next": _next(request, page[-1], order) if len(found) > size else None,
                "results": tell(page),
            }
        )

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Describe a page; asked by the schema's generator."""
        return {
            "type": "object",
            "required": ["next", "results"],
            "properties": {
                "next": {
                    "type": "string",
                    "nullable": True,
                    "format": "uri",
                    "description": "Address of the next page; null on the last one.",
                },
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, _view: object) -> list[dict[str, Any]]:
        """Describe what pages take."""
        return [
            _parameter("cursor", {"type": "string"}, "Place in the list, from a page's next."),
            _parameter(
                "page_size",
                {"type": "integer", "minimum": 1, "maximum": MOST, "default": self.page_size},
                "Rows in a page.",
            ),
        ]


def _parameter(name: str, schema: dict[str, Any], words: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": words}


def _next(request: Request, last: object, order: Order) -> str:
    key = [last[name] if isinstance(last, dict) else getattr(last, name) for name in order.columns]
    written = base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")
    return replace_query_param(request.build_absolute_uri(), "cursor", written)


def _read(request: Request, rows: QuerySet[Any, Any], order: Order) -> tuple[Any, ...] | None:
    written = request.query_params.get("cursor", "")
    if not written:
        return None
    try:
        padded = written[:LONGEST_CURSOR] + "=" * (-len(written) % 4)
        key = json.loads(base64.urlsafe_b64decode(padded.encode("ascii")))
        return tuple(_value(rows, name, one) for name, one in zip(order.columns, key, strict=True))
    except (ValueError, TypeError, binascii.Error, BadValue, RecursionError):
        raise ValidationError({"cursor": ["This place does not belong to this list."]}) from None


def _value(rows: QuerySet[Any, Any], name: str, one: object) -> object:
    if isinstance(one, str | int | float) and not isinstance(one, bool):
        return rows.model._meta.get_field(name).to_python(one)  # noqa: SLF001 - Django's own door
    raise TypeError(name)
