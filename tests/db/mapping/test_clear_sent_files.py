"""Files of loads that never end are cleared after their days, and nobody else's."""

import io
from datetime import timedelta

import pytest
from django.core.files.storage import storages

from kit.refusals import Refused
from mapping.actions.ask_for_load import (
    INBOX,
    SentFile,
    SentFiles,
    ask_for_load,
    start_load_again,
)
from mapping.actions.clear_sent_files import clear_sent_files
from mapping.models import DataLoad
from mapping.queries.loads import load_page
from mapping.rules.parameters import SENT_FILES_KEPT_DAYS, sent_files_kept
from trail.actions.perform_job import cancel_job
from trail.actions.run_job import move_job
from trail.actors import SYSTEM
from trail.models import Entry, Job
from trail.queries.clock import database_now

KEPT = timedelta(days=30)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def empty_inbox():
    for name in storages[INBOX].listdir("")[1]:
        storages[INBOX].delete(name)


@pytest.fixture
def load():
    sent = SentFiles([SentFile("cells.csv", 4, io.BytesIO(b"fips"))], 2021, 1, "/loads/{}/")
    return ask_for_load(actor=SYSTEM, at=database_now(), sent=sent, key="k" * 32)


def job_of(load):
    return Job.objects.get(reference=load.job_reference)


def is_kept(load):
    return storages[INBOX].exists(load.files.get().kept_as)


def later(more=DAY):
    return database_now() + KEPT + more


def end(load, how):
    if how == "stopped":
        cancel_job(actor=SYSTEM, at=database_now(), job=job_of(load))
    elif how == "failed":
        move_job(job_of(load), "begin")
        move_job(job_of(load), "fail", message="no")


@pytest.mark.parametrize("how", ["stopped", "failed", "abandoned"])
def test_files_go_after_their_days_and_not_before(load, how):
    end(load, how)
    assert clear_sent_files(at=later(-DAY)) == 0
    assert is_kept(load)
    load.refresh_from_db()
    assert load.cleared_at is None
    assert clear_sent_files(at=later()) == 1
    assert not is_kept(load)
    load.refresh_from_db()
    assert load.cleared_at is not None
    assert clear_sent_files(at=later()) == 0
    entry = Entry.objects.get(case=load.case, verb="clear_sent_files")
    assert entry.facts == {"files": ["cells.csv"]}


def test_a_load_that_never_began_bars_no_other(load):
    clear_sent_files(at=later())
    job = job_of(load)
    assert (job.state, "never began" in job.message) == ("failed", True)
    sent = SentFiles([SentFile("other.csv", 4, io.BytesIO(b"fips"))], 2021, 1, "/loads/{}/")
    assert ask_for_load(actor=SYSTEM, at=database_now(), sent=sent, key="z" * 32)


def test_what_runs_keeps_its_files_however_long(load):
    move_job(job_of(load), "begin")
    assert clear_sent_files(at=later(99 * DAY)) == 0
    assert is_kept(load)


def test_a_load_started_again_begins_its_days_anew(load):
    end(load, "stopped")
    again = start_load_again(actor=SYSTEM, at=database_now(), load=load, user=1, address="/")
    Job.objects.filter(reference=again.job_reference).update(created_at=later())
    assert clear_sent_files(at=later()) == 0
    assert is_kept(load)


def test_cleared_it_cannot_be_started_again(load):
    end(load, "failed")
    page = load_page(load.reference)
    assert page.may_start_again
    assert page.kept_until == page.job.finished_at + KEPT
    clear_sent_files(at=later())
    page = load_page(load.reference)
    assert (page.may_start_again, page.ended_early, page.kept_until) == (False, True, None)
    with pytest.raises(Refused, match="Send them again") as refused:
        start_load_again(actor=SYSTEM, at=database_now(), load=load, user=1, address="/")
    assert refused.value.refusal.code == "files_cleared"


def test_files_that_belong_to_no_load_go_after_a_day(load):
    stray = storages[INBOX].save("stray", io.BytesIO(b"left by a crash"))
    assert clear_sent_files(at=database_now()) == 0
    assert clear_sent_files(at=database_now() + 2 * DAY) == 1
    assert not storages[INBOX].exists(stray)
    assert is_kept(load)


def test_the_days_are_a_dated_parameter():
    first = SENT_FILES_KEPT_DAYS[0]
    assert sent_files_kept(first.effective_from) == timedelta(days=first.value) == KEPT
    assert sent_files_kept(first.effective_from - DAY) == timedelta(0)


def test_loads_of_before_are_never_given_up_twice(load):
    DataLoad.objects.update(cleared_at=database_now())
    end(load, "failed")
    clear_sent_files(at=later())
    assert not Entry.objects.filter(case=load.case, verb="clear_sent_files").exists()
