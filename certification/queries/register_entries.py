"""The register entry of a designation, gathered from what was decided and who has consented."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import Any

from certification.models import (
    Application,
    ConveningBody,
    Decision,
    Designation,
    Determination,
    Participant,
)
from certification.queries.assessments import evidence_of
from certification.rules.application_form import BY_ID
from certification.rules.debrief import TestFinding
from certification.rules.groups import REGION_KIND_WORDS, RegionKind
from certification.rules.participants import (
    CONVENING_FORM_WORDS,
    GOVERNMENT_LEVEL_WORDS,
    ConveningForm,
    GovernmentLevel,
)
from certification.rules.reasons import DENIAL_REASON_WORDS, INELIGIBLE_REASON_WORDS
from certification.rules.register import (
    CriterionValue,
    DenialLine,
    PublicName,
    RegisterEntry,
    Source,
    State,
    suppressed,
)
from certification.rules.results import TestResult
from certification.rules.states import CommitmentState
from certification.rules.wording import decimal_text
from mapping.models import County
from mapping.models import State as StateRow


def register_entry(designation: Designation) -> RegisterEntry:
    """Everything that the register is to show, as of now."""
    application, decision = designation.application, designation.application.decision
    group, determination = designation.group, decision.determination
    if determination is None:
        message = f"{decision} rests on no determination"
        raise LookupError(message)
    counties = tuple(group.counties.values_list("fips", flat=True))
    roster = list(Participant.objects.confirmed().filter(group=group).order_by("name_key"))
    body = ConveningBody.objects.filter(group=group).first() or ConveningBody(group=group)
    return RegisterEntry(
        reference=designation.reference,
        number=designation.number,
        group=group.name,
        summary=_answer(application, "cluster", "summary"),
        goals=_answer(application, "plans", "goals"),
        cluster_code=application.cluster_code,
        cluster=application.cluster_name,
        definition_set=application.definition_set_code,
        region=application.region_name,
        region_kind=REGION_KIND_WORDS[RegionKind(group.region_kind)],
        states=_states(counties),
        counties=counties,
        agency=application.agency.name,
        decided_on=decision.decided_on,
        term_kind=designation.get_term_kind_display(),
        starts_on=designation.term.lower,
        ends_on=designation.term.upper,
        rationale=decision.rationale,
        convening=body.legal_name,
        convening_form=CONVENING_FORM_WORDS[ConveningForm(body.form)] if body.form else "",
        firms=suppressed(Counter(one.role_words for one in roster if one.is_firm)),
        institutions=suppressed(Counter(one.role_words for one in roster if not one.is_firm)),
        governments=_governments(application),
        named=_named(roster),
        criteria=_criteria(determination, decision),
        source=_source(determination),
    )


def denial_line(decision: Decision) -> DenialLine:
    """A refused application as the statistics count it: nothing that names the group."""
    gaps = [one.title for one in decision.tests() if not one.is_met]
    words = {
        str(code): text
        for code, text in (*DENIAL_REASON_WORDS.items(), *INELIGIBLE_REASON_WORDS.items())
    }
    on_tests = decision.reason_code == "tests"
    return DenialLine(
        outcome=decision.outcome,
        decided_on=decision.decided_on,
        agency=decision.application.agency.name,
        reasons=tuple(gaps) if on_tests else (words[decision.reason_code],),
    )


def _answer(application: Application, section_id: str, question_id: str) -> str:
    """A public answer as it was certified; empty when the form had no such question."""
    asked = BY_ID[section_id].question(question_id).text
    sections: list[dict[str, Any]] = (application.content or {}).get("sections", [])
    for section in sections:
        for row in section["answers"] if section["id"] == section_id else ():
            if row["question"] == asked and row["is_public"]:
                return str(row["answer"])
    return ""


def _states(counties: tuple[str, ...]) -> tuple[State, ...]:
    fips = sorted({county[:2] for county in counties})
    names = dict(StateRow.objects.filter(fips__in=fips).values_list("fips", "name"))
    return tuple(State(one, names.get(one, one)) for one in fips)


def _governments(application: Application) -> tuple[PublicName, ...]:
    signed = application.group.commitments.filter(state=CommitmentState.SIGNED)
    return tuple(
        PublicName(row.body_name, GOVERNMENT_LEVEL_WORDS[GovernmentLevel(row.level)], "")
        for row in signed
    )


def _named(roster: list[Participant]) -> tuple[PublicName, ...]:
    """Only those who agreed to be named."""
    shown = [one for one in roster if one.is_public_consented]
    places = dict(
        County.objects.filter(fips__in={one.county_fips for one in shown}).values_list(
            "fips", "name"
        )
    )
    return tuple(
        PublicName(
            one.organization_name, one.role_words, places.get(one.county_fips, one.county_fips)
        )
        for one in shown
    )


def _criteria(determination: Determination, decision: Decision) -> tuple[CriterionValue, ...]:
    found = {one.id: one for one in decision.tests()}
    evidence = evidence_of(determination)
    return tuple(
        _criterion(result, found[result.id], evidence.get(result.id, ""))
        for result in determination.content().results
    )


def _criterion(result: TestResult, found: TestFinding, evidence: str) -> CriterionValue:
    return CriterionValue(
        id=result.id,
        criterion=str(result.criterion),
        title=result.title,
        value=_figure(result.value),
        low=_figure(result.low),
        high=_figure(result.high),
        threshold=_figure(result.threshold),
        direction=result.direction.value,
        words=found.words,
        sentence=result.sentence,
        evidence=evidence,
        citation=result.citation,
    )


def _figure(figure: Fraction | None) -> str:
    """A figure as plain decimal text: whole, or to four places."""
    if figure is None:
        return ""
    places = 0 if figure.denominator == 1 else 4
    return decimal_text(figure, places).replace(",", "")


def _source(determination: Determination) -> Source:
    content = determination.content()
    return Source(
        basis=content.facts.basis.label,
        basis_digest=content.facts.basis.digest,
        rulebook=str(determination.rulebook),
        engine=determination.engine,
        determination_digest=determination.digest,
        is_synthetic=content.facts.basis.is_synthetic,
    )
