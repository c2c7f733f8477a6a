"""Constraints and triggers of documents, each broken on purpose."""

import pytest

from records.models import Document, DocumentVersion
from records.rules.states import DocumentState, VersionState
from tests.constraints import refused_by, refused_by_trigger
from trail.actions.open_case import open_case
from trail.actors import SYSTEM
from trail.queries.clock import database_now


@pytest.fixture
def now():
    return database_now()


@pytest.fixture
def case(now):
    return open_case(actor=SYSTEM, at=now, kind="cluster group", prefix="CG")


def document(case, now, reference="DOC-1", **fields):
    values = {"kind": "bylaws", "title": "Bylaws", "created_by": "user:1", "created_at": now}
    return Document.objects.create(case=case, reference=reference, **(values | fields))


def version(paper, now, **fields):
    values = {
        "number": 1,
        "sha256": "a" * 64,
        "size": 10,
        "original_name": "bylaws.pdf",
        "uploaded_by": "user:1",
        "uploaded_at": now,
    }
    return DocumentVersion.objects.create(document=paper, **(values | fields))


def checked(now):
    return {
        "media_type": "application/pdf",
        "scan_engine": "double",
        "scanned_at": now,
        "checked_at": now,
    }


def test_document_has_title(case, now):
    with refused_by("document_has_title"):
        document(case, now, title="")


def test_document_removed_paired(case, now):
    paper = document(case, now)
    with refused_by("document_removed_paired"):
        Document.objects.filter(pk=paper.pk).update(state=DocumentState.REMOVED)


def test_document_redacted_copy_is_open(case, now):
    paper = document(case, now, is_confidential=True)
    with refused_by("document_redacted_copy_is_open"):
        document(case, now, "DOC-2", redacts=paper, is_confidential=True)


def test_document_version_number_once(case, now):
    paper = document(case, now)
    version(paper, now)
    with refused_by("document_version_number_once"):
        version(paper, now)


def test_document_version_has_digest(case, now):
    with refused_by("document_version_has_digest"):
        version(document(case, now), now, sha256="../../etc/passwd")


@pytest.mark.parametrize("state", [VersionState.CLEAN, VersionState.SUPERSEDED])
def test_document_version_clean_was_scanned(case, now, state):
    with refused_by("document_version_clean_was_scanned"):
        version(document(case, now), now, state=state)


def test_document_version_refused_says_why(case, now):
    with refused_by("document_version_refused_says_why"):
        version(document(case, now), now, state=VersionState.REFUSED, checked_at=now)


def test_nothing_is_deleted(case, now):
    paper = document(case, now)
    one = version(paper, now)
    with refused_by_trigger():
        one.delete()
    with refused_by_trigger():
        document(case, now, "DOC-2").delete()


@pytest.mark.parametrize(
    ("field", "value"),
    [("sha256", "b" * 64), ("original_name", "other.pdf"), ("uploaded_by", "user:2"), ("size", 9)],
)
def test_what_was_received_never_changes(case, now, field, value):
    one = version(document(case, now), now)
    with refused_by_trigger():
        DocumentVersion.objects.filter(pk=one.pk).update(**{field: value})


def test_a_document_stays_in_its_case(case, now):
    paper = document(case, now)
    other = open_case(actor=SYSTEM, at=now, kind="cluster group", prefix="CG")
    with refused_by_trigger():
        Document.objects.filter(pk=paper.pk).update(case=other)


@pytest.mark.parametrize(
    "target", [VersionState.CLEAN, VersionState.REFUSED, VersionState.SUPERSEDED]
)
def test_a_received_version_cannot_jump_over_its_check(case, now, target):
    one = version(document(case, now), now)
    fields = {**checked(now), "refusal_code": "", "state": target}
    if target is VersionState.REFUSED:
        fields |= {"refusal_code": "x", "refusal_sentence": "x"}
    with refused_by_trigger():
        DocumentVersion.objects.filter(pk=one.pk).update(**fields)


def test_a_verdict_is_final(case, now):
    one = version(document(case, now), now, state=VersionState.CLEAN, **checked(now))
    with refused_by_trigger():
        DocumentVersion.objects.filter(pk=one.pk).update(scan_engine="another")
    DocumentVersion.objects.filter(pk=one.pk).update(state=VersionState.SUPERSEDED)
    refused = version(
        document(case, now, "DOC-2"),
        now,
        state=VersionState.REFUSED,
        refusal_code="virus_found",
        refusal_sentence="A virus.",
        checked_at=now,
    )
    with refused_by_trigger():
        DocumentVersion.objects.filter(pk=refused.pk).update(
            state=VersionState.CLEAN, **checked(now)
        )


def test_a_removed_document_stays_removed(case, now):
    paper = document(case, now)
    removed = {"state": DocumentState.REMOVED, "removed_by": "user:1", "removed_at": now}
    Document.objects.filter(pk=paper.pk).update(**removed)
    back = {"state": DocumentState.KEPT, "removed_by": "", "removed_at": None}
    with refused_by_trigger():
        Document.objects.filter(pk=paper.pk).update(**back)
