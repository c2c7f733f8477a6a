"""Rulebook rows: the first one is whole, none can be changed, one is in force at a time."""

from datetime import date

import pytest
from django.db import Error, IntegrityError, transaction

from certification.models import Rulebook, RulebookParameter
from certification.queries.rulebooks import NoRulebookError, rulebook_in_force, rulebook_row
from certification.rules.rulebook_v1 import EFFECTIVE_FROM, rulebook_v1


def test_the_first_rulebook_is_in_force_and_says_what_the_rules_say():
    found = rulebook_in_force(date(2026, 3, 3))
    first = rulebook_v1()
    assert sorted(found.parameters, key=lambda one: one.key) == sorted(
        first.parameters, key=lambda one: one.key
    )
    assert (found.code, found.version) == (first.code, first.version)


def test_before_the_first_rulebook_nothing_can_be_judged():
    with pytest.raises(NoRulebookError):
        rulebook_in_force(EFFECTIVE_FROM.replace(year=EFFECTIVE_FROM.year - 1))


def refused(act):
    with pytest.raises(Error) as caught, transaction.atomic():
        act()
    return str(caught.value)


def test_numbers_cannot_be_changed_or_removed():
    assert "Cannot update" in refused(lambda: RulebookParameter.objects.update(value="1"))
    assert "Cannot" in refused(lambda: RulebookParameter.objects.all().delete())
    assert "Cannot update" in refused(lambda: Rulebook.objects.update(effective_from="2019-01-01"))
    assert "Cannot delete" in refused(_delete_bare)


def _delete_bare():
    Rulebook.objects.create(
        code="OTHER", version=1, title="Other", effective_from=date(2020, 1, 1)
    ).delete()


def test_rulebook_one_in_force():
    with pytest.raises(IntegrityError, match="rulebook_one_in_force"), transaction.atomic():
        Rulebook.objects.create(
            code="DC", version=2, title="Second", effective_from=date(2027, 1, 1)
        )


def test_a_new_version_follows_when_the_old_one_ends():
    Rulebook.objects.update(effective_to=date(2027, 1, 1))
    second = Rulebook.objects.create(
        code="DC", version=2, title="Second", effective_from=date(2027, 1, 1)
    )
    assert rulebook_row(date(2026, 12, 31)).version == 1
    assert rulebook_row(date(2027, 1, 1)) == second


def test_rulebook_version_once_and_rulebook_ends_after_start():
    with pytest.raises(IntegrityError, match="rulebook_version_once"), transaction.atomic():
        Rulebook.objects.create(
            code="DC",
            version=1,
            title="Again",
            effective_from=date(2010, 1, 1),
            effective_to=date(2011, 1, 1),
        )
    with pytest.raises(Error, match=r"rulebook_ends_after_start|range"), transaction.atomic():
        Rulebook.objects.create(
            code="X",
            version=1,
            title="X",
            effective_from=date(2010, 1, 2),
            effective_to=date(2010, 1, 1),
        )


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("rulebook_parameter_is_number", {"key": "k", "value": "1e3", "citation": "x"}),
        ("rulebook_parameter_is_number", {"key": "k", "value": "-1", "citation": "x"}),
        ("rulebook_parameter_is_cited", {"key": "k", "value": "1", "citation": ""}),
        ("rulebook_parameter_once", {"key": "c2.firms", "value": "1", "citation": "x"}),
    ],
)
def test_parameter_constraints(name, row):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        RulebookParameter.objects.create(rulebook=Rulebook.objects.get(), title="T", **row)
