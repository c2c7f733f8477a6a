"""A list's table on its page: what the reader asked, their views, the cells, the addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from accounts.models import SavedView
from accounts.queries.views import views_of
from accounts.rules.views import kept_query
from kit.tables import LOOK_NAMES, SIZES, Asked, Cell, Column, Table

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
Pairs = list[tuple[str, str]]
PASSING = ("page", "view", "format", "dense", "size")


@dataclass(frozen=True, slots=True)
class Empty:
    """What stands where no row is: why, and what to do."""

    title: str
    text: str = ""
    action_url: str = ""
    action_label: str = ""
    icon: str = "search"


@dataclass(frozen=True, slots=True)
class Frame:
    """What a page says around its table."""

    caption: str
    empty: Empty
    filters: forms.Form | None = None
    exports: Sequence[Mapping[str, str]] = ()


@dataclass(slots=True)
class ShownTable:
    """Everything that `components/table.html` needs."""

    table: Table
    asked: Asked
    frame: Frame
    page: Page[Any]
    rows: list[list[tuple[Column, Cell]]]
    query: str
    address: str
    views: list[SavedView] = field(default_factory=list)
    has_views: bool = False
    kept_filters: Pairs = field(default_factory=list)
    kept_look: Pairs = field(default_factory=list)

    @property
    def id(self) -> str:
        """The element's id."""
        return "table-" + self.table.key.replace(".", "-").replace("_", "-")

    @property
    def is_filtered(self) -> bool:
        """Whether the reader narrowed the list."""
        return any(value for name, value in self.kept_filters)

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many rows a page may have."""
        return SIZES

    @property
    def sort_choices(self) -> list[tuple[str, str]]:
        """Every order in words."""
        return [
            (sign + one.key, f"{one.label}, {words}")
            for one in self.table.columns
            if one.is_sortable
            for sign, words in (("", "ascending"), ("-", "descending"))
        ]

    @property
    def choosable(self) -> list[tuple[Column, bool]]:
        """Columns that may be left out, and whether they show."""
        shown = {column.key for column in self.asked.columns}
        return [(one, one.key in shown) for one in self.table.columns if not one.is_title]


def shown_table(
    request: HttpRequest,
    table: Table,
    rows: Sequence[Any] | QuerySet[Any],
    cells: Callable[[Sequence[Any]], Iterable[Mapping[str, Cell]]],
    frame: Frame,
) -> ShownTable:
    """Cut the asked page out of the ordered rows and write its cells."""
    asked = table.read(request.GET)
    page: Page[Any] = Paginator(rows, asked.size).get_page(request.GET.get("page"))
    pairs = [(name, value) for name, values in request.GET.lists() for value in values]
    return ShownTable(
        table=table,
        asked=asked,
        frame=frame,
        page=page,
        rows=[
            [(column, row.get(column.key, Cell())) for column in asked.columns]
            for row in cells(list(page))
        ],
        query=kept_query(request.GET.urlencode()),
        address=request.path,
        views=views_of(request, table.key),
        has_views=request.user.is_authenticated,
        kept_filters=[pair for pair in pairs if pair[0] not in LOOK_NAMES],
        kept_look=[pair for pair in pairs if pair[0] in LOOK_NAMES and pair[0] != "page"],
    )


def opens_with_own_view(table: Table) -> Callable[[View[P]], View[P]]:
    """Let a list that is opened without any wish open with the reader's own view of it."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.GET and request.method == "GET":
                own = next((one for one in views_of(request, table.key) if one.is_default), None)
                if own is not None and own.query:
                    return redirect(f"{request.path}?{own.query}")
            return view(request, *args, **kwargs)

        return opened

    return decorate


def export_links(request: HttpRequest, formats: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    """Links to the same rows, filters, order and columns as files, by the page's own address."""
    kept = [(n, v) for n, values in request.GET.lists() for v in values if n not in PASSING]
    return [
        {"label": label, "url": f"{request.path}?{urlencode([*kept, ('format', code)])}"}
        for code, label in formats
    ]
