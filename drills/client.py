"""People who do not give up: each act is sent with its own key until it is acknowledged."""

from __future__ import annotations

import http.client
import re
import secrets
import threading
import time
import urllib.parse
import uuid
from dataclasses import dataclass, field

PATIENCE = 12.0
PAUSE = 0.25
TOKEN = "d" * 32  # the same in cookie and form is all that the CSRF check compares


@dataclass
class Act:
    """One thing that somebody wants done, and what became of it."""

    kind: str
    name: str
    path: str
    fields: dict[str, str]
    key: str = field(default_factory=lambda: uuid.uuid4().hex)
    begun: float = 0.0
    acknowledged: float = 0.0
    attempts: int = 0
    refusal: str = ""


class Person(threading.Thread):
    """Sends one act after the other, forever; keeps a journal of what was acknowledged."""

    def __init__(self, port: int, cookie: str, acts: list[Act] | None, make: object = None) -> None:
        super().__init__(daemon=True)
        self.port, self.cookie = port, cookie
        self.acts, self.make = acts or [], make
        self.journal: list[Act] = []
        self.is_resting = threading.Event()
        self.is_leaving = False

    def run(self) -> None:
        """Until told to leave; the act in hand is always brought to its end."""
        while not self.is_leaving:
            act = self._next()
            if act is None:
                time.sleep(0.05)
                continue
            self.journal.append(act)
            self.insist(act)
            time.sleep(0.2)

    def _next(self) -> Act | None:
        if self.is_resting.is_set():
            return None
        if self.acts:
            return self.acts.pop()
        return self.make() if callable(self.make) else None

    def insist(self, act: Act) -> None:
        """Send it with the same key until there is an answer that means something."""
        while not act.acknowledged and not act.refusal:
            act.attempts += 1
            act.begun = time.monotonic()
            try:
                status, where, text = self._post(act)
            except (OSError, http.client.HTTPException):
                status, where, text = 0, "", ""
            if status == http.client.FOUND:
                self._settle(act, where)
            elif http.client.OK <= status < http.client.INTERNAL_SERVER_ERROR:
                act.refusal = f"{status} {_said(text)}"
            else:
                time.sleep(PAUSE)

    def _settle(self, act: Act, where: str) -> None:
        if act.kind == "submit" and not where.endswith("/receipt/"):
            act.refusal = f"sent to {where}"
        elif "/login" in where or "/sign-in" in where:
            act.refusal = "the session was lost"
        else:
            act.acknowledged = time.monotonic()

    def _post(self, act: Act) -> tuple[int, str, str]:
        body = urllib.parse.urlencode(
            {**act.fields, "idempotency_key": act.key, "csrfmiddlewaretoken": TOKEN}
        )
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"{self.cookie}; csrftoken={TOKEN}",
            "Host": f"localhost:{self.port}",
        }
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            line.request("POST", act.path, body, headers)
            answer = line.getresponse()
            text = answer.read().decode(errors="replace")
            return answer.status, answer.headers.get("Location", ""), text
        finally:
            line.close()


def _said(page: str) -> str:
    """The refusal that a page shows, or its title."""
    shown = re.search(r"usa-error-message[^>]*>([^<]+)", page) or re.search(r"<title>([^<]+)", page)
    return " ".join(shown.group(1).split()) if shown else page[:100]


def firm(group: str, county: str) -> Act:
    """A firm with a name and an address that nobody else has."""
    mark = secrets.token_hex(5)
    return Act(
        kind="create",
        name=f"Drill Works {mark}",
        path=f"/groups/{group}/members/add/",
        fields={
            "organization_name": f"Drill Works {mark}",
            "firm_role": "supplier",
            "county": county,
            "size_class": "small",
            "contact_name": "Dora Drill",
            "contact_email": f"{mark}@firm.example",
            "votes": "1",
        },
    )


def submission(application: str) -> Act:
    """The press of the button Submit."""
    return Act("submit", application, f"/applications/{application}/submit/", {})
