"""One contribution with everything that its pages show."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import User
from grants.models import Award, AwardGiverSignature, Contribution, ContributionNote, Pledge
from grants.queries.match_balances import counted_of, given_of_source, match_by_account
from grants.rules.budget import dollars
from grants.rules.match.accounts import MATCH_ACCOUNT_WORDS, MatchAccount
from grants.rules.match.states import CONTRIBUTION_KIND_WORDS, ContributionKind
from grants.rules.match.values import Unit, value_rule
from records.models import Document, DocumentVersion
from records.queries.documents import documents_of, newest, readable


def facts_of(row: Contribution) -> list[dict[str, Any]]:
    """What was recorded, in rows of a list of facts."""
    days = f"{row.given_from:%B %-d, %Y}"
    if row.given_through != row.given_from:
        days += f" through {row.given_through:%B %-d, %Y}"
    source = row.source
    paper = f"{source.get_kind_display()}: {source.number}, {source.dated_on:%B %-d, %Y}"
    return [
        {"label": "Giver", "value": row.pledge.giver_name},
        {"label": "What", "value": CONTRIBUTION_KIND_WORDS[ContributionKind(row.kind)]},
        {"label": "Worth", "value": dollars(row.amount), "note": _counts(row)},
        {"label": "Given", "value": days},
        {"label": "Budget line", "value": row.get_category_display()},
        {"label": "Paper", "value": paper, "note": f"{dollars(source.amount)} on the paper"},
        {
            "label": "Whose money",
            "value": source.get_origin_display(),
            "note": f"By statute: {source.statute}" if source.statute else "",
        },
        {"label": "Recorded", "value": f"{row.recorded_at:%B %-d, %Y} by {row.recorded_by}"},
    ]


def valuation_of(row: Contribution) -> list[dict[str, str]]:
    """What the calculator was told, figure by figure, and the rule that judged it."""
    kept = row.valuation
    rule = value_rule(ContributionKind(row.kind), row.given_from)
    rows = [
        {"label": one.label, "value": _figure(str(kept.get(one.name, "")), one.unit)}
        for one in rule.figures
    ]
    return [*rows, {"label": "Rule", "value": rule.sentence, "note": str(kept.get("rule", ""))}]


def evidence_of(row: Contribution, award: Award) -> list[dict[str, Any]]:
    """The files behind the paper; those in the record of another award are only counted."""
    held = set(row.source.evidence.values_list("document_id", flat=True))
    shown = [_file(one) for one in documents_of(award.case) if one.pk in held]
    others = len(held) - len(shown)
    if others:
        shown.append({"title": "A file in the record of another award", "words": "Kept there"})
    return shown


def giver_word(row: Contribution) -> dict[str, Any]:
    """What the giver was asked and has said."""
    signature = AwardGiverSignature.objects.filter(link__contribution=row).first()
    return {"signature": signature, "link": row.links.order_by("-sent_at").first()}


def pledge_facts(row: Pledge) -> list[dict[str, Any]]:
    """What was promised, and where it stands."""
    accounts = match_by_account(row.entries.all())
    rows = [
        {"label": "Giver", "value": row.giver_name, "note": row.get_giver_class_display()},
        {"label": "Promised", "value": f"{dollars(row.amount)}, {row.get_kind_display().lower()}"},
        {"label": "For", "value": row.purpose or "Not said"},
        {"label": "Who signs", "value": row.contact_name, "note": row.contact_email},
    ]
    inner = [one for one in MatchAccount if one is not MatchAccount.OUTSIDE]
    words = MATCH_ACCOUNT_WORDS | {MatchAccount.PLEDGED: "Signed, not yet in the approved budget"}
    return rows + [{"label": words[one], "value": dollars(accounts[one.value])} for one in inner]


def pledge_word(row: Pledge) -> dict[str, Any]:
    """What the giver was asked during the award, and has said; in the proposal it signed there."""
    signature = AwardGiverSignature.objects.filter(link__pledge=row).order_by("-at").first()
    return {
        "signature": signature,
        "link": row.links.order_by("-sent_at").first(),
        "is_from_proposal": row.commitment_id is not None,
    }


def notes_of(row: Contribution) -> list[dict[str, Any]]:
    """Questions, answers and findings, with the names of people."""
    rows = list(row.notes.all())
    keys = [one.by.partition(":")[2] for one in rows if one.by.startswith("user:")]
    names = {f"user:{one.pk}": str(one) for one in User.objects.filter(pk__in=keys)}
    return [
        {"row": one, "by": names.get(one.by, row.pledge.giver_name), "test": _test(one)}
        for one in rows
    ]


def checks_of(row: Contribution) -> list[dict[str, str]]:
    """What an officer would look up elsewhere: the paper's use, the line, the days."""
    used = given_of_source(row.source)
    line = row.award.lines.filter(category=row.category).first()
    others = _siblings(row).count()
    return [
        {
            "label": "This paper, over all awards",
            "value": f"{dollars(used)} of {dollars(row.source.amount)} is counted",
            "note": f"{others} other contributions rest on it" if others else "Only this one",
        },
        {
            "label": "Match in this budget line",
            "value": dollars(line.match) if line else "None",
        },
        {
            "label": "Period of performance",
            "value": f"{row.award.starts_on:%B %-d, %Y} through {row.award.ends_on:%B %-d, %Y}",
            "note": f"{row.award.pre_award_days} days before it are approved"
            if row.award.pre_award_days
            else "",
        },
    ]


def _siblings(row: Contribution) -> QuerySet[Contribution]:
    return Contribution.objects.filter(source=row.source).exclude(pk=row.pk)


def _counts(row: Contribution) -> str:
    verified = counted_of(row)[MatchAccount.VERIFIED]
    return f"{dollars(verified)} is verified and counts" if verified else "Does not count yet"


def _figure(text: str, unit: Unit) -> str:
    if unit is Unit.MONEY and text:
        return dollars(Decimal(text))
    return f"{text} percent" if unit is Unit.PERCENT else text


def _test(note: ContributionNote) -> str:
    return str(note.get_reason_display()) if note.reason else ""


def _file(document: Document) -> dict[str, Any]:
    open_version, last = readable(document), newest(document)
    return {
        "title": document.title,
        "name": last.original_name,
        "url": reverse("records:paper", args=[document.reference]),
        "words": last.status_words,
        "why": last.refusal_sentence,
        "is_readable": open_version is not None,
        "picture": _picture(document, open_version),
    }


def _picture(document: Document, version: DocumentVersion | None) -> str:
    if version is None or not version.page_count:
        return ""
    return reverse("records:paper_picture", args=[document.reference, version.number, 1])
