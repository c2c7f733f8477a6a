"""Constraints and triggers of trail, users and records, each broken on purpose."""

from datetime import timedelta

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

DAY = timedelta(days=1)


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


def shown(version, since, until=None, **fields):
    return {
        "released_by": "user:2",
        "released_at": since,
        "version": version,
        "shown": (since, until),
        **fields,
    }


def test_publication_two_persons(case, now):
    with refused_by("publication_two_persons"):
        publication(case, now, **shown(1, now, released_by="user:1"))


def test_publication_released_paired(case, now):
    with refused_by("publication_released_paired"):
        publication(case, now, released_by="user:2")


def test_publication_version_once(case, now):
    publication(case, now, **shown(1, now, now + DAY))
    with refused_by("publication_version_once"):
        publication(case, now, number=2, **shown(1, now + DAY))


def test_publication_one_shown(case, now):
    publication(case, now, **shown(1, now))
    with refused_by("publication_one_shown"):
        publication(case, now, number=2, **shown(2, now + DAY))


def test_publication_shown_once_released(case, now):
    with refused_by("publication_shown_once_released"):
        publication(case, now, version=1, shown=(now, None))


def test_publication_discarded_paired(case, now):
    with refused_by("publication_discarded_paired"):
        publication(case, now, discarded_by="user:2", discarded_at=now)


def test_publication_correction_says_why(case, now):
    with refused_by("publication_correction_says_why"):
        publication(case, now, is_correction=True)


ALTERED = [{"snapshot": {"altered": True}}, {"released_by": "user:3"}, {"why": "else"}]


@pytest.mark.parametrize("change", ALTERED, ids=str)
def test_released_publication_is_final(case, now, change):
    row = publication(case, now, **shown(1, now))
    with refused_by_trigger():
        Publication.objects.filter(pk=row.pk).update(**change)


def test_a_publication_is_never_deleted_and_begins_when_it_began(case, now):
    row = publication(case, now, **shown(1, now))
    with refused_by_trigger():
        Publication.objects.all().delete()
    with refused_by_trigger():
        Publication.objects.filter(pk=row.pk).update(shown=(now - DAY, None))


def test_a_discarded_publication_stays_discarded(case, now):
    gone = {"discarded_by": "user:2", "discarded_at": now, "discard_reason": "Wrong file."}
    row = publication(case, now, **gone)
    with refused_by_trigger():
        Publication.objects.filter(pk=row.pk).update(discarded_at=None)


def test_database_is_the_engine_of_production():
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        assert int(cursor.fetchone()[0]) >= 150000
