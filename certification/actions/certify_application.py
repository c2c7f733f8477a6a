"""A second person, who may sign for the group, certifies what stands in the application."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from certification.models import Application
from certification.queries.application_content import content_of
from certification.queries.applications import draft_of, person_in
from certification.rules.application_form import BY_ID, CERTIFICATION
from certification.rules.submission import certify_refusals
from kit.refusals import Refused, refuse
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.record_entry import record_entry
from trail.actors import Actor
from trail.rules.chain import canonical, digest


@transaction.atomic
def certify_application(
    *, actor: Actor, at: datetime, application: Application, title: str, key: str
) -> Application:
    """Sign the certification under one's own name and title.

    Raises:
        Refused: the first of `certification.rules.submission.certify_refusals`; ``no_title``.
    """
    body = f"{application.pk}:{title}"
    claim = claim_key(actor=actor, at=at, key=key, verb="certify_application", body=body)
    row = (
        Application.objects.select_for_update(of=("self",))
        .select_related("case", "group__case", "certified_by")
        .get(pk=application.pk)
    )
    if claim.result_reference:
        return row
    if not title.strip():
        raise refuse("no_title", "Enter the title under which you sign for the group.")
    refusals = certify_refusals(draft_of(row), person_in(row.group, actor))
    if refusals:
        raise Refused(refusals[0])
    row.certified_by_id, row.certified_at, row.certified_title = actor.user_pk, at, title.strip()
    row.save(update_fields=["certified_by", "certified_at", "certified_title"])
    statement = BY_ID[CERTIFICATION].question("true_and_complete").text
    record_entry(
        case=row.case,
        actor=actor,
        at=at,
        verb="certify_application",
        facts={"statement": statement, "digest": digest(canonical(content_of(row)))},
        personal={"title": row.certified_title},
    )
    settle_key(claim, row.case.reference)
    return row
