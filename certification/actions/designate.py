"""A deciding official, who has not worked on the case, designates the group."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Max

from certification.actions.move_application import (
    Act,
    Asked,
    Step,
    begin_act,
    check_decider,
    finish_act,
    person_of,
    require,
)
from certification.models import Application, Decision, Designation, Determination
from certification.queries.assessments import assessment_of, determination_of, test_findings
from certification.queries.clocks import day_of
from certification.rules.canonical import encode
from certification.rules.debrief import debrief
from certification.rules.decision import full_term, may_designate
from certification.rules.letters import designated
from kit.periods import Period, end_of_day
from kit.refusals import Refused, refuse
from records.actions.set_deadline import set_deadline
from trail.actions.open_case import open_case
from trail.actions.record_entry import record_entry
from trail.actors import Actor

NUMBER_LOCK = 7_301_002  # advisory lock: designations are numbered without gaps
TERM_ENDS = "designation.term"
ALL_MET, MET_WITH_EVIDENCE = "all_met", "met_with_evidence"


@transaction.atomic
def designate(
    *, actor: Actor, at: datetime, application: Application, rationale: str, key: str = ""
) -> Designation | None:
    """Decide for the group: a full term from today. Nothing is public before its release.

    Side effects: state, a decision, a designation with a case of its own, a deadline at the end
    of the term, trail of both cases, clocks, a letter.

    Raises:
        Refused: ``illegal_transition``, ``own_case``, ``worker_is_decider``, ``tests_open``,
            ``term_overlaps``, ``rationale_missing``.
    """
    asked = Asked("designate", key, {"rationale": rationale})
    act = begin_act(actor=actor, at=at, application=application, asked=asked)
    if act.is_repeat:
        return None
    check_decider(act)
    determination = determination_of(act.application)
    refusal = may_designate(assessment_of(determination))
    if refusal is not None:
        raise Refused(refusal)
    decision = _decide(act, determination, rationale)
    term = full_term(decision.decided_on, determination.rulebook.rules().whole("term.full_years"))
    designation = _grant(act, term)
    strengths = debrief(decision.tests()).strengths
    last_day: date = designation.term.upper - timedelta(days=1)
    ends = end_of_day(last_day, act.application.agency.time_zone)
    set_deadline(case=designation.case, kind=TERM_ENDS, due_at=ends)
    letter = designated(
        designation.number, decision.rationale, strengths, ends - timedelta(minutes=1)
    )
    facts = {"designation": designation.reference, "term": f"{term.start} to {term.end}"}
    finish_act(act, Step(facts=facts, changes={"decided_at": at}, letter=letter))
    return designation


def _decide(act: Act, determination: Determination, rationale: str) -> Decision:
    settled = assessment_of(determination).settled
    return Decision.objects.create(
        application=act.application,
        determination=determination,
        outcome=Decision.Outcome.DESIGNATED,
        reason_code=MET_WITH_EVIDENCE if settled else ALL_MET,
        rationale=require(rationale, "rationale_missing", "Write why you decide so."),
        findings=encode(test_findings(determination)),
        decided_by_id=person_of(act),
        decided_at=act.at,
        decided_on=day_of(act.application, act.at),
    )


def _grant(act: Act, term: Period) -> Designation:
    application = act.application
    case = open_case(actor=act.actor, at=act.at, kind="designation", prefix="DC")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NUMBER_LOCK])
    last = Designation.objects.aggregate(last=Max("number"))["last"] or 0
    try:
        with transaction.atomic():
            designation = Designation.objects.create(
                case=case,
                application=application,
                group=application.group,
                number=last + 1,
                cluster_code=application.cluster_code,
                definition_set_code=application.definition_set_code,
                region_key=application.region_key,
                term=DateRange(term.start, term.end, "[)"),
                designated_at=act.at,
            )
    except IntegrityError as error:
        if "designation_terms_do_not_overlap" not in str(error):
            raise
        raise refuse(
            "term_overlaps",
            "The group holds a designation for this cluster and region in these days. The rule "
            "lets terms follow one another, never overlap.",
        ) from error
    facts = {"application": application.reference, "number": designation.number}
    record_entry(case=case, actor=act.actor, at=act.at, verb="designate", facts=facts)
    return designation
