"""What a case went through, as the clocks read it."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from certification.models import Application, DenialProposal, InformationRequest
from certification.queries.rulebooks import rulebook_in_force
from certification.rules import rulebook as rules
from certification.rules.clocks import ClockReading, Course, Turn, limits_of, running
from certification.rules.states import ApplicationState


def zone_of(application: Application) -> ZoneInfo:
    """The zone in which the agency counts its days."""
    return ZoneInfo(application.agency.time_zone)


def day_of(application: Application, at: datetime) -> date:
    """The day that a moment falls on for the agency."""
    return at.astimezone(zone_of(application)).date()


def rulebook_of(application: Application, at: datetime) -> rules.Rulebook:
    """The rulebook that was pinned; before that, the one in force."""
    if application.rulebook is not None:
        return application.rulebook.rules()
    return rulebook_in_force(day_of(application, at))


def course_of(application: Application) -> Course:
    """The days that matter, with the applicant's turns."""
    requests = application.information_requests.all()
    proposals = application.denial_proposals.all()
    turns = [_asked(application, one) for one in requests]
    turns += [_proposed(application, one) for one in proposals]
    submitted, accepted = application.submitted_at, application.accepted_at
    return Course(
        state=ApplicationState(application.state),
        submitted_on=day_of(application, submitted) if submitted else None,
        accepted_on=day_of(application, accepted) if accepted else None,
        turns=tuple(turns),
    )


def clocks_of(application: Application, at: datetime) -> tuple[ClockReading, ...]:
    """The clocks of a case on the day of ``at``, the nearest first."""
    limits = limits_of(rulebook_of(application, at))
    return running(course_of(application), limits, day_of(application, at))


def _asked(application: Application, request: InformationRequest) -> Turn:
    ended = request.answered_at or request.lapsed_at
    return Turn(
        day_of(application, request.asked_at), day_of(application, ended) if ended else None
    )


def _proposed(application: Application, proposal: DenialProposal) -> Turn:
    ended = proposal.answered_at or proposal.answer_until
    return Turn(day_of(application, proposal.proposed_at), day_of(application, ended))
