"""`make drill`: a deadline, faults under load, delivery three times over, backup, tampering."""

from __future__ import annotations

import json
import os
import signal
import sys
import time

from clusters_portal.launcher.cluster import run_sql
from clusters_portal.launcher.processes import adopt_orphans
from drills.deadline_night import NAME as NIGHT
from drills.deadline_night import deadline_night
from drills.faults import FAULTS, SHORT, Scene
from drills.mail_double import MailDouble
from drills.reckoning import Finding, drain, reckon, say
from drills.rehearsal import HEAD, Crowd, gather, rehearse, wait
from drills.stand import Stand

PORT = 8015
COPY = "portal_again"
CREATED_WHILE_AWAY = 10


def main(arguments: list[str]) -> int:
    """Rehearse everything; 0 when nothing was lost, doubled or missed."""
    adopt_orphans()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    asked = tuple(name for name in " ".join(arguments).split(", ") if name)
    only = SHORT if "short" in asked else tuple(name for name in asked if name != NIGHT)
    mail, begun = MailDouble(), time.monotonic()
    stand = Stand(int(os.environ.get("PORT") or PORT), mail.port)
    try:
        print("Opening a portal of the drill's own ...", flush=True)
        stand.open()
        is_well = (NIGHT not in asked and bool(asked)) or deadline_night(stand, mail)
        if only or not asked:
            is_well &= _faults(stand, mail, only) & _backup(stand)
    finally:
        stand.close()
    print(f"\n{'All is well' if is_well else 'NOT WELL'}: {time.monotonic() - begun:.0f} s.")
    return 0 if is_well else 1


def _faults(stand: Stand, mail: MailDouble, only: tuple[str, ...]) -> bool:
    told = stand.seed(2 * len(only or FAULTS))
    crowd = gather(stand, told)
    scene = Scene(stand, mail, int(str(told["group_case"])))
    applications = [str(one) for one in told["applications"]]  # type: ignore[attr-defined]
    wait(lambda: sum(bool(act.acknowledged) for act in crowd.acts()) > 3, 60)
    print(f"\nFaults while people send (scanner away all the time)\n{HEAD}", flush=True)
    stand.manage("seal", module="drills.redelivery")
    rows = rehearse(scene, crowd, applications, only)
    stand.manage("seal", module="drills.redelivery")
    redelivered = _redeliver(stand, crowd)
    crowd.rest()
    crowd.leave()
    is_drained = drain(stand)
    stand.manage("seal", module="drills.redelivery")
    findings = reckon(stand, list(crowd.acts()), mail)
    left = [] if is_drained else ["the outbox is not empty"]
    again = _hand_over_again(stand, mail)
    is_well = say([*findings, Finding("tasks left undone", len(rows), left), *redelivered, *again])
    return is_well and all(row.people is not None and row.letters is not None for row in rows)


def _stand_still(stand: Stand) -> list[int]:
    """Hold worker and beat, however lately the last fault has ended one; who was held."""
    held = []
    for part in ("worker", "beat"):
        pid = stand.running_pid(part)
        os.killpg(pid, signal.SIGSTOP)
        held.append(pid)
    return held


def _redeliver(stand: Stand, crowd: Crowd) -> list[Finding]:
    """Workers and beat stand still while people go on; then every message comes three times."""
    away = _stand_still(stand)
    before = len(list(crowd.acts()))
    wait(lambda: len(list(crowd.acts())) - before > CREATED_WHILE_AWAY, 60)
    told = json.loads(stand.manage("messages", module="drills.redelivery"))
    for pid in away:
        os.killpg(pid, signal.SIGCONT)
    crowd.rest()
    left = [] if drain(stand) else ["the outbox is not empty"]
    name = f"messages sent 3x ({told['kinds']} kinds)"
    return [Finding(name, int(told["sent"]), left)]


def _hand_over_again(stand: Stand, mail: MailDouble) -> list[Finding]:
    """With everybody away: every effect is handed to its handler three times more."""
    away = _stand_still(stand)
    letters = len(mail.received)
    told = json.loads(stand.manage("effects", module="drills.redelivery"))
    for pid in away:
        os.killpg(pid, signal.SIGCONT)
    more = len(mail.received) - letters
    bad = [*told["changed"], *told["failed"], *([f"{more} letters more"] if more else [])]
    return [Finding(f"effects handed 3x ({told['kinds']} kinds)", int(told["sent"]), bad)]


def _backup(stand: Stand) -> bool:
    """Back up, restore beside it, compare; then tamper with the copy."""
    run_sql(stand.cluster, f"CREATE DATABASE {COPY}")
    into, folder = stand.cluster.url(COPY), stand.folder / "backup"
    made = json.loads(stand.manage("backup", str(folder), "--json"))
    state = stand.folder / "restored"
    told = json.loads(
        stand.manage("restore", str(folder), "--into", into, "--state", str(state), "--json")
    )
    print(f"\n{'backup drill':<32} {'tables':>8} {'rows':>9} {'papers':>7} {'seconds':>8}")
    for name, row in (("backup", made), ("restore, row for row equal", told)):
        print(
            f"{name:<32} {row['tables']:>8} {row['rows']:>9} {row['papers']:>7} {row['seconds']:>8}"
        )
    journal = str(state / "seals.jsonl")
    outcomes = json.loads(stand.manage(journal, database=into, module="drills.tamper"))
    print(f"\n{'planted tampering':<52} {'first broken row named':<40}")
    for outcome in outcomes:
        mark = "" if outcome["is_found"] else f"  MISSED: {outcome['expected']}"
        print(f"{outcome['name']:<52} {outcome['found']:<40}{mark}")
    found = sum(outcome["is_found"] for outcome in outcomes)
    print(f"{found} of {len(outcomes)} found and named; the restored trail: {told['trail']}")
    return bool(found == len(outcomes) and told["trail"] == "whole")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
