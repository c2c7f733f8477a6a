"""Questions about an open competition: asked privately, answered for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from accounts.models import User
from grants.actions.move_competition import (
    Asked,
    Step,
    begin_act,
    finish_act,
    refuse_if,
    require,
)
from grants.models import Competition, Inquiry
from grants.rules.inquiries import may_ask
from kit.refusals import refuse
from records.actions.send_letter import Recipient, send_letter
from trail.actors import Actor


@dataclass(frozen=True, slots=True)
class PublicAnswer:
    """What everybody reads: the question in words that show nobody, and the answer."""

    question: str
    answer: str


@transaction.atomic
def ask_inquiry(
    *,
    actor: Actor,
    at: datetime,
    competition: Competition,
    asker: User,
    text: str,
    key: str = "",
) -> Inquiry:
    """Put a question to the agency; only its officers see who asks.

    Side effects: the question, one entry.

    Raises:
        Refused: ``illegal_transition`` when the competition is not open, ``question_missing``,
            ``questions_waiting``.
    """
    asked = Asked("ask_question", key, {"text": text}, within="close")
    act = begin_act(actor=actor, at=at, competition=competition, asked=asked)
    row = act.competition
    if act.is_repeat:
        return row.inquiries.filter(asked_by=asker).latest("pk")
    words = require(text, "question_missing", "Write your question.")
    waiting = row.inquiries.filter(asked_by=asker, answered_at=None).count()
    refuse_if(may_ask(waiting=waiting))
    inquiry = Inquiry.objects.create(competition=row, asked_by=asker, asked_at=at, text=words)
    finish_act(act, Step(facts={"inquiry": inquiry.reference}))
    return inquiry


@transaction.atomic
def answer_inquiry(
    *,
    actor: Actor,
    at: datetime,
    inquiry: Inquiry,
    words: PublicAnswer,
    key: str = "",
) -> Inquiry:
    """Answer for everybody, without the asker, who gets the answer by letter too.

    Side effects: the answer, one entry, a letter.

    Raises:
        Refused: ``answered_already``, ``question_missing``, ``answer_missing``.
    """
    # A question may be answered until the competition ends, after the close too.
    asked = Asked("answer_question", key, {"words": repr(words)}, within="cancel")
    act = begin_act(actor=actor, at=at, competition=inquiry.competition, asked=asked)
    row = Inquiry.objects.select_for_update().select_related("asked_by").get(pk=inquiry.pk)
    if act.is_repeat:
        return row
    if row.answered_at is not None:
        raise refuse("answered_already", "A colleague has answered this question already.")
    row.public_question = require(words.question, "question_missing", "Write the question.")
    row.answer = require(words.answer, "answer_missing", "Write the answer.")
    row.answered_by, row.answered_at = str(actor), at
    row.save()
    finish_act(act, Step(facts={"inquiry": row.reference}))
    competition = act.competition
    send_letter(
        case=competition.case,
        at=at,
        template="grants/mail/answered",
        to=Recipient(row.asked_by.email, str(row.asked_by)),
        context={
            "inquiry": row,
            "title": competition.title,
            "reference": competition.reference,
            "agency": competition.agency,
            "link_path": reverse("grants:competition", args=[competition.reference]) + "#questions",
        },
        key=f"answer:{row.reference}",
        is_notice=True,
    )
    return row
