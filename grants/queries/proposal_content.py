"""A proposal word for word: what is previewed, certified, submitted and hashed."""

from __future__ import annotations

from typing import Any

from certification.models import ConveningBody
from certification.rules.application_form import Answer, Question, Section
from certification.rules.submission import Answers
from grants.models import MatchCommitment, NamedPerson, Proposal, Subrecipient
from grants.queries.proposals import answers_of, form_of
from grants.rules.budget import Budget, read_budget
from grants.rules.budget_lines import CATEGORY_WORDS, INDIRECT_BASIS_WORDS, Category, Column
from grants.rules.panel_states import MatchState
from grants.rules.proposal_form import ABOUT, BUDGET
from grants.rules.terms import (
    GIVER_CLASS_WORDS,
    MATCH_KIND_WORDS,
    PERSON_ROLE_WORDS,
    GiverClass,
    MatchKind,
    PersonRole,
)
from trail.rules.chain import canonical, digest

FORM = "planning grant proposal, version 1"


def content_of(proposal: Proposal) -> dict[str, Any]:
    """Return everything that the proposal says, as JSON values.

    Matching funds are those that givers have signed; the rest counts for nothing. Who certified
    is not part of it: the certification is bound to the digest of these words.
    """
    form = form_of(proposal.competition)
    answers = answers_of(proposal, form)
    budget = read_budget(answers[BUDGET])
    return {
        "form": FORM,
        "reference": proposal.case.reference,
        "competition": _competition(proposal),
        "group": _group(proposal),
        "title": str(answers[ABOUT]["title"]),
        "years": str(answers[ABOUT]["years"]),
        "sections": [_section(section, answers) for section in form if section.id != BUDGET],
        "budget": budget_content(budget, answers),
        "people": [_person(one) for one in proposal.people.all()],
        "subrecipients": [_partner(one) for one in proposal.subrecipients.all()],
        "match": [
            _giver(one)
            for one in proposal.match.filter(state=MatchState.SIGNED).order_by("reference")
        ],
    }


def hash_of(content: dict[str, Any]) -> str:
    """Return the fingerprint of a proposal's words."""
    return digest(canonical(content))


def _competition(proposal: Proposal) -> dict[str, str]:
    competition = proposal.competition
    return {
        "reference": competition.case.reference,
        "number": competition.opportunity_number,
        "title": competition.title,
        "bundle": competition.bundle_hash,
    }


def _group(proposal: Proposal) -> dict[str, str]:
    body = ConveningBody.objects.filter(group=proposal.group).first()
    return {
        "reference": proposal.group.case.reference,
        "name": proposal.group.name,
        "cluster": proposal.group.cluster_name,
        "region": proposal.group.region_name,
        "designation": str(proposal.designation.number),
        "applicant": body.legal_name if body else "",
    }


def _section(section: Section, answers: Answers) -> dict[str, Any]:
    return {
        "id": section.id,
        "title": section.title,
        "answers": [
            _answer(question, answers[section.id][question.id])
            for question in section.questions
            if question.is_required or answers[section.id][question.id]
        ],
    }


def _answer(question: Question, given: str | bool) -> dict[str, Any]:  # noqa: FBT001 - an answer
    shown = dict(question.choices).get(str(given), given)
    return {
        "id": question.id,
        "question": question.text,
        "answer": shown,
        "is_statement": question.answer is Answer.STATEMENT,
        "is_public": question.is_public,
    }


def budget_content(budget: Budget, answers: Answers | dict[str, Any]) -> dict[str, Any]:
    """Return the budget with its totals: SF-424A sections A to D, item 18 of SF-424."""
    given = answers[BUDGET]
    return {
        "lines": [
            {
                "category": words,
                "federal": str(budget.cell(Column.FEDERAL, category)),
                "match": str(budget.cell(Column.MATCH, category)),
                "total": str(budget.line(category)),
            }
            for category, words in CATEGORY_WORDS.items()
        ],
        "direct": str(budget.total - budget.line(Category.INDIRECT)),
        "federal": str(budget.federal),
        "match": str(budget.match),
        "total": str(budget.total),
        "cash": [str(amount) for amount in budget.cash],
        "left_out": {str(name): str(amount) for name, amount in budget.left_out.items()},
        "indirect_basis": INDIRECT_BASIS_WORDS[budget.basis] if budget.basis else "",
        "indirect_rate": str(given["indirect_rate"]),
        "indirect_agreement": str(given["indirect_agreement"]),
        "justification": str(given["justification"]),
    }


def _person(one: NamedPerson) -> dict[str, str]:
    return {
        "role": PERSON_ROLE_WORDS[PersonRole(one.role)],
        "name": one.name,
        "email": one.email,
        "employer": one.employer,
        "unit": one.unit,
    }


def _partner(one: Subrecipient) -> dict[str, str]:
    return {"name": one.organization_name, "uei": one.uei, "amount": str(one.amount)}


def _giver(one: MatchCommitment) -> dict[str, str]:
    return {
        "reference": one.reference,
        "name": one.organization_name,
        "class": GIVER_CLASS_WORDS[GiverClass(one.giver_class)],
        "kind": MATCH_KIND_WORDS[MatchKind(one.kind)],
        "amount": str(one.amount),
        "purpose": one.purpose,
    }
