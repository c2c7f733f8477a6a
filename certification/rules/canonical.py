"""Facts as canonical JSON and back: the same facts always give the same bytes, thus one digest.

Exact fractions are written as ``"3/2"``, sets sorted, keys sorted, no spaces. Decoding follows
the types of the dataclass, so that a stored snapshot becomes the very objects it came from.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

_hints_by_type: dict[type, dict[str, Any]] = {}


def encode(thing: object) -> Any:  # noqa: ANN401 - JSON has no narrower type
    """Turn dataclasses, fractions, dates, sets into what JSON can hold."""
    if is_dataclass(thing) and not isinstance(thing, type):
        return {field.name: encode(getattr(thing, field.name)) for field in fields(thing)}
    if isinstance(thing, frozenset | set):
        return sorted(encode(one) for one in thing)
    if isinstance(thing, tuple | list):
        return [encode(one) for one in thing]
    if isinstance(thing, Mapping):
        return {str(key): encode(value) for key, value in thing.items()}
    return _encode_leaf(thing)


def decode(kind: Any, data: Any) -> Any:  # noqa: ANN401 - the type is the argument
    """Turn JSON back into ``kind``, a dataclass or one of the types that ``encode`` knows."""
    origin = get_origin(kind)
    if origin in {Union, UnionType}:
        return _decode_optional(kind, data)
    if origin in {tuple, frozenset}:
        item = get_args(kind)[0]
        return origin(decode(item, one) for one in data)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: decode(hints[name], value) for name, value in data.items()})
    return _decode_plain(kind, data)


def canonical_bytes(data: object) -> bytes:
    """The one way to write encoded data."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def canonical_digest(data: object) -> str:
    """SHA-256 of data that are encoded already, such as a stored snapshot."""
    return hashlib.sha256(canonical_bytes(data)).hexdigest()


def digest_of(thing: object) -> str:
    """SHA-256 of the canonical form."""
    return canonical_digest(encode(thing))


def _encode_leaf(thing: object) -> str | int | bool | None:
    if isinstance(thing, Enum):
        return str(thing.value)
    if isinstance(thing, Fraction | date):
        return str(thing)
    if thing is None or isinstance(thing, str | bool | int):
        return thing
    message = f"{type(thing).__name__} has no canonical form"
    raise TypeError(message)


def _decode_optional(kind: Any, data: Any) -> Any:  # noqa: ANN401
    if data is None:
        return None
    (inner,) = (one for one in get_args(kind) if one is not NoneType)
    return decode(inner, data)


def _decode_plain(kind: Any, data: Any) -> Any:  # noqa: ANN401
    if kind is date:
        return date.fromisoformat(data)
    if isinstance(kind, type) and issubclass(kind, Fraction | Enum):
        return kind(data)
    if isinstance(kind, type) and isinstance(data, kind):
        return data
    message = f"{data!r} is no {kind}"
    raise TypeError(message)


def _hints(kind: type) -> dict[str, Any]:
    if kind not in _hints_by_type:
        _hints_by_type[kind] = get_type_hints(kind)
    return _hints_by_type[kind]
