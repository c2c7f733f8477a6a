"""Names, kinds and sizes of files as tables; and the laws of names that leave the portal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.inspection.tables import is_formula
from records.rules import uploads
from records.rules.files import (
    LIMITS,
    MEDIA_TYPES,
    FileKind,
    declared_refusal,
    download_name,
    kind_of_name,
    name_refusal,
    size_refusal,
)
from records.rules.states import DOCUMENT, VERSION, VersionState
from records.rules.uploads import Held, opening_refusal, quota_refusal

NAMES = """
bylaws.pdf                        | taken
Satzung Köln (final) 2026.docx    | taken
v1.2 members.csv                  | taken
PHOTO.JPEG                        | taken
日本語.pdf                         | taken
a.tar.pdf                         | name_two_endings
a/b.pdf                           | name_is_path
..pdf                             | name_is_path
con.pdf                           | name_reserved
com7.xlsx                         | name_reserved
a.txt                             | kind_not_taken
pdf                               | kind_not_taken
"""
ROWS = [[cell.strip() for cell in line.split("|")] for line in NAMES.strip().splitlines()]


@pytest.mark.parametrize(("name", "code"), ROWS)
def test_names(name, code):
    refusal = name_refusal(name)
    assert (refusal.code if refusal else "taken") == code


@pytest.mark.parametrize("kind", FileKind)
def test_sizes(kind):
    limit = LIMITS[kind].size
    assert size_refusal(kind, 1) is None
    assert size_refusal(kind, limit) is None
    assert size_refusal(kind, limit + 1).code == "file_too_large"
    assert size_refusal(kind, 0).code == "file_empty"


@pytest.mark.parametrize(
    ("declared", "is_taken"),
    [
        ("application/pdf", True),
        ("Application/PDF; charset=x", True),
        ("application/octet-stream", True),
        ("", True),
        ("text/html", False),
        ("image/svg+xml", False),
        ("application/pdf\r\nSet-Cookie: a=b", False),
    ],
)
def test_declared_types(declared, is_taken):
    assert (declared_refusal(FileKind.PDF, declared) is None) == is_taken


@given(st.text(max_size=300), st.sampled_from(sorted(MEDIA_TYPES.values())))
def test_a_name_that_leaves_the_portal_is_harmless(name, media_type):
    safe = download_name(name, media_type)
    assert name_refusal(safe) is None or name_refusal(safe).code in {
        "name_reserved",
        "name_two_endings",
        "name_is_path",
    }
    assert not set(safe) & set('<>:"|?*/\\\r\n\0')
    assert kind_of_name(safe) is not None
    assert len(safe) <= 130


@given(st.text(max_size=300))
def test_every_name_is_taken_or_told_why(name):
    refusal = name_refusal(name)
    if refusal is None:
        assert kind_of_name(name) is not None
    else:
        assert refusal.sentence.endswith(".")


CELLS = """
=1+1          | yes
+cmd          | yes
-2+3          | yes
@SUM(A1)      | yes
-12.50        | no
+1,200        | no
12%           | no
Kiln = Works  | no
"""


@pytest.mark.parametrize(
    ("cell", "said"),
    [[part.strip() for part in line.split("|")] for line in CELLS.strip().splitlines()],
)
def test_formulas(cell, said):
    assert is_formula(cell) == (said == "yes")


@pytest.mark.parametrize(
    ("held", "size", "code"),
    [
        (Held(0, 0, 0), 1, ""),
        (Held(uploads.CASE_FILES, 0, 0), 1, "case_full"),
        (Held(1, uploads.CASE_BYTES, 0), 1, "case_full"),
        (Held(1, uploads.CASE_BYTES - 1, 0), 1, ""),
        (Held(0, 0, uploads.RATE), 1, "too_many_uploads"),
    ],
)
def test_quota(held, size, code):
    refusal = quota_refusal(held, size)
    assert (refusal.code if refusal else "") == code


@pytest.mark.parametrize("was", [True, False])
@pytest.mark.parametrize("becomes", [True, False])
@pytest.mark.parametrize("pinned", [True, False])
def test_only_a_submitted_mark_cannot_be_taken_away(was, becomes, pinned):
    refusal = opening_refusal(was_confidential=was, is_confidential=becomes, pinned=pinned)
    assert (refusal is not None) == (was and not becomes and pinned)


@pytest.mark.parametrize("state", VersionState)
def test_a_version_is_released_or_refused_only_while_it_is_checked(state):
    for verb in ("release", "refuse", "wait"):
        assert VERSION.allows(state, verb) == (state is VersionState.CHECKING)


def test_a_paper_is_removed_once():
    assert DOCUMENT.edges() == (("kept", "removed"),)
