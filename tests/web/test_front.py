"""The public front and the page of one's own work."""

import pytest

from accounts.rules.roles import AgencyRoleKind
from tests.factories.applications import administrator_of, submitted
from tests.worlds import agency, group_ready_to_submit, officer, person

pytestmark = pytest.mark.django_db


def test_home_says_what_this_is_and_who_answers(client):
    office = agency()
    page = client.get("/").content.decode()
    assert "We certify groups of firms, colleges and governments that work together." in page
    assert office.contact_name in page
    assert "Not a government website." in page


def test_home_stands_before_anything_is_loaded(client):
    page = client.get("/")
    assert page.status_code == 200
    assert "No data have been loaded yet." in page.content.decode()


@pytest.mark.parametrize("text", ["", "x", "hamilton, ohio", "<b>", "%", "ü" * 300])
def test_search_survives_what_people_type(client, text):
    assert client.get("/search/", {"q": text}).status_code == 200


def test_search_writes_back_what_was_typed_as_text(client):
    page = client.get("/search/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page


def test_dashboard_of_a_newcomer_says_what_to_do(client):
    client.force_login(person("New Comer"))
    assert "You have not started a group yet" in client.get("/dashboard/").content.decode()


def test_dashboard_shows_groups_to_their_people_and_cases_to_officers(
    client, django_assert_max_num_queries
):
    home = agency()
    ready = group_ready_to_submit(home)
    submitted(ready.group)
    client.force_login(administrator_of(ready.group))
    page = client.get("/dashboard/").content.decode()
    assert ready.group.name in page
    assert "Under review" in page
    client.force_login(officer(home, AgencyRoleKind.PROGRAMME_OFFICER, "Paul Officer"))
    with django_assert_max_num_queries(26):
        page = client.get("/dashboard/").content.decode()
    assert "Cases of your office" in page
    assert ready.group.name in page


def test_kit_opens_in_the_demo_only(client, settings):
    assert client.get("/ui-kit/").status_code == 404
    settings.IS_DEMO = True
    page = client.get("/ui-kit/")
    assert page.status_code == 200
    assert "things need your attention" in page.content.decode()
