"""Officers send data files: a worker loads them, every file gets its report, nothing by halves."""

from __future__ import annotations

import gzip
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from mapping.actions.ask_for_load import INBOX
from mapping.actions.clear_sent_files import clear_sent_files
from mapping.actions.load_files import load_files
from mapping.actions.load_sent_files import notice_cut_loads
from mapping.models import Basis, BasisSwitch, DataLoad, DefinitionSet, Release
from mapping.queries.loads import LOADING_LOCK
from mapping.rules.sent_files import LARGEST, MOST_FILES, plain_name, sending_refusals
from tests.factories.economy import FILES, small_economy
from tests.worlds import OFFICERS, staffed_agency
from trail.actions.perform_job import perform_job
from trail.actions.run_job import move_job
from trail.models import Entry, Job
from trail.queries.clock import database_now

SEND = "/staff/releases/load/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client: Client) -> Client:
    client.force_login(staffed_agency().people["programme_officer"])
    return client


def files(**changed: str) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(name, text.encode()) for name, text in (FILES | changed).items()]


def send(client: Client, sent: list[SimpleUploadedFile], key: str = "k" * 32, **more: object):
    return client.post(SEND, {"files": sent, "idempotency_key": key, **more})


def work(load: DataLoad) -> Job:
    return perform_job(reference=load.job_reference)


def page_of(client: Client, load: DataLoad) -> str:
    return client.get(f"/staff/releases/loads/{load.reference}/").content.decode()


def test_files_are_loaded_by_a_worker_and_each_gets_its_report(
    officer: Client, django_capture_on_commit_callbacks: Any
):
    answer = send(officer, files())
    load = DataLoad.objects.get()
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/staff/releases/loads/{load.reference}/"
    assert "Waiting to start" in page_of(officer, load)
    with django_capture_on_commit_callbacks(execute=True):
        job = work(load)
    assert (job.state, Release.objects.count()) == ("done", 2)
    page = page_of(officer, load)
    assert "9 rows read, 9 kept" in page
    assert "<dt>Counties with a row</dt><dd>" in page
    assert "Publish or choose" in page
    assert "county_naics6_2021.csv" in page
    table = officer.get(f"/staff/releases/loads/{load.reference}.csv")
    assert "county_naics6_2021.csv" in table.getvalue().decode()
    assert not [file for file in load.files.all() if storages[INBOX].exists(file.kept_as)]
    load.refresh_from_db()
    verbs = Entry.objects.filter(case=load.case).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["open_case", "ask_for_load", "end_load"]


def test_loading_makes_nothing_public_and_switches_nothing(officer: Client):
    send(officer, files())
    work(DataLoad.objects.get())
    assert Basis.objects.exists()
    assert not Basis.objects.filter(publication__isnull=False).exists()
    assert not BasisSwitch.objects.exists()


def test_a_refused_file_says_why_and_stops_no_other(officer: Client):
    sheet = "cluster_code,cluster,kind,naics2017\nG1,Glass,traded,327211\nG2,Cups,traded,327211\n"
    cut = SimpleUploadedFile("county_naics6_2020.csv.gz", gzip.compress(b"fips" * 99)[:-9])
    send(officer, [*files(**{"small_set.csv": sheet}), cut])
    load = DataLoad.objects.get()
    work(load)
    page = page_of(officer, load)
    assert "line 3: code 327211 stands already on line 2" in page
    assert "cut short" in page
    assert Release.objects.count() == 2
    assert not DefinitionSet.objects.exists()


def test_where_nothing_new_was_made_nothing_is_to_be_published(officer: Client):
    send(officer, [SimpleUploadedFile("county_naics6_2021.csv", b"fips,naics,est,emp,ap\nx\n")])
    load = DataLoad.objects.get()
    assert work(load).state == "done"
    page = page_of(officer, load)
    assert "Refused" in page
    assert "Publish or choose" not in page


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ([("cells.exe", b"MZ")], "cells.exe cannot be read"),
        ([("cells.csv", b"")], "empty"),
        ([("a.csv", b"a"), ("a.csv", b"b")], "a.csv was sent 2 times"),
        ([(f"{n}.csv", b"a") for n in range(MOST_FILES + 1)], "at most 10 files"),
        ([], "Choose at least one file"),
    ],
)
def test_what_cannot_be_loaded_is_refused_at_the_field(officer: Client, sent, says):
    answer = send(officer, [SimpleUploadedFile(name, content) for name, content in sent])
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not DataLoad.objects.exists()
    assert not Job.objects.exists()


def test_names_and_sizes_are_bounded():
    assert [r.code for r in sending_refusals([("a.csv", LARGEST + 1)])] == ["files_too_large"]
    assert [r.code for r in sending_refusals([("x" * 130 + ".csv", 1)])] == ["name_unfit"]
    assert sending_refusals([("a.csv.gz", LARGEST)]) == []
    assert plain_name("..\\..\\etc/passwd.csv\n") == "passwd.csv"


def test_a_double_click_sends_once_and_a_second_load_waits(officer: Client):
    for _ in range(2):
        assert send(officer, files()).status_code == 302
    assert DataLoad.objects.count() == 1
    answer = send(officer, files(), key="z" * 32)
    assert answer.status_code == 422
    assert "Another load is under way" in answer.content.decode()
    assert DataLoad.objects.count() == Job.objects.count() == 1


def test_a_load_by_command_refuses_the_officers(officer: Client):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOADING_LOCK])
        try:
            assert "Another load is under way" in send(officer, files()).content.decode()
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOADING_LOCK])


def test_stopping_takes_effect_between_files_and_it_can_be_started_again(
    officer: Client, monkeypatch
):
    send(officer, files())
    load = DataLoad.objects.get()

    def stopped_after_two(**told):
        progress = told["progress"]

        def ask_then(done, total, message):
            if done == 2:
                officer.post(f"/staff/releases/loads/{load.reference}/stop/")
            progress(done, total, message)

        return load_files(**told | {"progress": ask_then})

    with monkeypatch.context() as patch:
        patch.setattr("mapping.actions.load_sent_files.load_files", stopped_after_two)
        job = work(load)
    assert job.state == "cancelled"
    assert "stay loaded" in job.message
    assert not Release.objects.exists()
    load.refresh_from_db()
    assert [report["status"] for report in load.reports] == ["loaded", "loaded"]
    assert "Start it again" in page_of(officer, load)

    officer.post(f"/staff/releases/loads/{load.reference}/again/")
    load.refresh_from_db()
    assert work(load).state == "done"
    assert Release.objects.count() == 2


def test_a_killed_worker_leaves_a_failed_load_that_can_be_started_again(officer: Client):
    send(officer, files())
    load = DataLoad.objects.get()
    job = Job.objects.get(reference=load.job_reference)
    move_job(job, "begin")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOADING_LOCK])
        assert [notice_cut_loads(at=database_now()) for _ in range(3)] == [0, 0, 0]
        cursor.execute("SELECT pg_advisory_unlock(%s)", [LOADING_LOCK])
    assert [notice_cut_loads(at=database_now()) for _ in range(3)] == [0, 1, 0]
    page = page_of(officer, load)
    assert "It was cut off before its end" in page
    assert "Start it again" in page
    officer.post(f"/staff/releases/loads/{load.reference}/again/")
    load.refresh_from_db()
    assert load.job_reference != job.reference
    assert work(load).state == "done"


def test_the_page_says_until_when_files_are_kept_and_that_they_are_gone(officer: Client):
    send(officer, files())
    load = DataLoad.objects.get()
    officer.post(f"/staff/releases/loads/{load.reference}/stop/")
    assert "The files are kept until" in page_of(officer, load)
    clear_sent_files(at=database_now() + timedelta(days=31))
    page = page_of(officer, load)
    assert "Its files are no longer kept." in page
    assert "Start it again" not in page
    officer.post(f"/staff/releases/loads/{load.reference}/again/")
    assert Job.objects.count() == 1


def test_a_load_that_came_to_its_end_is_not_started_again(officer: Client):
    send(officer, files())
    load = DataLoad.objects.get()
    work(load)
    officer.post(f"/staff/releases/loads/{load.reference}/again/")
    assert Job.objects.count() == 1


@pytest.mark.parametrize("persona", sorted(OFFICERS))
def test_only_some_officers_load_and_publish(client: Client, persona: str):
    basis = small_economy(is_current=False)
    client.force_login(staffed_agency().people[persona])
    is_allowed = persona in {"programme_officer", "agency_administrator"}
    assert send(client, files()).status_code == (302 if is_allowed else 403)
    answer = client.post(f"/staff/releases/publish/{basis.reference}/")
    assert answer.status_code == (302 if is_allowed else 403)


def test_publishing_asks_first_and_switches_nothing(officer: Client):
    send(officer, files())
    work(DataLoad.objects.get())
    basis = Basis.objects.earliest("pk")
    address = f"/staff/releases/publish/{basis.reference}/"
    assert address in officer.get("/staff/releases/").content.decode()
    assert "Publish for everybody" in officer.get(address).content.decode()
    assert not Basis.objects.filter(publication__isnull=False).exists()
    for _ in range(2):
        assert officer.post(address).status_code == 302
    assert Basis.objects.filter(publication__isnull=False).count() == 1
    assert not BasisSwitch.objects.exists()
    verbs = Entry.objects.filter(case=basis.case, verb="publish_basis")
    assert verbs.count() == 1
