"""The doors of a case in every state that a case can have.

Whatever the state: outsiders never learn that the case exists, applicants never open the office's
doors, officers never open the applicant's, and nothing answers with a server error. In `make test`
one state, in `make fuzz` all of them.

Planted: ``case_refusal`` answering None for submitted cases; seen red.
"""

import pytest
from django.db import connection, transaction

from certification.models import Application
from certification.rules.states import APPLICATION
from tests.web.abuse.test_matrix import answer_of
from tests.web.abuse.walk import IS_LONG, PERSONAS, ROUTES, client_of, module_world

world = module_world
STATES = [state.value for state in APPLICATION.states]
SOME = ["decision_pending"]
VERBS = ("GET", "POST", "HEAD", "OPTIONS") if IS_LONG else ("GET", "POST")
TEAM = {"group_administrator", "authorized_representative"}
OUTSIDE = {"anonymous", "stranger", "other_programme_officer", "organization_administrator"}
OPEN = {200, 302, "away", 400, 403, 404, 405, 409, 410, 422}
HIDDEN = {404, 405, "sign-in"}


def doors(place):
    return {name: route for name, route in ROUTES.items() if "{" + place + "}" in route["path"]}


def put_into(reference, state):
    """The state as such: the trigger that guards the way there is off for this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        Application.objects.filter(case__reference=reference).update(state=state)
        cursor.execute("SET LOCAL session_replication_role = origin")


# The group's people and the office read the papers of a case by the same door.
SHARED = {"records:papers_progress"}


def expected(persona, place, name):
    if persona in OUTSIDE:
        return HIDDEN
    if name in SHARED:
        return OPEN
    is_own_side = (persona in TEAM) == (place == "application")
    return OPEN if is_own_side else HIDDEN


@pytest.mark.parametrize("state", STATES if IS_LONG else SOME)
def test_doors_of_a_case_in_every_state(world, state, capsys):
    cells, unexpected = 0, {}
    with transaction.atomic():
        for place in ("application", "staff_case"):
            put_into(world.places[place], state)
            for persona in PERSONAS:
                client = client_of(world, persona)
                client.raise_request_exception = False
                for name, route in doors(place).items():
                    for verb in VERBS:
                        cells += 1
                        answer = answer_of(client, verb, route["path"].format(**world.places))
                        if answer not in expected(persona, place, name):
                            unexpected[f"{verb} {name} {persona}"] = answer
        transaction.set_rollback(True)
    with capsys.disabled():
        print(f"\n{state}: {cells} cells", end="")  # noqa: T201 - the count is the result
    assert unexpected == {}
