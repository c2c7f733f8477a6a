"""Structured logs: one JSON object a line."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import MutableMapping
from datetime import UTC, datetime
from typing import Any

import structlog

# A database names the value that broke a constraint; often it is somebody's mail address.
MAIL_ADDRESS = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
MASK = "[mail address]"


def as_record(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> tuple[tuple[str], dict[str, Any]]:
    """Hand what structlog gathered to the standard logger, which the formatter below writes."""
    message = str(event.pop("event"))
    told = {"exc_info": event.pop("exc_info")} if "exc_info" in event else {}
    return (message,), {**told, "extra": {"facts": dict(event)}}


def one_log() -> None:
    """Send structlog's lines the way of all others: one door, one format, one encoding."""
    structlog.configure(
        processors=[as_record],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


class JsonFormatter(logging.Formatter):
    """Write a record as JSON with the ids bound to the request or task."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line, without mail addresses and without the address that was asked."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _without_address(record),
            **structlog.contextvars.get_contextvars(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return MAIL_ADDRESS.sub(MASK, json.dumps(line, default=str))


def _without_address(record: logging.LogRecord) -> str:
    """Django names the path of a failed request; paths hold references and personal links."""
    path = getattr(getattr(record, "request", None), "path", "")
    said = record.getMessage()
    return said.replace(path, "[address]") if len(path) > 1 else said
