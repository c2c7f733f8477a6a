"""More than two hundred rows: a worker writes to all of them, and the page may be left."""

import re

import pytest

from certification.models import Participant
from certification.web import roster_import
from tests.factories.accounts import make_agency, make_user
from tests.factories.certification_groups import make_group
from tests.factories.economy import small_economy
from trail.actions.perform_job import perform_job
from trail.models import Job

HEAD = "kind,name,role,county,contact_name,contact_email,size,votes"


@pytest.fixture
def group(client, monkeypatch):
    monkeypatch.setattr(roster_import, "AT_ONCE", 2)
    small_economy()
    administrator = make_user()
    client.force_login(administrator)
    return make_group(administrator, make_agency())


def content(names):
    rows = [
        f"firm,{name} Works,supplier,39095,Person,{name.lower()}@x.example,small,1"
        for name in names
    ]
    return "\n".join([HEAD, *rows])


def confirm(client, group, names=("Amber", "Birch", "Cedar")):
    address = f"/groups/{group.reference}/roster/import/"
    told = {"text": content(names), "confirmed": "1", "idempotency_key": "large-roster"}
    return client.post(address, told)


def test_a_large_roster_becomes_a_job_that_may_be_left(client, group):
    answer = confirm(client, group)
    job = Job.objects.get()
    assert answer["Location"] == f"/jobs/{job.reference}/"
    page = client.get(answer["Location"]).content.decode()
    assert f"Add 3 organizations to {group.name}" in page
    assert 'hx-trigger="every 2s"' in page
    assert "You may leave this page" in page
    assert not Participant.objects.exists()
    perform_job(reference=job.reference)
    page = client.get(answer["Location"]).content.decode()
    assert "3 organizations are on the roster" in page
    assert "hx-trigger" not in page
    assert re.search(rf'href="/groups/{group.reference}/members/">See the result', page)
    assert Participant.objects.count() == 3
    job.refresh_from_db()
    assert "content" not in job.arguments


def test_running_twice_writes_once(client, group):
    confirm(client, group)
    confirm(client, group)
    for job in Job.objects.all():
        perform_job(reference=job.reference)
    assert Participant.objects.count() == 3


def test_a_roster_that_changed_meanwhile_writes_to_nobody(client, group):
    confirm(client, group)
    other = Job.objects.get()
    told = {"text": content(["Amber"]), "confirmed": "1", "idempotency_key": "one-first"}
    client.post(f"/groups/{group.reference}/roster/import/", told)
    perform_job(reference=other.reference)
    other.refresh_from_db()
    assert other.state == "failed"
    assert "Nothing was written" in other.message
    assert Participant.objects.count() == 1


def test_a_job_is_stopped_from_its_page(client, group):
    confirm(client, group)
    job = Job.objects.get()
    answer = client.post(f"/jobs/{job.reference}/stop/", follow=True).content.decode()
    assert "It is stopped." in answer
    perform_job(reference=job.reference)
    assert not Participant.objects.exists()
