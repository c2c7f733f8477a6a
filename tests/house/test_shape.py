"""Sizes and names of the house: limits that are hard for everybody."""

import re

import pytest

from tests.house.tree import ROOT, functions, name_of, python_files, templates

FILE_LIMIT, FUNCTION_LIMIT, TEMPLATE_LIMIT = 500, 50, 200
VAGUE = {"utils", "helpers", "common", "misc", "base", "core", "manager", "services"}
# Django's settings are the one place where "base" is the name that everybody looks for.
SETTLED = {"clusters_portal/settings/base.py"}


def test_python_files_stay_short():
    lengths = {name_of(path): len(path.read_text().splitlines()) for path in python_files()}
    assert {name: size for name, size in lengths.items() if size > FILE_LIMIT} == {}


def test_functions_stay_short():
    long = [
        f"{name_of(path)}:{name} ({size})"
        for path in python_files()
        for name, size in functions(path)
        if size > FUNCTION_LIMIT
    ]
    assert long == []


def test_templates_stay_short():
    lengths = {name_of(path): len(path.read_text().splitlines()) for path in templates()}
    assert {name: size for name, size in lengths.items() if size > TEMPLATE_LIMIT} == {}


def test_no_file_has_a_vague_name():
    vague = [name_of(path) for path in python_files() if path.stem in VAGUE]
    assert [name for name in vague if name not in SETTLED] == []


UNFINISHED = re.compile(
    "TO" + "DO|FIX" + "ME|X" + "XX|NotImplemented" + "Error|lorem ipsum|coming soon", re.IGNORECASE
)


def test_nothing_is_marked_unfinished():
    marks = [
        f"{name_of(path)}:{number}"
        for path in (*python_files(), *templates())
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if path.name != "test_shape.py" and UNFINISHED.search(line)
    ]
    assert marks == []


INLINE = re.compile(
    r"<style|\sstyle=|\son[a-z]+=\"|javascript:|<script(?![^>]*\bsrc=)(?![^>]*application/json)",
    re.IGNORECASE,
)


DJANGO = re.compile(r"{%\s*comment.*?{%\s*endcomment\s*%}|{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)


@pytest.mark.parametrize("path", templates(), ids=name_of)
def test_template_has_nothing_inline(path):
    assert INLINE.findall(DJANGO.sub("", path.read_text())) == []


ROLE_CODES = re.compile(r"(?<!-)\b(GA|AOR|PO|FO|GO|CO|SO|AP|RV|CH)\b(?!-)")


@pytest.mark.parametrize("path", templates(), ids=name_of)
def test_template_shows_no_role_codes(path):
    assert [line for line in path.read_text().splitlines() if ROLE_CODES.search(line)] == []


MACHINE = re.compile(r"(?<![\w.])/(work|root|home|Users)/|pypi\.org/simple|registry\.npmjs")


def test_no_file_names_a_machine_or_an_index():
    named = [
        f"{name_of(path)}:{number}"
        for path in (*python_files(), *ROOT.glob("[a-zA-Z]*.*"), *(ROOT / "docs").rglob("*.md"))
        if path.is_file() and path.name != "test_shape.py"
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if MACHINE.search(line)
    ]
    assert named == []
