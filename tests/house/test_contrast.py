"""Dark text on every tint: WCAG contrast of the colours in our style sheets, computed.

Three ways in which text and ground meet: a rule that sets both; every text colour on every
tint that boxes and tags are painted with; and graphics (rings, bars, marks) on paper.
"""

import re

import pytest

from tests.house.tree import ROOT

SHEETS = {
    path.name: re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for path in sorted((ROOT / "static" / "css").glob("*.css"))
}
TOKENS = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-fA-F]{3,6})\b", SHEETS["portal.css"]))
TINTS = [
    "paper", "wash", "brand-pale", "brand-soft", "good-pale", "warn-pale", "bad-pale", "info-pale"
]  # fmt: skip
TEXTS = ["ink", "ink-soft", "brand-deep", "brand-night", "info"]
# A colour of its own tint: the error on the error's ground.
OWN = [
    *((colour, f"{colour}-pale") for colour in ("good", "warn", "bad", "info", "brand")),
    *((colour, "paper") for colour in ("bad", "brand")),
    ("brand", "wash"),
]
GRAPHICS = [("#2491ff", "paper"), ("line-strong", "paper"), ("brand", "paper"), ("bad", "paper")]
NORMAL, LARGE = 4.5, 3.0
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


def channels(colour):
    """Red, green and blue of a hex colour or a token."""
    text = TOKENS.get(colour, colour).lstrip("#")
    text = "".join(letter * 2 for letter in text) if len(text) == 3 else text
    return [int(text[place : place + 2], 16) / 255 for place in (0, 2, 4)]


def luminance(colour):
    """Relative luminance, as WCAG 2.2 defines it."""
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels(colour)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, other):
    """
    >>> round(contrast("#000", "#fff"))
    21
    """
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def colour_in(value):
    """The one opaque colour that a declaration names, or nothing."""
    found = re.findall(r"var\(--([\w-]+)\)|(#[0-9a-fA-F]{3,6})\b", value)
    names = [token or colour for token, colour in found]
    return names[0] if len(names) == 1 and (names[0] in TOKENS or names[0][0] == "#") else None


def painted(text):
    """Selector, text colour and ground of every rule that sets both."""
    for selector, body in RULE.findall(text):
        said = dict(re.findall(r"(?:^|;)\s*([\w-]+)\s*:\s*([^;]+)", body))
        ground = colour_in(said.get("background-color", said.get("background", "")))
        front = colour_in(said.get("color", ""))
        if ground and front:
            yield selector.strip(), front, ground


def too_pale(text):
    return [
        f"{selector}: {front} on {ground} is {contrast(front, ground):.2f}"
        for selector, front, ground in painted(text)
        if contrast(front, ground) < NORMAL
    ]


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_rule_that_sets_text_and_ground_can_be_read(sheet):
    assert too_pale(SHEETS[sheet]) == []


def test_rules_are_really_read():
    found = [selector for text in SHEETS.values() for selector, _, _ in painted(text)]
    assert len(found) >= 12
    assert ".tag--warn" in found


@pytest.mark.parametrize("tint", TINTS)
@pytest.mark.parametrize("text", TEXTS)
def test_text_can_be_read_on_every_tint(text, tint):
    assert contrast(text, tint) >= NORMAL


@pytest.mark.parametrize(("text", "tint"), OWN)
def test_a_colour_can_be_read_on_its_own_tint(text, tint):
    assert contrast(text, tint) >= NORMAL


@pytest.mark.parametrize(("mark", "ground"), GRAPHICS)
def test_marks_can_be_seen(mark, ground):
    assert contrast(mark, ground) >= LARGE


def test_no_tint_is_forgotten():
    pale = {name for name in TOKENS if name.endswith(("-pale", "-soft"))} - {"ink-soft"}
    assert pale <= set(TINTS)


@pytest.mark.parametrize(
    "fault",
    [
        ".tag--x { background: var(--warn-pale); color: #c29000; }",
        "@media (min-width: 4em) { .y { color: #999; background-color: #fff; } }",
        ".z { background: #fff; border: 0; color: var(--line); }",
    ],
)
def test_a_planted_pale_rule_is_found(fault):
    assert len(too_pale(fault)) == 1
