"""Who is awake on the night of a deadline: editors whose page saves, and people who submit."""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import json
import random
import re
import ssl
import threading
import time
import urllib.parse
import uuid
from dataclasses import dataclass, field
from http import HTTPStatus

from drills.client import TOKEN

PATIENCE = 120.0  # longer than the front waits for the portal
PAUSE = 0.5
TRIES = 30
PARTS = ("outputs", "access", "smaller")
WORDS = ("glass", "furnace", "county", "college", "supplier", "members", "share", "outputs")
PART_LENGTH = 3900  # three parts of 4,000 characters are asked for


@dataclass(frozen=True)
class Answer:
    """What came back for one request; status 0 when nothing did."""

    status: int
    where: str = ""
    text: str = ""


@dataclass(frozen=True)
class House:
    """Where the portal is, and how its certificate is believed."""

    port: int
    trust: ssl.SSLContext


class Line:
    """One person's connection; opened again when it broke."""

    def __init__(self, house: House, cookie: str) -> None:
        self.house, self.cookie = house, f"{cookie}; csrftoken={TOKEN}"
        self.line = self._open()

    def _open(self) -> http.client.HTTPSConnection:
        return http.client.HTTPSConnection(
            "localhost", self.house.port, timeout=PATIENCE, context=self.house.trust
        )

    def post(self, path: str, fields: dict[str, str], **headers: str) -> Answer:
        """Send a form and read the answer."""
        try:
            self.send(path, fields, **headers)
            return self._read()
        except (OSError, http.client.HTTPException):
            self.hang_up()
            return Answer(0)

    def send(self, path: str, fields: dict[str, str], **headers: str) -> None:
        """Send a form without waiting for the answer."""
        body = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": TOKEN})
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        usual = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": self.cookie,
            "Origin": "https://localhost",
        }
        self.line.request("POST", path, body, {**usual, **named})

    def read_page(self, path: str) -> str:
        """What a page says to somebody who was sent there."""
        with contextlib.suppress(OSError, http.client.HTTPException):
            self.line.request("GET", path, headers={"Cookie": self.cookie})
            return self._read().text
        self.hang_up()
        return ""

    def _read(self) -> Answer:
        answer = self.line.getresponse()
        text = answer.read().decode(errors="replace")
        return Answer(answer.status, answer.headers.get("Location", ""), text)

    def hang_up(self) -> None:
        """Close without another word."""
        self.line.close()
        self.line = self._open()


@dataclass
class Save:
    """One autosave until it was acknowledged; ``version`` is what the portal said then."""

    draft: str
    digest: str
    version: int = 0
    seconds: float = 0.0
    attempts: int = 0
    conflicts: int = 0
    failure: str = ""


class Editor(threading.Thread):
    """Writes the whole section anew at each of the given moments."""

    def __init__(self, house: House, cookie: str, draft: str, moments: list[float]) -> None:
        super().__init__(daemon=True)
        self.line, self.draft, self.moments = Line(house, cookie), draft, moments
        self.version = 0
        self.journal: list[Save] = []

    def run(self) -> None:
        """Save at each moment."""
        for moment in self.moments:
            time.sleep(max(0.0, moment - time.time()))
            self._save()

    def _save(self) -> None:
        text = {part: _prose() for part in PARTS}
        save = Save(self.draft, digest_of(text))
        self.journal.append(save)
        begun = time.monotonic()
        path = f"/proposals/{self.draft}/sections/access/autosave/"
        while not save.version and not save.failure and save.attempts < TRIES:
            save.attempts += 1
            self._heed(save, self.line.post(path, text, If_Match=f'"{self.version}"'))
        save.seconds = time.monotonic() - begun

    def _heed(self, save: Save, answer: Answer) -> None:
        if answer.status == HTTPStatus.OK:
            save.version = self.version = int(json.loads(answer.text)["version"])
        elif answer.status == HTTPStatus.CONFLICT:
            # The other's text was shown; this writer chooses the own one.
            save.conflicts += 1
            self.version = int(json.loads(answer.text)["version"])
        elif 0 < answer.status < HTTPStatus.INTERNAL_SERVER_ERROR:
            save.failure = f"{answer.status} {answer.where or answer.text[:100]}"
        else:
            time.sleep(PAUSE)


def _prose() -> str:
    """Words without an end of line, so that what is kept can be compared with what was sent."""
    chosen = random.choices(WORDS, k=PART_LENGTH // 8)  # noqa: S311 - prose, no secret
    return " ".join([uuid.uuid4().hex, *chosen])[:PART_LENGTH].strip()


def digest_of(text: dict[str, str]) -> str:
    """What both journals name a text by."""
    joined = "|".join(text[part] for part in PARTS)
    return hashlib.md5(joined.encode(), usedforsecurity=False).hexdigest()


@dataclass
class Press:
    """The button Submit, pressed by one person at one moment; ``kind`` says how.

    ``once``, ``twice`` (a double click on two connections), ``hang-up`` (the answer is lost and
    the form sent again), ``forged`` (with a stamp that claims an earlier arrival).
    """

    proposal: str
    address: str
    cookie: str
    moment: float
    kind: str = "once"
    key: str = field(default_factory=lambda: uuid.uuid4().hex)
    receipts: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def path(self) -> str:
        """Where the button sends."""
        return f"/proposals/{self.proposal}/submit/"

    @property
    def is_over(self) -> bool:
        """Whether there is an answer that means something."""
        return bool(self.receipts or self.refusals)


class Submitter(threading.Thread):
    """Presses at the moment, and again with the same form until there is an answer."""

    def __init__(self, house: House, press: Press) -> None:
        super().__init__(daemon=True)
        self.house, self.press = house, press

    def run(self) -> None:
        """Press as this person does."""
        press = self.press
        line = Line(self.house, press.cookie)
        time.sleep(max(0.0, press.moment - time.time()))
        begun = time.monotonic()
        if press.kind == "hang-up":
            with contextlib.suppress(OSError, http.client.HTTPException):
                line.send(press.path, {"idempotency_key": press.key}, X_Drill_Act=press.key)
            line.hang_up()
        other = threading.Thread(target=self._insist, args=(Line(self.house, press.cookie),))
        if press.kind == "twice":
            other.start()
        self._insist(line)
        if press.kind == "twice":
            other.join()
        press.seconds = time.monotonic() - begun

    def _insist(self, line: Line) -> None:
        for _ in range(TRIES):
            if self.ask(line):
                return
            time.sleep(PAUSE)

    def ask(self, line: Line) -> bool:
        """Press once; whether the answer means something."""
        press = self.press
        marks = {"X_Drill_Act": press.key}
        if press.kind == "forged":
            marks["X_Request_Arrived"] = f"{time.time() - 30:.3f}"
        answer = line.post(press.path, {"idempotency_key": press.key}, **marks)
        receipt = re.search(r"/receipts/([A-Z0-9-]+)/$", answer.where)
        if answer.status == HTTPStatus.FOUND and receipt:
            press.receipts.append(receipt[1])
            return True
        if 0 < answer.status < HTTPStatus.INTERNAL_SERVER_ERROR:
            said = line.read_page(answer.where) if answer.where else answer.text
            press.refusals.append(_refusal(said) or f"{answer.status} {answer.where}")
            return True
        if answer.status:
            press.failures.append(str(answer.status))
        return False


def _refusal(page: str) -> str:
    """The sentence that a page shows in its alert."""
    found = re.search(r"usa-alert--error.*?usa-alert__text[^>]*>\s*([^<]+)", page, re.DOTALL)
    return " ".join(found[1].split()) if found else ""
