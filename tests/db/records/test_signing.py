"""Keys and signatures: rotation, old papers, and one changed character."""

import io
import json
import stat

import pytest
from django.core.management import call_command
from joserfc import jws
from joserfc.jwk import ECKey, KeySet
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from records.actions.keep_paper import keep_paper
from records.actions.rotate_signing_key import rotate_signing_key
from records.models import KeptPaper, SigningKey
from records.queries.signing_keys import key_set
from records.rules.papers import Paper, blocks_of
from records.signing import sheets
from records.signing.documents import read_document, sign_document
from records.signing.keys import private_file, signing_pair
from records.signing.reading import Seal
from records.signing.sheets import read_sheet
from tests.constraints import refused_by, refused_by_trigger
from trail.actions.open_case import open_case
from trail.actors import SYSTEM
from trail.queries.clock import database_now

pytestmark = pytest.mark.django_db
FACTS = {"reference": "DC-0000-0000-0", "group": 'Glass "& Söhne" 北京', "version": 1}


@pytest.fixture
def now():
    return database_now()


@pytest.fixture
def case(now):
    return open_case(actor=SYSTEM, at=now, kind="designation", prefix="DC")


def paper(now, text="Dear Ana,"):
    data = {"letterhead": ["P"], "addressee": [], "date": "today", "footer": "f"}
    return Paper("letter", "T", "A", now, {**data, "blocks": blocks_of(text)})


def kept(case, now, about="1"):
    return keep_paper(at=now, case=case, kind="letter", about=about, write=lambda: paper(now))


def test_a_document_reads_back_and_any_jose_library_agrees():
    text = sign_document(FACTS, signing_pair(), "certificate")
    read = read_document(text, "certificate")
    assert (read.seal, read.facts) == (Seal.GENUINE, FACTS)
    held = json.loads(text)
    public = KeySet.import_key_set(key_set())
    assert json.loads(jws.deserialize_json(held, public).payload) == FACTS == held["facts"]


def test_one_changed_character_fails_wherever_it_is():
    text = sign_document(FACTS, signing_pair(), "certificate")
    for place in range(len(text)):
        other = "x" if text[place] != "x" else "y"
        changed = text[:place] + other + text[place + 1 :]
        assert read_document(changed, "certificate").seal is not Seal.GENUINE, place
    for changed in (text + " ", text[:-1], text.replace("\n", "\r\n"), " " + text):
        assert read_document(changed, "certificate").seal is not Seal.GENUINE


def test_the_signature_alone_would_miss_a_change_beside_it():
    """The planted fault: facts in the clear are not covered by the signature itself."""
    text = sign_document(FACTS, signing_pair(), "certificate")
    changed = text.replace('"version": 1', '"version": 2')
    public = KeySet.import_key_set(key_set())
    assert jws.deserialize_json(json.loads(changed), public).payload
    assert read_document(changed, "certificate").seal is Seal.ALTERED


def test_another_kind_and_another_key_are_refused():
    pair = signing_pair()
    text = sign_document(FACTS, pair, "standing")
    assert read_document(text, "certificate").seal is Seal.ALTERED
    stranger = ECKey.generate_key("P-256")
    header = {"alg": "ES256", "kid": pair.row.kid, "typ": "clusters-certificate"}
    forged = jws.serialize_json({"protected": header}, json.dumps(FACTS).encode(), stranger)
    held = {"facts": FACTS, **forged}
    assert read_document(json.dumps(held, indent=2), "certificate").seal is Seal.ALTERED
    header = {"alg": "none", "kid": pair.row.kid}
    import base64  # noqa: PLC0415

    bare = base64.urlsafe_b64encode(json.dumps(header).encode()).decode().rstrip("=")
    held = {"facts": FACTS, "protected": bare, "payload": forged["payload"], "signature": ""}
    assert read_document(json.dumps(held, indent=2), "certificate").seal is Seal.ALTERED


NONSENSE = ["", "{}", "[]", "[" * 100_000, '{"facts": 1}', "null", "\x00", '{"protected":"é"}']


@pytest.mark.parametrize("text", NONSENSE, ids=[str(n) for n in range(len(NONSENSE))])
def test_nonsense_is_not_ours(text):
    assert read_document(text, "certificate").seal is Seal.NOT_OURS


def test_old_papers_stay_genuine_after_a_rotation(case, now):
    text, pdf = sign_document(FACTS, signing_pair(), "certificate"), kept(case, now)
    old = signing_pair().row
    retired, new = rotate_signing_key(at=database_now())
    assert retired == old
    assert signing_pair().row == new
    assert read_document(text, "certificate").seal is Seal.GENUINE
    assert read_sheet(pdf).seal is Seal.GENUINE
    assert [key["kid"] for key in key_set()["keys"]] == [new.kid, old.kid]
    assert all("d" not in key for key in key_set()["keys"])


def test_the_private_half_is_for_nobody_else():
    path = private_file(signing_pair().row.kid)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) & 0o077 == 0


def test_the_command_rotates_and_leaves_alone_if_asked(capsys):
    call_command("rotate_signing_key", "--json")
    first = json.loads(capsys.readouterr().out)
    call_command("rotate_signing_key", "--if-missing", "--json")
    assert json.loads(capsys.readouterr().out)["kid"] == first["kid"]
    call_command("rotate_signing_key")
    assert "what it signed stays genuine" in capsys.readouterr().out


def test_a_paper_is_made_once_and_pyhanko_finds_it_sound(case, now):
    pdf = kept(case, now)
    assert kept(case, now) == pdf
    read = read_sheet(pdf)
    assert read.seal is Seal.GENUINE
    assert read.facts["case"] == case.reference
    reader = PdfFileReader(io.BytesIO(pdf))
    assert "/StructTreeRoot" in reader.root
    assert reader.root["/MarkInfo"]["/Marked"]
    (signature,) = reader.embedded_signatures
    trusted = [sheets._asn1_certificate(SigningKey.objects.get())]
    context = ValidationContext(trust_roots=trusted, allow_fetching=False)
    status = validate_pdf_signature(signature, signer_validation_context=context)
    assert status.bottom_line
    assert status.coverage.name == "ENTIRE_FILE"


def test_one_changed_byte_of_a_paper_fails(case, now):
    pdf = kept(case, now)
    gap = pdf.rindex(b"/Contents")
    places = {*range(0, len(pdf), 97), *range(gap, gap + 40), len(pdf) - 1}
    for place in places:
        changed = pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]
        assert read_sheet(changed).seal is not Seal.GENUINE, place
    for changed in (pdf + b"\n", pdf[:-1], b"%PDF-1.7\n", b"", pdf * 2):
        assert read_sheet(changed).seal is not Seal.GENUINE


def test_a_paper_that_was_never_kept_is_altered(case, now):
    """Signed by our key, but not handed out: a stolen row cannot make it genuine by itself."""
    pair = signing_pair()
    from records.typesetting import typeset  # noqa: PLC0415

    loose = sheets.sign_sheet(typeset(paper(now, "Other")), pair, "letter")
    assert sheets._holds(loose, pair.row)
    assert read_sheet(loose).seal is Seal.ALTERED


def test_signing_key_one_signs(now):
    signing_pair()
    with refused_by("signing_key_one_signs"):
        SigningKey.objects.create(kid="x", public_jwk={}, certificate="", made_at=now)


def test_signing_key_retired_after_made(now):
    from datetime import timedelta  # noqa: PLC0415

    row = signing_pair().row
    with refused_by("signing_key_retired_after_made"):
        SigningKey.objects.filter(pk=row.pk).update(retired_at=row.made_at - timedelta(days=1))


def test_keys_stay_as_they_are(now):
    row = signing_pair().row
    with refused_by_trigger():
        SigningKey.objects.filter(pk=row.pk).update(public_jwk={})
    with refused_by_trigger():
        SigningKey.objects.all().delete()
    rotate_signing_key(at=database_now())
    with refused_by_trigger():
        SigningKey.objects.filter(pk=row.pk).update(retired_at=None)


def test_kept_paper_once(case, now):
    kept(case, now)
    again = KeptPaper.objects.get()
    again.pk = None
    with refused_by("kept_paper_once"):
        again.save(force_insert=True)
    with refused_by_trigger():
        KeptPaper.objects.update(sha256="0" * 64)


def test_kept_paper_has_fingerprint(case, now):
    row = {"case": case, "kind": "letter", "about": "2", "key": signing_pair().row}
    with refused_by("kept_paper_has_fingerprint"):
        KeptPaper.objects.create(**row, sha256="zz", made_at=now)


def test_a_fresh_deployment_gets_one_key_however_often_it_is_set_up(capsys):
    for _ in range(3):
        call_command("rotate_signing_key", "--if-missing", "--json")
    kids = {json.loads(line)["kid"] for line in capsys.readouterr().out.split("\n") if line}
    assert len(kids) == 1
    assert SigningKey.objects.filter(retired_at=None).count() == 1


def test_a_key_whose_private_half_is_gone_is_told(capsys):
    path = private_file(signing_pair().row.kid)
    kept_aside = path.rename(path.with_suffix(".aside"))
    call_command("rotate_signing_key", "--if-missing")
    assert "is not there: bring it back from the backup" in capsys.readouterr().err
    kept_aside.rename(path)
    call_command("rotate_signing_key", "--if-missing")
    assert not capsys.readouterr().err
