"""What opening pins: the whole notice as canonical JSON, its digest, its lines for comparison."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, datetime
from decimal import Decimal
from difflib import SequenceMatcher
from fractions import Fraction
from typing import Any

from grants.rules.local_times import last_minute, moment_words
from grants.rules.notice import PART_WORDS, Notice, Part
from grants.rules.terms import (
    ACTIVITY_WORDS,
    GIVER_CLASS_WORDS,
    LINE_RULE_WORDS,
    MATCH_PACE_WORDS,
    POOL_KIND_WORDS,
    RANKING_RULE_WORDS,
    TIE_RULE_WORDS,
)

FORMAT = "clusters-portal/notice/1"
Json = dict[str, Any]
Lines = dict[str, str]


def bundle_of(notice: Notice, *, reference: str, agency: str, kind: str) -> Json:
    """Return the notice as JSON data: amounts and fractions as text, moments in UTC."""
    parts = {part.value: as_json(notice.part(part)) for part in Part}
    return {"format": FORMAT, "reference": reference, "agency": agency, "kind": kind, **parts}


def canonical_text(bundle: Mapping[str, Any]) -> str:
    """Return the one spelling of a bundle: sorted keys, no blanks, UTF-8.

    >>> canonical_text({"b": 1, "a": "x"})
    '{"a":"x","b":1}'
    """
    return json.dumps(bundle, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def hash_of(bundle: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the canonical text: what is published at opening."""
    return hashlib.sha256(canonical_text(bundle).encode()).hexdigest()


def as_json(thing: object) -> Any:  # noqa: ANN401 - JSON has no narrower type
    """Turn a part of the notice into what JSON can hold."""
    if is_dataclass(thing) and not isinstance(thing, type):
        # The database's own numbers are no part of what is published.
        kept = [field.name for field in fields(thing) if not field.name.endswith("_id")]
        return {name: as_json(getattr(thing, name)) for name in kept}
    if isinstance(thing, tuple):
        return [as_json(one) for one in thing]
    if isinstance(thing, datetime):
        return thing.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(thing, Decimal):
        return f"{thing:.2f}"
    return str(thing) if isinstance(thing, Fraction) else thing


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the notice before and after; empty where it was added or left out."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: kept, taken out, or put in."""

    kind: str
    text: str


def lines_of(bundle: Mapping[str, Any]) -> Lines:
    """Return every statement of the notice under a label of its own, in its order."""
    lines: Lines = {}
    for part, write in _WRITERS.items():
        for label, text in write(bundle[part.value]).items():
            lines[f"{PART_WORDS[part]}: {label}"] = text
    return lines


def part_lines(part: Part, text: object) -> Lines:
    """Return the statements of one part."""
    return _WRITERS[part](as_json(text))


def changes_between(before: Lines, after: Lines) -> list[Change]:
    """Return the lines that differ.

    >>> changes_between({"Title": "A"}, {"Title": "B"})
    [Change(label='Title', before='A', after='B')]
    """
    labels = [*before, *(label for label in after if label not in before)]
    pairs = ((label, before.get(label, ""), after.get(label, "")) for label in labels)
    return [Change(label, old, new) for label, old, new in pairs if old != new]


def pieces(before: str, after: str) -> list[Piece]:
    """Return a text's change word by word.

    >>> [(one.kind, one.text) for one in pieces("at most 500 words", "at most 700 words")]
    [('same', 'at most'), ('out', '500'), ('in', '700'), ('same', 'words')]
    """
    old, new = before.split(), after.split()
    found: list[Piece] = []
    for what, i1, i2, j1, j2 in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if what == "equal":
            found.append(Piece("same", " ".join(old[i1:i2])))
            continue
        if i2 > i1:
            found.append(Piece("out", " ".join(old[i1:i2])))
        if j2 > j1:
            found.append(Piece("in", " ".join(new[j1:j2])))
    return found


def moment_of(text: str | None) -> datetime | None:
    """Read a moment of a bundle."""
    if text is None:
        return None
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def _basics(text: Json) -> Lines:
    return {
        "title": text["title"],
        "funding opportunity number": text["opportunity_number"],
        "assistance listing number": text["listing_number"],
        "summary": text["summary"],
        "years": f"{text['shortest_years']} to {text['longest_years']}",
        "activities": _words(ACTIVITY_WORDS, text["activities"]),
    }


def _dates(text: Json) -> Lines:
    zone = text["time_zone"]
    opens, closes = moment_of(text["opens_at"]), moment_of(text["closes_at"])
    return {
        "opens": moment_words(opens, zone) if opens else "",
        "last minute to submit": moment_words(last_minute(closes), zone) if closes else "",
        "time zone": zone,
        "why it is open for fewer than 60 days": text["exigency"],
    }


def _money(text: Json) -> Lines:
    lines = {
        "least that may be asked": _dollars(text["federal_floor"]),
        "most that may be asked": _dollars(text["federal_ceiling"]),
        "federal share of the total cost": text["federal_share"],
        "when the match must be there": _word(MATCH_PACE_WORDS, text["match_pace"]),
        "who may give": _words(GIVER_CLASS_WORDS, text["giver_classes"]),
    }
    for pool in text["pools"]:
        words = _word(POOL_KIND_WORDS, pool["kind"])
        owner = pool["agency"] if pool["state_fips"] else ""
        lines[f"{words}, {owner}" if owner else words] = _dollars(pool["amount"])
    return lines


def _form(text: Json) -> Lines:
    return {
        f"question {number}": f"{one['heading']}. {one['prompt']} "
        f"(at most {one['word_limit']} words)"
        for number, one in enumerate(text["questions"], 1)
    }


def _rubric(text: Json) -> Lines:
    lines = {"scores": f"{text['score_low']} to {text['score_high']}"}
    for number, one in enumerate(text["criteria"], 1):
        lines[f"criterion {number}"] = f"{one['name']} ({one['weight']} %). {one['question']}"
        for anchor in one["anchors"]:
            lines[f"criterion {number}, what earns {anchor['score']}"] = anchor["words"]
    return lines


def _judging(text: Json) -> Lines:
    return {
        "reviewers of each proposal, at least": str(text["reviews_per_proposal"]),
        "order": _word(RANKING_RULE_WORDS, text["ranking_rule"]),
        "equal scores": _word(TIE_RULE_WORDS, text["tie_rule"]),
        "near the line": _word(LINE_RULE_WORDS, text["line_rule"]),
        "quality threshold": text["quality_threshold"] or "",
        "programme factors": text["programme_factors"],
    }


_WRITERS: dict[Part, Callable[[Json], Lines]] = {
    Part.BASICS: _basics,
    Part.DATES: _dates,
    Part.MONEY: _money,
    Part.FORM: _form,
    Part.RUBRIC: _rubric,
    Part.JUDGING: _judging,
}


def _word(words: Mapping[Any, str], code: str) -> str:
    return words.get(code, code)


def _words(words: Mapping[Any, str], codes: list[str]) -> str:
    return "; ".join(_word(words, code) for code in codes)


def _dollars(amount: str) -> str:
    return f"${Decimal(amount):,.2f}".removesuffix(".00")
