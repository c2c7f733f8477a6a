"""Maps and bars as SVG text: coloured by classes alone, every area a link with a title.

Nothing here carries a style attribute, so that the pages keep a strict content security policy;
colours come from the style sheet by class.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from math import log10

from mapping.rules.geometry import Box

Marks = Sequence["AreaMark"]


@dataclass(frozen=True, slots=True)
class AreaMark:
    """One area of a map: where it leads, what it says, and its class of colour."""

    path: str
    css_class: str
    title: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class MapFrame:
    """What surrounds the areas: the window on the sheet, the name, lines over the areas."""

    window: Box
    label: str
    lines: str = ""
    outline: str = ""
    insets: str = ""


def widened(boxes: Iterable[Box], share: float = 0.04) -> Box:
    """Return the window around some boxes, with a margin."""
    boxes = list(boxes)
    left, top = min(box.left for box in boxes), min(box.top for box in boxes)
    right, bottom = max(box.right for box in boxes), max(box.bottom for box in boxes)
    margin = round(max(right - left, bottom - top) * share) + 1
    return Box(left - margin, top - margin, right + margin, bottom + margin)


def overlaps(one: Box, other: Box) -> bool:
    """Whether two boxes share any ground."""
    return (
        one.left <= other.right
        and other.left <= one.right
        and one.top <= other.bottom
        and other.top <= one.bottom
    )


def map_svg(areas: Marks, frame: MapFrame) -> str:
    """Return a map as an SVG element.

    Areas come grouped by class, which keeps the text short. Links are out of the tab order:
    the table beside the map holds the same links, and the script moves between areas by arrow
    keys.
    """
    groups: dict[str, list[AreaMark]] = {}
    for area in areas:
        groups.setdefault(area.css_class, []).append(area)
    parts = [_opening(frame), _HATCHES]
    for css_class in sorted(groups):
        parts.append(f'<g class="{css_class}">')
        parts.extend(_area(area) for area in groups[css_class])
        parts.append("</g>")
    for css_class, path in (
        ("state-line", frame.lines),
        ("map__outline", frame.outline),
        ("map__inset", frame.insets),
    ):
        if path:
            parts.append(f'<path class="{css_class}" d="{path}"/>')
    parts.append("</svg>")
    return "".join(parts)


def _opening(frame: MapFrame) -> str:
    window = frame.window
    size = f"{window.right - window.left} {window.bottom - window.top}"
    return (
        f'<svg viewBox="{window.left} {window.top} {size}" role="group"'
        f' aria-label="{escape(frame.label)}" xmlns="http://www.w3.org/2000/svg">'
    )


# The colours of the style sheet, for a map that leaves the page as a file of its own.
_FILE_STYLE = """
path{stroke:#fff;stroke-width:2}.state-line{fill:none;stroke:#5d6d76;stroke-width:4}
.class-none{fill:#e9edef}.class-unsure{fill:url(#hatch)}
.hatch-ground{fill:#f6f5f0}.hatch-line{fill:#8d9ba3;fill-opacity:.35}
.class-0{fill:#f4ecd6}.class-1{fill:#e6e8d8}.class-2{fill:#cfe1df}.class-3{fill:#a5cdd6}
.class-4{fill:#58a5bf}.class-5{fill:#146c94}.class-6{fill:#00293b}
.map__inset{fill:none;stroke:#8d9ba3;stroke-width:4}
.class-0.is-wide{fill:url(#hatch-0)}.class-1.is-wide{fill:url(#hatch-1)}
.class-2.is-wide{fill:url(#hatch-2)}.class-3.is-wide{fill:url(#hatch-3)}
.class-4.is-wide{fill:url(#hatch-4)}.class-5.is-wide{fill:url(#hatch-5)}
.class-6.is-wide{fill:url(#hatch-6)}
text{font:72px sans-serif;fill:#1c2b33}
"""


def standalone(drawn: str, words: str) -> str:
    """Return a drawn map as a file of its own: colours inside, and words below the map."""
    opening, rest = drawn.split(">", 1)
    box = opening.split('viewBox="', 1)[1].split('"', 1)[0]
    left, top, width, height = map(int, box.split())
    taller = opening.replace(box, f"{left} {top} {width} {height + 120}", 1)
    text = f'<text x="{left + 40}" y="{top + height + 70}">{escape(words)}</text>'
    return f"{taller}><style>{_FILE_STYLE}</style>{rest.removesuffix('</svg>')}{text}</svg>"


def _hatch(name: str, ground: str) -> str:
    return (
        f'<pattern id="{name}" width="36" height="36" patternUnits="userSpaceOnUse"'
        f' patternTransform="rotate(45)"><rect class="{ground}" width="36" height="36"/>'
        '<rect class="hatch-line" width="10" height="36"/></pattern>'
    )


_HATCHES = "".join(
    [
        "<defs>",
        _hatch("hatch", "hatch-ground"),
        *(_hatch(f"hatch-{number}", f"class-{number}") for number in range(7)),
        "</defs>",
    ]
)


def _area(area: AreaMark) -> str:
    drawn = f'<path d="{area.path}"><title>{escape(area.title)}</title></path>'
    if not area.href:
        return drawn
    return f'<a href="{escape(area.href)}" tabindex="-1">{drawn}</a>'


@dataclass(frozen=True, slots=True)
class RangeScale:
    """A logarithmic scale for quotients: from a tenth to thirty times the national share."""

    width: int = 240
    least: float = 0.1
    most: float = 30.0

    def place(self, value: float) -> float:
        """Return how far to the right a value lies; values beyond the ends lie at them.

        >>> RangeScale(100, 0.1, 10).place(1)
        50.0
        """
        inside = min(max(value, self.least), self.most)
        share = log10(inside / self.least) / log10(self.most / self.least)
        return round(self.width * share, 1)


def range_svg(low: float, value: float, high: float, *, threshold: float = 1.0) -> str:
    """Return a bar from low to high with the value marked and the national share as a line."""
    scale = RangeScale()
    left, right = scale.place(low), scale.place(high)
    at, line = scale.place(value), scale.place(threshold)
    return (
        f'<svg class="chart range" viewBox="0 0 {scale.width} 18" role="img"'
        f' aria-label="{_spoken(low, value, high)}">'
        f'<path class="chart__axis" d="M0 9h{scale.width}"/>'
        f'<path class="chart__threshold" d="M{line} 0v18"/>'
        f'<rect class="chart__range" x="{left}" y="4" width="{max(2.0, round(right - left, 1))}"'
        ' height="10" rx="2"/>'
        f'<circle class="chart__value" cx="{at}" cy="9" r="4.5"/></svg>'
    )


def _spoken(low: float, value: float, high: float) -> str:
    return f"{value:.2f}, between {low:.2f} and {high:.2f}"


def composition_svg(parts: Sequence[tuple[str, str, float]], label: str) -> str:
    """Return one bar cut into shares: (class, name, share of the whole)."""
    width, x, drawn = 600.0, 0.0, []
    for css_class, name, share in parts:
        part = round(width * share, 1)
        if part > 0:
            drawn.append(
                f'<rect class="{css_class}" x="{round(x, 1)}" y="0" width="{part}" height="28">'
                f"<title>{escape(name)}: {share:.0%}</title></rect>"
            )
        x += part
    return (
        f'<svg class="chart composition" viewBox="0 0 {width:.0f} 28" role="img"'
        f' aria-label="{escape(label)}" preserveAspectRatio="none">{"".join(drawn)}</svg>'
    )
