"""Every component and widget in every state, on one page; shown in the demo settings only."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.gates import public
from clusters_portal.forms.ui_kit import EveryFieldForm
from kit.refusals import Refusal

FILLED = {
    "name": "Ohio Valley Foundry Works",
    "email": "office@foundry.example",
    "kind": "firm",
    "jobs": "214",
    "dues": "1200.00",
    "founded_on_month": "3",
    "founded_on_day": "4",
    "founded_on_year": "1987",
    "purpose": "We train foundry apprentices together.",
    "admission": "open",
    "topics": ["skills"],
    "password": "not shown again",
    "is_open": "on",
}
WRONG = {"email": "office", "jobs": "-3", "dues": "1e3", "founded_on_month": "2"}
AT = dt.datetime(2026, 3, 3, 21, 59, 59, tzinfo=dt.UTC)


def _pieces() -> dict[str, Any]:
    """Gather example content for the components."""
    return {
        "steps": [
            {"label": "Group", "state": "complete", "url": "#steps"},
            {"label": "Participants", "state": "complete", "url": "#steps"},
            {"label": "Convening body", "state": "current"},
            {"label": "Review and certify", "state": "upcoming"},
        ],
        "entries": [
            {
                "at": AT,
                "title": "Application received",
                "who": "Dana Whitfield",
                "url": "#timeline",
            },
            {
                "at": AT - dt.timedelta(days=3),
                "title": "Certified by a second person",
                "text": "All statements were confirmed.",
                "who": "Luis Ortega",
            },
            {"title": "Decision by June 1, 2026", "tone": "next"},
        ],
        "facts": [
            {"label": "Cluster", "value": "Metalworking Technology", "is_public": True},
            {"label": "Region", "value": "Nine counties in Ohio and Kentucky", "url": "#facts"},
            {"label": "Firms", "value": "17", "note": "15 are needed"},
            {"label": "Fiscal sponsor", "value": None},
        ],
        "case_nav": [
            {"label": "Overview", "url": "#case", "current": True},
            {"label": "Participants", "url": "#case", "note": "12 of 15"},
            {"label": "Documents", "url": "#case"},
        ],
        "downloads": [{"label": "CSV", "url": "#source"}],
        "kit_refusal": Refusal(
            "own_case", "You prepared this application; somebody else certifies it."
        ),
        "page_of_many": Paginator(range(480), 25).page(4),
        "rows": [
            ("Metalworking Technology", "3.12", "12,430"),
            ("Automotive", "1.94", "38,205"),
            ("Footwear", "0.41", "210"),
        ],
        "at": AT,
        "amount": 1_250_000,
    }


@public
def ui_kit(request: HttpRequest) -> HttpResponse:
    """Show the kit to developers and to the accessibility scan."""
    if not settings.IS_DEMO:
        raise Http404
    forms = [
        ("Empty", EveryFieldForm(prefix="empty")),
        ("Filled", EveryFieldForm({f"filled-{k}": v for k, v in FILLED.items()}, prefix="filled")),
        ("Wrong", EveryFieldForm({f"wrong-{k}": v for k, v in WRONG.items()}, prefix="wrong")),
    ]
    return render(
        request, "clusters_portal/ui_kit/ui_kit.html", {**_pieces(), "sample_forms": forms}
    )
