"""Honest files of every kind that the portal takes, made in memory."""

import io
import struct
import zipfile
import zlib

from openpyxl import Workbook
from PIL import Image

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
DOCX_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def relationships(*rows):
    """A .rels part; each row is (type, target, is external)."""
    inside = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if external else "/>")
        for n, (kind, target, external) in enumerate(rows)
    )
    return f'{HEAD}<Relationships xmlns="{RELS}">{inside}</Relationships>'


def content_types(main=DOCX_MAIN, more=""):
    return (
        f'{HEAD}<Types xmlns="{TYPES}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{more}'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    )


def document_xml(text="Bylaws of the group.", body=""):
    return (
        f'{HEAD}<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p>{body}'
        "</w:body></w:document>"
    )


def docx_parts():
    return {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relationships(("officeDocument", "word/document.xml", False)),
        "word/document.xml": document_xml(),
        "word/_rels/document.xml.rels": relationships(
            ("hyperlink", "https://example.org/", True), ("styles", "styles.xml", False)
        ),
        "word/styles.xml": f'{HEAD}<w:styles xmlns:w="{W}"/>',
    }


def packed(parts, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as container:
        for name, data in parts.items():
            container.writestr(name, data)
    return out.getvalue()


def docx(**changes):
    """A Word document; a keyword's parts are added to it or replace what it has."""
    return packed({**docx_parts(), **changes.pop("parts", {})}, **changes)


def xlsx(*, formula=False):
    book = Workbook()
    book.active.append(["Firm", "Jobs"])
    book.active.append(["Kiln Works", "=SUM(1,2)" if formula else 120])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def pdf(extra=(), catalog="", trailer="", streams=(), tail=b""):
    """A PDF of one page; ``extra`` are further objects, ``streams`` are (dictionary, bytes)."""
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] >>",
        *(one.encode() if isinstance(one, str) else one for one in extra),
        *(
            f"<< {told} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"
            for told, data in streams
        ),
    ]
    out, offsets = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
    for number, one in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + one + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\n".encode()
    return bytes(out) + f"startxref\n{start}\n%%EOF\n".encode() + tail


def png(size=(40, 30)):
    out = io.BytesIO()
    Image.new("RGB", size, (10, 120, 90)).save(out, format="PNG")
    return out.getvalue()


def png_of_size(width, height):
    """A PNG whose head promises a size; its pixels are not there."""

    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def jpg(size=(40, 30)):
    out = io.BytesIO()
    Image.new("RGB", size, (10, 120, 90)).save(out, format="JPEG")
    return out.getvalue()


CSV = b"Firm,Jobs\r\nKiln Works,120\r\n"
HONEST = {
    "bylaws.pdf": pdf(),
    "Formation plan (final).docx": docx(),
    "members.xlsx": xlsx(),
    "formulas.xlsx": xlsx(formula=True),
    "members.csv": CSV,
    "members-utf16.csv": CSV.decode().encode("utf-16"),
    "members-windows.csv": "Firm;Jobs\r\nMüller & Söhne;12\r\n".encode("cp1252"),
    "formulas.csv": b"Firm,Jobs\r\n=1+1,120\r\n",
    "picture.png": png(),
    "photo.jpg": jpg(),
    "photo.JPEG": jpg(),
    "Satzung Köln 2026.v2.pdf": pdf(),
}
