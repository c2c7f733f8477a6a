"""The calendar of reports: what is due opens, and what is late is told, each step exactly once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse

from accounts.models import AgencyRole
from accounts.rules.roles import AgencyRoleKind
from certification.actions.write_to_seats import TEMPLATE
from certification.rules.letters import LetterText
from grants.actions.move_award import lock_award, write_to_recipient
from grants.actions.move_payment import day_of
from grants.actions.move_report import last_minute
from grants.actions.schedule_reports import schedule_reports, steps_sent
from grants.models import Award, AwardReport, ReportReminder
from grants.rules import report_letters
from grants.rules.award_states import AwardState
from grants.rules.report_schedule import next_step, opens_on
from grants.rules.report_states import REPORT, WRITABLE, ReminderStep, ReportState
from records.actions.send_letter import Recipient, send_letter
from trail.actions.record_entry import record_entry
from trail.actors import SYSTEM
from trail.models import Case

DAYS_TO_REMEDY = 30
READERS = {
    ReminderStep.OFFICER_15: AgencyRoleKind.PROGRAMME_OFFICER,
    ReminderStep.GRANTS_60: AgencyRoleKind.GRANTS_OFFICER,
}


@transaction.atomic
def watch_reports(case: Case, at: datetime) -> None:
    """Open what is due, remember what is late, set the next day; called by the sweep of deadlines.

    An award that was accepted before awards had reports gets its schedule here. Safe to run twice,
    early or late: a report opens once, and a step is a row that cannot be written twice.
    """
    award = lock_award(Award.objects.get(case=case))
    if award.status is not AwardState.ACCEPTED:
        return
    schedule_reports(award, at)
    today = day_of(award, at)
    _open(award, at, today)
    _remind(award, at, today)
    schedule_reports(award, at)


def _open(award: Award, at: datetime, today: date) -> None:
    waiting = award.reports.select_for_update().filter(state=ReportState.SCHEDULED)
    for report in waiting:
        if opens_on(report.covers_through) > today:
            continue
        report.state = REPORT.move(report.status, "open_report")
        report.save(update_fields=["state"])
        facts = {"report": report.reference, "due_on": report.due_on.isoformat()}
        record_entry(case=award.case, actor=SYSTEM, at=at, verb="open_report", facts=facts)


def _remind(award: Award, at: datetime, today: date) -> None:
    steps: dict[ReminderStep, list[AwardReport]] = defaultdict(list)
    rows = award.reports.select_for_update().filter(state__in=sorted(WRITABLE))
    for report in rows.prefetch_related("reminders"):
        step = next_step(report.awaited_on, steps_sent(report), today)
        if step is not None:
            steps[step].append(report)
    for step, reports in steps.items():
        ReportReminder.objects.bulk_create(
            ReportReminder(report=one, round=one.round, step=step, sent_on=today, sent_at=at)
            for one in reports
        )
        facts = {"step": step.value, "reports": ", ".join(one.reference for one in reports)}
        record_entry(case=award.case, actor=SYSTEM, at=at, verb="remind_reports", facts=facts)
        _write(award, at, step, reports)


def _write(award: Award, at: datetime, step: ReminderStep, reports: Sequence[AwardReport]) -> None:
    due = tuple((_named(one), one.awaited_on) for one in reports)
    key = f"reports:{step.value}:{day_of(award, at).isoformat()}"
    if step in READERS:
        title, words = report_letters.OFFICER_WORDS[step]
        letter = LetterText(
            subject=f"{title}: award {award.number}",
            paragraphs=(words,),
            items_title="What is missing",
            items=report_letters.items_of(due),
        )
        _write_to_officers(award, at, READERS[step], letter, key)
        return
    letter = _letter_to_group(award, at, step, due)
    letter = letter.to("Open your reports", reverse("grants:reports", args=[award.reference]))
    write_to_recipient(at=at, award=award, letter=letter, key=key)


def _letter_to_group(
    award: Award, at: datetime, step: ReminderStep, due: tuple[tuple[str, date], ...]
) -> LetterText:
    if step is ReminderStep.DUE_SOON:
        until = last_minute(award, min(day for _, day in due))
        return report_letters.due_soon(award.number, due, until)
    if step is ReminderStep.MAIL_1:
        return report_letters.is_late(award.number, due)
    until = last_minute(award, day_of(award, at) + timedelta(days=DAYS_TO_REMEDY))
    return report_letters.notice_of_remedy(award.number, due, until, award.agency.contact_email)


def _write_to_officers(
    award: Award, at: datetime, role: AgencyRoleKind, letter: LetterText, key: str
) -> None:
    holders = AgencyRole.objects.filter(agency=award.agency_id, role=role, until=None)
    path = reverse("grants:staff_reports", args=[award.reference])
    context = {
        "letter": letter.within(award.agency.time_zone).to("Open the award's reports", path),
        "group": award.group.name,
        "reference": award.reference,
        "agency": award.agency.name,
        "contact_name": award.agency.contact_name,
        "contact_email": award.agency.contact_email,
    }
    for holder in holders.select_related("user"):
        send_letter(
            case=award.case,
            at=at,
            template=TEMPLATE,
            to=Recipient(holder.user.email, str(holder.user)),
            context=context,
            key=f"{award.reference}:{key}:{holder.user_id}",
        )


def _named(report: AwardReport) -> str:
    return (
        f"{report.title} on {report.covers_from:%B %-d, %Y} to {report.covers_through:%B %-d, %Y}"
    )
