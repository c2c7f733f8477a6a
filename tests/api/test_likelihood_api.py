"""How likely a quotient reaches a line: the query's own answer on the page and in the API."""

from dataclasses import asdict
from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from mapping.actions.make_basis import make_basis
from mapping.actions.make_reading import make_hierarchical
from mapping.actions.publish_basis import publish_basis
from mapping.actions.switch_basis import switch_basis
from mapping.models import DefinitionSet
from mapping.queries import class_probability as class_probability_module
from mapping.queries.class_probability import class_probability
from mapping.queries.concentration import concentration
from mapping.queries.ingredients import possible_sources
from mapping.registry import line_in_force
from mapping.rules.evidence_words import likelihood_words
from mapping.rules.lines import CLASS_LINE, UNREADABLE
from mapping.rules.terms import Band
from tests.factories.economy import load_file, small_economy
from trail.actors import SYSTEM
from trail.queries.clock import database_now

SEATTLE = frozenset({"53033", "53053"})
ADDRESS = "/explore/regions/ea/152/clusters/P1/"
QUESTION = "/api/v1/evidence/?region_type=ea&region=152&cluster=P1"
# Sixty glass makers of King County are in one of two clusters: no file says in which.
SPLIT = """cluster_code,cluster,kind,naics2017
G1,Flat glass,traded,327211
P1,Pressed glass,traded,327212
V1,Vehicles,traded,336111
H1,Health care,local,621111
"""


@pytest.fixture
def basis():
    small_economy(is_current=False)
    load_file("split_set.csv", SPLIT)
    split = DefinitionSet.objects.get(code="split_set")
    sources = next(one for one in possible_sources() if one.definition_set == split)
    made, _ = make_basis(actor=SYSTEM, at=database_now(), sources=sources)
    publish_basis(actor=SYSTEM, at=database_now(), basis=made)
    switch_basis(actor=SYSTEM, at=database_now(), basis=made)
    return made


@pytest.fixture(autouse=True)
def cache_of_its_own(settings, tmp_path):
    settings.CACHE_ROOT = tmp_path
    class_probability_module._national.cache_clear()


def between(basis):
    """A line with few decimals in the middle of what is possible."""
    lq = concentration(basis, SEATTLE, "P1").lq
    return Fraction(round((lq.low + lq.high) * 500), 1000)


def asked(client, line, query=""):
    return client.get(f"{QUESTION}&threshold={line}{query}")


def test_page_and_api_show_the_answer_of_the_query(client, basis):
    line = between(basis)
    own = class_probability(basis, SEATTLE, "P1", line)
    assert 0 < own.probability < 1
    told = asked(client, float(line)).json()["likelihood"]
    assert told["probability"] == own.probability
    assert (told["model"], told["draws"], told["seed"]) == (own.model, 2_000, str(own.seed))
    assert told["threshold"] == float(line)
    assert not told["is_decided"]
    answer = client.get(f"{ADDRESS}?threshold={float(line)}")
    assert answer.context["likely"].found == own
    page = answer.content.decode()
    for words in (likelihood_words(own, line), own.model, str(own.seed), "no decision rests on it"):
        assert words in page
    assert f"{own.probability * 100:.1f}%" in page
    drawn = client.get(
        f"/api/v1/evidence/?fips={','.join(sorted(SEATTLE))}&cluster=P1&threshold={float(line)}"
    )
    assert drawn.json()["likelihood"] == told


def test_bounds_decide_exactly_where_they_can(basis):
    for cluster in ("G1", "P1", "V1", "H1"):
        lq = concentration(basis, SEATTLE, cluster).lq
        step = Fraction(1, 10**12)
        at_low = class_probability(basis, SEATTLE, cluster, lq.low)
        above = class_probability(basis, SEATTLE, cluster, lq.high + step)
        assert (at_low.probability, at_low.draws) == (1.0, 0)
        assert (above.probability, above.draws) == (0.0, 0)
        if not lq.is_exact:
            for line in (lq.low + step, lq.high):
                assert not class_probability(basis, SEATTLE, cluster, line).is_decided


def test_what_is_sure_is_said_without_the_model(client, basis):
    page = client.get(f"{ADDRESS}?threshold=9999").content.decode()
    assert "It is impossible: even the highest value is below 9999." in page
    assert "The model assumes" not in page
    told = asked(client, "0.000001").json()["likelihood"]
    assert (told["probability"], told["is_decided"], told["draws"]) == (1.0, True, 0)
    assert told["words"].startswith("It is certain")


def test_nothing_is_computed_unless_it_is_asked_for(client, basis):
    assert client.get(QUESTION).json()["likelihood"] is None
    answer = client.get(ADDRESS)
    assert "likely" not in answer.context
    assert 'name="threshold"' in answer.content.decode()


def test_the_form_begins_with_the_line_of_the_rules_in_force(client, basis):
    answer = client.get(ADDRESS)
    assert answer.context["line"].words.startswith(f"{float(answer.context['line'].value):.2f} is")
    assert "ask of a" in answer.context["line"].words
    band = concentration(basis, SEATTLE, "P1").band.value
    lines = {"small": Fraction(3, 2), "medium": Fraction(13, 10), "large": Fraction(6, 5)}
    assert answer.context["line"].value == lines[band]
    assert line_in_force(Band.LARGE, date(1990, 1, 1)) == CLASS_LINE  # before any rules


UNREAD = ("0", "-1", "nan", "inf", "1e-40", "1_5", "much", "1,2", "٣", "1e999999", "9" * 30)


def test_a_line_that_is_no_positive_decimal_is_refused_in_words(client, basis):
    for line in UNREAD:
        answer = asked(client, line)
        assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
        assert UNREADABLE in answer.content.decode()
        page = client.get(ADDRESS, {"threshold": line})
        assert page.status_code == 400
        assert UNREADABLE in page.content.decode()
        assert "likely" not in page.context


def test_where_the_model_says_nothing_a_sentence_says_why(client, basis):
    made = make_hierarchical(actor=SYSTEM, at=database_now(), basis=basis)[0]
    publish_basis(actor=SYSTEM, at=database_now(), basis=made)
    query = f"&basis={made.reference}"
    told = asked(client, "1.2", query).json()["likelihood"]
    assert (told["probability"], told["draws"], told["seed"]) == (None, 0, "")
    assert "four-digit totals" in told["words"]
    page = client.get(f"{ADDRESS}?threshold=1.2{query}").content.decode()
    assert "A probability needs published cells with the four-digit totals" in page
    assert "draws" not in page
    assert "The model assumes" not in page


def test_making_measures_leaves_the_moments_for_the_first_reader(
    request, monkeypatch, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        basis = request.getfixturevalue("basis")
    anew = class_probability_module._added_up(basis.pk)
    assert np.any(anew.cluster_variance > 0)
    monkeypatch.setattr(class_probability_module, "_added_up", lambda _: pytest.fail("added up"))
    left = class_probability_module._national(basis.pk, basis.digest)
    for name, column in asdict(anew).items():
        assert np.allclose(getattr(left, name), column), name
    assert class_probability(basis, SEATTLE, "P1", between(basis)).draws > 0


def test_in_portions_the_moments_are_those_of_the_whole(basis, monkeypatch):
    whole = class_probability_module._added_up(basis.pk)
    monkeypatch.setattr(class_probability_module, "AT_ONCE", 1)
    for name, column in asdict(class_probability_module._added_up(basis.pk)).items():
        assert np.allclose(getattr(whole, name), column), name
