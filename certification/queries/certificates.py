"""Certificates: the paper of a released designation, and the check of one that somebody holds."""

from __future__ import annotations

import io
from datetime import datetime

import segno
from django.conf import settings
from django.urls import reverse

from certification.queries.register import entry_on, today
from certification.queries.register_history import version_of
from certification.rules.certificates import (
    KIND,
    Answer,
    Checked,
    certificate_facts,
    certificate_lines,
    judged,
    standing_facts,
    version_in,
)
from certification.rules.register import Published
from records.rules.papers import Paper
from records.signing.documents import read_document
from records.signing.reading import Read, Seal
from records.signing.sheets import read_sheet

SAMPLE = "Sample data: this certificate proves nothing"


def check_address(reference: str) -> str:
    """Where a certificate can be checked; its QR code says so too."""
    return settings.PORTAL_ADDRESS + reverse("certification:check_designation", args=[reference])


def facts_of(found: Published) -> dict[str, object]:
    """What the signed JSON of a designation says."""
    return certificate_facts(found, settings.PORTAL_ADDRESS)


def standing_of(found: Published, at: datetime) -> dict[str, object]:
    """What the signed standing check says."""
    return standing_facts(found, settings.PORTAL_ADDRESS, today(at))


def certificate_paper(found: Published) -> Paper:
    """The printed certificate of a released version."""
    entry = found.entry
    address = check_address(entry.reference)
    drawn = io.BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", border=1, xmldecl=False)
    fine = f"Version {found.release} of the entry; SHA-256 of what was released: {found.digest}"
    return Paper(
        template="certificate",
        title="Certificate of Designation",
        author=entry.agency,
        made_at=datetime.fromisoformat(found.released_at),
        data={
            "sample": SAMPLE if entry.source.is_synthetic else "",
            "certifies": "This certifies that",
            "group": entry.group,
            "holds": f"is a Designated Cluster for {entry.cluster} in {entry.region}.",
            "facts": [list(row) for row in certificate_lines(found)],
            "qr": drawn.getvalue().decode(),
            "qr_alt": f"QR code of the address {address}",
            "check": f"Whether it is in force is said by the register only. Check it at {address}",
            "fine": [fine, "The file is signed by the portal: one changed character shows."],
        },
    )


def check_reference(reference: str, at: datetime) -> Checked:
    """What the register says of a designation now."""
    found = entry_on(reference, today(at), at)
    return judged(found, today(at)) if found else Checked(Answer.UNKNOWN)


def check_file(data: bytes, at: datetime) -> Checked:
    """Whether a file is a certificate of this portal, unaltered, and still in force."""
    if data.startswith(b"%PDF-"):
        return _sheet(read_sheet(data), at)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return Checked(Answer.NOT_OURS)
    read = read_document(text, KIND)
    if read.seal is not Seal.GENUINE:
        return _refused(read)
    return _standing(*version_in(read.facts), at)


def _sheet(read: Read, at: datetime) -> Checked:
    if read.seal is not Seal.GENUINE:
        return _refused(read)
    if read.facts["kind"] != KIND:
        made = read.facts["made_at"].date()
        return Checked(Answer.PAPER, since=made, paper=str(read.facts["kind"]))
    reference, version = read.facts["about"].split(" version ")
    return _standing(reference, int(version), at)


def _standing(reference: str, version: int, at: datetime) -> Checked:
    found = entry_on(reference, today(at), at)
    if found is None or version_of(reference, version, at) is None:
        return Checked(Answer.UNKNOWN)
    return judged(found, today(at), version)


def _refused(read: Read) -> Checked:
    return Checked(Answer.ALTERED if read.seal is Seal.ALTERED else Answer.NOT_OURS)
