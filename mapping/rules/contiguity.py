"""Whether a union of counties hangs together: counties touch where their borders share a line."""

from collections.abc import Iterable, Mapping, Sequence

Beside = Mapping[str, Sequence[str]]


def pieces(fips: Iterable[str], beside: Beside) -> list[list[str]]:
    """Split a union into the pieces that hang together, the largest first.

    >>> pieces(["1", "2", "9"], {"1": ["2"], "2": ["1"]})
    [['1', '2'], ['9']]
    """
    left = set(fips)
    parts = []
    while left:
        part, reach = [], [min(left)]
        left.discard(reach[0])
        while reach:
            here = reach.pop()
            part.append(here)
            near = left & set(beside.get(here, ()))
            left -= near
            reach += near
        parts.append(sorted(part))
    return sorted(parts, key=lambda part: (-len(part), part))


def around(fips: Iterable[str], beside: Beside) -> list[str]:
    """Counties outside a union that touch it, in code order."""
    inside = set(fips)
    return sorted({near for code in inside for near in beside.get(code, ())} - inside)
