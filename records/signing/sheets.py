"""Signed PDFs: pyhanko signs; reading needs no PDF reader.

A file that a stranger hands in is never opened as PDF. It is looked up by its fingerprint, since
every signed paper is kept before it is handed out, and its signature is computed over the bytes.
"""

from __future__ import annotations

import hashlib
import io
import re
from concurrent.futures import ThreadPoolExecutor

from asn1crypto import cms
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from records.models import KeptPaper, SigningKey
from records.signing.keys import NAME, KeyPair, private_text
from records.signing.reading import ALTERED, NOT_OURS, Read, Seal

FIELD = "PortalSignature"
RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,9})\s+(\d{1,9})\s+(\d{1,9})\s+(\d{1,9})\s*\]")
HEX = re.compile(rb"<([0-9A-Fa-f]+)>")


def sign_sheet(pdf: bytes, pair: KeyPair, reason: str) -> bytes:
    """Return the PDF with a signature added behind it; what was there stays as it is.

    The signature's field is hidden: it needs no place in the reading order, and the tags hold.
    """
    # Imported here: it takes long, and most processes never sign.
    from pyhanko.pdf_utils.incremental_writer import (  # noqa: PLC0415
        IncrementalPdfFileWriter,
    )
    from pyhanko.sign import fields, signers  # noqa: PLC0415
    from pyhanko_certvalidator.registry import SimpleCertificateStore  # noqa: PLC0415

    signer = signers.SimpleSigner(
        signing_cert=_asn1_certificate(pair.row),
        signing_key=asn1_keys.PrivateKeyInfo.load(_der(private_text(pair.private))),
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]  # as shipped
    )
    hidden = fields.InvisSigSettings(
        set_print_flag=True, set_hidden_flag=True, box_out_of_bounds=False
    )
    place = fields.SigFieldSpec(FIELD, box=None, invis_sig_settings=hidden)
    about = signers.PdfSignatureMetadata(
        field_name=FIELD, reason=reason, name=NAME, md_algorithm="sha256"
    )
    sign = signers.PdfSigner(about, signer=signer, new_field_spec=place).sign_pdf
    # The package runs an event loop of its own, which a thread that has one already refuses.
    with ThreadPoolExecutor(max_workers=1) as own_thread:
        written = own_thread.submit(sign, IncrementalPdfFileWriter(io.BytesIO(pdf))).result()
    return bytes(written.getvalue())


def read_sheet(data: bytes) -> Read:
    """Check a file against the papers that were kept and the keys that signed them."""
    row = _signer_of(data)
    if row is None:
        return NOT_OURS
    paper = (
        KeptPaper.objects.filter(sha256=hashlib.sha256(data).hexdigest(), key=row)
        .select_related("case")
        .first()
    )
    if paper is None or not _holds(data, row):
        return ALTERED
    facts = {"case": paper.case.reference, "kind": paper.kind, "about": paper.about}
    return Read(Seal.GENUINE, row.kid, facts | {"made_at": paper.made_at})


def _signer_of(data: bytes) -> SigningKey | None:
    """Whose signature the file says that it carries."""
    parts = _parts(data)
    signer = _signer_info(parts[1]) if parts else None
    if signer is None:
        return None
    serial = signer["sid"].chosen["serial_number"].native
    rows = SigningKey.objects.all()
    return next((row for row in rows if _certificate(row).serial_number == serial), None)


def _parts(data: bytes) -> tuple[bytes, bytes] | None:
    """The signed bytes and the signature's, of a file that is signed from end to end."""
    found = RANGE.findall(data)
    if not data.startswith(b"%PDF-") or not found:
        return None
    start, first, second, rest = (int(number) for number in found[-1])
    if start != 0 or not first < second or second + rest > len(data):
        return None
    gap = HEX.fullmatch(data[first:second])
    if gap is None or len(gap[1]) % 2:
        return None
    return data[:first] + data[second : second + rest], bytes.fromhex(gap[1].decode())


def _signer_info(signature: bytes) -> cms.SignerInfo | None:
    try:
        signed = cms.ContentInfo.load(signature)["content"]
        (signer,) = signed["signer_infos"]
        signer["sid"].chosen["serial_number"].native  # noqa: B018 - parsed lazily
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return signer


def _holds(data: bytes, row: SigningKey) -> bool:
    parts = _parts(data)
    signer = _signer_info(parts[1]) if parts else None
    if parts is None or signer is None:
        return False
    attributes = signer["signed_attrs"]
    told = next((one["values"][0].native for one in attributes if _is_digest(one)), b"")
    if told != hashlib.sha256(parts[0]).digest():
        return False
    public = _certificate(row).public_key()
    if not isinstance(public, ec.EllipticCurvePublicKey):
        return False
    try:
        public.verify(
            signer["signature"].native, attributes.untag().dump(), ec.ECDSA(hashes.SHA256())
        )
    except InvalidSignature:
        return False
    return True


def _is_digest(attribute: cms.CMSAttribute) -> bool:
    return bool(attribute["type"].native == "message_digest")


def _certificate(row: SigningKey) -> x509.Certificate:
    return x509.load_pem_x509_certificate(row.certificate.encode())


def _asn1_certificate(row: SigningKey) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(_certificate(row).public_bytes(serialization.Encoding.DER))


def _der(pem: str) -> bytes:
    key = serialization.load_pem_private_key(pem.encode(), password=None)
    return key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
