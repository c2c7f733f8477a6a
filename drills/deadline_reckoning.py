"""After the night: the clients' journals against the database, the front's log and the mail."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from drills.front import Arrival
from drills.mail_double import MailDouble
from drills.night_people import Editor, Press, Save
from drills.reckoning import Finding
from drills.stand import Stand

RULE = "The competition has closed"
CLOCKS = 0.002  # the front's stamp has milliseconds


@dataclass(frozen=True)
class Night:
    """Who did what, and what the front saw of it."""

    competition: str
    closes_at: float
    editors: list[Editor]
    presses: list[Press]
    arrivals: dict[str, list[Arrival]]
    letters_before: Counter[str]

    def saves(self) -> Iterator[Save]:
        """Every autosave that anybody began."""
        for editor in self.editors:
            yield from editor.journal

    def first(self, press: Press) -> float:
        """When the form first arrived at the front."""
        return min((one.stamp for one in self.arrivals[press.key]), default=float("inf"))

    def in_time(self) -> list[Press]:
        """Those whose form arrived before the close."""
        return [press for press in self.presses if self.first(press) < self.closes_at]

    def late(self) -> list[Press]:
        """Those whose form arrived when it was closed."""
        return [press for press in self.presses if self.first(press) >= self.closes_at]


@dataclass(frozen=True)
class Kept:
    """One version as the database keeps it."""

    receipt: str
    received_at: float
    is_valid: bool


def arrivals_by_act(arrivals: Iterable[Arrival]) -> dict[str, list[Arrival]]:
    """The front's log by the mark of the form."""
    found: dict[str, list[Arrival]] = defaultdict(list)
    for one in arrivals:
        found[one.act].append(one)
    return found


def reckon_night(stand: Stand, night: Night, mail: MailDouble) -> list[Finding]:
    """Every promise of the night, and where it was broken."""
    kept = _kept(stand, night.competition)
    return [*_submissions(night, kept), *_letters(night, kept, mail), *_texts(stand, night)]


def _submissions(night: Night, kept: dict[str, list[Kept]]) -> list[Finding]:
    in_time, late = night.in_time(), night.late()
    acknowledged = [press for press in night.presses if press.receipts]
    return [
        _finding("without an answer", night.presses, lambda p: not p.is_over),
        _finding("answered with an error (5xx)", night.presses, lambda p: p.failures),
        _finding("receipts without a version", acknowledged,
                 lambda p: set(p.receipts) - {one.receipt for one in kept[p.proposal]}),
        _finding("versions doubled", night.presses, lambda p: len(kept[p.proposal]) > 1),
        _finding("two receipts for one form", acknowledged, lambda p: len(set(p.receipts)) > 1),
        _finding("in time but not kept or refused", in_time,
                 lambda p: not p.receipts or len(kept[p.proposal]) != 1 or p.refusals),
        _finding("late but kept", late, lambda p: p.receipts or kept[p.proposal]),
        _finding("late and refused without the rule", late,
                 lambda p: not any(said.startswith(RULE) for said in p.refusals)),
        _finding("arrival is not the front's", acknowledged,
                 lambda p: not _is_stamped(night, kept, p)),
        _finding("versions not valid", acknowledged,
                 lambda p: not all(one.is_valid for one in kept[p.proposal])),
    ]  # fmt: skip


def _finding(name: str, presses: list[Press], is_bad: object) -> Finding:
    bad = [
        f"{p.proposal} {p.kind} {p.receipts} {p.refusals} {p.failures}"
        for p in presses
        if is_bad(p)
    ]  # type: ignore[operator]
    return Finding(name, len(presses), bad)


def _is_stamped(night: Night, kept: dict[str, list[Kept]], press: Press) -> bool:
    """What counts is the arrival of one of the person's own requests, as the front wrote it."""
    stamps = [one.stamp for one in night.arrivals[press.key]]
    return all(
        any(abs(one.received_at - stamp) < CLOCKS for stamp in stamps)
        for one in kept[press.proposal]
    )


def _letters(night: Night, kept: dict[str, list[Kept]], mail: MailDouble) -> list[Finding]:
    new = mail.counts() - night.letters_before
    told = [press for press in night.presses if kept[press.proposal]]
    silent = [press for press in night.presses if not kept[press.proposal]]
    return [
        _finding("letters of receipt lost", told, lambda p: not new[p.address]),
        _finding("letters of receipt sent twice", told, lambda p: new[p.address] > 1),
        _finding("letters for what was refused", silent, lambda p: new[p.address]),
    ]


def _texts(stand: Stand, night: Night) -> list[Finding]:
    """The text with the highest version that was acknowledged is what the database holds."""
    saves = list(night.saves())
    stored = _stored_texts(stand, night.competition)
    by_draft: dict[str, list[Save]] = defaultdict(list)
    for save in saves:
        by_draft[save.draft].append(save)
    lost, doubled = [], []
    for draft, ones in by_draft.items():
        versions: dict[int, set[str]] = defaultdict(set)
        for save in ones:
            if save.version:
                versions[save.version].add(save.digest)
        doubled += [f"{draft} version {v}" for v, digests in versions.items() if len(digests) > 1]
        if not _is_kept(stored.get(draft, (0, "")), versions, ones):
            lost.append(
                f"{draft}: {stored.get(draft)}, acknowledged up to {max(versions, default=0)}"
            )
    return [
        Finding("autosaves refused or given up", len(saves),
                [f"{one.draft}: {one.failure or 'no answer'}" for one in saves if not one.version]),
        Finding("last acknowledged text not kept", len(by_draft), lost),
        Finding("one version, two texts", len(by_draft), doubled),
    ]  # fmt: skip


def _is_kept(stored: tuple[int, str], versions: dict[int, set[str]], saves: list[Save]) -> bool:
    version, digest = stored
    last = max(versions, default=0)
    if version == last:
        return not last or digest in versions[last]
    # Kept, but the answer was lost on its way: the text must be one that somebody sent.
    return version > last and digest in {one.digest for one in saves if one.attempts > 1}


def _kept(stand: Stand, competition: str) -> dict[str, list[Kept]]:
    rows = stand.sql(
        "SELECT c.reference, s.receipt_number, extract(epoch FROM s.received_at), s.is_valid"
        " FROM grants_submission s JOIN grants_proposal p ON p.id = s.proposal_id"
        f" JOIN trail_case c ON c.id = p.case_id {_of(competition)}"
    )
    found: dict[str, list[Kept]] = defaultdict(list)
    for row in rows.splitlines():
        reference, receipt, at, is_valid = row.split("|")
        found[reference].append(Kept(receipt, float(at), is_valid == "t"))
    return found


def _stored_texts(stand: Stand, competition: str) -> dict[str, tuple[int, str]]:
    joined = " || '|' || ".join(
        f"(s.answers->>'{part}')" for part in ("outputs", "access", "smaller")
    )
    rows = stand.sql(
        f"SELECT c.reference, s.version, md5({joined})"
        " FROM grants_proposalsection s JOIN grants_proposal p ON p.id = s.proposal_id"
        f" JOIN trail_case c ON c.id = p.case_id {_of(competition)}"
        " AND s.section_id = 'access' AND s.version > 0"
    )
    split = (row.split("|") for row in rows.splitlines())
    return {reference: (int(version), digest) for reference, version, digest in split}


def _of(competition: str) -> str:
    return (
        "WHERE p.competition_id = (SELECT k.id FROM grants_competition k"
        f" JOIN trail_case kc ON kc.id = k.case_id WHERE kc.reference = '{competition}')"
    )
