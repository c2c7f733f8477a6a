"""The location quotient and its bounds over whole tables, in floats (see quotients.py)."""

from dataclasses import dataclass

import numpy as np

from mapping.rules.panel import Ints
from mapping.rules.plan import Floats


@dataclass(frozen=True, slots=True)
class Spans:
    """Arrays of least, value and most."""

    certain: Floats
    value: Floats
    high: Floats

    @classmethod
    def of(cls, certain: Ints, value: Ints, high: Ints) -> "Spans":
        """Integers as floats; the most is never under the value."""
        return cls(
            certain.astype(np.float64),
            value.astype(np.float64),
            np.maximum(high, value).astype(np.float64),
        )


def quotients(x: Floats, y: Floats, a: Floats, b: Floats) -> Floats:
    """Location quotients; zero where the cluster or the base is empty."""
    denominator = (x + y) * (x + a)
    safe = np.where(denominator > 0, denominator, 1.0)
    result: Floats = np.where((x > 0) & (denominator > 0), x * (x + y + a + b) / safe, 0.0)
    return result


def quotient_spans(x: Spans, y: Spans, a: Spans, b: Spans) -> Spans:
    """Least, value and greatest quotient of every cell."""
    value = quotients(x.value, y.value, a.value, b.value)
    ends = [quotients(end, y.high, a.high, b.certain) for end in (x.certain, x.high)]
    y1, a1, b1 = y.certain, a.certain, b.high
    root = (a1 * y1 + np.sqrt(a1 * a1 * y1 * y1 + a1 * b1 * y1 * (y1 + a1 + b1))) / np.where(
        b1 > 0, b1, 1.0
    )
    # Jobs are whole: where nothing is certain elsewhere the quotient grows down to one job.
    best = np.where(b1 > 0, np.clip(np.maximum(root, 1.0), x.certain, x.high), x.high)
    tops = [quotients(end, y1, a1, b1) for end in (x.certain, x.high, best)]
    return Spans(
        np.minimum(np.minimum(*ends), value),
        value,
        np.maximum(np.maximum.reduce(tops), value),
    )
