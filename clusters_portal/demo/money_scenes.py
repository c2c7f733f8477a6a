"""Money of the demo world's awards: one is half drawn, one is behind on match."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.actors import actor_from_user
from accounts.models import User
from certification.actions.sign_answer import SignedAnswer
from certification.queries.personal_links import code_of, token_of
from certification.rules.groups import SeatRole
from clusters_portal.demo.competition_scenes import DECIDED
from clusters_portal.demo.papers import page_of_text
from grants.actions.ask_confirmation import ask_confirmation
from grants.actions.attach_evidence import attach_evidence
from grants.actions.certify_payment import certify_payment
from grants.actions.confirm_gift import confirm_gift, send_award_code
from grants.actions.make_payment_file import make_payment_file
from grants.actions.move_contribution import Note
from grants.actions.prepare_payment import Prepared, start_payment, submit_payment
from grants.actions.read_payment_results import read_payment_results
from grants.actions.record_contribution import GiftDraft, PaperDraft, record_contribution
from grants.actions.review_payment import Opinion, review_payment
from grants.actions.submit_contribution import submit_contribution
from grants.actions.verify_contribution import disallow_contribution, verify_contribution
from grants.models import Award, Contribution, PaymentRequest, Pledge, SourceEvidence
from grants.queries.payment_lines import Figures
from grants.rules.award_states import AwardState
from grants.rules.match.states import (
    ContributionKind,
    NoteKind,
    Origin,
    RejectionReason,
    SourceKind,
)
from grants.rules.payment_states import ReviewKind, ReviewOutcome
from grants.rules.terms import GiverClass
from records.actions.add_document import SentFile
from records.actions.check_document import begin_check, check_document
from records.queries.documents import newest

People = Mapping[str, User]
DAY = timedelta(days=1)
CENT = Decimal("0.01")
ORIGINS = {GiverClass.STATE: Origin.STATE, GiverClass.LOCAL: Origin.LOCAL}
PROGRESS = (
    "Two planners interviewed forty firms, drew the map of their suppliers and held the first "
    "of three workshops with the colleges of the region."
)
RESULTS = "payment,result,amount,date,trace,reason\n"


@dataclass(frozen=True, slots=True)
class _Story:
    """An award, the people of its group and of the agency, and the instant of the next act."""

    award: Award
    people: People
    at: datetime

    def on(self, days: float) -> _Story:
        """So many days after the acceptance."""
        return replace(self, at=(self.award.answered_at or self.at) + days * DAY)

    def by(self, who: str) -> dict[str, Any]:
        return {"actor": actor_from_user(self.people[who]), "at": self.at}

    def by_group(self, role: SeatRole = SeatRole.AUTHORIZED_REPRESENTATIVE) -> dict[str, Any]:
        seat = self.award.group.seats.filter(role=role, until=None).select_related("user")[0]
        return {"actor": actor_from_user(seat.user), "at": self.at}


def stage_money(people: People, at: datetime) -> None:
    """Give, verify and draw for the first two accepted awards; what is there already stays."""
    rows = Award.objects.filter(
        state=AwardState.ACCEPTED,
        selected__proposal__competition__opportunity_number=DECIDED.number,
    )
    for award, scene in zip(rows.order_by("pk"), (_half_drawn, _behind), strict=False):
        if not award.contributions.exists():
            scene(_Story(award, people, at))


@transaction.atomic
def _half_drawn(story: _Story) -> None:
    """The first giver has given all; as much federal money is paid."""
    first, *others = story.award.pledges.order_by("pk")
    _verified(story, first, first.amount, "1001")
    for pledge in others:
        _waiting(story, pledge, (pledge.amount / 4).quantize(CENT), "2001")
    _paid(story, first.amount)


@transaction.atomic
def _behind(story: _Story) -> None:
    """A quarter was drawn on match of which half was disallowed afterwards."""
    first, *others = story.award.pledges.order_by("pk")
    quarter = (first.amount / 2).quantize(CENT)
    row = _verified(story, first, quarter, "3001")
    _paid(story, quarter)
    disallow_contribution(
        **story.on(9).by("omar"),
        contribution=row,
        amount=(quarter / 2).quantize(CENT),
        finding=Note(
            NoteKind.DISALLOWANCE,
            "The bank record shows that half of the payment went to another project.",
            RejectionReason.NOT_IN_RECORDS,
        ),
    )
    for pledge in others:
        _recorded(story, pledge, (pledge.amount / 5).quantize(CENT), "4001")


def _recorded(story: _Story, pledge: Pledge, amount: Decimal, number: str) -> Contribution:
    """Cash by a check, written down by the group."""
    given = (story.award.answered_at or story.at).date() - 5 * DAY
    category = story.award.lines.filter(match__gt=0).values_list("category", flat=True)[0]
    origin = ORIGINS.get(GiverClass(pledge.giver_class), Origin.PRIVATE)
    gift = GiftDraft(
        kind=ContributionKind.CASH,
        category=category,
        description="Pay of the two planners",
        given_from=given,
        given_through=given,
        figures={"amount": f"{amount:.2f}"},
        paper=PaperDraft(SourceKind.PAYMENT, f"CHK-{number}", given, amount, origin),
    )
    return record_contribution(**story.on(1).by_group(), pledge=pledge, gift=gift)


def _waiting(story: _Story, pledge: Pledge, amount: Decimal, number: str) -> Contribution:
    """Proved, confirmed by the giver, waiting for an officer."""
    row = _recorded(story, pledge, amount, number)
    _prove(story.on(1.1), row, number)
    link = ask_confirmation(**story.on(1.2).by_group(), contribution=row, key=f"demo-{number}")
    token, answered = token_of(link.nonce), story.on(2).at
    code = code_of(send_award_code(at=answered, token=token))
    answer = SignedAnswer(code, pledge.contact_name, "Director", is_agreed=True)
    confirm_gift(at=answered + timedelta(minutes=3), token=token, answer=answer, key=number)
    row.refresh_from_db()
    return submit_contribution(**story.on(2.2).by_group(), contribution=row)


def _prove(story: _Story, row: Contribution, number: str) -> None:
    """Attach a bank record; it is checked at once, so that an officer may verify."""
    data = page_of_text(
        f"Bank record, check {number}",
        (f"Paid to {story.award.group.name}: ${row.amount:,.2f}", "A sample; it binds nobody."),
    )
    sent = SentFile(io.BytesIO(data), f"check-{number}.pdf", len(data))
    attach_evidence(**story.by_group(), contribution=row, sent=sent)
    kept = SourceEvidence.objects.select_related("document").get(source=row.source)
    version = {"version": newest(kept.document).pk}
    begin_check(version)
    check_document(version)
    row.refresh_from_db()


def _verified(story: _Story, pledge: Pledge, amount: Decimal, number: str) -> Contribution:
    row = _waiting(story, pledge, amount, number)
    return verify_contribution(
        **story.on(3).by("omar"), contribution=row, words="The bank record shows it."
    )


def _paid(story: _Story, amount: Decimal) -> PaymentRequest:
    """Asked for, reviewed by two, certified by a third, sent and answered by the bank."""
    award = story.award
    days = (award.starts_on, (story.on(4).at - DAY).date())
    asked = Prepared((min(days[0], days[1]), days[1]), PROGRESS, _lines(award, amount), version=0)
    row = start_payment(**story.on(4).by_group(), award=award, prepared=asked)
    row = submit_payment(**story.on(4.1).by_group(), request=row, title="President")
    for place, (who, kind) in enumerate(
        (("dana", ReviewKind.PROGRESS), ("farid", ReviewKind.MONEY))
    ):
        said = Opinion(kind, ReviewOutcome.APPROVE, "The report and the invoices agree.", row.round)
        row = review_payment(**story.on(5 + place / 4).by(who), request=row, opinion=said)
    made = certify_payment(**story.on(6).by("chidi"), request=row, round_read=row.round)
    make_payment_file(**story.on(6.5).by("chidi"), agency=award.agency)
    bank = story.on(8)
    text = f"{row.reference}/{made.number},paid,{made.amount:.2f},{bank.at:%Y-%m-%d},T-{row.pk},\n"
    read_payment_results(
        **bank.by("chidi"), agency=award.agency, name="results.csv", text=RESULTS + text
    )
    return row


def _lines(award: Award, amount: Decimal) -> dict[str, Figures]:
    """Costs on the lines of the budget, in their order, until the amount is reached."""
    lines, left = {}, amount
    for line in award.lines.filter(federal__gt=0):
        part = min(line.federal, left)
        lines[line.category] = Figures(costs=part, asked=part)
        left -= part
    return lines
