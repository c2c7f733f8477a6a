"""What upper apps tell the trail at start-up; what is not registered is denied or left waiting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

EffectHandler = Callable[["dict[str, Any]"], None]
_handlers: dict[str, EffectHandler] = {}


def register_effect(kind: str, handler: EffectHandler) -> None:
    """Name the function that performs a kind of effect; it must be safe to run twice."""
    _handlers[kind] = handler


def effect_handler(kind: str) -> EffectHandler | None:
    """Return the handler of a kind, or None while its app is not installed."""
    return _handlers.get(kind)
