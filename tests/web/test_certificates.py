"""Certificates in the browser: download, check by file, by number, by QR code."""

import io
import json

import pypdfium2
import pytest
import segno
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from joserfc import jws
from joserfc.jwk import KeySet

from records.models import KeptPaper
from tests.db.certification.cases import later, office
from tests.db.certification.register_scenes import decided, prepared, released

HOSTILE = 'Glass #read("/etc/passwd") $x$ <b>& Söhne'


@pytest.fixture
def place():
    cache.clear()
    return office()


@pytest.fixture
def designation(place):
    found = decided(place, name=HOSTILE)
    released(place, found.application)
    return found


def download(client, designation, form):
    answer = client.get(f"/register/{designation.reference}/certificate.{form}")
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    return answer.content


def handed_in(client, data, name="certificate"):
    return client.post("/register/check/", {"file": SimpleUploadedFile(name, data)})


def said(answer):
    return answer.context["checked"].answer.value


@pytest.mark.parametrize("form", ["pdf", "json"])
def test_a_downloaded_certificate_is_genuine_and_in_force(client, designation, form):
    data = download(client, designation, form)
    answer = handed_in(client, data)
    assert said(answer) == "in_force"
    assert "Genuine and in force" in answer.content.decode()
    place = len(data) // 2
    changed = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
    assert said(handed_in(client, changed)) in {"altered", "not_ours"}


def test_the_pdf_shows_the_facts_and_a_code_that_leads_to_the_check(client, designation):
    pdf = download(client, designation, "pdf")
    assert download(client, designation, "pdf") == pdf
    assert KeptPaper.objects.count() == 1
    page = pypdfium2.PdfDocument(pdf)[0]
    text = " ".join(page.get_textpage().get_text_range().split())
    assert HOSTILE in text
    address = f"http://testserver/register/{designation.reference}/check/"
    assert "".join(address.split()) in "".join(text.split())
    assert segno.make(address, error="m").designator
    assert client.get(address.removeprefix("http://testserver")).status_code == 200


def test_the_json_verifies_with_the_published_keys_alone(client, designation):
    held = json.loads(download(client, designation, "json"))
    keys = client.get("/.well-known/jwks.json")
    assert keys["Content-Type"] == "application/jwk-set+json"
    facts = json.loads(jws.deserialize_json(held, KeySet.import_key_set(keys.json())).payload)
    assert facts["group"] == HOSTILE
    assert facts == held["facts"]


def test_the_standing_is_signed(client, designation):
    held = client.get(f"/register/{designation.reference}/standing.json").json()
    keys = KeySet.import_key_set(client.get("/.well-known/jwks.json").json())
    facts = json.loads(jws.deserialize_json(held, keys).payload)
    assert facts["in_good_standing"] is True
    assert facts["since"] == designation.term.lower.isoformat()


def test_an_old_version_is_genuine_but_replaced(client, place, designation):
    old = download(client, designation, "json")
    designation.group.name = "Another Name"
    designation.group.save()
    released(place, designation.application, at=later(days=1))
    answer = handed_in(client, old)
    assert said(answer) == "replaced"
    assert "Another Name" in answer.content.decode()


def test_an_ended_term_is_said_with_its_day(client, designation):
    from datetime import date  # noqa: PLC0415

    from certification.queries.register import entry_on  # noqa: PLC0415
    from certification.rules.certificates import judged  # noqa: PLC0415

    end = designation.term.upper
    found = entry_on(designation.reference, date(2026, 6, 1))
    checked = judged(found, end)
    assert (checked.answer.value, checked.since) == ("ended", end)


REFERENCES = [("", 200, "Enter the reference"), ("DC-0000-0000-0", 200, "one character is wrong")]


@pytest.mark.parametrize(("text", "status", "words"), REFERENCES)
def test_a_wrong_reference_is_told(client, db, text, status, words):
    answer = client.get("/register/check/", {"reference": text})
    assert answer.status_code == status
    assert words in answer.content.decode()


def test_small_letters_and_blanks_are_forgiven(client, designation):
    typed = f" {designation.reference.lower()} "
    answer = client.get("/register/check/", {"reference": typed}, follow=True)
    assert said(answer) == "in_force"
    assert "In force" in answer.content.decode()
    assert "Genuine" not in answer.content.decode()


def test_what_is_not_public_has_no_certificate(client, place):
    hidden = decided(place)
    prepared(place, hidden.application)
    for name in ("certificate.pdf", "certificate.json", "standing.json", "check/"):
        answer = client.get(f"/register/{hidden.reference}/{name}")
        assert answer.status_code == 404, name
        assert "Elkhart" not in answer.content.decode()


FILES = [b"hello", b"%PDF-1.7 /ByteRange [0 1 2 3]", b"\xff\xfe", b"{}", b"[" * 50_000]


@pytest.mark.parametrize("data", FILES, ids=[str(n) for n in range(len(FILES))])
def test_other_files_are_not_ours(client, db, data):
    assert said(handed_in(client, data)) == "not_ours"


def test_large_and_empty_files_are_refused_in_words(client, db):
    answer = handed_in(client, b"x" * 2_000_001)
    assert answer.status_code == 409
    assert "larger than 2 MB" in answer.content.decode()
    assert "empty" in handed_in(client, b"").content.decode()
    assert "Choose the certificate" in client.post("/register/check/", {}).content.decode()


def test_the_command_says_the_same(client, designation, tmp_path, capsys):
    file = tmp_path / "certificate.pdf"
    file.write_bytes(download(client, designation, "pdf"))
    call_command("verify_certificate", str(file), "--json")
    told = json.loads(capsys.readouterr().out)
    assert (told["genuine"], told["in_force"], told["version"]) == (True, True, 1)
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(SystemExit):
        call_command("verify_certificate", str(file), stdout=io.StringIO())
