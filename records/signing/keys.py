"""The portal's keys: the public half is a row, the private half a file that only it may read."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.db import connection, transaction
from joserfc.jwk import ECKey

from kit.refusals import refuse
from records.models import SigningKey
from trail.queries.clock import database_now

KEYS_LOCK = 7_301_017  # advisory lock: one key is made at a time
YEARS = timedelta(days=366 * 30)
NAME = "Clusters Portal"


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A row and its private half."""

    row: SigningKey
    private: ec.EllipticCurvePrivateKey

    def jwk(self) -> ECKey:
        """The private half as signed JSON wants it."""
        return ECKey.import_key(private_text(self.private))


def signing_pair() -> KeyPair:
    """Return the key that signs now.

    Raises:
        Refused: ``no_signing_key`` before the operator has made one, or without its file.
    """
    row = SigningKey.objects.filter(retired_at=None).first()
    if row is None and settings.SIGNING_KEYS_ON_DEMAND:
        row = _first_key()
    path = private_file(row.kid) if row else None
    if row is None or path is None or not path.exists():
        raise refuse("no_signing_key", "Papers cannot be signed just now. Try again tomorrow.")
    private = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(private, ec.EllipticCurvePrivateKey):
        raise TypeError(row.kid)
    return KeyPair(row, private)


@transaction.atomic
def _first_key() -> SigningKey:
    lock_keys()
    row = SigningKey.objects.filter(retired_at=None).first()
    return row or make_key(database_now())


def lock_keys() -> None:
    """Wait for whoever makes a key, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [KEYS_LOCK])


def make_key(at: datetime) -> SigningKey:
    """Write a fresh key: the file first, so that a row without its file cannot be."""
    private = ec.generate_private_key(ec.SECP256R1())
    public = ECKey.import_key(
        private.public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode()
    )
    kid = public.thumbprint()
    _write_private(private_file(kid), private_text(private).encode())
    jwk = {**public.as_dict(private=False), "kid": kid, "use": "sig", "alg": SigningKey.ALGORITHM}
    certificate = _certificate(private, kid, at).public_bytes(serialization.Encoding.PEM).decode()
    return SigningKey.objects.create(kid=kid, public_jwk=jwk, certificate=certificate, made_at=at)


def private_file(kid: str) -> Path:
    """Where the private half is."""
    return Path(settings.SIGNING_KEYS) / f"{kid}.pem"


def private_text(private: ec.EllipticCurvePrivateKey) -> str:
    """The private half as PEM."""
    return private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


def _write_private(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _certificate(private: ec.EllipticCurvePrivateKey, kid: str, at: datetime) -> x509.Certificate:
    """The key's own certificate: it says whose key it is to readers of PDFs."""
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, NAME),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, f"Signing key {kid[:16]}"),
        ]
    )
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + YEARS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(private, hashes.SHA256())
    )
