"""People who write, sign and review reports of an accepted award."""

from __future__ import annotations

from accounts.actors import actor_from_user
from grants.actions.review_report import ReportOpinion, review_report
from grants.actions.save_report import DraftedReport, save_report
from grants.actions.submit_report import Signature, submit_report
from grants.models import Proposal
from grants.rules.report_states import ReportOutcome
from tests.factories.accounts import make_user
from tests.factories.awards import make_award
from tests.factories.certification_groups import make_group, seat_representative
from tests.factories.grants import make_submission
from tests.factories.reports import ANSWERS
from trail.queries.clock import database_now

PROMISED = [
    ("what_1", "A map of the suppliers of the region"),
    ("month_1", "5"),
    ("proof_1", "The map is on the page of the group"),
    ("what_2", "Three workshops with the colleges"),
    ("month_2", "eleven"),
    ("proof_2", "Lists of those who came"),
    ("what_3", ""),
]


def seated(**changes):
    """An accepted award with its administrator and its authorized representative."""
    administrator, representative = make_user(), make_user()
    group = make_group(administrator)
    seat_representative(group, representative)
    return make_award(group=group, **changes), administrator, representative


def promise(award):
    """A submitted version of the proposal with two milestones, which counts."""
    answers = [{"id": name, "question": "", "answer": text} for name, text in PROMISED]
    section = {"id": "milestones", "title": "Milestones", "answers": answers}
    proposal = award.selected.proposal
    made = make_submission(proposal, content={"title": "", "sections": [section]})
    Proposal.objects.filter(pk=proposal.pk).update(counting=made)
    proposal.refresh_from_db()


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
    read = changes.pop("round", None) or type(row).objects.get(pk=row.pk).round
    words, day = changes.pop("words", "Clear."), changes.pop("revise_by", None)
    opinion = ReportOpinion(outcome, words, day, read)
    return review_report(**acting(person, at), report=row, opinion=opinion, key=key)
