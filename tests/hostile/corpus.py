"""Hostile uploads, made at test time: no harmful file is stored in this repository."""

from __future__ import annotations

from records.inspection.disguises import OLE
from records.inspection.scanner import EICAR
from tests.hostile.bombs import bombs, xml_bombs
from tests.hostile.honest import CSV, docx, jpg, packed, pdf, png, png_of_size, xlsx
from tests.hostile.making import HTML, hostile
from tests.hostile.office_files import acting_books, containers, macros, remote_parts
from tests.hostile.pdf_files import acting_pdfs, packed_pdfs, polyglots

SVG = (
    b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
)


def names():
    """Names that trick people, programs or file systems; the content is honest."""
    for what, name, code in (
        ("traversal", "../../etc/cron.d/run.pdf", "name_is_path"),
        ("traversal on Windows", "..\\..\\windows\\win.pdf", "name_is_path"),
        ("absolute path", "/etc/passwd.pdf", "name_is_path"),
        ("drive", "C:bylaws.pdf", "name_is_path"),
        ("alternate stream", "bylaws.pdf::$DATA.pdf", "name_is_path"),
        ("hidden file", ".htaccess.pdf", "name_is_path"),
        ("dots within", "bylaws..pdf", "name_is_path"),
        ("markup in the name", "<img src=x onerror=alert(1)>.pdf", "name_is_path"),
        ("quote in the name", 'a".pdf', "name_is_path"),
        ("pipe in the name", "a|b.pdf", "name_is_path"),
        ("right-to-left override", "invoice\u202efdp.exe.pdf", "name_invisible"),
        ("isolate", "a\u2066b.pdf", "name_invisible"),
        ("zero width", "a\u200bb.pdf", "name_invisible"),
        ("NUL", "a.pdf\0.exe.pdf", "name_invisible"),
        ("line break: header injection", "a\r\nSet-Cookie: x=1.pdf", "name_invisible"),
        ("escape sequence", "a\x1b[31m.pdf", "name_invisible"),
        ("lone surrogate", "a\ud800.pdf", "name_invisible"),
        ("reserved device", "CON.pdf", "name_reserved"),
        ("reserved port", "lpt1.pdf", "name_reserved"),
        ("reserved with endings", "nul.tar.pdf", "name_reserved"),
        ("two endings", "statement.exe.pdf", "name_two_endings"),
        ("two endings, web", "picture.php.pdf", "name_two_endings"),
        ("very long", "a" * 300 + ".pdf", "name_too_long"),
        ("only spaces", "   ", "name_missing"),
        ("no name", "", "name_missing"),
        ("no ending", "bylaws", "kind_not_taken"),
        ("look-alike ending", "bylaws.\u0440df", "kind_not_taken"),
        ("ending with a space", "bylaws.pdf ", "name_reserved"),
    ):
        yield hostile(f"name: {what}", name, pdf(), code)


def kinds_not_taken():
    """Kinds of file that the portal never takes under their own names."""
    for ending, data in (
        ("exe", b"MZ" + b"\0" * 200),
        ("html", HTML),
        ("svg", SVG),
        ("js", b"alert(1)"),
        ("zip", packed({"a.txt": "a"})),
        ("docm", docx()),
        ("xlsm", xlsx()),
        ("doc", OLE + b"\0" * 600),
        ("rtf", b"{\\rtf1\\object}"),
        ("gif", b"GIF89a" + b"\0" * 50),
        ("txt", b"text"),
        ("eml", b"From: a"),
    ):
        yield hostile(f"kind: .{ending}", f"file.{ending}", data, "kind_not_taken")


def disguises():
    """Content that is not what the name says."""
    for what, name, data, *codes in (
        ("program as PDF", "a.pdf", b"MZ" + b"\0" * 200, "content_differs"),
        ("ELF program as PNG", "a.png", b"\x7fELF" + b"\0" * 200, "content_differs"),
        ("HTML as PDF", "a.pdf", HTML, "content_differs"),
        ("HTML as PNG", "a.png", HTML, "content_differs"),
        ("HTML as JPEG", "a.jpg", HTML, "content_differs"),
        ("HTML as CSV", "a.csv", HTML, "content_differs"),
        ("HTML as DOCX", "a.docx", HTML, "file_damaged", "content_differs"),
        ("SVG as PNG", "a.png", SVG, "content_differs"),
        ("SVG as CSV", "a.csv", SVG, "content_differs"),
        ("GIF as PNG", "a.png", b"GIF89a" + b"\0" * 60, "content_differs"),
        (
            "GIF and script as JPEG",
            "a.jpg",
            b"GIF89a/*" + b"\0" * 9 + b"*/=alert(1)",
            "content_differs",
        ),
        ("PNG as JPEG", "a.jpg", png(), "content_differs"),
        ("JPEG as PNG", "a.png", jpg(), "content_differs"),
        ("PDF as DOCX", "a.docx", pdf(), "file_damaged", "content_differs"),
        ("PDF as CSV", "a.csv", pdf(), "text_unreadable", "content_differs"),
        ("RTF as CSV", "a.csv", b"{\\rtf1 a,b}", "content_differs"),
        ("shell script as CSV", "a.csv", b"#!/bin/sh\nrm -rf /,1\n", "content_differs"),
        ("workbook as Word", "a.docx", xlsx(), "content_differs"),
        ("Word as workbook", "a.xlsx", docx(), "content_differs"),
        ("plain zip as Word", "a.docx", packed({"a.txt": "a"}), "archive_not_taken"),
        ("old Office file as Word", "a.docx", OLE + b"\0" * 600, "old_office_format"),
        ("zip as PDF", "a.pdf", packed({"a.txt": "a"}), "content_differs"),
        ("only zeros as PDF", "a.pdf", b"\0" * 500, "content_differs"),
    ):
        yield hostile(what, name, data, *codes)
    yield hostile("declared as HTML", "a.pdf", pdf(), "type_differs", declared="text/html")
    yield hostile("declared as SVG", "a.png", png(), "type_differs", declared="image/svg+xml")
    program = "application/x-msdownload"
    yield hostile("declared as program", "a.docx", docx(), "type_differs", declared=program)


def broken():
    """Files that end too early or hold nothing."""
    for ending, data in (("pdf", pdf()), ("docx", docx()), ("png", png()), ("jpg", jpg())):
        yield hostile(f"0 bytes .{ending}", f"a.{ending}", b"", "file_empty")
        half = data[: len(data) * 2 // 3]
        yield hostile(f"truncated .{ending}", f"a.{ending}", half, "file_damaged")
    yield hostile("0 bytes .csv", "a.csv", b"", "file_empty")
    yield hostile("PNG without pixels", "a.png", png_of_size(500, 500), "file_damaged")
    yield hostile("PDF without pages", "a.pdf", b"%PDF-1.7\n%%EOF\n", "file_damaged")
    yield hostile(
        "Word with broken XML",
        "a.docx",
        docx(parts={"word/document.xml": "<w:document"}),
        "file_damaged",
    )


def tables():
    """CSV files that are no tables."""
    yield hostile("CSV with NUL", "a.csv", b"a,b\r\n1,\0\r\n", "text_unreadable")
    yield hostile("CSV of random bytes", "a.csv", bytes(range(256)), "text_unreadable")
    yield hostile("CSV with an endless cell", "a.csv", b"a," + b"x" * 200_000, "table_unreadable")
    yield hostile("CSV with an open quote", "a.csv", b'a,"b\r\n', "table_unreadable")
    utf16 = "a,b\r\n1,\0\r\n".encode("utf-16")
    yield hostile("UTF-16 CSV with NUL", "a.csv", utf16, "text_unreadable")


def viruses():
    """The harmless test virus, plain and packed."""
    yield hostile("test virus as CSV", "a.csv", EICAR, "virus_found")
    yield hostile("test virus in a PDF", "a.pdf", pdf(streams=[("", EICAR)]), "virus_found")
    yield hostile(
        "test virus in Word", "a.docx", docx(parts={"word/media/a.txt": EICAR}), "virus_found"
    )
    yield hostile(
        "test virus in Word, zipped",
        "a.docx",
        docx(parts={"word/media/a.zip": packed({"eicar.com": EICAR})}),
        "archive_inside",
    )
    yield hostile("test virus in a table", "a.csv", CSV + EICAR + b",1\r\n", "virus_found")


def corpus():
    """Everything hostile."""
    for family in (
        names,
        kinds_not_taken,
        disguises,
        broken,
        macros,
        remote_parts,
        acting_books,
        bombs,
        xml_bombs,
        containers,
        polyglots,
        acting_pdfs,
        packed_pdfs,
        tables,
        viruses,
    ):
        yield from family()
