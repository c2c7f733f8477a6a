"""The one next act of an application, for the person who reads the page."""

from dataclasses import dataclass

from certification.rules.states import ApplicationState
from certification.rules.submission import Draft, Person, certify_refusals, submit_refusals
from certification.rules.wording import counted, listed

_A = ApplicationState


@dataclass(frozen=True)
class NextAct:
    """What to do, why, and on which page (its route); no route means: nothing, wait.

    ``is_section`` says that the page is the first section with something missing.
    """

    title: str
    text: str
    route: str = ""
    button: str = ""
    is_section: bool = False


WAIT = {
    _A.SUBMITTED: "The office has not opened your application yet. We write to you when it does.",
    _A.INTAKE: "A programme officer checks that your application can be judged.",
    _A.CRITERIA_REVIEW: "A programme officer compares your group with the five criteria.",
    _A.DECISION_PENDING: "The review is finished. An official who did not work on it decides.",
}
TURN = {
    _A.ACTION_NEEDED: NextAct(
        "Your turn: answer our questions",
        "The office's own clock stands still until you answer.",
        "certification:answer_application",
        "Read and answer",
    ),
    _A.DENIAL_PROPOSED: NextAct(
        "Your turn: a denial is proposed",
        "You may answer, or send new evidence, before an official decides.",
        "certification:answer_application",
        "Read and answer",
    ),
}
OVER = {
    _A.DESIGNATED: NextAct(
        "Your group is designated",
        "The letter tells you the term. Two officers release it to the public register.",
    ),
    _A.DENIED: NextAct(
        "Your group was not designated this time",
        "The letter says what is missing, how to come back, and how to appeal.",
    ),
    _A.INELIGIBLE: NextAct(
        "Your application cannot be judged",
        "The letter names the rule, what you can change, and how to appeal.",
    ),
    _A.WITHDRAWN: NextAct(
        "This application is withdrawn",
        "Everything that you wrote can be read here. You may start a new application at any time.",
    ),
}


def next_act(draft: Draft, person: Person, representatives: tuple[str, ...]) -> NextAct:
    """What the reader should do next; for drafts, who certifies and submits.

    Args:
        draft: The application.
        person: Who reads the page.
        representatives: Names of those who may certify and submit.
    """
    if draft.state in WAIT:
        return NextAct("Nothing to do now", WAIT[draft.state])
    if draft.state in TURN:
        return TURN[draft.state]
    if draft.state in OVER:
        return OVER[draft.state]
    return _draft_act(draft, person, representatives)


def _draft_act(draft: Draft, person: Person, representatives: tuple[str, ...]) -> NextAct:
    if draft.gaps:
        return NextAct(
            "Go on writing",
            f"{counted(len(draft.gaps), 'answer').capitalize()} still to give or shorten. "
            "What you write is saved as you go.",
            button="Go to the next one",
            is_section=True,
        )
    if not representatives:
        return NextAct(
            "Ask an authorized representative to join",
            "A second person certifies and submits. Nobody holds this seat yet.",
            "certification:team",
            "Go to the team",
        )
    if not draft.certifier:
        return _to_certify(draft, person, representatives)
    return _to_submit(draft, person, representatives)


def _to_certify(draft: Draft, person: Person, representatives: tuple[str, ...]) -> NextAct:
    if certify_refusals(draft, person):
        return NextAct(
            f"Ask {_either(representatives)} to certify",
            "Everything is written. A second person, who may sign for the group, now reads and "
            "certifies it.",
            "certification:application_preview",
            "Read it as it will be submitted",
        )
    return NextAct(
        "Read the application and certify it",
        "Everything is written. You may sign for the group: read it all, then certify.",
        "certification:certify_application",
        "Read and certify",
    )


def _to_submit(draft: Draft, person: Person, representatives: tuple[str, ...]) -> NextAct:
    if submit_refusals(draft, person):
        return NextAct(
            f"Ask {_either(representatives)} to submit",
            "The application is certified. Only an authorized representative submits it.",
            "certification:application_preview",
            "Read it as it will be submitted",
        )
    return NextAct(
        "Submit the application",
        "It is certified. Submitting takes a moment, and you get a receipt at once.",
        "certification:certify_application",
        "Go to submit",
    )


def _either(names: tuple[str, ...]) -> str:
    return listed(list(names)).replace(" and ", " or ")
