"""Findings, recommendation, denial, designation: every verb and every refusal."""

from datetime import date
from decimal import Decimal

import pytest

from certification.actions.cure_denial import cure_denial
from certification.actions.decision_deadlines import register_decision_deadlines
from certification.actions.deny import deny
from certification.actions.designate import designate
from certification.actions.propose_denial import Grounds, propose_denial
from certification.actions.recommend import recommend
from certification.actions.resolve_unknown import Check, resolve_unknown
from certification.actions.return_case import return_case
from certification.actions.write_finding import Evidence, write_finding
from certification.models import (
    Application,
    Decision,
    DenialProposal,
    Designation,
    Finding,
    GroupSeat,
    Recommendation,
)
from certification.rules.reasons import DenialReason, EvidenceClass, ReturnReason
from kit.refusals import Refused
from records.actions.set_deadline import sweep_deadlines
from records.models import Deadline, Letter
from tests.constraints import refused_by, refused_by_trigger
from tests.db.certification.cases import (
    AT,
    FAILING,
    UNSURE,
    application_of,
    determine,
    group_of,
    judged,
    later,
    office,
)
from trail.models import Case, Entry

OPEN = "C1.concentration"
GROUNDS = Grounds((OPEN,), "The region has half the national share.")


@pytest.fixture
def place():
    register_decision_deadlines()
    return office()


def evidence(**changes):
    values = {
        "test_id": OPEN,
        "evidence_class": EvidenceClass.PAYROLL,
        "source": "State payroll file 2026",
        "shows": "1,900 more jobs",
        "low": Decimal("1.55"),
        "high": Decimal("1.70"),
        "reasoning": "The withheld cells hold these firms.",
    }
    return Evidence(**(values | changes))


def code_of(act, persona, place, application, **arguments):
    at = arguments.pop("at", AT)
    with pytest.raises(Refused) as refused:
        act(actor=place.actor(persona), at=at, application=application, **arguments)
    return refused.value.refusal.code


def run(act, persona, place, application, **arguments):
    at = arguments.pop("at", AT)
    return act(actor=place.actor(persona), at=at, application=application, **arguments)


def state_of(application):
    return Application.objects.get(pk=application.pk).state


def recommended(place, facts=None, **group):
    application = judged(place, group_of(place, **group), facts)
    run(recommend, "programme_officer", place, application, summary="All is met.")
    return application


def test_an_open_question_needs_evidence_and_two_officers(place):
    application = judged(place, group_of(place), UNSURE)
    refused = code_of(recommend, "programme_officer", place, application, summary="Yes")
    assert refused == "tests_open"
    refused = code_of(propose_denial, "programme_officer", place, application, grounds=GROUNDS)
    assert refused == "unknown_never_denies"
    finding = run(write_finding, "programme_officer", place, application, evidence=evidence())
    assert finding.is_met
    agree = Check(finding.pk, is_agreed=True)
    refused = code_of(resolve_unknown, "programme_officer", place, application, check=agree)
    assert refused == "maker_is_checker"
    run(resolve_unknown, "second_programme_officer", place, application, check=agree)
    assert state_of(application) == "criteria_review"
    run(recommend, "programme_officer", place, application, summary="Settled by payroll.")
    assert state_of(application) == "decision_pending"
    again = Check(finding.pk, is_agreed=True)
    refused = code_of(resolve_unknown, "second_programme_officer", place, application, check=again)
    assert refused == "illegal_transition"


FINDING_REFUSALS = [
    (UNSURE, {"low": Decimal("1.4")}, "evidence_leaves_open"),
    (UNSURE, {"low": Decimal("1.8")}, "bounds_cross"),
    (UNSURE, {"source": " "}, "finding_incomplete"),
    (UNSURE, {"test_id": "C1.size"}, "already_answered"),
    (FAILING, {}, "already_answered"),
]


@pytest.mark.parametrize(("facts", "changes", "code"), FINDING_REFUSALS)
def test_findings_that_are_refused(place, facts, changes, code):
    application = judged(place, group_of(place), facts)
    text = evidence(**changes)
    assert code_of(write_finding, "programme_officer", place, application, evidence=text) == code
    assert not Finding.objects.exists()


def test_a_finding_sent_back_may_be_written_anew(place):
    application = judged(place, group_of(place), UNSURE)
    finding = run(write_finding, "programme_officer", place, application, evidence=evidence())
    write = {"evidence": evidence()}
    assert code_of(write_finding, "programme_officer", place, application, **write) == (
        "finding_waits"
    )
    silent = {"check": Check(finding.pk, is_agreed=False, note=" ")}
    second = "second_programme_officer"
    assert code_of(resolve_unknown, second, place, application, **silent) == "note_missing"
    back = {"check": Check(finding.pk, is_agreed=False, note="Which year?")}
    run(resolve_unknown, second, place, application, **back)
    assert code_of(resolve_unknown, second, place, application, **back) == "nothing_to_check"
    run(write_finding, "programme_officer", place, application, **write)


def test_a_finding_on_an_older_determination_no_longer_counts(place):
    application = judged(place, group_of(place), UNSURE)
    finding = run(write_finding, "programme_officer", place, application, evidence=evidence())
    determine(application, UNSURE)
    check = {"check": Check(finding.pk, is_agreed=True)}
    second = "second_programme_officer"
    assert code_of(resolve_unknown, second, place, application, **check) == "nothing_to_check"


def test_designate_gives_a_term_and_a_case_of_its_own(place):
    application = recommended(place)
    designation = run(
        designate, "selecting_official", place, application, rationale="All is met.", key="k"
    )
    assert state_of(application) == "designated"
    assert designation.number == 1
    assert (designation.term.lower, designation.term.upper) == (date(2026, 3, 2), date(2030, 3, 2))
    decision = Decision.objects.get()
    assert decision.reason_code == "all_met"
    assert all(one.is_met for one in decision.tests())
    verbs = Entry.objects.filter(case=designation.case).order_by("sequence")
    assert list(verbs.values_list("verb", flat=True)) == ["open_case", "designate"]
    again = run(
        designate, "selecting_official", place, application, rationale="All is met.", key="k"
    )
    assert again is None
    assert Designation.objects.count() == 1
    assert not Deadline.objects.filter(case=application.case, met_at=None).exists()


def test_a_worker_never_decides(place):
    application = judged(place, group_of(place))
    run(recommend, "selecting_official", place, application, summary="I worked on it.")
    for act, arguments in (
        (designate, {"rationale": "Yes"}),
        (deny, {"reason": DenialReason.UNTRUE, "rationale": "No"}),
        (return_case, {"reason": ReturnReason.RECORD, "note": "Again"}),
    ):
        refused = code_of(act, "selecting_official", place, application, **arguments)
        assert refused == "worker_is_decider"
    run(designate, "second_selecting_official", place, application, rationale="All is met.")


def test_the_checker_of_a_finding_is_a_worker_too(place):
    application = judged(place, group_of(place), UNSURE)
    finding = run(write_finding, "programme_officer", place, application, evidence=evidence())
    check = Check(finding.pk, is_agreed=True)
    run(resolve_unknown, "selecting_official", place, application, check=check)
    run(recommend, "programme_officer", place, application, summary="Settled.")
    refused = code_of(designate, "selecting_official", place, application, rationale="Yes")
    assert refused == "worker_is_decider"


def test_nobody_decides_the_case_of_an_own_group(place):
    application = recommended(place)
    GroupSeat.objects.create(
        group=application.group,
        user=place.people["selecting_official"],
        role="administrator",
        since=AT,
    )
    refused = code_of(designate, "selecting_official", place, application, rationale="Yes")
    assert refused == "own_case"


def test_returning_a_case_makes_nobody_a_worker(place):
    application = recommended(place)
    back = {"reason": ReturnReason.RECORD, "note": "Ask about the board."}
    silent = back | {"note": " "}
    assert code_of(return_case, "selecting_official", place, application, **silent) == (
        "note_missing"
    )
    run(return_case, "selecting_official", place, application, **back)
    assert state_of(application) == "criteria_review"
    run(recommend, "programme_officer", place, application, summary="The board is fine.")
    run(designate, "selecting_official", place, application, rationale="All is met.")
    assert state_of(application) == "designated"
    assert Recommendation.objects.get(returned_at=None).summary == "The board is fine."


def test_nothing_to_deny_where_all_is_met(place):
    application = recommended(place)
    refusal = {"reason": DenialReason.TESTS, "rationale": "No"}
    assert code_of(deny, "selecting_official", place, application, **refusal) == (
        "no_ground_to_deny"
    )
    untrue = {"reason": DenialReason.UNTRUE, "rationale": "The signer did not exist."}
    run(deny, "selecting_official", place, application, **untrue)
    assert state_of(application) == "denied"


def test_a_proposed_denial_gives_time_to_answer(place):
    application = judged(place, group_of(place), FAILING)
    wrong = Grounds(("C2.firms",), "Not true.")
    refused = code_of(propose_denial, "programme_officer", place, application, grounds=wrong)
    assert refused == "no_ground_to_deny"
    run(propose_denial, "programme_officer", place, application, grounds=GROUNDS)
    assert state_of(application) == "denial_proposed"
    letter = Letter.objects.filter(case=application.case).last()
    assert "11:59 p.m. Eastern, Tuesday, March 17, 2026" in letter.text
    assert "Next step" in letter.text
    refusal = {"reason": DenialReason.TESTS, "rationale": "Half the national share."}
    early = code_of(deny, "selecting_official", place, application, at=later(days=15), **refusal)
    assert early == "answer_time_runs"
    sweep_deadlines(at=later(days=16))
    late = code_of(
        cure_denial, "group_administrator", place, application, at=later(days=16), answer="Wait"
    )
    assert late == "answer_too_late"
    run(deny, "selecting_official", place, application, at=later(days=16), **refusal)
    decision = Decision.objects.get()
    assert decision.outcome == "denied"
    assert [one.id for one in decision.tests() if not one.is_met] == [OPEN]
    letter = Letter.objects.filter(case=application.case).last()
    assert "You may apply again at any time" in letter.text
    assert "to appeal by" in letter.text
    verbs = Entry.objects.filter(case=application.case).values_list("verb", flat=True)
    assert "answer_time_ended" in set(verbs)


def test_an_answer_takes_the_case_back_to_review(place):
    application = judged(place, group_of(place), FAILING)
    run(propose_denial, "programme_officer", place, application, grounds=GROUNDS)
    empty = code_of(cure_denial, "group_administrator", place, application, answer=" ")
    assert empty == "answer_missing"
    run(cure_denial, "group_administrator", place, application, answer="See the new survey.")
    assert state_of(application) == "criteria_review"
    assert DenialProposal.objects.get().answer == "See the new survey."


def test_terms_of_one_group_cluster_and_region_never_overlap(place):
    group = group_of(place)
    for number in range(2):
        application = judged(place, group, at=later(days=number))
        run(recommend, "programme_officer", place, application, summary="All is met.")
        if number == 0:
            run(designate, "selecting_official", place, application, rationale="All is met.")
    refused = code_of(designate, "selecting_official", place, application, rationale="Again")
    assert refused == "term_overlaps"
    assert Case.objects.filter(kind="designation").count() == 1, "the empty case is undone"
    after = {"at": later(days=4 * 366), "rationale": "The next term."}
    run(designate, "selecting_official", place, application, **after)
    assert Designation.objects.count() == 2


def test_a_designation_ends_with_its_term(place):
    designation = run(
        designate, "selecting_official", place, recommended(place), rationale="All is met."
    )
    sweep_deadlines(at=later(days=4 * 365))
    designation.refresh_from_db()
    assert designation.state == "in_force"
    sweep_deadlines(at=later(days=4 * 365 + 2))
    designation.refresh_from_db()
    assert designation.state == "ended"
    assert Letter.objects.filter(case=designation.case).count() == 2


def test_a_failing_rule_leaves_nothing_behind(place):
    application = recommended(place)
    before = (Entry.objects.count(), Letter.objects.count(), Case.objects.count())
    assert code_of(designate, "selecting_official", place, application, rationale=" ") == (
        "rationale_missing"
    )
    assert (Entry.objects.count(), Letter.objects.count(), Case.objects.count()) == before


def test_decisions_and_designations_stay(place):
    designation = run(
        designate, "selecting_official", place, recommended(place), rationale="All is met."
    )
    with refused_by_trigger():
        Decision.objects.update(rationale="Other words")
    with refused_by_trigger():
        Decision.objects.all().delete()
    with refused_by_trigger():
        Designation.objects.update(number=9)
    with refused_by_trigger():
        Designation.objects.filter(pk=designation.pk).delete()
    Designation.objects.update(state="ended", ended_at=AT)
    with refused_by_trigger():
        Designation.objects.update(state="in_force", ended_at=None)


def a_designation(application, **fields):
    values = {
        "case": Case.objects.create(reference=f"DC-{Case.objects.count()}", kind="x", opened_at=AT),
        "application": application,
        "group": application.group,
        "number": 99,
        "cluster_code": "12",
        "definition_set_code": "starter",
        "region_key": "k",
        "term": (date(2026, 1, 1), date(2027, 1, 1)),
        "designated_at": AT,
    }
    return Designation.objects.create(**(values | fields))


def test_designation_constraints(place):
    group = group_of(place)
    application = judged(place, group)
    with refused_by("designation_term_is_bounded"):
        a_designation(application, term=(date(2026, 1, 1), None))
    with refused_by("designation_end_paired"):
        a_designation(application, ended_at=AT)


def test_designation_terms_do_not_overlap(place):
    group = group_of(place)
    first = recommended_again(place, group)
    a_designation(first)
    second = recommended_again(place, group)
    with refused_by("designation_terms_do_not_overlap"):
        a_designation(second, number=100, term=(date(2026, 12, 31), date(2028, 1, 1)))
    a_designation(second, number=100, term=(date(2027, 1, 1), date(2028, 1, 1)))


def recommended_again(place, group):
    Application.objects.filter(group=group).update(state="withdrawn")
    return application_of(place, group)


def a_recommendation(place, application, **fields):
    values = {
        "application": application,
        "determination": determine(application),
        "summary": "S",
        "recommended_by": place.people["programme_officer"],
        "recommended_at": AT,
    }
    return Recommendation.objects.create(**(values | fields))


def a_proposal(place, application, **fields):
    values = {
        "application": application,
        "determination": determine(application),
        "tests": [OPEN],
        "explanation": "E",
        "proposed_by": place.people["programme_officer"],
        "proposed_at": AT,
        "answer_until": later(days=15),
    }
    return DenialProposal.objects.create(**(values | fields))


def a_decision(place, application, **fields):
    values = {
        "application": application,
        "determination": determine(application),
        "outcome": "designated",
        "reason_code": "all_met",
        "rationale": "R",
        "decided_by": place.people["selecting_official"],
        "decided_at": AT,
        "decided_on": AT.date(),
    }
    return Decision.objects.create(**(values | fields))


ROWS = [
    ("recommendation_is_reasoned", a_recommendation, {"summary": ""}),
    ("recommendation_return_paired", a_recommendation, {"returned_at": AT}),
    ("denial_proposal_has_ground", a_proposal, {"tests": []}),
    ("denial_proposal_answer_paired", a_proposal, {"answer": "A"}),
    ("denial_proposal_gives_time", a_proposal, {"answer_until": AT}),
    ("decision_is_reasoned", a_decision, {"rationale": ""}),
    ("decision_rests_on_determination", a_decision, {"determination": None}),
    ("decision_refusal_can_be_appealed", a_decision, {"outcome": "denied"}),
]


@pytest.mark.parametrize(("name", "make", "fields"), ROWS)
def test_constraints_of_decision_rows(place, name, make, fields):
    application = judged(place, group_of(place))
    with refused_by(name):
        make(place, application, **fields)
