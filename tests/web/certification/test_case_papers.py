"""Papers of groups and applications: pinned when submitted, cited by findings, shown by role."""

import pytest
from django.test import Client

from certification.actions.write_finding import write_finding
from certification.models import Application
from certification.queries.papers import submitted_papers
from kit.refusals import Refused
from records.models import DocumentVersion
from records.rules.states import VersionState
from tests.db.certification.cases import (
    AT,
    UNSURE,
    application_of,
    group_of,
    judged,
    office,
)
from tests.db.certification.test_decide import evidence
from tests.factories.applications import submitted
from tests.factories.documents import add, sent, version_of, work
from tests.hostile.honest import CSV, pdf
from trail.queries.timeline import timeline


@pytest.fixture
def place():
    return office()


def signed_in(place, persona):
    client = Client()
    client.force_login(place.people[persona])
    return client


def test_submitting_waits_for_no_scanner_and_pins_what_was_attached(place, settings):
    settings.SCANNER = "unix:/nonexistent/clamd.sock"
    group = group_of(place)
    bylaws = add(group.case, title="Bylaws")
    work()
    assert version_of(bylaws).state == VersionState.WAITING
    application = submitted(group)
    (pinned,) = application.content["documents"]
    assert pinned["sha256"] == version_of(bylaws).sha256
    assert (pinned["reference"], pinned["version"]) == (bylaws.reference, 1)
    settings.SCANNER = "sample"


def test_without_a_worker_and_without_a_check_submitting_works_too(place):
    group = group_of(place)
    add(group.case)
    application = submitted(group)
    assert len(application.content["documents"]) == 1
    assert DocumentVersion.objects.get().state == VersionState.RECEIVED


def test_a_refused_file_is_not_submitted_the_one_before_is(place):
    group = group_of(place)
    good, bad = add(group.case, title="Good"), add(group.case, sent(b"MZ", "bad.pdf"))
    work()
    assert version_of(bad).state == VersionState.REFUSED
    assert [one["reference"] for one in submitted(group).content["documents"]] == [good.reference]


def test_what_was_submitted_stays(place):
    group = group_of(place)
    bylaws = add(group.case, title="Bylaws", is_confidential=True)
    work()
    submitted(group)
    client = signed_in(place, "group_administrator")
    there = f"/documents/{bylaws.reference}/"
    page = client.get(there).content.decode()
    assert "This document was submitted: it stays as it is." in page
    assert client.post(f"{there}remove/").status_code == 409
    assert client.post(f"{there}mark/", {"is_confidential": "no"}).status_code == 409


def test_the_receipt_and_the_officers_show_the_fingerprints(place):
    group = group_of(place)
    bylaws = add(group.case, title="Bylaws")
    work()
    application = submitted(group)
    digest = version_of(bylaws).sha256
    for persona, address in (
        ("group_administrator", f"/applications/{application.reference}/receipt/"),
        ("group_administrator", f"/applications/{application.reference}/preview/"),
        ("programme_officer", f"/staff/cases/{application.reference}/application/"),
    ):
        assert digest in signed_in(place, persona).get(address).content.decode()
    officer = signed_in(place, "programme_officer")
    assert officer.get(f"/documents/{bylaws.reference}/1/file/").status_code == 200


def test_officers_see_no_papers_before_the_group_applies(place):
    bylaws = add(group_of(place).case)
    work()
    officer = signed_in(place, "programme_officer")
    assert officer.get(f"/documents/{bylaws.reference}/1/file/").status_code == 404


def test_publishers_read_the_redacted_copy_only(place):
    application = application_of(place, group_of(place))
    secret = add(application.case, kind="evidence", title="Payroll", is_confidential=True)
    copy = add(application.case, kind="evidence", title="Payroll, redacted", redacts=secret)
    work()
    for persona, sees_secret in (("publisher", False), ("auditor", True)):
        reader = signed_in(place, persona)
        page = reader.get(f"/papers/{application.reference}/").content.decode()
        assert (secret.reference in page) == sees_secret
        assert copy.reference in page
        answer = reader.get(f"/documents/{secret.reference}/1/file/")
        assert (answer.status_code == 200) == sees_secret


def test_what_officers_found_is_not_the_groups(place):
    application = judged(place, group_of(place), UNSURE)
    officer = signed_in(place, "programme_officer")
    page = officer.get(f"/papers/{application.reference}/?add=officers_evidence")
    assert "Evidence found by the office" in page.content.decode()
    found = add(application.case, kind="officers_evidence", title="County records")
    work()
    mine = signed_in(place, "group_administrator")
    assert mine.get(f"/documents/{found.reference}/").status_code == 404
    assert "County records" not in mine.get(f"/papers/{application.reference}/").content.decode()
    assert officer.get(f"/documents/{found.reference}/1/file/").status_code == 200


def test_officers_do_not_change_what_the_group_added(place):
    application = judged(place, group_of(place))
    paper = add(application.case, kind="evidence")
    work()
    officer = signed_in(place, "programme_officer")
    assert officer.post(f"/documents/{paper.reference}/remove/").status_code == 403


def test_the_group_adds_while_it_writes_and_when_it_is_asked(place):
    application = application_of(place, group_of(place))
    mine = signed_in(place, "group_administrator")
    page = mine.get(f"/papers/{application.reference}/").content.decode()
    assert "documents can be added when the office asks you something" in page
    Application.objects.filter(pk=application.pk).update(state="intake")
    Application.objects.filter(pk=application.pk).update(state="action_needed")
    page = mine.get(f"/papers/{application.reference}/?add=answer").content.decode()
    assert "Answer to a question of the office" in page


def test_a_finding_cites_the_fingerprint_of_a_checked_document(place):
    application = judged(place, group_of(place), UNSURE)
    paper = add(application.case, sent(CSV, "survey.csv"), kind="officers_evidence")
    waiting = add(application.case, sent(pdf(), "late.pdf"), kind="officers_evidence")
    given = {"actor": place.actor("programme_officer"), "at": AT, "application": application}
    with pytest.raises(Refused) as refused:
        write_finding(**given, evidence=evidence(document=version_of(waiting)), key="a")
    assert refused.value.refusal.code == "document_not_citable"
    work()
    cited = version_of(paper)
    row = write_finding(**given, evidence=evidence(document=cited), key="b")
    assert row.document_version == cited
    (entry,) = [one for one in timeline(application.case) if one.verb == "write_finding"]
    assert entry.facts["document_sha256"] == cited.sha256
    page = signed_in(place, "programme_officer").get(f"/staff/cases/{application.reference}/")
    assert paper.reference in page.content.decode()


def test_a_paper_of_another_case_cannot_be_cited(place):
    application = judged(place, group_of(place), UNSURE)
    other = application_of(place, group_of(place, name="Other", fips="18041"))
    foreign = add(other.case, kind="evidence")
    work()
    given = {"actor": place.actor("programme_officer"), "at": AT, "application": application}
    with pytest.raises(Refused) as refused:
        write_finding(**given, evidence=evidence(document=version_of(foreign)), key="a")
    assert refused.value.refusal.code == "document_not_citable"


def test_submitted_papers_are_listed_in_a_stable_order(place):
    application = application_of(place, group_of(place))
    for number in range(4):
        add(application.case, kind="evidence", title=f"Paper {number}")
    first = submitted_papers(application)
    assert first == submitted_papers(application)
    assert [one["reference"] for one in first] == sorted(one["reference"] for one in first)
