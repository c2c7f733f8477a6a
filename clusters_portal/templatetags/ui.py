"""The look of pages: icons, alerts, marks, sorting and paging addresses.

Load with ``{% load ui %}``. Each tag renders one component of `templates/components/`;
`templates/components/README.md` shows them in use.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from django import template
from django.core.paginator import Page
from django.http import QueryDict
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify

register = template.Library()

OUTCOMES = {
    "pass": ("Met", "good", "check_circle"),
    "near": ("Nearly met", "warn", "error_outline"),
    "fail": ("Not met", "bad", "cancel"),
    "unknown": ("We cannot tell yet", "info", "help_outline"),
    "open": ("Not started", "quiet", "schedule"),
}


@register.simple_tag
def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """Draw an icon of the USWDS sprite; hidden from screen readers unless it has a label.

    Args:
        name: symbol in the sprite ("check_circle").
        size: "" or a USWDS step from "3" to "9".
        label: words for screen readers, where the icon stands alone.
    """
    size_class = f" usa-icon--size-{size}" if size else ""
    spoken = (
        format_html('role="img" aria-label="{}"', label)
        if label
        else SafeString('aria-hidden="true"')
    )
    return format_html(
        '<svg class="usa-icon{}" {} focusable="false"><use href="{}#{}"></use></svg>',
        size_class,
        spoken,
        static("uswds/img/sprite.svg"),
        name,
    )


@register.simple_block_tag
def alert(content: SafeString, kind: str = "info", title: str = "", **options: bool) -> str:
    """Wrap rich text in an alert: ``{% alert "warning" title="..." %}<p>...</p>{% endalert %}``."""
    context = {"kind": kind, "title": title, "body": content, **options}
    return render_to_string("components/alert.html", context)


@register.simple_block_tag
def summary_box(content: SafeString, title: str, id: str = "") -> str:  # noqa: A002 - the HTML attribute
    """Wrap rich text in a summary box with a heading."""
    return render_to_string(
        "components/summary_box.html", {"title": title, "body": content, "id": id}
    )


@register.simple_tag
def public_mark() -> SafeString:
    """Mark what becomes public."""
    return SafeString('<span class="public-mark">Public</span>')


@register.simple_tag
def outcome_tag(outcome: str, label: str = "") -> SafeString:
    """Say the result of a check in words, with an icon and a colour."""
    words, tone, symbol = OUTCOMES[str(outcome).lower()]
    return format_html(
        '<span class="tag tag--{} tag--icon">{}{}</span>', tone, icon(symbol), label or words
    )


@register.simple_tag(takes_context=True)
def nav_item(context: template.Context, label: str, url: str, prefix: str = "") -> SafeString:
    """Draw one item of the primary navigation; current when the address starts with its prefix."""
    request = context.get("request")
    is_current = bool(request and prefix and request.path.startswith(prefix))
    return format_html(
        '<li class="usa-nav__primary-item">'
        '<a class="usa-nav-link{}" href="{}"{}><span>{}</span></a></li>',
        " usa-current" if is_current else "",
        url,
        SafeString(' aria-current="true"') if is_current else "",
        label,
    )


@register.filter
def slug(value: object) -> str:
    """Turn an address or a name into something usable as an id."""
    return slugify(str(value).replace("/", "-"))


def _address(
    context: template.Context, param: str, value: object, *, drop: tuple[str, ...] = ()
) -> str:
    """Return the query string of this page with one parameter changed."""
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    for name in drop:
        query.pop(name, None)
    query[param] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def page_address(context: template.Context, number: int, param: str = "") -> str:
    """Return the address of another page of the same list, other filters kept."""
    return _address(context, param or "page", number)


@register.simple_tag
def page_numbers(page: Page[Any]) -> list[int | None]:
    """List the page numbers worth showing; None stands for pages left out."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in numbers]


class SortState(NamedTuple):
    """What a column head shows and where its link leads."""

    aria: str
    target: str


@register.simple_tag
def sort_state(key: str, sort: str | None, numeric: bool = False) -> SortState:  # noqa: FBT001, FBT002 - template argument
    """Tell whether a column is the sorted one, and the sort its link asks for."""
    if sort == key:
        return SortState("ascending", f"-{key}")
    if sort == f"-{key}":
        return SortState("descending", key)
    return SortState("", f"-{key}" if numeric else key)


@register.simple_tag(takes_context=True)
def sort_address(context: template.Context, target: str, param: str = "") -> str:
    """Return the address of the same list sorted otherwise, from its first page."""
    return _address(context, param or "sort", target, drop=("page",))
