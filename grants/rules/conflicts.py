"""What ties a reviewer to a proposal, from what is known of both (programme.md 3.3).

Pure: a person's identities on one side, what a proposal names on the other. Names come with their
look-alike key, so that "Acme" typed with a Cyrillic letter is Acme. More identities never find
fewer ties. A match is *proved* when both sides are: an address counts as the reviewer's once its
owner entered the code sent there, and as the proposal's once its owner signed or signed in. What
anybody can type, nobody is suspended by.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from grants.rules.terms import EdgeKind

LOOK_BACK = 36  # months
HARD = frozenset(
    {
        EdgeKind.NAMED_PERSON,
        EdgeKind.OWN_UNIT,
        EdgeKind.LEAD_ORGANIZATION,
        EdgeKind.MATCH_GIVER,
        EdgeKind.SUBRECIPIENT,
        EdgeKind.BOARD,
        EdgeKind.RELATIVE,
        EdgeKind.STATE_OFFICIAL,
        EdgeKind.COLLABORATION,
        EdgeKind.OTHER,
    }
)


@dataclass(frozen=True, slots=True)
class Address:
    """An e-mail address: what is compared, what it looks like, whether its owner proved it."""

    key: str
    look: str
    is_proved: bool = True


@dataclass(frozen=True, slots=True)
class Who:
    """A person as somebody names them."""

    words: str
    look: str = ""
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """An organization by everything that may identify it; empty is unknown.

    ``family`` is the key of the head of its corporate family or university system.
    """

    words: str
    look: str = ""
    uei: str = ""
    ein: str = ""
    pk: int | None = None
    family: int | None = None


@dataclass(frozen=True, slots=True)
class Employment:
    """Where somebody works or worked within 36 months."""

    body: Body
    unit: str = ""
    is_large: bool = False
    state: str = ""


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Everything that identifies a person who may review."""

    looks: frozenset[str] = frozenset()
    addresses: frozenset[Address] = frozenset()
    employers: frozenset[Employment] = frozenset()
    boards: frozenset[Body] = frozenset()
    interests: frozenset[Body] = frozenset()
    relatives: frozenset[Who] = frozenset()
    collaborators: frozenset[Who] = frozenset()
    groups: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Named:
    """A person whom a proposal names, with employer and unit."""

    who: Who
    employer: Body | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Partner:
    """An organization that takes part, whether it has said so itself, and who speaks for it."""

    body: Body
    is_proved: bool = True
    contact: Who | None = None


@dataclass(frozen=True, slots=True)
class ProposalFacts:
    """Everything of a proposal that may tie somebody to it."""

    group: int
    people: tuple[Named, ...] = ()
    leads: tuple[Partner, ...] = ()
    givers: tuple[Partner, ...] = ()
    subrecipients: tuple[Partner, ...] = ()
    roster: tuple[Partner, ...] = ()
    governments: tuple[Partner, ...] = ()
    states: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, order=True)
class Ground:
    """One reason for a tie, in words for conflict officers."""

    kind: EdgeKind
    words: str
    is_proved: bool = True


@dataclass(frozen=True, slots=True)
class Edge:
    """A tie: its kind, whether it can be waived, whether anything proved it, and why."""

    kind: EdgeKind
    is_hard: bool
    is_unverified: bool
    words: tuple[str, ...]


def address_key(address: str) -> str:
    """Return what is compared of an address: no case, no width, no "+tag".

    >>> address_key(" Rhea+Grants@Example.ORG ")
    'rhea@example.org'
    """
    text = unicodedata.normalize("NFKC", address).strip().casefold()
    local, at, domain = text.rpartition("@")
    return f"{local.split('+')[0]}@{domain}" if at else text


def within_look_back(until: date | None, on: date) -> bool:
    """Whether what ended then still counts: for 36 months.

    >>> within_look_back(date(2023, 3, 1), date(2026, 3, 1))
    True
    >>> within_look_back(date(2023, 2, 28), date(2026, 3, 1))
    False
    """
    if until is None:
        return True
    months = (on.year - until.year) * 12 + on.month - until.month
    return months < LOOK_BACK or (months == LOOK_BACK and until.day >= on.day)


def same_body(one: Body, other: Body) -> bool:
    """Whether two mentions are one organization: by any identifier, or by the look of the name."""
    return (
        (one.pk is not None and one.pk == other.pk)
        or (one.uei != "" and one.uei == other.uei)
        or (one.ein != "" and one.ein == other.ein)
        or (one.look != "" and one.look == other.look)
    )


def same_family(one: Body, other: Body) -> bool:
    """Whether two organizations belong to one corporate family or university system."""
    return one.family is not None and one.family == other.family


def find_edges(reviewer: Reviewer, proposal: ProposalFacts) -> tuple[Edge, ...]:
    """Return every tie of this person to this proposal, one per kind, each with its reasons."""
    found: dict[EdgeKind, set[Ground]] = {}
    for ground in _grounds(reviewer, proposal):
        found.setdefault(ground.kind, set()).add(ground)
    return tuple(
        Edge(
            kind,
            kind in HARD,
            not any(ground.is_proved for ground in found[kind]),
            tuple(sorted({_sentence(ground.words) for ground in found[kind]})),
        )
        for kind in EdgeKind
        if kind in found
    )


def _sentence(words: str) -> str:
    return words if words.endswith(".") else f"{words}."


def _grounds(reviewer: Reviewer, proposal: ProposalFacts) -> Iterator[Ground]:
    if proposal.group in reviewer.groups:
        yield Ground(EdgeKind.NAMED_PERSON, "Has or had a seat in the group that applies.")
    yield from _by_person(reviewer, proposal)
    yield from _by_employer(reviewer, proposal)
    yield from _by_relation(reviewer, proposal)
    for work in reviewer.employers:
        if work.state and work.state in proposal.states:
            words = f"Works for a state that takes part: {work.body.words}"
            yield Ground(EdgeKind.STATE_OFFICE, words)


def _contacts(proposal: ProposalFacts) -> Iterator[tuple[EdgeKind, str, Who]]:
    """Everybody whom a proposal names, as which kind of tie it would count."""
    for person in proposal.people:
        yield EdgeKind.NAMED_PERSON, "Named in the proposal", person.who
    speakers: tuple[tuple[EdgeKind, str, tuple[Partner, ...]], ...] = (
        (EdgeKind.MATCH_GIVER, "Speaks for a giver of matching funds", proposal.givers),
        (EdgeKind.NAMED_PERSON, "Speaks for a member of the group", proposal.roster),
        (EdgeKind.STATE_OFFICIAL, "Signs for a government", proposal.governments),
    )
    for kind, words, partners in speakers:
        for partner in partners:
            if partner.contact is not None:
                yield kind, f"{words}, {partner.body.words}", partner.contact


def _by_person(reviewer: Reviewer, proposal: ProposalFacts) -> Iterator[Ground]:
    for kind, words, who in _contacts(proposal):
        for mine in reviewer.addresses:
            match = _same_address(mine, who.address)
            if match is not None:
                yield Ground(kind, f"{words}: {who.words} ({match})", _proved(mine, who, match))
        if who.look and who.look in reviewer.looks:
            # Namesakes exist, and names can be typed: a person looks.
            yield Ground(kind, f"{words}: {who.words} (the same name)", is_proved=False)


EXACT = "the same address"


def _same_address(one: Address, other: Address | None) -> str | None:
    if other is None:
        return None
    if one.key == other.key:
        return EXACT
    return "an address that looks the same" if one.look == other.look else None


def _proved(mine: Address, who: Who, match: str) -> bool:
    return match == EXACT and mine.is_proved and who.address is not None and who.address.is_proved


def _parts(proposal: ProposalFacts) -> Iterator[tuple[EdgeKind, str, Partner]]:
    for kind, words, partners in (
        (EdgeKind.LEAD_ORGANIZATION, "the lead organization", proposal.leads),
        (EdgeKind.MATCH_GIVER, "a giver of matching funds", proposal.givers),
        (EdgeKind.SUBRECIPIENT, "a subrecipient", proposal.subrecipients),
        (EdgeKind.ROSTER, "a member of the group", proposal.roster),
    ):
        for partner in partners:
            yield kind, words, partner


def _by_employer(reviewer: Reviewer, proposal: ProposalFacts) -> Iterator[Ground]:
    for work in reviewer.employers:
        for kind, words, partner in _parts(proposal):
            if same_body(work.body, partner.body):
                said = f"Works or worked for {words}: {partner.body.words}"
                yield Ground(kind, said, partner.is_proved)
            elif same_family(work.body, partner.body):
                said = f"{work.body.words} is of the same family as {words}, {partner.body.words}"
                yield Ground(EdgeKind.SAME_EMPLOYER, said, partner.is_proved)
        for person in proposal.people:
            yield from _by_colleague(work, person)


def _by_colleague(work: Employment, person: Named) -> Iterator[Ground]:
    if person.employer is None:
        return
    if not same_body(work.body, person.employer):
        if same_family(work.body, person.employer):
            said = f"{person.who.words} works in the same family of organizations"
            yield Ground(EdgeKind.SAME_EMPLOYER, said)
        return
    is_one_unit = not work.is_large or (work.unit != "" and work.unit == person.unit)
    kind = EdgeKind.OWN_UNIT if is_one_unit else EdgeKind.SAME_EMPLOYER
    where = "the same unit of" if is_one_unit else "another or an unknown unit of"
    yield Ground(kind, f"{person.who.words} works in {where} {work.body.words}")


def _by_relation(reviewer: Reviewer, proposal: ProposalFacts) -> Iterator[Ground]:
    yield from _by_interest(reviewer, proposal)
    for kind, words, others in (
        (EdgeKind.RELATIVE, "Related to", reviewer.relatives),
        (EdgeKind.COLLABORATION, "Worked within 36 months with", reviewer.collaborators),
    ):
        for _, role, who in _contacts(proposal):
            if any(_same_person(one, who) for one in others):
                yield Ground(kind, f"{words} {who.words}. {role}")


def _by_interest(reviewer: Reviewer, proposal: ProposalFacts) -> Iterator[Ground]:
    for kind, words, partner in _parts(proposal):
        named = f"{words}, {partner.body.words}"
        if _is_among(partner.body, reviewer.boards):
            yield Ground(EdgeKind.BOARD, f"Sits on the board of {named}", partner.is_proved)
        if _is_among(partner.body, reviewer.interests):
            is_member = kind is EdgeKind.ROSTER
            taken = EdgeKind.ROSTER if is_member else EdgeKind.OTHER
            yield Ground(taken, f"Has an interest in {named}", partner.is_proved)


def _is_among(body: Body, others: Iterable[Body]) -> bool:
    return any(same_body(body, other) for other in others)


def _same_person(one: Who, other: Who) -> bool:
    if one.look and one.look == other.look:
        return True
    return one.address is not None and _same_address(one.address, other.address) is not None
