"""Letters by rule: what a header may hold, when a digest is due, where a letter is."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

LONGEST_SUBJECT = 150
DIGEST_HOUR = time(8)
GIVEN_UP_AFTER = 20


class Rhythm(StrEnum):
    """How often notices come."""

    INSTANT = "instant"
    DAILY = "daily"


RHYTHM_WORDS = {
    Rhythm.INSTANT: "Each one at once",
    Rhythm.DAILY: "Once a day, all in one letter",
}


class Way(StrEnum):
    """Where a letter is."""

    QUEUED = "queued"
    HELD = "held"
    RETRYING = "retrying"
    FAILED = "failed"
    SENT = "sent"
    BOUNCED = "bounced"


WAY_WORDS = {
    Way.QUEUED: "On its way",
    Way.HELD: "Waits for the daily digest",
    Way.RETRYING: "Not sent yet; we try again",
    Way.FAILED: "Not sent: the mail server refuses it",
    Way.SENT: "Sent",
    Way.BOUNCED: "Came back",
}
TONES = {
    Way.QUEUED: "info",
    Way.HELD: "info",
    Way.RETRYING: "warn",
    Way.FAILED: "bad",
    Way.SENT: "good",
    Way.BOUNCED: "bad",
}


@dataclass(frozen=True, slots=True)
class Delivery:
    """What is known of a letter's way to its reader."""

    way: Way
    at: datetime | None = None
    reason: str = ""
    again_at: datetime | None = None

    @property
    def words(self) -> str:
        """Where it is, in words."""
        return WAY_WORDS[self.way]

    @property
    def tone(self) -> str:
        """The tone of its tag."""
        return TONES[self.way]


# What a mail server's refusal means to people; the names are those of Python's own errors.
REASONS = {
    "SMTPRecipientsRefused": "The mail server knows no such address.",
    "SMTPSenderRefused": "The mail server does not take letters from the portal.",
    "SMTPDataError": "The mail server did not take the letter.",
    "SMTPAuthenticationError": "The mail server did not let the portal in.",
    "ConnectionRefusedError": "The mail server does not answer.",
    "SMTPServerDisconnected": "The mail server broke off.",
    "SMTPConnectError": "The mail server does not answer.",
    "TimeoutError": "The mail server does not answer.",
    "gaierror": "The mail server cannot be found.",
}
OTHER_REASON = "The letter could not be handed over."


def reason_words(error: str) -> str:
    """The reason of a failed delivery, in words; the exact error is in the log."""
    return REASONS.get(error.partition("(")[0], OTHER_REASON)


def header_line(text: str, longest: int = LONGEST_SUBJECT) -> str:
    r"""A text as one line of a mail's head: no breaks, no signs that steer the direction.

    >>> header_line("Your turn\r\nBcc: someone@example.org")
    'Your turn Bcc: someone@example.org'
    """
    kept = (
        " " if sign.isspace() else "" if unicodedata.category(sign)[0] == "C" else sign
        for sign in unicodedata.normalize("NFC", text)
    )
    line = " ".join("".join(kept).split())
    return line if len(line) <= longest else line[: longest - 3].rstrip() + "..."


def digest_is_due(*, now: datetime, last: datetime | None, zone: str) -> bool:
    """Whether today's digest is due and was not written: once a day, from eight in the morning."""
    here = now.astimezone(ZoneInfo(zone))
    start = datetime.combine(here.date(), DIGEST_HOUR, tzinfo=ZoneInfo(zone))
    if here < start:
        start -= timedelta(days=1)
    return last is None or last < start
