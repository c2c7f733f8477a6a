"""Structured logs: one JSON object a line."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Any

import structlog


class JsonFormatter(logging.Formatter):
    """Write a record as JSON with the ids bound to the request or task."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line; never personal data beyond what the message holds."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **structlog.contextvars.get_contextvars(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)
