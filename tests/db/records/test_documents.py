"""Papers from quarantine to their readers: add, check, replace, mark, remove; with failures."""

import os
from datetime import timedelta

import pytest
from django.core.files.storage import storages

from kit.refusals import Refused
from records import vault
from records.actions.add_document import BEGIN_CHECK, Paper, add_document
from records.actions.change_document import log_read, mark_document, remove_document
from records.actions.check_document import (
    begin_check,
    check_document,
    recheck_waiting,
    sweep_quarantine,
)
from records.models import Document, DocumentVersion
from records.papers import CaseDoor, register_papers
from records.rules.states import DocumentState, VersionState
from records.rules.uploads import RATE
from tests.factories.documents import UPLOADER, add, replace, sent, version_of, work
from tests.hostile.corpus import corpus
from tests.hostile.honest import CSV, HONEST, pdf
from trail.actions.claim_key import KeyReused
from trail.actions.open_case import open_case
from trail.actors import SYSTEM
from trail.models import Effect
from trail.queries.clock import database_now
from trail.queries.timeline import timeline
from trail.queries.verification import verify_trail

HOSTILE = list(corpus())
pinned_now: set[str] = set()


@pytest.fixture
def case(monkeypatch):
    """A case of a kind that the tests speak for; both stores are empty."""
    for store in (storages["quarantine"], storages["clean"]):
        for name in store.listdir("")[1]:
            store.delete(name)
    monkeypatch.setattr("records.papers._doors", {})
    pinned_now.clear()
    nobody = {"opens": None, "reads": None, "adds": None, "changes": None}
    door = CaseDoor(
        kinds={}, page=None, about=None, pinned=lambda d: d.reference in pinned_now, **nobody
    )
    register_papers("test case", door)
    return open_case(actor=SYSTEM, at=database_now(), kind="test case", prefix="CG")


def verbs(case):
    return [moment.verb for moment in timeline(case, newest_first=False)]


def test_a_paper_is_received_checked_and_released(case):
    document = add(case, title="Bylaws of 2026")
    one = version_of(document)
    assert (one.state, one.media_type) == (VersionState.RECEIVED, "")
    assert not vault.is_clean(one.sha256)
    work()
    one = version_of(document)
    assert one.state == VersionState.CLEAN
    assert (one.media_type, one.page_count) == ("application/pdf", 1)
    assert (one.scan_engine, one.scan_verdict) == ("Sample scanner", "nothing found")
    assert vault.is_clean(one.sha256)
    assert verbs(case) == ["open_case", "add_document", "check_document"]
    assert verify_trail().ok


@pytest.mark.parametrize("one", HOSTILE, ids=lambda one: one.what)
def test_hostile_upload_never_reaches_the_clean_store(case, one):
    file = sent(one.data, one.name, one.declared)
    refusal = None
    try:
        document = add(case, file)
    except Refused as refused:
        refusal = refused.refusal
    if refusal is not None:
        assert refusal.code in one.codes
        assert Document.objects.count() == 0
        return
    work()
    version = version_of(document)
    assert version.state == VersionState.REFUSED
    assert version.refusal_code in one.codes
    assert len(version.refusal_sentence.split()) >= 8
    assert not vault.is_clean(version.sha256)


def test_formula_table_is_taken_and_marked(case):
    document = add(case, sent(HONEST["formulas.csv"], "formulas.csv", "text/csv"))
    work()
    version = version_of(document)
    assert version.state == VersionState.CLEAN
    assert version.has_formulas


def test_without_a_scanner_a_file_waits_and_is_released_later(case, settings):
    settings.SCANNER = "unix:/nonexistent/clamd.sock"
    document = add(case, sent(pdf(tail=b"\n\n"), "waiting.pdf"))
    work()
    waiting = version_of(document)
    assert waiting.state == VersionState.WAITING
    assert not vault.is_clean(waiting.sha256)
    recheck_waiting(at=database_now())
    work()
    assert version_of(document).state == VersionState.WAITING
    settings.SCANNER = "sample"
    assert recheck_waiting(at=database_now() + timedelta(minutes=2)) == 1
    Effect.objects.filter(done_at=None).update(due_at=database_now())
    work()
    assert version_of(document).state == VersionState.CLEAN


def test_a_request_to_check_that_comes_again_changes_nothing(case, settings):
    settings.SCANNER = "unix:/nonexistent/clamd.sock"
    document = add(case)
    work()
    asked = Effect.objects.get(kind=BEGIN_CHECK)
    for _ in range(3):
        begin_check(asked.payload)
    assert version_of(document).state == VersionState.WAITING
    assert not Effect.objects.filter(done_at=None).exists()


def test_no_scanner_named_means_nobody_reads(case, settings):
    settings.SCANNER = ""
    document = add(case)
    work()
    assert version_of(document).state == VersionState.WAITING


def test_content_is_refused_even_while_the_scanner_is_away(case, settings):
    settings.SCANNER = ""
    document = add(case, sent(b"MZ" + b"\0" * 100, "bylaws.pdf"))
    work()
    assert version_of(document).state == VersionState.REFUSED


def test_a_worker_killed_in_the_middle_is_followed_by_another(case, monkeypatch):
    document = add(case)

    def killed(*_args, **_told):
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr("records.actions.check_document.inspect", killed)
        work()
    assert version_of(document).state == VersionState.CHECKING
    assert Effect.objects.get(kind="check_document").done_at is None
    Effect.objects.filter(done_at=None).update(due_at=database_now())
    work()
    assert version_of(document).state == VersionState.CLEAN


def test_a_check_delivered_twice_has_one_effect(case):
    document = add(case)
    work()
    for _ in range(2):
        check_document({"version": version_of(document).pk})
    assert verbs(case).count("check_document") == 1


def test_a_lost_file_is_said(case):
    content = pdf(tail=b"\n\n\n")
    document = add(case, sent(content, "lost.pdf"))
    vault.drop_from_quarantine(version_of(document).sha256)
    work()
    assert version_of(document).refusal_code == "file_missing"


def test_the_same_key_adds_one_paper(case):
    first = add(case, key="k1")
    assert add(case, key="k1") == first
    assert Document.objects.count() == DocumentVersion.objects.count() == 1
    with pytest.raises(KeyReused):
        add(case, sent(pdf(tail=b"\n"), "bylaws.pdf"), key="k1")


def test_a_new_version_takes_over_when_it_is_clean(case):
    document = add(case)
    work()
    replace(document, sent(CSV, "members.csv"))
    assert version_of(document, 1).state == VersionState.CLEAN
    work()
    assert version_of(document, 1).state == VersionState.SUPERSEDED
    assert version_of(document, 2).state == VersionState.CLEAN
    replace(document, sent(b"MZ", "bylaws.pdf"))
    work()
    assert version_of(document, 2).state == VersionState.CLEAN, "a refused one replaces nothing"


def test_checks_that_end_in_another_order_leave_the_newest_current(case):
    document = add(case)
    replace(document, sent(CSV, "members.csv"))
    first, second = version_of(document, 1), version_of(document, 2)
    DocumentVersion.objects.update(state=VersionState.CHECKING)
    check_document({"version": second.pk})
    check_document({"version": first.pk})
    assert version_of(document, 1).state == VersionState.SUPERSEDED
    assert version_of(document, 2).state == VersionState.CLEAN


def test_the_same_new_version_twice_is_one(case):
    document = add(case)
    for _ in range(2):
        replace(document, sent(CSV, "members.csv"), key="k2")
    assert document.versions.count() == 2


def test_a_redacted_copy_belongs_to_a_confidential_paper(case):
    document = add(case, is_confidential=True)
    copy = add(case, sent(pdf(tail=b"\n"), "redacted.pdf"), redacts=document)
    assert version_of(copy).redacts == version_of(document)
    with pytest.raises(Refused) as refused:
        add(case, sent(pdf(tail=b"\n"), "again.pdf"), redacts=document)
    assert refused.value.refusal.code == "redacted_copy_exists"
    with pytest.raises(Refused) as refused:
        add(case, sent(pdf(tail=b"\n"), "again.pdf"), redacts=copy)
    assert refused.value.refusal.code == "not_confidential"


def test_a_paper_can_be_removed_until_it_is_submitted(case):
    kept, removed = add(case), add(case, is_confidential=True)
    copy = add(case, redacts=removed)
    given = {"actor": UPLOADER, "at": database_now()}
    pinned_now.add(kept.reference)
    with pytest.raises(Refused) as refused:
        remove_document(**given, document=kept)
    assert refused.value.refusal.code == "document_submitted"
    remove_document(**given, document=removed)
    remove_document(**given, document=removed)
    copy.refresh_from_db()
    assert copy.state == DocumentState.REMOVED
    assert verbs(case).count("remove_document") == 2


def test_a_removed_paper_is_not_checked(case):
    document = add(case)
    remove_document(actor=UPLOADER, at=database_now(), document=document)
    work()
    assert version_of(document).state == VersionState.RECEIVED


def test_a_submitted_mark_stays(case):
    document = add(case)
    given = {"actor": UPLOADER, "at": database_now(), "document": document}
    mark_document(**given, is_confidential=True)
    mark_document(**given, is_confidential=True)
    pinned_now.add(document.reference)
    with pytest.raises(Refused) as refused:
        mark_document(**given, is_confidential=False)
    assert refused.value.refusal.code == "mark_stays"
    assert verbs(case).count("mark_document") == 1


def test_reading_a_confidential_paper_is_on_the_trail(case):
    secret, plain = add(case, is_confidential=True), add(case)
    for document in (secret, plain):
        one = version_of(document)
        log_read(actor=UPLOADER, at=database_now(), version=one, how="download")
    assert verbs(case).count("read_document") == 1


def test_one_person_cannot_flood_the_portal(case):
    for number in range(RATE):
        add(case, sent(CSV + str(number).encode(), "a.csv"))
    with pytest.raises(Refused) as refused:
        add(case, sent(CSV, "a.csv"))
    assert refused.value.refusal.code == "too_many_uploads"
    assert DocumentVersion.objects.count() == RATE


@pytest.mark.parametrize("limit", ["CASE_FILES", "CASE_BYTES"])
def test_a_case_has_room_for_so_much(case, monkeypatch, limit):
    monkeypatch.setattr(f"records.rules.uploads.{limit}", 1)
    if limit == "CASE_FILES":
        add(case)
    with pytest.raises(Refused) as refused:
        add(case)
    assert refused.value.refusal.code == "case_full"


def test_quarantine_is_swept_of_what_nobody_waits_for(case, monkeypatch):
    clean = add(case, sent(pdf(tail=b" "), "clean.pdf"))
    refused = add(case, sent(b"MZ" + os.urandom(8), "bad.pdf"))
    work()
    waiting = add(case, sent(pdf(tail=b"  "), "waiting.pdf"))
    assert sweep_quarantine(at=database_now()) == 0, "all are young"
    monkeypatch.setattr("records.actions.check_document.YOUNG", timedelta(days=-1))
    sweep_quarantine(at=database_now())
    left = set(vault.quarantined())
    assert left == {version_of(refused).sha256, version_of(waiting).sha256}
    assert vault.is_clean(version_of(clean).sha256)
    later = database_now() + timedelta(days=40)
    sweep_quarantine(at=later)
    assert set(vault.quarantined()) == {version_of(waiting).sha256}


def test_a_refused_upload_leaves_no_paper(case):
    with pytest.raises(Refused):
        add_document(
            actor=UPLOADER,
            at=database_now(),
            case=case,
            paper=Paper("bylaws"),
            sent=sent(b"", "bylaws.pdf"),
        )
    assert Document.objects.count() == 0
