"""After the faults: was anything acknowledged lost or doubled, and has each task one effect?"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass

from drills.client import Act
from drills.mail_double import MailDouble
from drills.rehearsal import wait
from drills.stand import Stand

DRAIN_SECONDS = 120.0


@dataclass(frozen=True)
class Finding:
    """One line of the reckoning; ``bad`` should be nothing."""

    name: str
    checked: int
    bad: list[str]


def drain(stand: Stand) -> bool:
    """Wait until the outbox is empty."""
    asked = "SELECT count(*) FROM trail_effect WHERE done_at IS NULL AND kind <> 'scan_version'"
    return wait(lambda: stand.sql(asked) == "0", DRAIN_SECONDS)


def reckon(stand: Stand, acts: list[Act], mail: MailDouble) -> list[Finding]:
    """Compare the clients' journals with the database and the mail that arrived."""
    creates = [act for act in acts if act.kind == "create" and act.acknowledged]
    submits = [act for act in acts if act.kind == "submit" and act.acknowledged]
    firms = _counts(
        stand,
        "SELECT organization_name, count(*) FROM certification_participant"
        " WHERE organization_name LIKE 'Drill Works %' GROUP BY 1",
    )
    entries = _counts(
        stand,
        "SELECT c.reference, count(*) FROM trail_entry JOIN trail_case c ON c.id = case_id"
        " WHERE verb = 'submit' GROUP BY 1",
    )
    letters = mail.counts()
    return [
        Finding("acts refused or given up", len(acts), [f"{a.name}: {a.refusal}" for a in acts
                if a.refusal]),
        Finding("acknowledged entries lost", len(creates),
                [act.name for act in creates if not firms[act.name]]),
        Finding("entries doubled", sum(firms.values()),
                [name for name, count in firms.items() if count > 1]),
        Finding("entries nobody was told of", sum(firms.values()),
                sorted(set(firms) - {act.name for act in creates})),
        Finding("acknowledged submissions lost", len(submits),
                [act.name for act in submits if not entries[act.name]]),
        Finding("submissions doubled", len(submits),
                [act.name for act in submits if entries[act.name] > 1]),
        Finding("letters lost", len(creates),
                [act.name for act in creates if not letters[act.fields["contact_email"]]]),
        Finding("letters sent twice", len(creates),
                [act.name for act in creates if letters[act.fields["contact_email"]] > 1]),
        _trail(stand),
    ]  # fmt: skip


def _counts(stand: Stand, statement: str) -> Counter[str]:
    rows = [row.rpartition("|") for row in stand.sql(statement).splitlines()]
    return Counter({name: int(count) for name, _, count in rows})


def _trail(stand: Stand) -> Finding:
    told = json.loads(stand.manage("verify_trail", "--json"))
    bad = [] if told["ok"] else [f"{told['first_broken']}: {told['reason']}"]
    return Finding("broken rows of the trail", told["checked"], bad)


def say(findings: list[Finding]) -> bool:
    """Print the findings; whether all is well."""
    print(f"\n{'what':<32} {'checked':>8} {'bad':>5}")
    for finding in findings:
        print(f"{finding.name:<32} {finding.checked:>8} {len(finding.bad):>5}")
        for word in finding.bad[:5]:
            print(f"    {word}")
    return not any(finding.bad for finding in findings)
