"""The receipt of an application with everything that was submitted, as a paper to keep."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from certification.models import Application
from certification.queries.letterheads import agency_letterhead
from mapping.queries.regions import counties_named
from records.rules.papers import Block, Paper, facts, heading, paragraph, points

KIND = "receipt"


def receipt_paper(application: Application) -> Paper:
    """What was submitted, word for word, with number, moment and fingerprint."""
    content: dict[str, Any] = application.content or {}
    submitted = application.submitted_at
    if submitted is None:
        message = f"{application} was not submitted"
        raise LookupError(message)
    head = agency_letterhead(application.agency)
    return Paper(
        template="letter",
        title="Receipt and what was submitted",
        author=head.office,
        made_at=submitted,
        data={
            "letterhead": list(head.lines),
            "addressee": [application.group.name],
            "date": moment_words(submitted, head.zone),
            "footer": f"Receipt {application.receipt_number}, SHA-256 {application.content_hash}",
            "blocks": [
                _facts(application, submitted),
                *_asked(content),
                *_sections(content),
                *_people(content),
            ],
        },
    )


def _facts(application: Application, submitted: datetime) -> Block:
    zone = application.agency.time_zone
    return facts(
        [
            ("Receipt number", application.receipt_number),
            ("Received", f"{moment_words(submitted, zone)}\n{submitted.isoformat()}"),
            ("Application", application.reference),
            ("Certified by", f"{application.certified_by}, {application.certified_title}"),
            ("Fingerprint (SHA-256) of what was submitted", application.content_hash),
        ]
    )


def _asked(content: dict[str, Any]) -> list[Block]:
    counties = counties_named(content["region"]["counties"]).values()
    rows = [
        ("Group", content["group"]["name"]),
        ("Cluster", content["cluster"]["name"]),
        ("Region", content["region"]["name"]),
        ("Counties", ", ".join(counties)),
        ("Purpose", content["group"].get("purpose") or "Not given"),
    ]
    return [heading("What the group asks for"), facts(rows)]


def _sections(content: dict[str, Any]) -> list[Block]:
    made: list[Block] = []
    for section in content["sections"]:
        made.append(heading(section["title"]))
        made += [_answer(row) for row in section["answers"]]
    return made


def _answer(row: dict[str, Any]) -> Block:
    if row["is_statement"]:
        return paragraph(f"{row['question']} {'Stated.' if row['answer'] else 'Not stated.'}")
    return facts([(row["question"], str(row["answer"]) or "No answer.")])


def _people(content: dict[str, Any]) -> list[Block]:
    confirmed = [f"{one['name']}: {one['role']}" for one in content["participants"]]
    governments = [f"{one['name']} ({one['level']})" for one in content["governments"]]
    return [
        heading("Who has confirmed"),
        points(confirmed) if confirmed else paragraph("Nobody."),
        heading("Governments that have signed"),
        points(governments) if governments else paragraph("None."),
    ]


def moment_words(moment: datetime, zone: str) -> str:
    """A moment in the agency's zone, with the zone named."""
    here = moment.astimezone(ZoneInfo(zone))
    return f"{here:%B} {here.day}, {here.year}, {here:%H:%M:%S} {here.tzname()}"
