"""The one next act of a proposal, for the person who reads the page."""

from dataclasses import dataclass
from datetime import datetime

from certification.rules.submission import Person
from certification.rules.wording import counted, listed
from grants.rules.proposal_draft import ProposalDraft, all_problems
from grants.rules.starting import is_taking
from grants.rules.states import PROPOSAL, ProposalState
from grants.rules.submitting import certify_refusals, submit_refusals

_P = ProposalState
PREVIEW, CERTIFY = "grants:proposal_preview", "grants:proposal_certify"
DEBRIEF = "grants:proposal_debrief"


@dataclass(frozen=True)
class NextAct:
    """What to do, why, and on which page (its route); no route means: nothing, wait.

    ``is_step`` says that the page is the first step with something to mend.
    """

    title: str
    text: str
    route: str = ""
    button: str = ""
    is_step: bool = False


OVER = {
    _P.WITHDRAWN: NextAct("This proposal is withdrawn", "Everything that you wrote stays here."),
    _P.INELIGIBLE: NextAct(
        "Your proposal is not eligible",
        "The letter names the rule, and how to ask for reconsideration.",
    ),
    _P.SELECTED: NextAct(
        "Your proposal was selected",
        "The letter tells you what comes next. The debrief says how it was judged.",
        DEBRIEF,
        "Read the debrief",
    ),
    _P.NOT_SELECTED: NextAct(
        "Your proposal was not selected this time",
        "The debrief says how it was judged, and how to appeal against an error.",
        DEBRIEF,
        "Read the debrief",
    ),
}
TOLD_WHY = NextAct(
    "Your proposal was not eligible",
    "The results are announced. The debrief names the rule, and says how to appeal.",
    DEBRIEF,
    "Read the debrief",
)
ERRORS = NextAct(
    "Your turn: the proposal came back with errors",
    "Prepare a new version, mend what is listed below, and submit it before the close.",
)
LATE = NextAct(
    "The competition has closed",
    "Nothing can be submitted any more. Nothing that you wrote is lost: read it at any time.",
    PREVIEW,
    "Read what you wrote",
)


def next_act(
    draft: ProposalDraft, person: Person, representatives: tuple[str, ...], at: datetime
) -> NextAct:
    """What the reader should do next; for drafts, who certifies and submits."""
    if draft.state in OVER:
        return OVER[draft.state]
    is_late = not is_taking(draft.competition, draft.closes_at, at)
    if draft.state in {_P.DRAFT, _P.READY, _P.REJECTED_WITH_ERRORS}:
        if is_late:
            return LATE
        if draft.state is _P.REJECTED_WITH_ERRORS:
            return ERRORS
        return _draft_act(draft, person, representatives, at)
    return NextAct("Nothing to do now", _waiting(draft, is_late=is_late))


def _waiting(draft: ProposalDraft, *, is_late: bool) -> str:
    if draft.state in {_P.SUBMITTED, _P.VALIDATED} and not is_late:
        return (
            "Your proposal is received complete. Until the close you may prepare a new version; "
            "the last complete one counts."
        )
    return f"{PROPOSAL.public_label(draft.state)}. We write to you when there is a result."


def _draft_act(
    draft: ProposalDraft, person: Person, representatives: tuple[str, ...], at: datetime
) -> NextAct:
    gaps = len(all_problems(draft))
    if gaps:
        return NextAct(
            "Go on writing",
            f"{counted(gaps, 'point').capitalize()} still to give or mend. "
            "What you write is saved as you go.",
            button="Go to the next one",
            is_step=True,
        )
    if not representatives:
        return NextAct(
            "Ask an authorized representative to join",
            "A second person certifies and submits. Nobody holds this seat yet.",
            "certification:team",
            "Go to the team",
        )
    names = listed(list(representatives)).replace(" and ", " or ")
    if draft.state is _P.DRAFT:
        if certify_refusals(draft, person):
            return NextAct(
                f"Ask {names} to certify",
                "Everything is there. A second person, who may sign for the group, now reads and "
                "certifies it.",
                PREVIEW,
                "Read it as it will be submitted",
            )
        return NextAct(
            "Read the proposal and certify it",
            "Everything is there. You may sign for the group: read it all, then certify.",
            CERTIFY,
            "Read and certify",
        )
    if submit_refusals(draft, person, at):
        return NextAct(
            f"Ask {names} to submit",
            "The proposal is certified. Only an authorized representative submits it.",
            PREVIEW,
            "Read it as it will be submitted",
        )
    return NextAct(
        "Submit the proposal",
        "It is certified. Submitting takes a moment, and you get a receipt at once.",
        CERTIFY,
        "Go to submit",
    )
