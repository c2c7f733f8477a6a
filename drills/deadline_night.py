"""The night of a deadline: editors save, everybody submits around the close, the broker dies."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import statistics
import time
from collections import Counter
from collections.abc import Iterable

from clusters_portal.launcher.record import read_services
from drills.deadline_reckoning import Night, arrivals_by_act, reckon_night
from drills.front import NGINX, OPENSSL, Front
from drills.mail_double import MailDouble
from drills.night_people import Editor, House, Line, Press, Submitter
from drills.reckoning import Finding, drain, say
from drills.rehearsal import wait
from drills.stand import Stand

NAME = "deadline night"
SUBMISSIONS = EDITORS = 200
WINDOW = 20.0
BEFORE_CLOSE = 12.0  # of the window's 20 seconds
CROWDED, AROUND = 60, 2.0  # so many of the submissions fall within two seconds of the close
LEAD = 20.0  # until the window opens: people connect, the close is announced
WARM, AFTER = 5.0, 5.0  # seconds for which editors save before and after the window
SAVE_EVERY = 10.0
BROKER_AWAY = (8.0, 14.0)
KINDS = ("twice", "hang-up", "forged")
ONE_IN = 10  # of each kind
END_SECONDS, CLOSED_SECONDS = 180.0, 150.0


def deadline_night(stand: Stand, mail: MailDouble) -> bool:
    """Rehearse it; whether nothing was lost, doubled, refused unfairly or accepted late."""
    if not (NGINX and OPENSSL):
        print(f"{NAME}: left out, it needs nginx and openssl", flush=True)
        return True
    print(f"\nSeeding the {NAME} ...", flush=True)
    told = stand.manage("make", str(SUBMISSIONS), module="drills.deadline_seed")
    people = json.loads(told.splitlines()[-1])
    left = [] if drain(stand) else ["the outbox is not empty before"]
    front = Front(stand.folder / "front", f"127.0.0.1:{stand.port}")
    try:
        night, kills = _rehearse(stand, front, people, mail.counts())
        _say_table(night, kills)
        _press_again(House(front.port, front.trust()), night)
    finally:
        front.close()
    is_closed = wait(lambda: _state(stand, night.competition) == "closed", CLOSED_SECONDS)
    left += [] if is_closed else ["the competition is still open"]
    left += [] if drain(stand) else ["the outbox is not empty after"]
    return say([*reckon_night(stand, night, mail), Finding("tasks left undone", 3, left)])


def _rehearse(
    stand: Stand, front: Front, people: dict[str, object], letters: Counter[str]
) -> tuple[Night, int]:
    opens = time.time() + LEAD
    closes_at = opens + BEFORE_CLOSE
    competition = str(people["competition"])
    stand.manage("close", competition, str(closes_at), module="drills.deadline_seed")
    house = House(front.port, front.trust())
    editors = _editors(house, people, opens)
    presses = _presses(people, opens)
    submitters = [Submitter(house, press) for press in presses]
    for person in (*editors, *submitters):
        person.start()
    time.sleep(max(0.0, opens + BROKER_AWAY[0] - time.time()))
    kills = _keep_broker_dead(stand, opens + BROKER_AWAY[1])
    end = time.monotonic() + END_SECONDS
    for person in (*editors, *submitters):
        person.join(max(0.0, end - time.monotonic()))
    arrivals = arrivals_by_act(front.arrivals())
    return Night(competition, closes_at, editors, presses, arrivals, letters), kills


def _editors(house: House, people: dict[str, object], opens: float) -> list[Editor]:
    drafts: list[dict[str, object]] = people["drafts"]  # type: ignore[assignment]
    made = []
    for draft in drafts:
        for cookie in draft["cookies"]:  # type: ignore[attr-defined]
            begin = opens - WARM + random.uniform(0, SAVE_EVERY)  # noqa: S311 - a moment
            count = int((WARM + WINDOW + AFTER) / SAVE_EVERY)
            moments = [begin + number * SAVE_EVERY for number in range(count)]
            made.append(Editor(house, cookie, str(draft["proposal"]), moments))
    return made


def _presses(people: dict[str, object], opens: float) -> list[Press]:
    """Moments all over the window, crowded around the close; one in ten of each odd kind."""
    closes_at = opens + BEFORE_CLOSE
    rows: list[dict[str, str]] = people["presses"]  # type: ignore[assignment]
    made = []
    for number, row in enumerate(rows):
        if number < CROWDED:
            moment = closes_at + random.uniform(-AROUND, AROUND)  # noqa: S311 - a moment
        else:
            moment = opens + random.uniform(0, WINDOW)  # noqa: S311 - a moment
        kind = KINDS[number % ONE_IN] if number % ONE_IN < len(KINDS) else "once"
        made.append(Press(row["proposal"], row["address"], row["cookie"], moment, kind))
    return made


def _keep_broker_dead(stand: Stand, until: float) -> int:
    """Kill it, and again whenever the supervisor has brought it back."""
    kills = 0
    while time.time() < until:
        if read_services(stand.places).is_running("broker"):
            with contextlib.suppress(ProcessLookupError):
                os.kill(stand.pid("broker"), signal.SIGKILL)
                kills += 1
        time.sleep(0.2)
    return kills


def _press_again(house: House, night: Night) -> None:
    """When all is over: the same form once more is answered with the same receipt."""
    for press in night.presses:
        if press.receipts:
            Submitter(house, press).ask(Line(house, press.cookie))


def _state(stand: Stand, competition: str) -> str:
    return stand.sql(
        "SELECT k.state FROM grants_competition k JOIN trail_case c ON c.id = k.case_id"
        f" WHERE c.reference = '{competition}'"
    )


def _say_table(night: Night, kills: int) -> None:
    """Counts and times of the night."""
    saves = list(night.saves())
    print(
        f"\n{NAME}: {len(night.presses)} submissions in {WINDOW:.0f} s around the close,"
        f" {len(night.editors)} editors, broker killed {kills}x"
        f" (away {BROKER_AWAY[1] - BROKER_AWAY[0]:.0f} s), load {os.getloadavg()[0]:.1f}"
    )
    print(f"{'what':<28} {'count':>6} {'p50':>8} {'p95':>8} {'max':>8}")
    _say_row("autosaves", [one.seconds for one in saves if one.version])
    _say_row("  both texts shown (409)", [one.seconds for one in saves if one.conflicts])
    _say_row("submitted in time", [one.seconds for one in night.in_time()])
    _say_row("refused late", [one.seconds for one in night.late()])
    answers = [one for ones in night.arrivals.values() for one in ones]
    _say_row("submissions, front's log", [one.seconds for one in answers])


def _say_row(name: str, seconds: Iterable[float]) -> None:
    found = sorted(seconds)
    if len(found) < 2:
        print(f"{name:<28} {len(found):>6}")
        return
    cuts = statistics.quantiles(found, n=20, method="inclusive")
    line = f"{cuts[9]:>6.2f} s {cuts[18]:>6.2f} s {found[-1]:>6.2f} s"
    print(f"{name:<28} {len(found):>6} {line}", flush=True)
