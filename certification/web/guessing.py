"""Whoever tries many links from one address has to wait."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest

WRONG_LINKS = 20
WINDOW_SECONDS = 600


def has_guessed_too_often(request: HttpRequest) -> bool:
    """Whether this address has tried too many links that open nothing."""
    return bool(cache.get(_key(request), 0) >= WRONG_LINKS)


def note_wrong_guess(request: HttpRequest) -> None:
    """Count one more link that opened nothing."""
    key = _key(request)
    cache.add(key, 0, WINDOW_SECONDS)
    cache.incr(key)


def _key(request: HttpRequest) -> str:
    return f"wrong-links:{request.META.get('REMOTE_ADDR', '')}"
