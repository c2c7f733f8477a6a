"""What must be true before a proposal is changed, certified, submitted, withdrawn.

One list for the action, the button and the overview: every reason, in the order in which people
can remove them.
"""

from datetime import datetime

from certification.rules.groups import SeatRole
from certification.rules.submission import Person
from certification.rules.wording import counted
from grants.rules.proposal_draft import ProposalDraft, all_problems
from grants.rules.starting import is_taking
from grants.rules.states import PROPOSAL, ProposalState
from kit.refusals import Refusal

_P = ProposalState
WRITABLE = frozenset({_P.DRAFT, _P.READY})
CERTIFICATION = (
    "I may sign for this group. I have read the whole proposal, and to the best of my knowledge "
    "it is true and complete. The matching funds named in it were promised by their givers."
)
FALSE_STATEMENTS = "A false statement to a federal agency can be punished (18 U.S.C. 1001)."


def edit_refusal(state: ProposalState) -> Refusal | None:
    """Why nothing can be changed: only drafts are written.

    >>> edit_refusal(ProposalState.DRAFT) is None
    True
    """
    if state in WRITABLE:
        return None
    if state is _P.REJECTED_WITH_ERRORS:
        return Refusal("not_a_draft", "Prepare a new version first; then you can mend it.")
    return Refusal(
        "not_a_draft",
        "This proposal was submitted, so its words no longer change. Until the close you can "
        "prepare a new version.",
    )


def certify_refusals(draft: ProposalDraft, person: Person) -> tuple[Refusal, ...]:
    """Every reason why this person cannot certify the proposal now."""
    return _found(
        _not_a_draft(draft),
        _not_representative(person, "certifies"),
        _is_starter(draft, person),
        _undesignated(draft),
        _incomplete(draft),
    )


def submit_refusals(
    draft: ProposalDraft, person: Person, at: datetime, *, may_be_late: bool = False
) -> tuple[Refusal, ...]:
    """Every reason why this person cannot submit the proposal at this moment.

    What is wrong inside the proposal is no reason: it arrives, and is returned with its errors.
    """
    return _found(
        None if may_be_late else _too_late(draft, at),
        _not_ready(draft),
        _not_representative(person, "submits"),
    )


def validation_errors(draft: ProposalDraft) -> tuple[str, ...]:
    """What is wrong with a version that has arrived; nothing means that it is valid."""
    errors = [problem.sentence for problem in all_problems(draft)]
    if not draft.is_designated:
        errors.append(_NO_DESIGNATION)
    if draft.certified_hash != draft.content_hash:
        errors.append(
            "Something changed after the proposal was certified. Certify it as it is now."
        )
    return tuple(dict.fromkeys(errors))


def revise_refusals(
    draft: ProposalDraft, at: datetime, *, may_be_late: bool = False
) -> tuple[Refusal, ...]:
    """Every reason why no new version can be prepared now."""
    impossible = not PROPOSAL.allows(draft.state, "revise")
    submitted = Refusal("nothing_to_revise", "There is no submitted version to go on from.")
    return _found(submitted if impossible else None, None if may_be_late else _too_late(draft, at))


def withdraw_refusals(state: ProposalState, person: Person) -> tuple[Refusal, ...]:
    """Every reason why this person cannot withdraw the proposal now."""
    over = Refusal("already_over", "This proposal is decided or withdrawn already.")
    return _found(
        None if PROPOSAL.allows(state, "withdraw") else over,
        _not_representative(person, "withdraws"),
    )


_NO_DESIGNATION = (
    "The group's designation is no longer in force. Only a Designated Cluster may apply."
)


def _found(*refusals: Refusal | None) -> tuple[Refusal, ...]:
    return tuple(refusal for refusal in refusals if refusal)


def _too_late(draft: ProposalDraft, at: datetime) -> Refusal | None:
    if is_taking(draft.competition, draft.closes_at, at):
        return None
    return Refusal(
        "too_late",
        "The competition has closed, so nothing can be submitted any more. Nothing that you wrote "
        "is lost. If the portal failed you, or a disaster or a disability kept you from "
        "submitting, write to the office that runs the competition.",
    )


def _not_a_draft(draft: ProposalDraft) -> Refusal | None:
    if draft.state is _P.DRAFT:
        return None
    if draft.state is _P.READY:
        return Refusal("already_certified", "This proposal is certified already.")
    return Refusal("already_submitted", "This proposal was already submitted.")


def _not_ready(draft: ProposalDraft) -> Refusal | None:
    if draft.state is _P.READY:
        return None
    if draft.state is _P.DRAFT:
        return Refusal(
            "not_certified",
            "Nobody has certified the proposal as it is now. An authorized representative reads "
            "it and certifies it first.",
        )
    return Refusal("already_submitted", "This proposal was already submitted.")


def _not_representative(person: Person, act: str) -> Refusal | None:
    if person.seat is SeatRole.AUTHORIZED_REPRESENTATIVE:
        return None
    return Refusal(
        "not_representative",
        f"An authorized representative of the group {act} the proposal. "
        "Ask one of them; they are listed under Team.",
    )


def _is_starter(draft: ProposalDraft, person: Person) -> Refusal | None:
    if person.actor != draft.starter:
        return None
    return Refusal(
        "second_person",
        "You started this proposal. The rule asks for a second person to certify it: "
        "ask another authorized representative.",
    )


def _undesignated(draft: ProposalDraft) -> Refusal | None:
    return None if draft.is_designated else Refusal("not_designated", _NO_DESIGNATION)


def _incomplete(draft: ProposalDraft) -> Refusal | None:
    gaps = len(all_problems(draft))
    if not gaps:
        return None
    verb = "is" if gaps == 1 else "are"
    return Refusal(
        "incomplete",
        f"{counted(gaps, 'point').capitalize()} {verb} still to mend. "
        "The list on the proposal's page leads to each.",
    )
