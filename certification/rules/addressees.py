"""The two kinds of people asked to sign: participants and governments, and how they differ."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from accounts.rules.belonging import OPEN_MAIL_DOMAINS
from certification.rules import statements
from certification.rules.groups import COMMITMENT_LIFE, INVITATION_LIFE
from certification.rules.statements import Claim
from certification.rules.states import COMMITMENT, PARTICIPANT, CommitmentState, ParticipantState
from kit.states import Machine


@dataclass(frozen=True)
class AddresseeKind:
    """Words and verbs of one kind of addressee."""

    name: str
    machine: Machine
    states: type[StrEnum]
    yes: str
    no: str
    again: str
    life: timedelta
    letter: str
    agreement: Callable[[Claim], str]
    refusal: Callable[[Claim], str]


PARTICIPANT_KIND = AddresseeKind(
    name="participant",
    machine=PARTICIPANT,
    states=ParticipantState,
    yes="confirm",
    no="decline",
    again="invite_again",
    life=INVITATION_LIFE,
    letter="certification/mail/invitation",
    agreement=statements.belonging,
    refusal=statements.not_belonging,
)
COMMITMENT_KIND = AddresseeKind(
    name="government",
    machine=COMMITMENT,
    states=CommitmentState,
    yes="sign",
    no="decline",
    again="ask_again",
    life=COMMITMENT_LIFE,
    letter="certification/mail/commitment_request",
    agreement=statements.responsiveness,
    refusal=statements.no_commitment,
)


def may_receive_code(address: str, invited: str) -> bool:
    """Whether a code may go to this address: the invited one, or a colleague's.

    >>> may_receive_code("ann@mill.example", "bob@mill.example")
    True
    >>> may_receive_code("ann@gmail.com", "bob@gmail.com")
    False
    """
    given, asked = address.casefold(), invited.casefold()
    domain = asked.rpartition("@")[2]
    return given == asked or (
        domain not in OPEN_MAIL_DOMAINS and given.rpartition("@")[2] == domain
    )


def masked(address: str) -> str:
    """An address that its owner recognizes and a stranger cannot use.

    >>> masked("marta@mill.example")
    'm…@mill.example'
    """
    name, _, domain = address.rpartition("@")
    return f"{name[:1]}…@{domain}"
