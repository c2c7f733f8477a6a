"""When a record's time is over its files leave the vault; what others hold or a hold keeps stays.

Planted: the bytes not destroyed; rows of disposed records counted as holders, so that shared
content never went; a kept paper not counted; files destroyed before the commit. Each seen red.
"""

from datetime import timedelta

import pytest
from django.db import transaction

from accounts.actors import actor_from_user
from certification.actions.withdraw_application import withdraw_application
from kit.refusals import Refused
from records import vault
from records.models import Document, DocumentVersion, KeptPaper
from records.rules.states import DocumentState
from records.signing.keys import signing_pair
from tests.db.certification.cases import group_of, office
from tests.factories.applications import representative_of, submitted
from tests.factories.documents import add, sent, version_of, work
from tests.hostile.honest import pdf
from trail.actions.dispose_case import dispose_case
from trail.actions.hold_case import place_hold, release_hold
from trail.actors import SYSTEM
from trail.models import Disposition
from trail.queries.clock import database_now
from trail.queries.verification import verify_trail

pytestmark = pytest.mark.django_db
YEARS = timedelta(days=3 * 366 + 1)


@pytest.fixture
def place(settings, tmp_path):
    settings.SEAL_JOURNAL = tmp_path / "seals.jsonl"
    return office()


def ended_case(place, **options):
    """A case whose time will be over in three years."""
    application = submitted(group_of(place, **options))
    withdraw_application(
        actor=actor_from_user(representative_of(application.group)),
        at=database_now(),
        application=application,
        reason="We merge with another group.",
        key=f"away{application.pk}",
    )
    return application.case


def paper_in(case, content):
    document = add(case, sent(content), key=f"paper in {case.pk}")
    while version_of(document).is_under_way:
        assert work(), "nothing is due, and the check is not done"
    assert vault.is_clean(digest_of(document))
    return document


def digest_of(document):
    return version_of(document).sha256


def dispose(case):
    at = database_now()
    return dispose_case(actor=SYSTEM, at=at, case=case, today=(at + YEARS).date())


@transaction.atomic
def dispose_and_fail(case):
    dispose(case)
    raise ZeroDivisionError


def is_there(digest):
    try:
        vault.open_quarantined(digest).close()
    except FileNotFoundError:
        return False
    return True


def test_the_bytes_leave_and_facts_and_certificate_stay(place, django_capture_on_commit_callbacks):
    case = ended_case(place)
    document = paper_in(case, pdf(streams=[("", b"% paper 1")]))
    digest = digest_of(document)
    assert vault.is_clean(digest)
    with django_capture_on_commit_callbacks(execute=True):
        certificate = dispose(case)
        assert is_there(digest), "not before the commit"
    assert not is_there(digest)
    row = DocumentVersion.objects.get(document=document)
    assert (row.sha256, row.original_name) == (digest, "bylaws.pdf")
    assert Document.objects.get(pk=document.pk).state == DocumentState.REMOVED
    assert certificate.erased["files"] == 1
    assert Disposition.objects.get(case=case) == certificate
    assert verify_trail().ok


def test_a_disposal_that_fails_destroys_nothing(place, django_capture_on_commit_callbacks):
    case = ended_case(place)
    digest = digest_of(paper_in(case, pdf(streams=[("", b"% paper 2")])))
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ZeroDivisionError):
        dispose_and_fail(case)
    assert is_there(digest)
    assert not Disposition.objects.exists()


def test_a_hold_keeps_the_files(place, django_capture_on_commit_callbacks):
    case = ended_case(place)
    digest = digest_of(paper_in(case, pdf(streams=[("", b"% paper 3")])))
    place_hold(actor=SYSTEM, at=database_now(), case=case, reason="Audit 7", key="hold")
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(Refused):
        dispose(case)
    assert is_there(digest)
    release_hold(actor=SYSTEM, at=database_now(), case=case, reason="Closed", key="free")
    with django_capture_on_commit_callbacks(execute=True):
        dispose(case)
    assert not is_there(digest)


def test_shared_content_goes_with_the_last_record_that_holds_it(
    place, django_capture_on_commit_callbacks
):
    first, second = ended_case(place), ended_case(place)
    content = pdf(streams=[("", b"% paper 4")])
    digest = digest_of(paper_in(first, content))
    assert digest_of(paper_in(second, content)) == digest
    with django_capture_on_commit_callbacks(execute=True):
        assert dispose(first).erased["files"] == 0
    assert is_there(digest)
    with django_capture_on_commit_callbacks(execute=True):
        assert dispose(second).erased["files"] == 1
    assert not is_there(digest)


def test_content_that_is_also_a_signed_paper_stays(place, django_capture_on_commit_callbacks):
    case = ended_case(place)
    digest = digest_of(paper_in(case, pdf(streams=[("", b"% paper 5")])))
    KeptPaper.objects.create(
        case=case,
        kind="certificate",
        about="x",
        key=signing_pair().row,
        sha256=digest,
        made_at=database_now(),
    )
    with django_capture_on_commit_callbacks(execute=True):
        assert dispose(case).erased["files"] == 0
    assert is_there(digest)
