"""Long work: done once, told truthfully, stopped when asked, and what was typed is not kept."""

import pytest
from django.db import connection

from kit.refusals import Refused, refuse
from tests.factories.accounts import make_user
from trail.actions.perform_job import BROKEN, STOPPED, cancel_job, perform_job
from trail.actions.run_job import ask_for_job, report_progress, show_work
from trail.actors import SYSTEM
from trail.models import Effect, Job
from trail.queries.clock import database_now
from trail.registry import JobResult, register_job


def asked(kind, **arguments):
    told = {"title": "Count", "back": "/x/", "secret": "typed"} | arguments
    return ask_for_job(actor=SYSTEM, at=database_now(), kind=kind, arguments=told)


def runs(kind, act):
    register_job(kind, act)
    return asked(kind)


def done(job):
    perform_job(reference=job.reference)
    job.refresh_from_db()
    return job


def test_the_outbox_hands_the_job_to_a_worker():
    job = asked("anything")
    effect = Effect.objects.get(key=f"job:{job.reference}")
    assert (effect.kind, effect.payload) == ("run_job", {"job": job.reference})


def test_a_job_runs_once_and_forgets_what_was_typed():
    counted = []

    def count(job, report):
        report(1, 2, "Half.")
        counted.append(job.arguments["secret"])
        return JobResult("Two are counted.", {"count": 2})

    job = done(runs("count", count))
    assert (job.state, job.message, job.result) == ("done", "Two are counted.", {"count": 2})
    assert job.arguments == {"title": "Count", "back": "/x/"}
    assert job.finished_at is not None
    assert done(job).state == "done"
    assert counted == ["typed"]


def test_progress_is_committed_while_the_work_goes_on():
    seen = []

    def look(job, report):
        report(1, 2, "Half.")
        seen.append(Job.objects.get(pk=job.pk).state)
        seen.append(connection.savepoint_ids)
        return JobResult("")

    done(runs("look", look))
    assert seen == ["running", []]


def test_a_refusal_is_what_people_read():
    def refuse_it(job, report):
        raise refuse("no", "The roster changed.")

    job = done(runs("refused", refuse_it))
    assert (job.state, job.message) == ("failed", "The roster changed.")


def test_a_fault_is_said_without_its_words():
    def break_it(job, report):
        raise ZeroDivisionError("secret detail")

    job = done(runs("broken", break_it))
    assert (job.state, job.message) == ("failed", BROKEN)


def test_a_waiting_job_is_stopped_at_once_and_never_runs():
    job = runs("never", lambda job, report: pytest.fail("it ran"))
    cancel_job(actor=SYSTEM, at=database_now(), job=job)
    assert done(job).state == "cancelled"
    with pytest.raises(Refused, match="already over"):
        cancel_job(actor=SYSTEM, at=database_now(), job=job)


def test_a_running_job_stops_at_its_next_word():
    def stop_in_between(job, report):
        report(1, 2, "Half.")
        cancel_job(actor=SYSTEM, at=database_now(), job=job)
        report(2, 2, "Never said.")
        return JobResult("Not reached.")

    job = done(runs("stopped", stop_in_between))
    assert (job.state, job.message) == ("cancelled", STOPPED)


def test_work_that_was_cut_off_does_not_run_for_ever_on_the_page():
    first = show_work(actor=SYSTEM, at=database_now(), kind="load", title="Load")
    second = show_work(actor=SYSTEM, at=database_now(), kind="load", title="Load")
    first.refresh_from_db()
    assert (first.state, second.state) == ("failed", "running")
    assert report_progress(second, done=1, total=3, message="One file.")


def test_a_job_is_its_askers_own(client):
    job = asked("anything")
    client.force_login(make_user())
    assert client.get(f"/jobs/{job.reference}/").status_code == 404
    assert client.post(f"/jobs/{job.reference}/stop/").status_code == 404
