"""The public check answers without an account and says what to do about bad input."""

import pytest

from tests.small_economy import small_economy

ELKHART = "/check/?cluster=1&counties=Elkhart+County,+IN%0A18085%3B26027"


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_without_data_the_list_still_helps(client):
    text = page(client, "/check/")
    assert "No statistics are loaded" in text
    assert "At least fifteen firms that confirm for themselves." in text


def test_two_questions_first(client):
    small_economy()
    text = page(client, "/check/")
    assert "Recreational vehicles" in text
    assert "Elkhart, IN-MI" in text
    assert "times the national share" not in text


def test_counties_pasted_by_name_or_code_are_answered(client):
    small_economy()
    text = page(client, ELKHART)
    assert "Recreational vehicles in your region of 3 counties" in text
    assert "times the national share of jobs in Recreational vehicles" in text
    assert "In Indiana the state signs that it will answer you" in text
    assert "Sample data" in text


def test_an_economic_area_is_answered_by_its_name(client):
    small_economy()
    text = page(client, "/check/?cluster=2&area=004")
    assert "Boats in Benton Harbor, MI" in text


def test_code_words_never_show(client):
    small_economy()
    text = page(client, ELKHART)
    for word in ("UNKNOWN", "PASS", "NEAR", "FAIL", "C1."):
        assert word not in text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("cluster=1", "Choose an area, or list your counties."),
        ("cluster=1&counties=99999", "There is no county with the code 99999."),
        ("cluster=1&counties=Atlantis", "We know no county called “Atlantis”."),
        ("cluster=77&area=002", "Select a valid choice"),
        ("cluster=1&area=999", "Select a valid choice"),
        ("area=002", "This field is required"),
    ],
)
def test_bad_input_is_said_at_the_field(client, query, sentence):
    small_economy()
    text = page(client, f"/check/?{query}")
    assert sentence in text
    assert "How we worked this out" not in text


def test_the_number_of_queries_does_not_grow_with_the_region(client, django_assert_max_num_queries):
    small_economy()
    page(client, "/check/?cluster=1&counties=18039")
    for counties in ("18039", "18039,18085,26027"):
        with django_assert_max_num_queries(25):
            page(client, f"/check/?cluster=1&counties={counties}")


def test_the_rules_in_force_show_every_number_with_its_source(client):
    text = page(client, "/rules/")
    assert "Designated Clusters rulebook, version 1, in force since" in text
    assert "1.50" in text
    assert "Designated Clusters programme rules, section 2.3 C1" in text
