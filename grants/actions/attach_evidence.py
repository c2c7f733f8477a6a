"""Attach a file that proves a contribution; the same file proves no other."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from grants.actions.move_contribution import Act, Asked, Step, begin_act, finish_act
from grants.models import Contribution, SourceEvidence
from grants.rules.match.states import ContributionState
from kit.refusals import Refusal, Refused, refuse
from records.actions.add_document import Paper, SentFile, add_document
from records.models import Document
from records.queries.documents import newest
from trail.actors import Actor

EVIDENCE = "match_evidence"
_S = ContributionState
OPEN_TO_EVIDENCE = frozenset(
    {_S.RECORDED, _S.EVIDENCE_ATTACHED, _S.GIVER_CONFIRMED, _S.SUBMITTED, _S.QUERIED}
)
COUNTED = Refusal(
    "file_counted",
    "This very file already proves another contribution, here or for another award. "
    "A paper counts once.",
)


@transaction.atomic
def attach_evidence(
    *, actor: Actor, at: datetime, contribution: Contribution, sent: SentFile, key: str = ""
) -> Contribution:
    """Keep the file in the award's record and tie it to the paper behind the contribution.

    Raises:
        Refused: what `add_document` says; ``file_counted``, ``evidence_closed``.
    """
    is_first = contribution.status is _S.RECORDED
    asked = Asked("attach_evidence", key, {"file": sent.name}, is_still=not is_first)
    act = begin_act(actor=actor, at=at, contribution=contribution, asked=asked)
    if act.is_repeat:
        return act.contribution
    if act.contribution.status not in OPEN_TO_EVIDENCE:
        raise refuse("evidence_closed", "This contribution is decided. Nothing more is attached.")
    document = _keep(act, sent)
    return finish_act(act, Step(facts={"document": document.reference}))


def _keep(act: Act, sent: SentFile) -> Document:
    row = act.contribution
    title = f"{row.source.get_kind_display().partition(':')[0]} {row.source.number}"[:200]
    paper = Paper(EVIDENCE, title, about=row.reference, is_confidential=True)
    document = add_document(actor=act.actor, at=act.at, case=act.award.case, paper=paper, sent=sent)
    digest = newest(document).sha256
    if SourceEvidence.objects.filter(sha256=digest).exists():
        raise Refused(COUNTED)
    try:
        SourceEvidence.objects.create(
            source=row.source,
            document=document,
            sha256=digest,
            added_by=str(act.actor),
            added_at=act.at,
        )
    except IntegrityError as error:  # another session attached the same file meanwhile
        raise Refused(COUNTED) from error
    return document
