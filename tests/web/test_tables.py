"""Data tables and saved views on pages: without script, per person, and only on this portal."""

import re

import pytest

from accounts.models import SavedView
from tests.db.certification.cases import UNSURE, group_of, judged, office
from tests.factories.accounts import make_user

CASES = "/staff/cases/"


@pytest.fixture
def place():
    return office()


@pytest.fixture
def officer(client, place):
    client.force_login(place.people["programme_officer"])
    return client


@pytest.fixture
def two_cases(place):
    for name, fips in (("Alder Vehicles", "18039"), ("Zinnia Vehicles", "39095")):
        judged(place, group_of(place, name=name, fips=fips), UNSURE)


def page(client, query=""):
    return client.get(CASES + query).content.decode()


def save(client, **values):
    told = {
        "table": "certification.cases",
        "query": "sort=-group&cols=state",
        "address": CASES,
        "name": "Backwards",
    }
    return client.post("/account/views/save/", told | values, follow=True)


def test_order_columns_and_density_come_from_the_address(officer, two_cases):
    text = page(officer, "?sort=-group&cols=state&cols=agency&dense=1")
    assert text.index("Zinnia") < text.index("Alder")
    heads = re.findall(r'role="columnheader"[^>]*>(?:<a[^>]*>)?([^<]+)', text)
    assert heads == ["Group", "Stands at", "Agency"]
    assert 'aria-sort="descending"' in text
    assert "data-table--dense" in text


def test_the_export_has_the_order_and_columns_of_the_page(officer, two_cases):
    answer = officer.get(CASES + "?sort=-group&cols=cluster&format=csv")
    lines = answer.getvalue().decode().splitlines()
    assert lines[0] == "Group,Cluster"
    assert [line.split(",")[0] for line in lines[1:]] == ["Zinnia Vehicles", "Alder Vehicles"]
    assert 'filename="cases.csv"' in answer["Content-Disposition"]


def test_a_view_is_saved_found_and_opened(officer, two_cases):
    answer = save(officer, is_default="on")
    assert answer.redirect_chain == [(CASES + "?cols=state&sort=-group", 302)]
    text = answer.content.decode()
    assert "The view “Backwards” is saved" in text
    assert 'aria-current="true">Backwards</a>' in text
    assert officer.get(CASES)["Location"] == CASES + "?cols=state&sort=-group"
    assert officer.get(CASES + "?view=all").status_code == 200


def test_a_view_belongs_to_one_person(officer, client, place, two_cases):
    save(officer)
    view = SavedView.objects.get()
    client.force_login(place.people["auditor"])
    assert "Backwards" not in page(client)
    assert "Backwards" not in client.get("/account/views/").content.decode()
    for verb in ("rename", "open", "delete"):
        answer = client.post(f"/account/views/{verb}/", {"view": view.pk, "name": "Mine now"})
        assert answer.status_code == 404
    view.refresh_from_db()
    assert view.name == "Backwards"


def test_views_are_renamed_opened_with_and_deleted(officer, two_cases):
    save(officer)
    view = SavedView.objects.get()

    def post(verb, **values):
        answer = officer.post(f"/account/views/{verb}/", {"view": view.pk, **values}, follow=True)
        return answer.content.decode()

    assert "now called “From the end”" in post("rename", name="From the end")
    assert "Nothing was renamed" in post("rename", name="")
    assert "opens with “From the end”" in post("open", open="yes")
    assert "opens with everything again" in post("open", open="no")
    assert "is deleted" in post("delete")
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("address", ["//evil.example/", "https://evil.example/", "/no/such/", "x"])
def test_a_view_leads_nowhere_but_here(officer, address):
    answer = save(officer, address=address)
    assert "The view was not saved" in answer.content.decode()
    assert answer.redirect_chain == [("/account/views/", 302)]
    assert not SavedView.objects.exists()


def test_a_view_without_a_name_is_not_saved(officer):
    answer = save(officer, name=" ")
    assert "The view was not saved. Name: This field is required." in answer.content.decode()


def test_the_public_register_offers_no_views_to_strangers(client):
    assert "Save this view" not in client.get("/register/").content.decode()
    client.force_login(make_user())
    assert "Change your views" not in client.get("/register/").content.decode()


def test_views_cost_one_query(officer, two_cases, django_assert_num_queries):
    for number in range(3):
        save(officer, name=f"View {number}")
        if number != 1:
            # One of them asks which own lists stand in the menu.
            with django_assert_num_queries(10):
                assert f"View {number}" in page(officer, "?view=all")
