"""Papers on the web: sent, listed, read after a permission check, previewed; and abused."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from accounts.actors import actor_from_user
from accounts.models import User
from records import vault
from records.actions.check_document import check_document
from records.actions.choose_rhythm import choose_rhythm
from records.inspection.scanner import EICAR
from records.models import Document, DocumentVersion, Letter
from records.rules.letters import Rhythm
from records.rules.states import DocumentState, VersionState
from records.upload_limits import ORDINARY
from tests.factories.certification_groups import make_group
from tests.factories.documents import add, replace, sent, version_of, work
from tests.hostile.honest import CSV, HONEST, docx, jpg, pdf, png
from tests.worlds import agency, person
from trail.models import Entry
from trail.queries.clock import database_now


@pytest.fixture
def gina():
    return person("Gina Administrator")


@pytest.fixture
def group(gina):
    return make_group(gina, agency(), name="Lake Erie Glass")


@pytest.fixture
def client(gina):
    client = Client()
    client.force_login(gina)
    return client


def upload(client, group, *files, accept="text/html", **fields):
    values = {"kind": "bylaws", "idempotency_key": "k1", **fields}
    return client.post(
        f"/papers/{group.reference}/add/",
        {**values, "files": list(files)},
        headers={"accept": accept},
    )


def a_file(name="bylaws.pdf", data=None, kind="application/pdf"):
    return SimpleUploadedFile(name, pdf() if data is None else data, kind)


def checked(case, data=None, name="bylaws.pdf", **paper):
    document = add(case, sent(data, name), **paper)
    work()
    return document


def file_of(client, document, number=1, query=""):
    return client.get(f"/documents/{document.reference}/{number}/file/{query}")


def test_an_empty_list_says_what_to_do(client, group):
    page = client.get(f"/papers/{group.reference}/").content.decode()
    assert "No documents yet" in page
    assert "Send the files" in page


def test_files_are_received_listed_and_downloaded(client, group):
    answer = upload(client, group, a_file(), a_file("members.csv", CSV, "text/csv"))
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert page.count("Received, not checked yet") >= 2
    work()
    page = client.get(answer["Location"]).content.decode()
    assert "Being checked now" not in page
    document = Document.objects.get(title="bylaws")
    answer = file_of(client, document)
    assert b"".join(answer.streaming_content) == pdf()
    assert answer["Content-Type"] == "application/pdf"


def test_a_download_cannot_run_or_be_kept(client, group):
    document = checked(group.case, title="Bylaws")
    answer = file_of(client, document)
    assert answer["Content-Disposition"] == 'attachment; filename="bylaws.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "private, no-cache"
    again = client.get(
        f"/documents/{document.reference}/1/file/", headers={"if-none-match": answer["ETag"]}
    )
    assert again.status_code == 304
    assert version_of(document).sha256 in answer["ETag"]


def test_names_of_other_alphabets_reach_the_reader_safely(client, group):
    document = checked(group.case, name="Satzung Köln; final.pdf")
    told = file_of(client, document)["Content-Disposition"]
    assert told.startswith("attachment; filename*=utf-8''Satzung%20K%C3%B6ln")


@pytest.mark.parametrize("state", [VersionState.RECEIVED, VersionState.CHECKING])
def test_nothing_is_served_before_it_is_clean(client, group, state):
    document = add(group.case)
    DocumentVersion.objects.exclude(state=state).update(state=state)
    vault.release_to_clean(version_of(document).sha256)
    for address in ("file/", "pages/1/", "pages/1.png"):
        assert client.get(f"/documents/{document.reference}/1/{address}").status_code == 404


def test_a_refused_file_is_never_served_and_says_why(client, group):
    document = checked(group.case, b"MZ" + b"\0" * 100, "bylaws.pdf")
    for address in ("file/", "pages/1/", "pages/1.png"):
        assert client.get(f"/documents/{document.reference}/1/{address}").status_code == 404
    page = client.get(f"/documents/{document.reference}/").content.decode()
    assert "The name ends like a PDF, but the content is a program" in page


def test_a_stranger_meets_nothing(group):
    document = checked(group.case)
    stranger = Client()
    stranger.force_login(person("Sam Stranger"))
    for address in ("", "1/file/", "1/pages/1/", "1/pages/1.png"):
        assert stranger.get(f"/documents/{document.reference}/{address}").status_code == 404
    assert stranger.get(f"/papers/{group.reference}/").status_code == 404


def test_a_case_that_nobody_registered_is_denied(client, gina, monkeypatch, group):
    document = checked(group.case)
    monkeypatch.setattr("records.papers._doors", {})
    assert client.get(f"/papers/{group.reference}/").status_code == 404
    assert file_of(client, document).status_code == 404


def test_every_reading_of_a_confidential_paper_is_on_the_trail(client, group):
    secret, plain = checked(group.case, is_confidential=True), checked(group.case)
    for document in (secret, plain):
        file_of(client, document)
        client.get(f"/documents/{document.reference}/1/pages/1.png")
    reads = Entry.objects.filter(verb="read_document")
    assert [entry.facts["how"] for entry in reads] == ["download", "page 1"]
    assert {entry.facts["document"] for entry in reads} == {secret.reference}
    assert file_of(client, secret)["Cache-Control"] == "private, no-store"


def test_a_table_with_formulas_is_guarded_unless_asked_for_exactly(client, group):
    document = checked(group.case, HONEST["formulas.csv"], "formulas.csv")
    guarded = b"".join(file_of(client, document).streaming_content)
    assert b"'=1+1" in guarded
    exact = b"".join(file_of(client, document, query="?exact=1").streaming_content)
    assert exact == HONEST["formulas.csv"]


def told(picture):
    """A picture that carries words beside its pixels."""
    note, out = PngInfo(), io.BytesIO()
    note.add_text("Comment", "where it was taken")
    Image.open(io.BytesIO(picture)).save(out, format="PNG", pnginfo=note)
    assert b"where it was taken" in out.getvalue()
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"), [("a.png", told(png())), ("a.jpg", jpg()), ("a.pdf", pdf())]
)
def test_previews_are_pictures_drawn_anew(client, group, name, data):
    document = checked(group.case, data, name)
    page = client.get(f"/documents/{document.reference}/1/pages/1/").content.decode()
    assert re.search(r'alt="Page 1 of 1 of ', page)
    answer = client.get(f"/documents/{document.reference}/1/pages/1.png")
    assert answer.content.startswith(b"\x89PNG")
    assert b"where it was taken" not in answer.content
    assert answer["X-Content-Type-Options"] == "nosniff"
    for beyond in (0, 2, 999):
        address = f"/documents/{document.reference}/1/pages/{beyond}.png"
        assert client.get(address).status_code == 404


def test_a_table_is_previewed_as_a_table(client, group):
    document = checked(group.case, b"Firm,Note\r\nKiln,<script>alert(1)</script>\r\n", "a.csv")
    page = client.get(f"/documents/{document.reference}/1/pages/1/").content.decode()
    assert "&lt;script&gt;alert(1)" in page


def test_a_word_document_has_no_preview(client, group):
    document = checked(group.case, docx(), "a.docx")
    assert client.get(f"/documents/{document.reference}/1/pages/1/").status_code == 404
    assert "Look at it here" not in client.get(f"/documents/{document.reference}/").content.decode()


def test_a_bad_name_or_kind_is_said_at_the_field_and_nothing_is_kept(client, group):
    answer = upload(client, group, a_file("run.exe", b"MZ"))
    assert answer.status_code == 409
    assert "run.exe: The portal takes PDF" in answer.content.decode()
    assert Document.objects.count() == 0


def test_of_several_files_the_good_ones_stay(client, group):
    answer = upload(client, group, a_file(), a_file("run.exe", b"MZ"))
    assert answer.status_code == 409
    assert Document.objects.count() == 1


def test_the_script_gets_sentences(client, group):
    good = upload(client, group, a_file(), accept="application/json")
    assert (good.status_code, good.json()["said"]) == (201, "Received. It is being checked.")
    bad = upload(client, group, a_file("a.svg", b"<svg/>"), accept="application/json")
    assert bad.status_code == 409
    assert "Save it as PDF" in bad.json()["said"]


def test_the_same_form_twice_is_one_paper(client, group):
    for _ in range(2):
        upload(client, group, a_file())
    assert Document.objects.count() == 1


def test_a_kind_that_was_not_offered_is_refused(client, group):
    assert upload(client, group, a_file(), kind="officers_evidence").status_code == 409
    assert Document.objects.count() == 0


def test_a_file_beyond_the_limit_is_cut_off(client, group, monkeypatch):
    monkeypatch.setattr("records.upload_limits.ORDINARY", 1000)
    monkeypatch.setattr("records.web.papers.add_papers.largest_upload", 1000, raising=False)
    answer = upload(client, group, a_file(data=b"%PDF-" + b"x" * 5000))
    assert answer.status_code == 409
    assert "larger than" in answer.content.decode()
    assert Document.objects.count() == 0


def test_other_forms_take_small_files_only(client, group):
    big = SimpleUploadedFile("roster.csv", b"a" * (ORDINARY + 1), "text/csv")
    answer = client.post(f"/groups/{group.reference}/roster/import/", {"text": "", "file": big})
    assert "Choose a file" in answer.content.decode()


def test_a_new_version_a_mark_and_a_removal(client, group):
    document = checked(group.case, title="Bylaws")
    there = f"/documents/{document.reference}/"
    answer = client.post(f"{there}replace/", {"replace-file": a_file(data=pdf(tail=b"\n"))})
    assert answer.status_code == 302
    work()
    page = client.get(there).content.decode()
    assert "Replaced by a newer version" in page
    assert file_of(client, document, 1).status_code == 200
    client.post(f"{there}mark/", {"is_confidential": "yes"})
    page = client.get(there).content.decode()
    assert "Attach a redacted copy" in page
    answer = client.post(f"{there}redacted-copy/", {"redacted-file": a_file(data=pdf(tail=b" "))})
    assert answer.status_code == 302
    copy = Document.objects.get(redacts=document)
    assert "Others read its redacted copy" in client.get(there).content.decode()
    assert client.post(f"{there}remove/").status_code == 302
    copy.refresh_from_db()
    assert copy.state == DocumentState.REMOVED
    assert client.get(there).status_code == 404


def test_a_refused_new_version_says_why_beside_the_old_one(client, group):
    document = checked(group.case)
    replace(document, sent(b"MZ", "bylaws.pdf"))
    work()
    page = client.get(f"/documents/{document.reference}/").content.decode()
    assert "The newest version was refused" in page
    assert "Version 1 stays as it is" in page


def test_the_list_filters_sorts_and_exports(client, group):
    checked(group.case, title="Bylaws of 2026")
    checked(group.case, CSV, "members.csv", kind="other", title="Members")
    where = f"/papers/{group.reference}/"
    assert (
        "Members"
        not in client.get(f"{where}?q=byl&view=all").content.decode().partition("<tbody")[2]
    )
    page = client.get(f"{where}?sort=title").content.decode()
    assert page.index("Bylaws of 2026") < page.index("members.csv")
    lines = b"".join(client.get(f"{where}?format=csv").streaming_content).decode()
    assert "Bylaws of 2026" in lines


def test_progress_tells_the_page_when_something_changed(client, group):
    add(group.case)
    where, asked = f"/papers/{group.reference}/progress/?waiting=1", {"HX-Request": "true"}
    assert "HX-Trigger" not in client.get(where, headers=asked)
    work()
    answer = client.get(where, headers=asked)
    assert answer["HX-Trigger"] == "papers-changed"
    assert client.get(where).status_code == 302, "nobody reads a part of a page"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_database_a_fixed_number_of_questions(
    client, group, count, django_assert_max_num_queries
):
    for number in range(count):
        add(group.case, title=f"Paper {number}")
    client.get(f"/papers/{group.reference}/?view=all")
    with django_assert_max_num_queries(16):
        client.get(f"/papers/{group.reference}/?view=all")


# --- a refusal finds whoever sent the file ---


def refuse_one(group, sender, data=b"MZ not a paper", **paper):
    document = add(group.case, sent(data, "bylaws.pdf"), actor=actor_from_user(sender), **paper)
    work()
    return document


def notices_of(user):
    return Letter.objects.filter(to_address=user.email, template="records/mail/file_refused")


def test_whoever_sent_a_refused_file_is_told_why(group, gina, mailoutbox):
    document = refuse_one(group, gina, title="Bylaws")
    work()
    assert [mail.to for mail in mailoutbox] == [[gina.email]]
    body = mailoutbox[0].body
    assert version_of(document).refusal_sentence in body
    assert f"/documents/{document.reference}/" in body
    assert "Bylaws" in mailoutbox[0].subject
    check_document({"version": version_of(document).pk})
    assert notices_of(gina).count() == 1


def test_the_scanner_s_refusal_is_told_too(group, gina):
    document = refuse_one(group, gina, pdf(streams=[("", EICAR)]), title="Bylaws")
    assert version_of(document).refusal_code == "virus_found"
    assert "virus scanner found" in notices_of(gina).get().text


def test_a_refusal_waits_for_the_digest_of_whoever_wants_one(group, gina, mailoutbox):
    choose_rhythm(user=gina, at=database_now(), rhythm=Rhythm.DAILY)
    refuse_one(group, gina, title="Bylaws")
    work()
    assert mailoutbox == []
    assert notices_of(gina).get().is_held


def test_a_clean_file_and_a_sender_who_left_get_no_letter(group, gina):
    checked(group.case)
    refuse_one(group, gina)
    assert notices_of(gina).count() == 1
    User.objects.filter(pk=gina.pk).update(is_active=False)
    refuse_one(group, gina, b"MZ another one")
    assert notices_of(gina).count() == 1


def test_the_case_says_it_until_another_file_is_there(client, group, gina):
    document = refuse_one(group, gina, title="Bylaws")
    page = client.get(f"/groups/{group.reference}/").content.decode()
    assert "A file did not pass the check" in page
    assert f"/documents/{document.reference}/" in page
    assert "A file was refused by the check" in page
    replace(document, sent(), actor=actor_from_user(gina))
    work()
    assert (
        "did not pass the check" not in client.get(f"/groups/{group.reference}/").content.decode()
    )


def test_a_title_that_would_steer_the_letter_s_head_does_not(group, gina):
    refuse_one(group, gina, title="Bylaws\r\nBcc: x@example.org")
    assert "\n" not in notices_of(gina).get().subject
