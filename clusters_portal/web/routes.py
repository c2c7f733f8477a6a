"""Every route with its gate: what the house tests and ``manage.py routes`` read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

READING = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Route:
    """One door.

    Attributes:
        name: Namespaced name, "certification:group".
        path: The address with its converters.
        methods: HTTP methods that the view takes.
        gate: Name of the permission function, "public", or "" when the view has none.
    """

    name: str
    path: str
    methods: tuple[str, ...]
    gate: str


def all_routes() -> list[Route]:
    """Return every route of the portal, by path."""
    return sorted(_walk(get_resolver().url_patterns, "", ""), key=lambda r: (r.path, r.name))


def _walk(patterns: list[URLPattern | URLResolver], prefix: str, namespace: str) -> Iterator[Route]:
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = ":".join(filter(None, (namespace, pattern.namespace or "")))
            yield from _walk(pattern.url_patterns, path, inner)
        else:
            name = ":".join(filter(None, (namespace, pattern.name or "")))
            yield Route(name, _readable(path), _methods(pattern.callback), _gate(pattern.callback))


def _readable(path: str) -> str:
    return "/" + re.sub(r"[\^$]|\\Z", "", path)


def _gate(view: Callable[..., Any]) -> str:
    gate = getattr(view, "gate_name", "")
    if gate:
        return str(gate)
    api_class = getattr(view, "cls", None)
    if api_class is None:
        return ""
    names = {permission.__name__ for permission in api_class.permission_classes}
    return "public" if names == {"PublicReadOnly"} else "+".join(sorted(names))


def _methods(view: Callable[..., Any]) -> tuple[str, ...]:
    """Return what ``require_http_methods`` or the API class says; otherwise reading and POST."""
    actions = getattr(view, "actions", None)
    if actions:
        return tuple(sorted(method.upper() for method in actions))
    api_class = getattr(view, "cls", None) or getattr(view, "view_class", None)
    if api_class is not None:
        known = [m.upper() for m in api_class.http_method_names if hasattr(api_class, m)]
        return tuple(sorted(known))
    return _required_methods(view) or (*READING, "POST")


def _required_methods(view: Callable[..., Any] | None) -> tuple[str, ...]:
    while view is not None:
        for cell in getattr(view, "__closure__", None) or ():
            content = cell.cell_contents
            if isinstance(content, list | tuple) and content and set(content) <= _METHODS:
                return tuple(content)
        view = getattr(view, "__wrapped__", None)
    return ()


_METHODS = {"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"}
