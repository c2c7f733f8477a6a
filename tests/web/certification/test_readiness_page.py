"""Readiness: five cards with a gap each; only for those who may see the group."""

import pytest
from django.test import Client

from certification.models import GroupSeat
from certification.rules.groups import SeatRole
from tests.db.certification.scenes import AT, firm, group_row, ready_group
from tests.small_economy import small_economy
from tests.worlds import person


def administrator(group):
    user = person("Gina Administrator")
    GroupSeat.objects.create(group=group, user=user, role=SeatRole.ADMINISTRATOR, since=AT)
    client = Client()
    client.force_login(user)
    return client


def page(client, group):
    answer = client.get(f"/groups/{group.reference}/readiness/")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_ready_group_has_nothing_left_to_do():
    small_economy()
    group = ready_group()
    text = page(administrator(group), group)
    assert "All five criteria are met today." in text
    assert "Nothing is missing" in text


def test_an_empty_group_reads_its_next_step_in_numbers():
    small_economy()
    group = group_row()
    text = page(administrator(group), group)
    assert "1 of the five criteria are met today." not in text
    assert "One of the five criteria is met today." in text
    assert "Add fifteen firms." in text
    assert "Indiana, with 95.89041% of" not in text
    for word in ("UNKNOWN", "NEAR", "FAIL", "C2."):
        assert word not in text


def test_before_any_data_the_page_says_so():
    group = group_row()
    assert "No statistics are loaded" in page(administrator(group), group)


def test_a_group_with_another_definition_set_is_told_what_to_do():
    small_economy()
    group = group_row(definition_set_code="other")
    answer = administrator(group).get(f"/groups/{group.reference}/readiness/")
    assert "Choose the cluster again." in answer.content.decode()


def test_strangers_find_nothing():
    small_economy()
    group = ready_group()
    client = Client()
    client.force_login(person("Sam Stranger"))
    assert client.get(f"/groups/{group.reference}/readiness/").status_code == 404


@pytest.mark.parametrize("members", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_roster(
    members, django_assert_max_num_queries
):
    small_economy()
    group = group_row()
    for number in range(members):
        firm(group, number)
    client = administrator(group)
    page(client, group)
    with django_assert_max_num_queries(45):
        page(client, group)
