"""Each check is needed: with one switched off, a file of the corpus gets through."""

import pytest

from kit.refusals import Refused
from records.inspection import containers, contents, disguises, office, pictures, portable, scanner
from records.inspection.contents import inspect
from tests.hostile.corpus import corpus

CORPUS = {one.what: one for one in corpus()}


def nothing(*_args, **_told):
    """A check that checks nothing."""


def no_names(*_args, **_told):
    return None


PLANTED = {
    "names": (contents, "name_refusal", no_names, "name: right-to-left override"),
    "declared type": (contents, "declared_refusal", no_names, "declared as HTML"),
    "frame of a container": (containers, "_refuse_frame", nothing, "Word with a tail"),
    "names of parts": (containers, "_refuse_entries", nothing, "path out of the container"),
    "text of fields": (office, "_inspect_text", nothing, "DDE field in pieces"),
    "relationships": (office, "_inspect_relationship", nothing, "remote template"),
    "names in a PDF": (portable, "_refuse_names", nothing, "PDF: starts a program, escaped"),
    "packed streams of a PDF": (
        portable,
        "_inflated",
        lambda _data: (),
        "PDF: script in a packed stream",
    ),
    "unusual packing": (
        portable,
        "_refuse_odd_object_streams",
        nothing,
        "PDF: script packed twice",
    ),
    "end of a PDF": (portable, "_refuse_frame", nothing, "zip within a PDF's stream"),
    "markup in pictures": (
        pictures,
        "refuse_hidden_markup",
        nothing,
        "JPEG with a script in its comment",
    ),
    "PDF in pictures": (pictures, "refuse_hidden_pdf", nothing, "JPEG that is a PDF"),
}


def is_refused(one):
    try:
        inspect(one.data, name=one.name, declared=one.declared)
    except Refused:
        return True
    return False


@pytest.mark.parametrize("check", PLANTED)
def test_without_this_check_a_hostile_file_is_taken(check, monkeypatch):
    where, name, fault, what = PLANTED[check]
    assert is_refused(CORPUS[what])
    monkeypatch.setattr(where, name, fault)
    assert not is_refused(CORPUS[what]), f"another check holds it too: {what}"


def test_without_the_count_of_what_comes_out_a_bomb_is_taken(monkeypatch):
    bomb = CORPUS["zip bomb"]
    assert is_refused(bomb)
    wide = {kind: containers.Limits(10**12, 10**12, 10**9, 10**12) for kind in office.LIMITS}
    monkeypatch.setattr(office, "LIMITS", wide)
    assert not is_refused(bomb)


def test_without_the_refusal_of_entities_a_file_can_be_read(monkeypatch):
    reader = CORPUS["XML reads a file"]
    assert is_refused(reader)
    monkeypatch.setattr("records.inspection.markup._no_doctype", nothing)
    assert not is_refused(reader)


def test_without_the_virus_scanner_the_test_virus_is_taken(monkeypatch):
    virus = CORPUS["test virus in a PDF"]
    assert not is_refused(virus), "only the scanner knows it"
    assert scanner.SampleScanner().scan(virus.data).virus
    monkeypatch.setattr(scanner, "EICAR", b"another virus")
    assert not scanner.SampleScanner().scan(virus.data).virus


def test_without_the_search_for_archives_a_zip_hides_in_a_pdf(monkeypatch):
    monkeypatch.setattr(disguises, "ZIP_END", b"never found")
    assert not is_refused(CORPUS["zip within a PDF's stream"])
