"""Constraints and triggers of trail, users and records, each broken on purpose."""

import pytest
from django.db import connection

from accounts.models import User
from records.models import Deadline, Publication
from tests.constraints import refused_by, refused_by_trigger
from tests.worlds import person
from trail.actions.open_case import open_case
from trail.actors import SYSTEM
from trail.models import Entry, IdempotencyKey, Job, Seal
from trail.queries.clock import database_now
from trail.rules.states import JobState


@pytest.fixture
def now():
    return database_now()


@pytest.fixture
def case(now):
    return open_case(actor=SYSTEM, at=now, kind="group", prefix="CG")


def publication(case, now, **fields):
    values = {"number": 1, "prepared_by": "user:1", "prepared_at": now, "snapshot": {}, **fields}
    return Publication.objects.create(case=case, kind="register", digest="0" * 64, **values)


def test_entry_sequence_once(case, now):
    with refused_by("entry_sequence_once"):
        Entry.objects.create(
            case=case, sequence=1, at=now, recorded_at=now, actor="x", verb="x", hash="1" * 64
        )


def test_idempotency_key_once(now):
    values = {"key": "k", "actor": "user:1", "verb": "v", "body_digest": "", "claimed_at": now}
    IdempotencyKey.objects.create(**values)
    with refused_by("idempotency_key_once"):
        IdempotencyKey.objects.create(**values)


def test_job_progress_within_total(now):
    with refused_by("job_progress_within_total"):
        Job.objects.create(reference="JB", kind="k", asked_by="x", created_at=now, done=3, total=2)


def test_job_cannot_leave_its_end(now):
    job = Job.objects.create(reference="JB", kind="k", asked_by="x", created_at=now)
    Job.objects.update(state=JobState.CANCELLED)
    with refused_by_trigger():
        Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING)


def test_seals_refuse_deletion(now):
    Seal.objects.create(
        first_entry_id=1, last_entry_id=1, entry_count=1, sealed_at=now, root="0", hash="0"
    )
    with refused_by_trigger():
        Seal.objects.all().delete()


def test_user_email_once_whatever_the_capitals():
    person("Ann Example")
    with refused_by("user_email_once"):
        User.objects.create_user("ANN.example@example.org")


def test_deadline_one_open_per_kind(case, now):
    Deadline.objects.create(case=case, kind="answer", due_at=now)
    with refused_by("deadline_one_open_per_kind"):
        Deadline.objects.create(case=case, kind="answer", due_at=now)


def test_publication_number_once(case, now):
    publication(case, now)
    with refused_by("publication_number_once"):
        publication(case, now)


def test_publication_two_persons(case, now):
    with refused_by("publication_two_persons"):
        publication(case, now, released_by="user:1", released_at=now)


def test_publication_released_paired(case, now):
    with refused_by("publication_released_paired"):
        publication(case, now, released_by="user:2")


def test_released_publication_is_final(case, now):
    row = publication(case, now, released_by="user:2", released_at=now)
    with refused_by_trigger():
        Publication.objects.filter(pk=row.pk).update(snapshot={"altered": True})


def test_database_is_the_engine_of_production():
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        assert int(cursor.fetchone()[0]) >= 150000
