"""Starting and running a group in the browser."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.rules.roles import AgencyRoleKind
from certification.models import ClusterGroup, GroupSeat, SeatInvitation
from certification.queries.personal_links import token_of
from certification.rules.region_choice import ChosenCluster
from tests.factories.accounts import make_agency, make_officer, make_user
from tests.factories.applications import submitted
from tests.factories.certification_groups import (
    describe_convening,
    firm_entry,
    invite,
    make_group,
    seat_representative,
)
from tests.factories.mapping import small_basis
from tests.worlds import group_ready_to_submit


@pytest.fixture
def basis(tmp_path):
    return small_basis(tmp_path)


def browser(person):
    client = Client()
    client.force_login(person)
    return client


def at(group, route, *more):
    return reverse(f"certification:{route}", args=[group.reference, *more])


def start_fields(basis, **fields):
    cluster = basis.definition_set.clusters.first().code
    return {
        "name": "Lake Erie Glass",
        "purpose": "Sell abroad together.",
        "agency": make_agency().pk,
        "cluster": cluster,
        "region_kind": "custom",
        "counties": "",
        "region_name": "The shore",
        "idempotency_key": "start",
        **fields,
    }


def first_county(basis):
    from mapping.models import County  # noqa: PLC0415

    return County.objects.order_by("fips").first()


def test_without_data_the_page_says_so():
    page = browser(make_user()).get(reverse("certification:start_group"))
    assert "No economic data are published yet" in page.content.decode()


def test_starting_a_group_seats_its_founder(basis):
    person = make_user()
    county = first_county(basis)
    answer = browser(person).post(
        reverse("certification:start_group"), start_fields(basis, counties=county.name), follow=True
    )
    group = ClusterGroup.objects.get()
    assert "Lake Erie Glass is started" in answer.content.decode()
    assert list(group.counties.values_list("fips", flat=True)) == [county.fips]
    assert GroupSeat.objects.get(group=group).user == person


def test_a_double_click_starts_one_group(basis):
    client, fields = browser(make_user()), start_fields(basis, counties=first_county(basis).fips)
    for _ in range(2):
        client.post(reverse("certification:start_group"), fields)
    assert ClusterGroup.objects.count() == 1


def test_measuring_shows_figures_and_starts_nothing(basis):
    fields = start_fields(basis, counties=first_county(basis).fips, measure="1", name="")
    page = browser(make_user()).post(reverse("certification:start_group"), fields)
    words = page.content.decode()
    assert "times the national share of jobs" in words
    assert "needs your attention" not in words
    assert not ClusterGroup.objects.exists()


def test_the_fragment_answers_alone(basis):
    fields = start_fields(basis, counties=first_county(basis).fips)
    words = browser(make_user()).post(reverse("certification:measure"), fields).content.decode()
    assert "times the national share of jobs" in words
    assert "<html" not in words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"counties": "Atlantis"}, "We know no county called"),
        ({"counties": ""}, "List at least one county"),
        ({"region_kind": "state", "state": ""}, "Choose one"),
        ({"cluster": "999"}, "Select a valid choice"),
        ({"region_kind": "moon"}, "Select a valid choice"),
    ],
)
def test_errors_are_said_at_the_field(basis, fields, words):
    page = browser(make_user()).post(
        reverse("certification:start_group"), start_fields(basis, **fields)
    )
    assert words in page.content.decode()
    assert not ClusterGroup.objects.exists()


def test_changing_cluster_and_region(basis):
    person = make_user()
    cluster = basis.definition_set.clusters.first()
    group = make_group(
        person, cluster=ChosenCluster(basis.definition_set.code, cluster.code, cluster.name)
    )
    county = first_county(basis)
    client = browser(person)
    assert "Lake Erie shore" in client.get(at(group, "edit_group")).content.decode()
    fields = start_fields(basis, counties=county.fips, agency=group.agency_id, region_name="")
    client.post(at(group, "edit_group"), fields)
    group.refresh_from_db()
    assert (group.name, group.region_name) == ("Lake Erie Glass", county.name)


def test_the_overview_names_one_next_step():
    person = make_user()
    group = make_group(person)
    client = browser(person)
    assert "Put your members on the roster" in client.get(at(group, "group")).content.decode()
    invite(group, firm_entry())
    words = client.get(at(group, "group")).content.decode()
    assert "Ask an authorized representative to join" in words


def test_a_representative_is_asked_and_accepts():
    person, other = make_user(), make_user("Rosa Diaz", "rosa@example.org")
    group = make_group(person)
    fields = {
        "name": "Rosa Diaz",
        "email": "Rosa@example.org",
        "role": "authorized_representative",
        "idempotency_key": "seat",
    }
    browser(person).post(at(group, "invite_to_seat"), fields)
    token = token_of(SeatInvitation.objects.get().nonce)
    address = reverse("certification:accept_seat", args=[token])
    guest = browser(other)
    assert "to be the authorized representative" in guest.get(address).content.decode()
    answer = guest.post(address, follow=True)
    assert "You are now authorized representative" in answer.content.decode()
    assert guest.get(address).status_code == 302
    assert browser(make_user()).get(address).status_code == 410


def test_the_invitation_shows_on_ones_own_page_and_can_be_declined():
    other = make_user("Rosa Diaz", "rosa@example.org")
    group = make_group()
    fields = {"name": "Rosa", "email": other.email, "role": "administrator"}
    browser(group.seats.get().user).post(at(group, "invite_to_seat"), fields)
    client = browser(other)
    assert group.name in client.get(reverse("accounts:profile")).content.decode()
    row = SeatInvitation.objects.get()
    client.post(reverse("certification:answer_seat", args=[row.reference]), {"answer": "decline"})
    row.refresh_from_db()
    assert row.closed_at is not None
    assert not group.seats.filter(user=other).exists()


def test_the_administrator_cannot_also_certify():
    person = make_user()
    group = make_group(person)
    fields = {"name": "Me", "email": person.email, "role": "authorized_representative"}
    page = browser(person).post(at(group, "invite_to_seat"), fields)
    assert "already has a seat" in page.content.decode()


def test_a_representative_reads_but_does_not_change():
    group = make_group()
    client = browser(seat_representative(group))
    assert client.get(at(group, "members")).status_code == 200
    page = client.get(at(group, "add_member"))
    assert page.status_code == 403
    assert "Only an administrator of the group" in page.content.decode()


CONVENING = {
    "version": "0",
    "legal_name": "Glass Association",
    "form": "formation_plan",
    "formation_plan": "Founded in June.",
    "management_fte": "0.5",
    "seats_supplier": "2",
    "payer_0": "Everybody",
    "amount_0": "1,250.50",
}


def test_the_convening_body_is_saved_as_far_as_it_has_come():
    person = make_user()
    group = make_group(person)
    client = browser(person)
    client.post(at(group, "edit_convening"), {**CONVENING, "idempotency_key": "c"})
    page = client.get(at(group, "convening")).content.decode()
    assert "Glass Association" in page
    assert "$1,250.50" in page


def test_two_editors_see_both_texts():
    person = make_user()
    group = make_group(person)
    describe_convening(group, legal_name="Saved by another")
    page = browser(person).post(at(group, "edit_convening"), CONVENING)
    words = page.content.decode()
    assert page.status_code == 409
    assert "Saved by another" in words
    assert "Glass Association" in words
    assert 'name="version" value="1"' in words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"amount_0": "1e3"}, "Enter dollars and cents"),
        ({"amount_0": ""}, "Enter the amount"),
        ({"form": "fiscal_sponsor"}, "Fill in: Name of the fiscal sponsor"),
        ({"has_open_admission_rule": "on"}, "Add the text of the rule"),
    ],
)
def test_convening_errors_are_said_at_the_field(fields, words):
    person = make_user()
    group = make_group(person)
    page = browser(person).post(at(group, "edit_convening"), {**CONVENING, **fields})
    assert words in page.content.decode()


def test_asking_a_government(basis):
    person = make_user()
    county = first_county(basis)
    group = make_group(person)
    group.counties.all().delete()
    group.counties.create(fips=county.fips)
    state = county.fips[:2]
    client = browser(person)
    assert client.get(at(group, "partners")).status_code == 200
    fields = {
        "level": "county",
        "state_fips": state,
        "body_name": county.name,
        "county": county.name,
        "contact_name": "Cy Clerk",
        "contact_email": "cy@county.example",
        "idempotency_key": "ask",
    }
    wrong = client.post(at(group, "ask_government"), {**fields, "level": "district"})
    assert "Only the District of Columbia" in wrong.content.decode()
    client.post(at(group, "ask_government"), fields)
    row = group.commitments.get()
    assert (row.level, row.county_fips) == ("county", county.fips)
    again = client.post(at(group, "ask_government"), {**fields, "idempotency_key": "other"})
    assert "already asked" in again.content.decode()
    assert county.name in client.get(at(group, "commitment", row.reference)).content.decode()


def test_strangers_find_nothing():
    group = make_group()
    client = browser(make_user())
    for route in ("group", "timeline", "team", "members", "partners", "convening", "edit_group"):
        assert client.get(at(group, route)).status_code == 404, route


def test_your_groups_ask_as_much_for_one_as_for_three(django_assert_max_num_queries):
    person = make_user()
    client = browser(person)
    counts = []
    for number in (1, 2):
        for _ in range(number):
            make_group(person)
        with django_assert_max_num_queries(10) as asked:
            client.get(reverse("certification:groups"))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_officers_of_the_agency_read_a_group_once_it_has_applied():
    ready = group_ready_to_submit(firms=1)
    group = ready.group
    officer = browser(make_officer(group.agency, AgencyRoleKind.PROGRAMME_OFFICER))
    other = browser(make_officer(make_agency(), AgencyRoleKind.PROGRAMME_OFFICER))
    assert officer.get(at(group, "group")).status_code == 404
    submitted(group)
    for route in ("group", "members", "institutions", "partners", "convening", "team", "timeline"):
        assert officer.get(at(group, route)).status_code == 200, route
        assert other.get(at(group, route)).status_code == 404, route
    assert officer.get(at(group, "add_member")).status_code == 403


def test_cluster_and_region_stand_still_while_an_application_is_under_way(basis):
    ready = group_ready_to_submit(firms=1)
    submitted(ready.group)
    client = browser(ready.administrator)
    page = client.get(at(ready.group, "edit_group")).content.decode()
    assert "An application of this group is under way" in page
    assert "Your cluster" not in page
    client.post(at(ready.group, "edit_group"), {"name": "A better name", "idempotency_key": "e"})
    ready.group.refresh_from_db()
    assert ready.group.name == "A better name"
