"""Plant every fault while people send, and look what became of what was acknowledged."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain

from drills.client import Act, Person, firm, submission
from drills.faults import FAULTS, Fault, Scene
from drills.mail_double import MailDouble
from drills.stand import Stand

BACK_SECONDS = 90.0
SETTLE = 2.0


@dataclass(frozen=True)
class Row:
    """What one fault did.

    Attributes:
        people: Seconds until an act begun after the cause was over was acknowledged.
        letters: Seconds until the letter of such an act arrived.
        again: How many acts had to be sent more than once.
    """

    fault: str
    people: float | None
    letters: float | None
    acknowledged: int
    again: int


@dataclass
class Crowd:
    """Everybody who sends."""

    people: list[Person]

    def acts(self) -> Iterable[Act]:
        """Every act anybody began."""
        return chain.from_iterable(list(person.journal) for person in self.people)

    def rest(self) -> None:
        """Let everybody finish the act in hand, and wait until they have."""
        for person in self.people:
            person.is_resting.set()
        wait(lambda: all(act.acknowledged or act.refusal for act in self.acts()), BACK_SECONDS)

    def go_on(self) -> None:
        """Send again."""
        for person in self.people:
            person.is_resting.clear()

    def leave(self) -> None:
        """Everybody goes home."""
        for person in self.people:
            person.is_leaving = True


def gather(stand: Stand, told: dict[str, object], senders: int = 2) -> Crowd:
    """People who fill a roster, and one who submits an application now and then."""
    group, county = str(told["roster"]), str(told["county"])
    administrator = str(told["administrator"])
    people = [
        Person(stand.port, administrator, None, lambda: firm(group, county)) for _ in range(senders)
    ]
    people.append(Person(stand.port, str(told["representative"]), []))
    for person in people:
        person.start()
    return Crowd(people)


def rehearse(
    scene: Scene, crowd: Crowd, applications: list[str], only: tuple[str, ...] = ()
) -> list[Row]:
    """Plant the faults one after the other; say a line about each."""
    rows = []
    for fault in FAULTS:
        if only and fault.name not in only:
            continue
        if fault.needs_disk and not scene.stand.has_small_disk:
            print(f"{fault.name}: left out, a disk of its own needs root", flush=True)
            continue
        crowd.people[-1].acts += [submission(one) for one in applications[:2]]
        del applications[:2]
        rows.append(_play(fault, scene, crowd))
        print(line_of(rows[-1]), flush=True)
    return rows


def _play(fault: Fault, scene: Scene, crowd: Crowd) -> Row:
    before = len(list(crowd.acts()))
    fault.plant(scene)
    over = time.monotonic()
    people = _first(lambda: _people_back(crowd, over))
    letters = _first(lambda: _letters_back(crowd, scene.mail, over))
    time.sleep(SETTLE)
    acts = list(crowd.acts())[before:] if before else list(crowd.acts())
    return Row(
        fault.name,
        None if people is None else people - over,
        None if letters is None else letters - over,
        sum(bool(act.acknowledged) for act in acts),
        sum(act.attempts > 1 for act in acts),
    )


def _people_back(crowd: Crowd, over: float) -> float | None:
    found = [act.acknowledged for act in crowd.acts() if act.acknowledged and act.begun >= over]
    return min(found, default=None)


def _letters_back(crowd: Crowd, mail: MailDouble, over: float) -> float | None:
    made = [act for act in crowd.acts() if act.kind == "create" and act.begun >= over]
    arrived = [mail.first_at(act.fields["contact_email"]) for act in made if act.acknowledged]
    return min((at for at in arrived if at is not None), default=None)


def _first(ask: Callable[[], float | None]) -> float | None:
    wait(lambda: ask() is not None, BACK_SECONDS)
    return ask()


def wait(condition: Callable[[], object], seconds: float) -> bool:
    """Wait until something holds; False when it does not in time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def line_of(row: Row) -> str:
    """One line of the table."""
    people = "not back" if row.people is None else f"{row.people:5.1f} s"
    letters = "not back" if row.letters is None else f"{row.letters:5.1f} s"
    return f"{row.fault:<28} {people:>9} {letters:>9} {row.acknowledged:>7} {row.again:>7}"


HEAD = f"{'fault':<28} {'people':>9} {'letters':>9} {'acked':>7} {'resent':>7}"
