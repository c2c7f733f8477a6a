"""Every hostile file is refused with a sentence that helps; every honest one is taken."""

import pytest

from kit.refusals import Refused
from records.inspection.contents import inspect
from records.inspection.scanner import SampleScanner
from tests.hostile.corpus import corpus
from tests.hostile.honest import HONEST

CORPUS = list(corpus())


def verdict(name, data, declared=""):
    """The code and the sentence of the refusal, or None for what is taken."""
    try:
        inspect(data, name=name, declared=declared)
    except Refused as refused:
        return refused.refusal
    return None


def test_the_corpus_is_large_and_every_entry_is_its_own():
    assert len(CORPUS) >= 100
    assert len({one.what for one in CORPUS}) == len(CORPUS)


@pytest.mark.parametrize("one", CORPUS, ids=lambda one: one.what)
def test_hostile_file_is_refused_and_told_why(one):
    refusal = verdict(one.name, one.data, one.declared)
    if one.codes == {"virus_found"}:
        assert SampleScanner().scan(one.data).virus
        return
    assert refusal is not None, "taken"
    assert refusal.code in one.codes, refusal
    assert len(refusal.sentence.split()) >= 8
    assert refusal.sentence.endswith(".")


@pytest.mark.parametrize("name", HONEST)
def test_honest_file_is_taken(name):
    assert verdict(name, HONEST[name]) is None
    assert SampleScanner().scan(HONEST[name]).virus == ""
