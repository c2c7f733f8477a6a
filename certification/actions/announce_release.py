"""Tell the group that its designation is public: when it is, and not before."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from certification.actions.write_to_group import write_to_group
from certification.models import Application
from certification.rules.letters import on_the_register
from records.models import Publication


def announce_release(payload: dict[str, Any]) -> None:
    """Write to the group, unless the release was stopped before its time."""
    publication = Publication.objects.select_related("case").get(pk=payload["publication"])
    if publication.public_from is None:
        return
    application = Application.objects.select_related("agency", "case", "group").get(
        pk=payload["application"]
    )
    address = reverse("certification:register_entry", args=[publication.case.reference])
    write_to_group(
        at=publication.public_from,
        application=application,
        letter=on_the_register().to("Open your entry", address),
        key=f"release:{publication.pk}",
        case=publication.case,
    )
