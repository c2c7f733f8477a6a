"""The cache that all web processes share: limits on guessing count across them.

It lives in the broker's server and fails open: while the server is down nothing is remembered,
and nobody is locked out.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

import structlog
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)
DATABASE = 1  # the broker's queues are in 0


def cache_address(broker: str) -> str:
    """Return the cache's address on the broker's server.

    >>> cache_address("redis+socket:///run/broker.sock")
    'unix:///run/broker.sock?db=1'
    >>> cache_address("redis://broker:6379/0")
    'redis://broker:6379/1'
    """
    parts = urlsplit(broker)
    if parts.scheme == "redis+socket":
        return f"unix://{parts.path}?db={DATABASE}"
    return parts._replace(path=f"/{DATABASE}", query="").geturl()


def cache_at(broker: str) -> dict[str, Any]:
    """Return the cache setting for a broker's address."""
    return {
        "default": {
            "BACKEND": "clusters_portal.cache.ForgetfulCache",
            "LOCATION": cache_address(broker),
            "KEY_PREFIX": "portal",
            "OPTIONS": {"socket_connect_timeout": 0.3, "socket_timeout": 0.5},
        }
    }


def _or(answer: Callable[..., Any], method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def asked(self: ForgetfulCache, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as Django's
        try:
            return method(self, *args, **kwargs)
        except RedisError as error:
            log.warning("cache_unreachable", error=repr(error))
            return answer(*args, **kwargs)

    return asked


def _default(_key: str, default: object = None, **_rest: object) -> object:
    return default


def _delta(_key: str, delta: int = 1, **_rest: object) -> int:
    return delta


class ForgetfulCache(RedisCache):  # type: ignore[misc, unused-ignore]
    """Redis as Django speaks it; as if empty while it cannot be reached."""

    get = _or(_default, RedisCache.get)
    set = _or(lambda *_a, **_k: None, RedisCache.set)
    add = _or(lambda *_a, **_k: True, RedisCache.add)
    incr = _or(_delta, RedisCache.incr)
    touch = _or(lambda *_a, **_k: False, RedisCache.touch)
    delete = _or(lambda *_a, **_k: False, RedisCache.delete)
    has_key = _or(lambda *_a, **_k: False, RedisCache.has_key)
    get_many = _or(lambda *_a, **_k: {}, RedisCache.get_many)
    set_many = _or(lambda *_a, **_k: [], RedisCache.set_many)
    delete_many = _or(lambda *_a, **_k: None, RedisCache.delete_many)
    clear = _or(lambda *_a, **_k: None, RedisCache.clear)
