"""An application word for word: what is previewed, certified, submitted and hashed."""

from __future__ import annotations

from typing import Any

from certification.models import Application, ConveningBody, GovernmentCommitment, Participant
from certification.queries.applications import answers_of
from certification.queries.papers import submitted_papers
from certification.rules.application_form import Answer
from certification.rules.participants import (
    CONVENING_FORM_WORDS,
    GOVERNMENT_LEVEL_WORDS,
    ConveningForm,
    GovernmentLevel,
)
from certification.rules.states import CommitmentState
from certification.rules.submission import WRITABLE

FORM = "designation application, version 1"


def content_of(application: Application) -> dict[str, Any]:
    """Return everything that the application says, as JSON values.

    The roster holds who has confirmed; the rest was asked and has not answered.
    """
    group = application.group
    return {
        "form": FORM,
        "reference": application.case.reference,
        "group": {"reference": group.case.reference, "name": group.name, "purpose": group.purpose},
        "cluster": {
            "definition_set": application.definition_set_code,
            "code": application.cluster_code,
            "name": application.cluster_name,
        },
        "region": {
            "name": application.region_name,
            "counties": list(group.counties.values_list("fips", flat=True)),
        },
        "sections": _sections(application),
        "participants": [_participant(one) for one in _confirmed(application)],
        "governments": [_government(one) for one in _signed(application)],
        "convening": _convening(application),
        "documents": submitted_papers(application),
        "certification": _certification(application),
    }


def _sections(application: Application) -> list[dict[str, Any]]:
    answers = answers_of(application)
    return [
        {
            "id": section.id,
            "title": section.title,
            "answers": [
                {
                    "question": question.text,
                    "answer": answers[section.id][question.id],
                    "is_statement": question.answer is Answer.STATEMENT,
                    "is_public": question.is_public,
                }
                for question in section.questions
            ],
        }
        for section in WRITABLE
    ]


def _confirmed(application: Application) -> list[Participant]:
    roster = Participant.objects.confirmed().filter(group=application.group)
    return list(roster.order_by("kind", "name_key"))


def _participant(one: Participant) -> dict[str, Any]:
    return {
        "name": one.organization_name,
        "role": one.role_words,
        "is_firm": one.is_firm,
        "county": one.county_fips,
        "is_public": one.is_public_consented,
    }


def _signed(application: Application) -> list[GovernmentCommitment]:
    rows = application.group.commitments.filter(state=CommitmentState.SIGNED)
    return list(rows.order_by("state_fips", "level", "body_name"))


def _government(one: GovernmentCommitment) -> dict[str, Any]:
    return {
        "name": one.body_name,
        "level": GOVERNMENT_LEVEL_WORDS[GovernmentLevel(one.level)],
        "state": one.state_fips,
    }


def _convening(application: Application) -> dict[str, Any]:
    body = ConveningBody.objects.filter(group=application.group).first()
    if body is None:
        return {}
    return {
        "name": body.legal_name,
        "form": CONVENING_FORM_WORDS[ConveningForm(body.form)] if body.form else "",
        "management_posts": str(body.management_fte),
        "admission_rule": body.admission_rule_text,
        "dues_relief": body.dues_relief_rule,
        "antitrust_policy": body.antitrust_policy_text,
    }


def _certification(application: Application) -> dict[str, Any]:
    if application.certified_by is None or application.certified_at is None:
        return {}
    return {
        "name": str(application.certified_by),
        "title": application.certified_title,
        "at": application.certified_at.isoformat(),
    }
