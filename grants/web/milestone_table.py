"""The milestones as rows of one table."""

from __future__ import annotations

from typing import Any

from certification.forms.application import SectionForm
from grants.rules.proposal_form import MILESTONE_ROWS, PARTS


def milestone_context(form: SectionForm) -> dict[str, Any]:
    """Return the fields row by row."""
    return {
        "rows": [
            {"number": number, "cells": [form[f"{part}_{number}"] for part in PARTS]}
            for number in range(1, MILESTONE_ROWS + 1)
        ]
    }
