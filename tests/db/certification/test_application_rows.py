"""Constraints and triggers of application rows, each broken on purpose."""

import pytest

from accounts.models import Agency
from certification.models import Application, ApplicationSection, ClusterGroup
from certification.rules.states import ApplicationState
from tests.constraints import refused_by, refused_by_trigger
from tests.worlds import agency
from trail.actions.open_case import open_case
from trail.actors import SYSTEM
from trail.queries.clock import database_now

SUBMITTED = {"submitted_by": "user:1", "receipt_number": "RC-1", "content": {"a": 1}}
HASH = "0" * 64


@pytest.fixture
def now():
    return database_now()


@pytest.fixture
def group(now):
    return ClusterGroup.objects.create(
        case=open_case(actor=SYSTEM, at=now, kind="group", prefix="CG"),
        agency=agency(),
        name="Group",
        definition_set_code="set",
        cluster_code="1",
        cluster_name="Cluster",
        region_kind="custom",
        region_name="Here",
        region_key="k",
        created_at=now,
    )


def application(group, now, **fields):
    return Application.objects.create(
        case=open_case(actor=SYSTEM, at=now, kind="application", prefix="DA"),
        group=group,
        agency=Agency.objects.get(),
        definition_set_code="set",
        cluster_code="1",
        cluster_name="Cluster",
        region_name="Here",
        region_key="k",
        started_by="user:1",
        started_at=now,
        **fields,
    )


def test_application_one_live(group, now):
    application(group, now)
    with refused_by("application_one_live"):
        application(group, now)


def test_a_decided_application_makes_room(group, now):
    application(group, now, state=ApplicationState.DENIED)
    assert application(group, now).pk


def test_application_receipt_once(group, now):
    fields = {**SUBMITTED, "submitted_at": now, "content_hash": HASH}
    application(group, now, state=ApplicationState.DENIED, **fields)
    with refused_by("application_receipt_once"):
        application(group, now, state=ApplicationState.DENIED, **fields)


def test_application_certified_paired(group, now):
    with refused_by("application_certified_paired"):
        application(group, now, certified_title="Director")


@pytest.mark.parametrize("missing", ["submitted_by", "receipt_number", "content"])
def test_application_submitted_paired(group, now, missing):
    fields = {**SUBMITTED, "submitted_at": now, "content_hash": HASH}
    del fields[missing]
    with refused_by("application_submitted_paired"):
        application(group, now, **fields)


def test_application_accepted_paired(group, now):
    fields = {**SUBMITTED, "submitted_at": now, "content_hash": HASH}
    with refused_by("application_accepted_paired"):
        application(group, now, accepted_at=now, **fields)


def test_submitted_words_stay(group, now):
    row = application(group, now, submitted_at=now, content_hash=HASH, **SUBMITTED)
    with refused_by_trigger():
        Application.objects.filter(pk=row.pk).update(content={"a": 2})


def test_illegal_moves_are_refused_by_any_door(group, now):
    row = application(group, now)
    with refused_by_trigger():
        Application.objects.filter(pk=row.pk).update(state=ApplicationState.DESIGNATED)


def test_application_section_once(group, now):
    row = application(group, now)
    ApplicationSection.objects.create(application=row, section_id="cluster")
    with refused_by("application_section_once"):
        ApplicationSection.objects.create(application=row, section_id="cluster")


def test_application_section_known(group, now):
    with refused_by("application_section_known"):
        ApplicationSection.objects.create(application=application(group, now), section_id="other")
