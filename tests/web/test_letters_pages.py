"""A person's letters: the list, one, the PDF; nobody else's."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from pypdfium2 import PdfDocument

from records.models import KeptPaper, Letter, NoticePreference
from tests.db.certification.cases import group_of, office
from tests.factories.applications import administrator_of
from tests.factories.applications import submitted as submit
from tests.worlds import person


@pytest.fixture
def place():
    cache.clear()
    return office()


def window(user):
    client = Client()
    client.force_login(user)
    return client


def bare(text):
    """The letters of a text: lines may break at blanks and hyphens."""
    return re.sub(r"[\s\-\ufffe\x02]", "", text)


def text_of(pdf):
    return bare(" ".join(page.get_textpage().get_text_range() for page in PdfDocument(pdf)))


@pytest.fixture
def submitted(place):
    return submit(group_of(place))


def test_each_person_reads_their_own_letters_also_as_pdf(place, submitted):
    letter = Letter.objects.filter(case=submitted.case).first()
    reader = next(user for user in place.people.values() if user.email == letter.to_address)
    client, stranger = window(reader), window(place.people["stranger"])
    page = client.get("/letters/").content.decode()
    assert letter.reference in page
    one = client.get(f"/letters/{letter.reference}/")
    assert letter.subject in " ".join(one.content.decode().split())
    pdf = client.get(f"/letters/{letter.reference}/letter.pdf")
    assert pdf["Content-Type"] == "application/pdf"
    words = text_of(pdf.content)
    assert bare(letter.subject) in words
    assert bare(place.agency.name) in words
    for line in letter.text.splitlines():
        assert bare(line) in words
    assert KeptPaper.objects.get().about == letter.reference
    for address in (f"/letters/{letter.reference}/", f"/letters/{letter.reference}/letter.pdf"):
        assert stranger.get(address).status_code == 404
        assert Client().get(address).status_code == 302
    assert letter.reference not in stranger.get("/letters/").content.decode()


def test_officers_see_where_a_letter_is_and_download_it(place, submitted):
    letter = Letter.objects.filter(case=submitted.case).first()
    officer = window(place.people["programme_officer"])
    page = officer.get(f"/staff/cases/{submitted.case.reference}/record/").content.decode()
    assert "On its way" in page or "Sent" in page
    address = f"/staff/cases/{submitted.case.reference}/letters/{letter.reference}.pdf"
    assert bare(letter.subject) in text_of(officer.get(address).content)
    other = f"/staff/cases/{submitted.case.reference}/letters/LT-0000-0000-0.pdf"
    assert officer.get(other).status_code == 404
    assert window(place.people["stranger"]).get(address).status_code == 404


def test_the_receipt_holds_every_word_that_was_submitted(place, submitted):
    client = window(administrator_of(submitted.group))
    answer = client.get(f"/applications/{submitted.case.reference}/receipt.pdf")
    words = text_of(answer.content)
    assert bare(submitted.receipt_number) in words
    assert submitted.content_hash in words
    for section in submitted.content["sections"]:
        assert bare(section["title"]) in words
        for row in section["answers"]:
            assert bare(str(row["question"])) in words


def test_notices_at_once_or_once_a_day(db):
    reader = person("Dora Daily")
    client = window(reader)
    assert "Each one at once" in client.get("/letters/notices/").content.decode()
    answer = client.post("/letters/notices/", {"rhythm": "daily"}, follow=True)
    assert "Saved" in answer.content.decode()
    assert NoticePreference.objects.get(user=reader).rhythm == "daily"
    answer = client.post("/letters/notices/", {"rhythm": "never"})
    assert "not one of the available choices" in answer.content.decode()


def test_searching_ones_letters(place, submitted):
    client = window(administrator_of(submitted.group))
    assert "No letter has these words" in client.get("/letters/?q=zebra").content.decode()
    assert client.get("/letters/?page=99&q=%00").status_code in {200, 400}
