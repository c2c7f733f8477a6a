"""People who write, sign and review reports of an accepted award."""

from __future__ import annotations

from accounts.actors import actor_from_user
from grants.actions.review_report import ReportOpinion, review_report
from grants.actions.save_report import DraftedReport, save_report
from grants.actions.submit_report import Signature, submit_report
from grants.rules.report_states import ReportOutcome
from tests.factories.accounts import make_user
from tests.factories.awards import make_award
from tests.factories.certification_groups import make_group, seat_representative
from tests.factories.reports import ANSWERS
from trail.queries.clock import database_now


def seated(**changes):
    """An accepted award with its administrator and its authorized representative."""
    administrator, representative = make_user(), make_user()
    group = make_group(administrator)
    seat_representative(group, representative)
    return make_award(group=group, **changes), administrator, representative


def acting(person=None, at=None):
    return {"actor": actor_from_user(person or make_user()), "at": at or database_now()}


def saved(row, person, at=None, **changes):
    row.refresh_from_db()
    drafted = DraftedReport(changes.pop("version", row.version), {**ANSWERS, **changes})
    return save_report(**acting(person, at), report=row, drafted=drafted)


def signed(row, person, at=None, **changes):
    row.refresh_from_db()
    signature = Signature(changes.pop("title", "Director"), changes.pop("version", row.version))
    return submit_report(**acting(person, at), report=row, signed=signature, **changes)


def judged(row, outcome=ReportOutcome.ACCEPT, person=None, **changes):
    at = changes.pop("at", None)
    key = changes.pop("key", "")
    opinion = ReportOpinion(outcome, changes.pop("words", "Clear."), **changes)
    return review_report(**acting(person, at), report=row, opinion=opinion, key=key)
