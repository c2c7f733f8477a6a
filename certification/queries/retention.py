"""When an application's record has ended, and how well."""

from __future__ import annotations

from datetime import date

from certification.models import Application
from certification.rules.states import ApplicationState, DesignationState
from trail.models import Case
from trail.rules.retention import RetentionClass, Standing

REFUSED = {ApplicationState.DENIED, ApplicationState.INELIGIBLE}
NOT_OF_THE_CASE = ("place_hold", "release_hold")


def application_standing(case: Case) -> Standing:
    """Return the class of an application's record and the day it ended.

    A designated one lives as long as its designation; another one ends with the last thing that
    happened in it, an appeal included. What was never submitted is working papers.
    """
    row = Application.objects.filter(case=case).first()
    if row is None:
        return Standing(RetentionClass.PERMANENT, None)
    if row.status == ApplicationState.DESIGNATED:
        return Standing(RetentionClass.SUCCESSFUL, _designation_ended(row))
    was_sent = row.submitted_at is not None
    retention = RetentionClass.UNSUCCESSFUL if was_sent else RetentionClass.WORKING_PAPERS
    is_over = row.status in REFUSED | {ApplicationState.WITHDRAWN}
    return Standing(retention, _last_act(case) if is_over else None)


def _designation_ended(application: Application) -> date | None:
    designation = getattr(application, "designation", None)
    if designation is None or designation.state != DesignationState.ENDED:
        return None
    return designation.ended_at.date() if designation.ended_at else None


def _last_act(case: Case) -> date | None:
    last = case.entries.exclude(verb__in=NOT_OF_THE_CASE).order_by("-sequence").first()
    return last.at.date() if last else None
