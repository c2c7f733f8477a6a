"""Saved views: one name once, one default, one person's own."""

import pytest

from accounts.actions.save_view import (
    ViewDetails,
    delete_view,
    open_with_view,
    rename_view,
    save_view,
)
from accounts.models import SavedView
from accounts.rules.views import MOST_VIEWS, kept_query
from kit.refusals import Refused
from tests.constraints import refused_by
from tests.factories.accounts import make_user
from trail.queries.clock import database_now


def kept(user, name="Urgent", query="turn=officers", **more):
    details = ViewDetails("certification.cases", name, query, "/staff/cases/", **more)
    return save_view(user=user, at=database_now(), details=details)


def row(user, name, **values):
    values = {"table": "t", "address": "/x/", "saved_at": database_now()} | values
    return SavedView.objects.create(user=user, name=name, **values)


def test_a_view_keeps_filters_order_and_columns_in_a_fixed_order():
    asked = "?sort=-due&page=3&q=&turn=officers&view=all&cols=b&cols=a&format=csv"
    assert kept_query(asked) == "cols=a&cols=b&sort=-due&turn=officers"


def test_saving_under_the_same_name_replaces():
    user = make_user()
    kept(user)
    kept(user, "URGENT", "sort=group")
    view = SavedView.objects.get()
    assert (view.name, view.query) == ("URGENT", "sort=group")


def test_database_refuses_a_name_twice():
    user = make_user()
    row(user, "Mine")
    with refused_by("saved_view_name_once"):
        row(user, "mine")
    row(make_user(), "Mine")


def test_database_refuses_two_defaults():
    user = make_user()
    row(user, "One", is_default=True)
    with refused_by("saved_view_default_once"):
        row(user, "Two", is_default=True)


@pytest.mark.parametrize("values", [{"name": ""}, {"name": "A", "address": "evil.example"}])
def test_database_refuses_a_view_without_name_or_place(values):
    with refused_by("saved_view_has_name_and_place"):
        row(make_user(), **values)


def test_one_view_opens_the_list():
    user = make_user()
    first, second = kept(user, "One", is_default=True), kept(user, "Two")
    open_with_view(view=second, is_default=True)
    first.refresh_from_db()
    assert (first.is_default, second.is_default) == (False, True)
    kept(user, "Three", is_default=True)
    assert list(SavedView.objects.filter(is_default=True).values_list("name")) == [("Three",)]


def test_a_name_in_use_is_refused_with_a_sentence():
    user = make_user()
    view = kept(user, "One")
    kept(user, "Two")
    with pytest.raises(Refused, match="already have a view “two”"):
        rename_view(view=view, name="two")
    assert rename_view(view=view, name="ONE").name == "ONE"


def test_too_many_and_too_long_are_refused():
    user = make_user()
    for number in range(MOST_VIEWS):
        row(user, f"View {number}", table="certification.cases")
    with pytest.raises(Refused, match="Delete one"):
        kept(user)
    with pytest.raises(Refused, match="too long to keep"):
        kept(make_user(), query="q=" + "x" * 1001)


def test_a_deleted_view_is_gone():
    view = kept(make_user())
    delete_view(view=view)
    assert not SavedView.objects.exists()
