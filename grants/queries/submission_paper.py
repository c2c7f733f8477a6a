"""The receipt of a submitted version with everything in it, as a paper to keep."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from certification.queries.letterheads import agency_letterhead
from certification.queries.receipt_paper import moment_words
from grants.models import Submission
from grants.rules.budget import dollars
from records.rules.papers import Block, Paper, facts, heading, paragraph, points

KIND = "proposal_receipt"


def submission_paper(submission: Submission) -> Paper:
    """What was submitted, word for word, with number, moment and fingerprint."""
    proposal = submission.proposal
    head = agency_letterhead(proposal.competition.agency)
    content: dict[str, Any] = submission.content
    return Paper(
        template="letter",
        title="Receipt and what was submitted",
        author=head.office,
        made_at=submission.received_at,
        data={
            "letterhead": list(head.lines),
            "addressee": [proposal.group.name],
            "date": moment_words(submission.received_at, submission.time_zone),
            "footer": f"Receipt {submission.receipt_number}, SHA-256 {submission.content_hash}",
            "blocks": [
                *_receipt(submission),
                *_asked(content),
                *_sections(content),
                *_budget(content["budget"]),
                *_lists(content),
            ],
        },
    )


def _receipt(submission: Submission) -> list[Block]:
    zone = submission.time_zone
    outcome = "Received complete" if submission.is_valid else "Returned with errors"
    rows = [
        ("Receipt number", submission.receipt_number),
        ("Version", str(submission.number)),
        ("Outcome", outcome),
        (
            "Received",
            (
                f"{moment_words(submission.received_at, zone)}\n"
                f"{moment_words(submission.received_at, 'UTC')}"
            ),
        ),
        ("The competition closed", moment_words(submission.closes_at, zone)),
        ("Proposal", submission.proposal.reference),
        ("Fingerprint (SHA-256) of what was submitted", submission.content_hash),
    ]
    made: list[Block] = [facts(rows)]
    if submission.errors:
        made += [heading("What is wrong"), points([str(one) for one in submission.errors])]
    return made


def _asked(content: dict[str, Any]) -> list[Block]:
    group, competition = content["group"], content["competition"]
    rows = [
        ("Competition", f"{competition['number']}, {competition['title']}"),
        ("Title", content["title"]),
        ("Group", group["name"]),
        ("Cluster and region", f"{group['cluster']}, {group['region']}"),
        ("Designation", group["designation"]),
    ]
    return [heading("The proposal"), facts(rows)]


def _sections(content: dict[str, Any]) -> list[Block]:
    made: list[Block] = []
    for section in content["sections"]:
        made.append(heading(section["title"]))
        made += [_answer(row) for row in section["answers"]]
    return made


def _answer(row: dict[str, Any]) -> Block:
    if row["is_statement"]:
        return paragraph(f"{row['question']}: {'yes' if row['answer'] else 'no'}.")
    return facts([(row["question"], str(row["answer"]) or "No answer.")])


def _budget(budget: dict[str, Any]) -> list[Block]:
    lines = [
        (
            line["category"],
            (
                f"{_money(line['federal'])} federal, {_money(line['match'])} match, "
                f"{_money(line['total'])} in all"
            ),
        )
        for line in budget["lines"]
        if Decimal(line["total"])
    ]
    lines.append(
        (
            "Total",
            (
                f"{_money(budget['federal'])} federal, {_money(budget['match'])} match, "
                f"{_money(budget['total'])} in all"
            ),
        )
    )
    basis = " ".join(
        part
        for part in (
            budget["indirect_basis"],
            budget["indirect_rate"],
            budget["indirect_agreement"],
        )
        if part
    )
    lines.append(("Indirect costs", basis or "None"))
    quarters = ", ".join(_money(amount) for amount in budget["cash"])
    lines.append(("Federal funds needed in the quarters of the first year", quarters))
    lines.append(("What stands behind the figures", budget["justification"] or "No answer."))
    return [heading("Budget"), facts(lines)]


def _lists(content: dict[str, Any]) -> list[Block]:
    people = [
        ", ".join(part for part in (one["name"], one["role"], one["employer"], one["unit"]) if part)
        for one in content["people"]
    ]
    givers = [
        f"{one['name']}: {_money(one['amount'])}, {one['kind'].lower()}, reference "
        f"{one['reference']}"
        for one in content["match"]
    ]
    partners = [f"{one['name']}: {_money(one['amount'])}" for one in content["subrecipients"]]
    return [
        heading("People"),
        points(people) if people else paragraph("Nobody."),
        heading("Subawards"),
        points(partners) if partners else paragraph("None."),
        heading("Matching funds that givers have signed"),
        points(givers) if givers else paragraph("None."),
    ]


def _money(text: str) -> str:
    return dollars(Decimal(text))
