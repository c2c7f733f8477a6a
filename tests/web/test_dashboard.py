"""One's own work: what is due, for whom, what changed; nothing of others, and no more queries."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts.actors import actor_from_user
from accounts.models import OpenSession
from accounts.rules.roles import AgencyRoleKind as Role
from tests.factories.accounts import make_agency, make_officer, make_organization, make_user
from tests.factories.applications import submitted
from tests.factories.certification_groups import firm_entry, invite, make_group
from tests.worlds import group_ready_to_submit
from trail.actions.record_entry import record_entry
from trail.queries.clock import database_now


def page_of(person, **query):
    client = Client()
    client.force_login(person)
    answer = client.get("/dashboard/", query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_group_sees_what_waits_for_whom():
    user = make_user()
    invite(make_group(user, make_agency(), name="Maumee Glass"), firm_entry("Kiln Works"))
    page = page_of(user)
    assert "Prepare the group" in page
    assert "1 organization has to answer" in page
    assert "Your group waits for them" in page
    mine, others = page_of(user, show="mine"), page_of(user, show="others")
    assert "1 organization has to answer" not in mine
    assert "Prepare the group" not in others
    assert "1 organization has to answer" in others


@pytest.mark.parametrize("show", ["", "nonsense", "\u0661", "mine'"])
def test_an_unknown_part_is_everything(show):
    user = make_user()
    make_group(user, make_agency())
    assert "Prepare the group" in page_of(user, show=show)


def test_somebody_with_two_hats_has_one_list():
    home = make_agency()
    officer = make_officer(home, Role.PROGRAMME_OFFICER)
    ready = group_ready_to_submit(home)
    submitted(ready.group)
    make_group(officer, home, name="Officer Glass")
    make_organization(officer, "Alone Works").join_requests.create(
        user=make_user(), asked_at=database_now()
    )
    make_organization(None, "Twin Works")
    make_organization(None, "TWIN WORKS, Inc.")
    page = page_of(officer)
    for words in (ready.group.name, "Officer Glass", "1 person asks to join", "1 pair of organ"):
        assert words in page, words
    assert "pair of organ" not in page_of(make_officer(home, Role.AUDITOR))
    assert ready.group.name not in page_of(make_officer(make_agency(), Role.AUDITOR))


def test_what_others_changed_since_the_last_visit_is_told_and_no_more():
    user, colleague = make_user(), make_user()
    group = make_group(user, make_agency(), name="Maumee Glass")
    invite(group, firm_entry("Kiln Works"))
    assert "What changed since" not in page_of(user)
    hour_ago = database_now() - timedelta(hours=1)
    OpenSession.objects.create(
        user=user, session_key="earlier", device="A", began_at=hour_ago, seen_at=hour_ago
    )
    assert "What changed since" not in page_of(user)
    actor = actor_from_user(colleague)
    record_entry(case=group.case, actor=actor, at=database_now(), verb="save_convening")
    assert "Convening body described" in page_of(user)
    assert "Convening body described" not in page_of(make_user())


def test_newcomers_see_no_empty_list():
    page = page_of(make_user())
    assert "What is due" not in page
    assert "You have not started a group yet" in page


def test_the_list_costs_the_same_for_one_and_three(django_assert_max_num_queries):
    home = make_agency()
    officer = make_officer(home, Role.PROGRAMME_OFFICER)
    client = Client()
    client.force_login(officer)
    counts = []
    for number in (1, 2):
        for _ in range(number):
            invite(make_group(officer, home), firm_entry())
            make_organization(officer).join_requests.create(
                user=make_user(), asked_at=database_now()
            )
        with django_assert_max_num_queries(32) as counted:
            client.get("/dashboard/")
        counts.append(len(counted))
    assert counts[0] == counts[1]
