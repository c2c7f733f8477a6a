"""An award on its way from the selected proposal to its acceptance, step by step."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from accounts.actors import actor_from_user
from accounts.models import Agency, User
from grants.actions.answer_award import Answer, accept_award
from grants.actions.check_award_risk import Found, check_award_risk
from grants.actions.draft_award import draft_award, send_to_risk_review
from grants.actions.offer_award import offer_award
from grants.actions.sign_award import sign_award
from grants.models import Award, Proposal, SelectedCase
from grants.queries.award_words import digest_of, offer_digest
from grants.rules.award_signing import SIGNERS, Finding, RiskCheck
from grants.rules.award_states import StepKind
from grants.rules.budget_lines import CATEGORY_WORDS, Category
from grants.rules.panel_states import MatchState
from grants.rules.states import CompetitionState
from tests.factories.accounts import make_agency, make_officer, make_user
from tests.factories.awards import make_selected
from tests.factories.certification_groups import make_group, seat_representative
from tests.factories.grants import make_competition, make_giver, make_submission
from trail.actors import Actor
from trail.queries.clock import database_now

BUDGET = {Category.PERSONNEL: ("150000.00", "100000.00"), Category.OTHER: ("50000.00", "100000.00")}


@dataclass
class Course:
    """An award, its office and its group."""

    agency: Agency
    selected: SelectedCase
    people: dict[Any, User] = field(default_factory=dict)
    award: Award | None = None

    @property
    def row(self) -> Award:
        assert self.award is not None
        self.award.refresh_from_db()
        return self.award

    def actor(self, who: Any) -> Actor:
        return actor_from_user(self.people[who])

    def acting(self, who: Any) -> dict[str, Any]:
        return {"actor": self.actor(who), "at": database_now(), "award": self.row}


def budgeted(proposal: Proposal) -> None:
    """Give a proposal a counting version with a budget."""
    lines = [
        {
            "category": CATEGORY_WORDS[one],
            "federal": BUDGET.get(one, ("0.00", "0.00"))[0],
            "match": BUDGET.get(one, ("0.00", "0.00"))[1],
            "total": "0.00",
        }
        for one in Category
    ]
    proposal.counting = make_submission(proposal, content={"budget": {"lines": lines}})
    proposal.save(update_fields=["counting"])


def selected_course(agency: Agency | None = None, **people: User) -> Course:
    """A selected proposal of 200,000 with two signed promises, and one officer of each office."""
    agency = agency or make_agency("Award Office", slug="awo")
    group = make_group(people.get("member") or make_user(), agency, name="Award Glass")
    representative = people.get("representative") or make_user()
    seat_representative(group, representative)
    competition = make_competition(CompetitionState.ANNOUNCED, agency=agency)
    selected = make_selected(competition=competition, group=group)
    budgeted(selected.proposal)
    for name, kind in (("Maumee Glass", "cash"), ("Toledo College", "in_kind")):
        make_giver(
            selected.proposal,
            name,
            kind=kind,
            state=MatchState.SIGNED,
            answered_at=database_now(),
        )
    officers = {kind: make_officer(agency, role) for kind, role in SIGNERS.items()}
    return Course(agency, selected, {**officers, "representative": representative})


def drafted(course: Course) -> Course:
    course.award = draft_award(
        actor=course.actor(StepKind.RECOMMEND), at=database_now(), selected=course.selected
    )
    return course


def checked(course: Course, **outcomes: Finding) -> Course:
    """The draft is closed and every check done; clear unless ``outcomes`` says otherwise."""
    send_to_risk_review(**course.acting(StepKind.RECOMMEND))
    for check in RiskCheck:
        outcome = outcomes.get(check.value, Finding.CLEAR)
        found = Found(check, outcome, "SAM.gov, by UEI", database_now().date(), "Looked up.")
        check_award_risk(**course.acting(StepKind.RECOMMEND), found=found)
    return course


def sign(course: Course, kind: StepKind, who: Any = None) -> None:
    seen = digest_of(course.row)
    sign_award(**course.acting(who or kind), kind=kind, seen=seen)


def signed(course: Course, *kinds: StepKind) -> Course:
    for kind in kinds or tuple(StepKind):
        sign(course, kind)
    return course


def offered(course: Course | None = None) -> Course:
    """Everything to the offer."""
    course = signed(checked(drafted(course or selected_course())))
    offer_award(**course.acting(StepKind.OBLIGATE))
    return course


def answer_of(course: Course, title: str = "President") -> Answer:
    return Answer(title, offer_digest(course.row))


def accepted(course: Course | None = None) -> Course:
    course = offered(course)
    accept_award(**course.acting("representative"), answer=answer_of(course))
    return course
