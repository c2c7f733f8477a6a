"""What programme officers do with a case."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from accounts.gates import gate
from certification.actions.accept_application import accept_application
from certification.actions.find_ineligible import Verdict, find_ineligible, write_ineligible
from certification.actions.open_intake import open_intake
from certification.actions.propose_denial import Grounds, propose_denial
from certification.actions.recommend import recommend
from certification.actions.request_information import Questions, request_information
from certification.forms.decisions import (
    CheckForm,
    IneligibleForm,
    ProposeDenialForm,
    QuestionsForm,
    RecommendForm,
)
from certification.permissions.decisions import case_for, works_on_case
from certification.queries.assessments import assessment_of, determination_of
from certification.web.staff_pages import (
    VerbPage,
    acting,
    bound,
    done_on_case,
    key_of,
    verb_form,
)

ASK = VerbPage(
    verb="request_information",
    title="Ask the applicant",
    lead="Ask what you need to judge the application. Our clocks stand still until the answer.",
    button="Send the questions",
    done="The questions are sent. The applicant has 30 days; our clocks stand still.",
)
INELIGIBLE = VerbPage(
    verb="find_ineligible",
    title="Find not eligible",
    lead="Only where a rule keeps the application from being judged at all. A second officer "
    "checks your finding before anything happens.",
    button="Send to a second officer",
    done="The finding waits for a second officer. The applicant hears nothing before that.",
    has_letter=False,
    is_grave=True,
)
INELIGIBLE_CHECK = VerbPage(
    verb="find_ineligible",
    title="Check the finding: not eligible",
    lead="If you agree, the case ends and the applicant gets the letter with the appeal date.",
    button="Send your answer",
    done="Your answer is on record.",
    is_grave=True,
)
RECOMMEND = VerbPage(
    verb="recommend",
    title="Recommend designation",
    lead="Every test is met or settled by evidence. A selecting official decides next.",
    button="Recommend",
    done="The case is with the selecting officials now.",
)
PROPOSE_DENIAL = VerbPage(
    verb="propose_denial",
    title="Propose a denial",
    lead="Name the tests that are not met. The applicant has 15 days to answer before anybody "
    "decides.",
    button="Propose the denial",
    done="The applicant may answer for 15 days. The case waits until then.",
    is_grave=True,
)


@require_POST
@gate(works_on_case)
def open_first_look(request: HttpRequest, application: str) -> HttpResponse:
    """Start the first look."""
    open_intake(**acting(request, case_for(request, application)), key=key_of(request))
    return done_on_case(request, application, "The first look is open. Ten business days run.")


@require_POST
@gate(works_on_case)
def accept(request: HttpRequest, application: str) -> HttpResponse:
    """Pin rules and data, and judge."""
    accept_application(**acting(request, case_for(request, application)), key=key_of(request))
    said = "Accepted. Rules and data are pinned, and every criterion is judged below."
    return done_on_case(request, application, said)


@gate(works_on_case)
def ask(request: HttpRequest, application: str) -> HttpResponse:
    """Ask the applicant."""
    opened, form = case_for(request, application), QuestionsForm(bound(request))

    def act(key: str) -> None:
        asks = Questions(form.reason_code(), form.questions())
        request_information(**acting(request, opened), asks=asks, key=key)

    return verb_form(request, application, ASK, form, act)


@gate(works_on_case)
def ineligible(request: HttpRequest, application: str) -> HttpResponse:
    """Write why the application cannot be judged."""
    opened, form = case_for(request, application), IneligibleForm(bound(request))

    def act(key: str) -> None:
        explanation = form.cleaned_data["explanation"]
        write_ineligible(
            **acting(request, opened),
            reason=form.reason_code(),
            explanation=explanation,
            key=key,
        )

    return verb_form(request, application, INELIGIBLE, form, act)


@gate(works_on_case)
def ineligible_check(request: HttpRequest, application: str) -> HttpResponse:
    """Agree with a colleague's finding, or send it back."""
    opened, form = case_for(request, application), CheckForm(bound(request))

    def act(key: str) -> None:
        verdict = Verdict(form.is_agreed, form.cleaned_data["note"])
        find_ineligible(**acting(request, opened), verdict=verdict, key=key)

    waiting = opened.application.ineligibility_findings.filter(is_agreed=None).first()
    extra = {"ineligibility": waiting}
    return verb_form(request, application, INELIGIBLE_CHECK, form, act, extra)


@gate(works_on_case)
def recommend_designation(request: HttpRequest, application: str) -> HttpResponse:
    """Hand the case to the deciding official."""
    opened, form = case_for(request, application), RecommendForm(bound(request))

    def act(key: str) -> None:
        recommend(**acting(request, opened), summary=form.cleaned_data["summary"], key=key)

    return verb_form(request, application, RECOMMEND, form, act)


@gate(works_on_case)
def propose(request: HttpRequest, application: str) -> HttpResponse:
    """Propose a denial."""
    opened = case_for(request, application)
    unmet = assessment_of(determination_of(opened.application)).unmet
    form = ProposeDenialForm(bound(request), unmet=unmet)

    def act(key: str) -> None:
        data = form.cleaned_data
        grounds = Grounds(tuple(data["tests"]), data["explanation"])
        propose_denial(**acting(request, opened), grounds=grounds, key=key)

    return verb_form(request, application, PROPOSE_DENIAL, form, act)
