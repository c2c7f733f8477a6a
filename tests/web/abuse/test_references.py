"""Every reference of one person's work, tried by every other person: nothing opens.

Planted: ``group_for`` without its seat check; seen red.
"""

import pytest

from certification.actions.end_seat import end_seat
from tests.factories.accounts import make_organization, make_user
from tests.factories.applications import started
from tests.factories.certification_groups import (
    administrator_of,
    ask,
    firm_entry,
    invite,
    make_group,
    seat_representative,
)
from tests.web.abuse.walk import PERSONAS, ROUTES, client_of, module_world
from trail.queries.clock import database_now

world = module_world
HIDDEN = {404, 405}
OWN_PLACES = ("group", "participant", "commitment", "seat", "application", "organization")


@pytest.fixture
def foreign(world):
    """Another group, its application and an organization: nobody of the world belongs to them."""
    group, drafted = make_group(), make_group()
    seat_representative(group)
    return {
        **world.places,
        "group": group.reference,
        "participant": invite(group, firm_entry("Foreign Kiln"))[0].reference,
        "commitment": ask(group).reference,
        "seat": group.seats.all()[0].reference,
        "application": started(drafted).case.reference,
        "organization": make_organization(make_user()).case.reference,
    }


def private_routes():
    """Doors of somebody's own work; what the table opens to strangers or to all officers is not."""
    return {
        name: route
        for name, route in ROUTES.items()
        if any("{" + place + "}" in route["path"] for place in OWN_PLACES)
        and route.get("stranger", route.get("anyone")) == 404
        and not ("{organization}" in route["path"] and route["path"].startswith("/staff/"))
    }


@pytest.mark.parametrize("persona", PERSONAS)
def test_a_reference_of_somebody_else_opens_nothing(world, foreign, persona):
    client, opened = client_of(world, persona), {}
    for name, route in private_routes().items():
        for verb in ("GET", "POST"):
            answer = client.generic(verb, route["path"].format(**foreign))
            is_sent_away = answer.status_code == 302 and "/accounts/login/" in answer["Location"]
            if not (is_sent_away if persona == "anonymous" else answer.status_code in HIDDEN):
                opened[f"{verb} {name}"] = answer.status_code
    assert opened == {}


def test_there_are_many_such_doors():
    assert len(private_routes()) >= 40


@pytest.mark.parametrize("mixed", ["participant", "commitment", "seat"])
def test_parts_of_another_group_do_not_open_under_an_own_one(world, foreign, mixed):
    client, places = client_of(world, "group_administrator"), {**world.places}
    places[mixed] = foreign[mixed]
    for name, route in ROUTES.items():
        if "{" + mixed + "}" in route["path"]:
            for verb in ("GET", "POST"):
                answer = client.generic(verb, route["path"].format(**places))
                assert answer.status_code in HIDDEN, (name, verb)


def test_an_ended_seat_opens_nothing_any_more(client):
    group = make_group()
    person = seat_representative(group)
    client.force_login(person)
    assert client.get(f"/groups/{group.reference}/").status_code == 200
    seat = group.seats.get(user=person)
    end_seat(actor=administrator_of(group), at=database_now(), seat=seat)
    assert client.get(f"/groups/{group.reference}/").status_code == 404


@pytest.mark.parametrize(
    "reference", ["1", "0", "-1", "CG-0000-0000-0", "%2e%2e", "'", "*", "null"]
)
def test_guessed_references_open_nothing(client, reference):
    client.force_login(make_user())
    for path in ("/groups/{}/", "/applications/{}/", "/organizations/{}/", "/staff/cases/{}/"):
        assert client.get(path.format(reference)).status_code == 404
