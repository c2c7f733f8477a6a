"""Sample documents: a page of bylaws and a table, sent and checked like anybody's."""

from __future__ import annotations

import io

from certification.models import ClusterGroup
from clusters_portal.demo.group_scenes import Story
from records.actions.add_document import Paper, SentFile, add_document

_BYLAWS = (
    "1. The group serves firms, colleges and governments of its region.",
    "2. Every firm of the region and its industry may join on equal terms.",
    "3. Members elect the board; no firm holds more than one vote in ten.",
    "4. Prices, customers and markets are never a subject of meetings.",
    "5. Small firms pay half of the dues. Nobody is refused for lack of money.",
    "6. These bylaws are a sample and bind nobody.",
)
_BUDGET = (
    ("Item", "First year", "Second year"),
    ("Executive director", "96000", "99000"),
    ("Meetings and workshops", "18000", "20000"),
    ("Apprenticeship fair", "7500", "8000"),
)


def attach_papers(story: Story, group: ClusterGroup) -> None:
    """Add bylaws and a budget to a group; the worker checks them when the portal runs."""
    bylaws = page_of_text(f"Bylaws of {group.name}", _BYLAWS)
    budget = "\r\n".join(",".join(row) for row in _BUDGET).encode()
    for kind, title, name, data in (
        ("bylaws", "Bylaws", "bylaws.pdf", bylaws),
        ("convening_budget", "Budget of the first two years", "budget.csv", budget),
    ):
        add_document(
            actor=story.actor,
            at=story.later(minutes=20),
            case=group.case,
            paper=Paper(kind, title),
            sent=SentFile(io.BytesIO(data), name, len(data)),
            key=story.key(),
        )


def page_of_text(title: str, lines: tuple[str, ...]) -> bytes:
    """Write a PDF of one page in the plainest way there is."""
    shown = [f"/F1 18 Tf 72 720 Td ({_escaped(title)}) Tj /F1 11 Tf 0 -18 Td"]
    shown += [f"0 -22 Td ({_escaped(line)}) Tj" for line in lines]
    text = f"BT {' '.join(shown)} ET".encode("latin-1", "replace")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R "
            b"/Resources << /Font << /F1 4 0 R >> >> >>"
        ),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
    )
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start, count = len(out), len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % count
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, start)
    return bytes(out)


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
