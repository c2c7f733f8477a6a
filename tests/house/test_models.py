"""What must be true of every model: the street, the constraints, the derived triggers."""

import re
from itertools import chain

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from tests.house.tree import ROOT

STREET = ("trail", "accounts", "records", "mapping", "certification", "grants")
OURS = [
    model
    for label in settings.FIRST_PARTY_APPS
    for model in apps.get_app_config(label).get_models()
]
CONSTRAINTS = [
    pytest.param(constraint, id=constraint.name)
    for model in OURS
    for constraint in model._meta.constraints
]
TESTS = "\n".join(path.read_text() for path in (ROOT / "tests").rglob("test_*.py"))


def foreign_keys():
    for field in chain.from_iterable(model._meta.get_fields() for model in OURS):
        if isinstance(field, models.ForeignKey):
            yield field


def test_foreign_keys_across_apps_cannot_be_walked_up():
    loose = [
        str(field)
        for field in foreign_keys()
        if field.model._meta.app_label != field.related_model._meta.app_label
        and not str(field.remote_field.related_name).endswith("+")
    ]
    assert loose == []


def test_foreign_keys_run_down_the_street():
    upward = [
        str(field)
        for field in foreign_keys()
        if field.related_model._meta.app_label in STREET
        and STREET.index(field.related_model._meta.app_label)
        > STREET.index(field.model._meta.app_label)
    ]
    assert upward == []


def test_nothing_cascades():
    cascading = [str(f) for f in foreign_keys() if f.remote_field.on_delete is models.CASCADE]
    assert cascading == []


@pytest.mark.parametrize("constraint", CONSTRAINTS)
def test_constraint_speaks_to_people(constraint):
    assert constraint.violation_error_message != constraint.default_violation_error_message


@pytest.mark.parametrize("constraint", CONSTRAINTS)
def test_constraint_has_a_test_that_carries_its_name(constraint):
    assert re.search(rf"\b{constraint.name}\b", TESTS), f"no test names {constraint.name}"


def test_every_state_column_has_its_trigger():
    bare = [
        model.__name__
        for model in OURS
        for field in model._meta.get_fields()
        if isinstance(field, models.CharField)
        and field.name == "state"
        and not any(type(t).__name__ == "FSM" for t in getattr(model._meta, "triggers", []))
    ]
    assert bare == []
