"""docs/security/asvs.md tells the truth: what it names exists, and it leaves nothing out.

Planted: a test renamed, a number twice, a requirement taken out; each was seen red (the twins).
"""

import ast
import re
from functools import cache

import pytest

from tests.house.tree import ROOT

# The levels of each section's requirements, in their order (OWASP ASVS 5.0.0).
LEVELS = {
    "V1.1": "2 2",
    "V1.2": "1 1 1 1 1 2 2 2 2 3",
    "V1.3": "1 1 2 2 2 2 2 2 2 2 2 3",
    "V1.4": "2 2 2",
    "V1.5": "1 2 3",
    "V2.1": "1 2 2",
    "V2.2": "1 1 2",
    "V2.3": "1 2 2 2 3",
    "V2.4": "2 3",
    "V3.1": "3",
    "V3.2": "1 1 3",
    "V3.3": "1 2 2 2 3",
    "V3.4": "1 1 2 2 2 2 3 3",
    "V3.5": "1 1 1 2 2 3 3 3",
    "V3.6": "3",
    "V3.7": "2 2 3 3 3",
    "V4.1": "1 2 2 3 3",
    "V4.2": "2 3 3 3 3",
    "V4.3": "2 2",
    "V4.4": "1 2 2 2",
    "V5.1": "2",
    "V5.2": "1 1 2 3 3 3",
    "V5.3": "1 1 3",
    "V5.4": "2 2 2",
    "V6.1": "1 2 2",
    "V6.2": "1 1 1 1 1 1 1 1 2 2 2 2",
    "V6.3": "1 1 2 2 3 3 3 3",
    "V6.4": "1 1 2 2 3 3",
    "V6.5": "2 2 2 2 2 3 3 3",
    "V6.6": "2 2 2 3",
    "V6.7": "3 3",
    "V6.8": "2 2 2 2",
    "V7.1": "2 2 2",
    "V7.2": "1 1 1 1",
    "V7.3": "2 2",
    "V7.4": "1 1 2 2 2",
    "V7.5": "2 2 3",
    "V7.6": "2 2",
    "V8.1": "1 2 3 3",
    "V8.2": "1 1 2 3",
    "V8.3": "1 3 3",
    "V8.4": "2 3",
    "V12.1": "1 2 2 3 3",
    "V12.2": "1 1",
    "V12.3": "2 2 2 2 3",
    "V13.1": "2 3 3 3",
    "V13.2": "2 2 2 2 2 3",
    "V13.3": "2 2 3 3",
    "V13.4": "1 2 2 2 2 3 3",
    "V14.1": "2 2",
    "V14.2": "1 2 2 2 3 3 3 3",
    "V14.3": "1 2 2",
    "V15.1": "1 2 2 3 3",
    "V15.2": "1 2 2 3 3",
    "V15.3": "1 2 2 2 2 2 2",
    "V15.4": "3 3 3 3",
    "V16.1": "2",
    "V16.2": "2 2 2 2 2",
    "V16.3": "2 2 2 2",
    "V16.4": "2 2 2",
    "V16.5": "2 2 2 3",
}
# end of levels
KNOWN = {
    f"{section}.{number}": level
    for section, levels in LEVELS.items()
    for number, level in enumerate(levels.split(), 1)
}
WHOLE = ("V2.", "V3.", "V4.", "V5.", "V6.", "V7.", "V8.", "V12.", "V13.", "V14.", "V15.", "V16.")
ROW = re.compile(r"^\| (V[\d.]+) \| (\d) \| (.+?) \| (.*?) ?\| (.+) \|$", re.MULTILINE)
HONEST = re.compile(r"^(Documented|Partly|Not fulfilled|Not applicable|Not proved|Pending)\b")
NAMED = re.compile(r"`([^`]+)`")


def rows():
    text = (ROOT / "docs" / "security" / "asvs.md").read_text(encoding="utf-8")
    return [match.groups() for match in ROW.finditer(text)]


@cache
def names_in(path):
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def missing(proof):
    """The tests named here that do not exist."""
    for named in NAMED.findall(proof):
        if named.startswith("tests/"):
            path, _, test = named.partition("::")
            if not (ROOT / path).is_file() or (test and test not in names_in(path)):
                yield named


def test_every_number_is_known_with_its_level_and_stands_once():
    numbers = [number for number, *_ in rows()]
    assert [number for number in numbers if number not in KNOWN] == []
    assert sorted(numbers) == sorted(set(numbers))
    assert [number for number, level, *_ in rows() if KNOWN[number] != level] == []


def test_levels_one_and_two_of_the_whole_chapters_are_all_there():
    asked = {
        number for number, level in KNOWN.items() if level in "12" and number.startswith(WHOLE)
    }
    assert sorted(asked - {number for number, *_ in rows()}) == []


def test_every_file_named_exists():
    named = {name for _, _, _, where, _ in rows() for name in NAMED.findall(where)}
    assert sorted(name for name in named if not (ROOT / name).exists()) == []


def test_every_test_named_exists():
    assert {
        number: list(missing(proof)) for number, *_, proof in rows() if list(missing(proof))
    } == {}


def test_a_row_without_a_test_says_why():
    silent = [
        number for number, *_, proof in rows() if "tests/" not in proof and not HONEST.match(proof)
    ]
    assert silent == []


def test_at_least_a_hundred_rows_are_proved_by_tests():
    assert len([number for number, *_, proof in rows() if "`tests/" in proof]) >= 100


@pytest.mark.parametrize(
    "proof", ["`tests/web/nothing.py::test_a`", "`tests/house/test_asvs.py::test_never_written`"]
)
def test_a_test_that_is_not_there_is_named(proof):
    """The twin."""
    assert list(missing(proof)) == [proof.strip("`")]
