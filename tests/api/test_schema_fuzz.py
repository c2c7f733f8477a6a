"""schemathesis against the API, in this process: no server error, no undocumented answer.

Whatever the schema allows, and whatever it does not, is asked of every operation; each answer must
be one that the schema describes, of the type and shape it describes. A short run in `make test`,
a long one in `make fuzz`.

Planted: 429 and 404 taken out of the described answers, a serializer with a field too many; each
was seen red (the twin below keeps one of them).
"""

import contextlib
import os

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from accounts.actors import actor_from_user
from accounts.api_limits import PerAddressLimit
from accounts.rules.roles import AgencyRoleKind
from clusters_portal import api_schema
from grants.actions.publish_award import prepare_award, release_award
from grants.api import awards
from tests.db.certification.cases import office
from tests.db.certification.register_scenes import decided, released
from tests.factories.accounts import make_officer
from tests.factories.awards import make_award
from tests.factories.economy import small_economy
from tests.factories.grants import make_competition
from tests.factories.selection import announced
from trail.queries.clock import database_now

PLAIN = {"Accept-Encoding": "identity"}  # the transport in this process does not unpack
EXAMPLES = int(os.environ.get("PORTAL_FUZZ") or 12)
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.fixture
def portal(monkeypatch):
    """A register with an entry, an economy, and nobody told to wait."""
    cache.clear()
    monkeypatch.setattr(PerAddressLimit, "THROTTLE_RATES", {"address": None})
    place = office()
    released(place, decided(place).application)
    make_competition()
    small_economy()
    released_award()
    announced()
    # A server would give back the connection after each request; here it holds the test's rows.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield get_wsgi_application()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def released_award():
    """A public award: prepared by one publisher, released by another."""
    award = make_award()
    maker, checker = (
        actor_from_user(make_officer(award.agency, AgencyRoleKind.PUBLISHER)) for _ in range(2)
    )
    given = {"at": database_now(), "award": award}
    row = prepare_award(actor=maker, **given)
    release_award(actor=checker, **given, publication=row)
    return award.reference


def operations(app):
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema/?format=json", app)
    return [found.ok() for found in schema.get_all_operations()]


def ask(operation, mode, examples):
    """Ask one operation many times; the number of answers that came."""
    answers = []

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def once(case):
        answers.append(case.call_and_validate(checks=CHECKS, headers=PLAIN).status_code)

    with contextlib.suppress(Unsatisfiable):  # nothing that this operation takes can be wrong
        once()
    return answers


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_every_answer_is_one_that_the_schema_describes(portal, mode, capsys):
    answers = []
    for operation in operations(portal):
        has_input = list(operation.iter_parameters())
        if mode is GenerationMode.POSITIVE or has_input:
            answers += ask(operation, mode, EXAMPLES)
    with capsys.disabled():
        print(f"\n{mode.value}: {len(answers)} calls", end="")  # noqa: T201 - the count is the result
    assert answers
    assert not [status for status in answers if status >= 500]


WHOLE = {  # a page of the list -> the operation that tells one of its rows, and by which name
    "/api/v1/awards/": ("/api/v1/awards/{award}/", "award"),
    "/api/v1/results/": ("/api/v1/results/{competition}/", "competition"),
    "/api/v1/competitions/": ("/api/v1/competitions/{competition}/", "competition"),
}


def ask_whole(app, listed):
    """Read a list, then every row of it whole; what was answered."""
    by_path = {one.path: one for one in operations(app)}
    path, name = WHOLE[listed]
    told = by_path[listed].Case().call_and_validate(checks=CHECKS, headers=PLAIN).json()["results"]
    for row in told:
        case = by_path[path].Case(path_parameters={name: row["reference"]})
        assert case.call_and_validate(checks=CHECKS, headers=PLAIN).status_code == 200
    return told


ECONOMY = (  # questions that lead to rows; made-up ones mostly lead to refusals
    ("/api/v1/evidence/", {"fips": "39095,39173", "cluster": "G1"}),
    ("/api/v1/evidence/", {"fips": "39095,39173", "cluster": "G1", "threshold": "1.2"}),
    ("/api/v1/custom-region/", {"fips": "39095,39173", "years": "all"}),
    ("/api/v1/measures/", {"type": "ea", "cluster": "G1", "sort": "-lq"}),
    ("/api/v1/sub-measures/", {"type": "ea", "sub_cluster": "G1.1", "sort": "-lq"}),
    ("/api/v1/regions/", {"state": "OH"}),
    ("/api/v1/industries/", {"cluster": "G1"}),
    ("/api/v1/sub-clusters/", {}),
    ("/api/v1/bases/", {}),
    ("/api/v1/releases/", {}),
    ("/api/v1/years/", {}),
    ("/api/v1/definition-sets/", {}),
)


def test_the_economy_is_told_as_the_schema_describes_it(portal):
    by_path = {one.path: one for one in operations(portal)}
    for path, query in ECONOMY:
        answer = by_path[path].Case(query=query).call_and_validate(checks=CHECKS, headers=PLAIN)
        assert answer.status_code == 200, path
    basis, *_ = by_path["/api/v1/bases/"].Case().call(headers=PLAIN).json()["results"]
    files = {"/api/v1/bases/{reference}/measures.csv": basis["reference"],
             "/api/v1/bases/{reference}/sub-measures.csv": basis["reference"],
             "/api/v1/releases/{reference}/cells.csv": basis["release"]}  # fmt: skip
    for path, reference in files.items():
        case = by_path[path].Case(path_parameters={"reference": reference})
        assert case.call_and_validate(checks=CHECKS, headers=PLAIN).status_code == 200


@pytest.mark.parametrize("listed", WHOLE)
def test_what_exists_is_told_as_the_schema_describes_it(portal, listed):
    """Made-up references lead to nothing; these lead to a row, with every field of it."""
    assert ask_whole(portal, listed)


def test_an_award_told_otherwise_than_described_is_found(portal, monkeypatch):
    """The twin: one field of the award is not what the schema says."""
    real = awards._told
    monkeypatch.setattr(awards, "_told", lambda row: {**real(row), "federal": None})
    with pytest.raises((FailureGroup, ExceptionGroup)):
        ask_whole(portal, "/api/v1/awards/")


def test_an_undescribed_answer_is_found(portal, monkeypatch):
    """The twin: a schema that forgets problems is caught."""
    monkeypatch.setattr(api_schema, "PROBLEMS", {})
    (register,) = [
        operation
        for operation in operations(portal)
        if operation.path == "/api/v1/register/{designation}/"
    ]
    with pytest.raises((FailureGroup, ExceptionGroup)):
        ask(register, GenerationMode.POSITIVE, 20)
