"""A giver without an account gets a code, then signs the promise or declines it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from certification.actions.prove_link import renew_code, sending_refusal, try_code
from certification.actions.sign_answer import SignedAnswer
from certification.queries.open_links import UNKNOWN
from certification.rules.groups import CODE_LIFE
from grants.actions.ask_giver import schedule_expiry
from grants.actions.edit_proposal import finish_edit
from grants.actions.move_proposal import lock_proposal, write_to_applicants
from grants.models import GiverLink, GiverSignature, MatchCommitment, Proposal
from grants.queries.giver_links import claim_of, find_giver_link, giver_refusal
from grants.rules import proposal_letters
from grants.rules.giver_words import no_promise, promise
from grants.rules.panel_states import MATCH, MatchState
from kit.refusals import Refusal, Refused
from records.actions.send_letter import Recipient, send_letter
from records.sealed_words import SealedWord
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.record_entry import record_entry
from trail.actors import Actor
from trail.models import IdempotencyKey


@transaction.atomic
def send_giver_code(*, at: datetime, token: str, address: str = "") -> GiverLink:
    """Mail a code to the invited address, or to a colleague's in the same organization.

    Raises:
        Refused: ``link_...`` when the link opens nothing; ``code_wait``, ``code_too_many``,
            ``code_address``.
    """
    proposal, row = _locked(token)
    invited = row.commitment.contact_email
    to = address or invited
    refusal = giver_refusal(row, at) or sending_refusal(row, at, to, invited)
    if refusal is not None:
        raise Refused(refusal)
    renew_code(row, at, to)
    send_letter(
        case=proposal.case,
        at=at,
        template="certification/mail/signing_code",
        to=Recipient(to),
        context={
            "code": SealedWord("giver_code", str(row.pk)),
            "minutes": int(CODE_LIFE.total_seconds() // 60),
        },
        key=f"giver-code:{row.pk}:{row.codes_sent}",
    )
    facts = {"link": row.pk, "is_forwarded": to.casefold() != invited.casefold()}
    record_entry(
        case=proposal.case,
        actor=_giver(row, row.commitment.organization_name),
        at=at,
        verb="send_giver_code",
        facts=facts,
        personal={"email": to},
    )
    return row


def sign_match(*, at: datetime, token: str, answer: SignedAnswer, key: str) -> GiverSignature:
    """Check the code, then keep the signature, move the promise, mail a copy.

    A wrong code is counted in a transaction of its own, so that refusing does not undo it.

    Raises:
        Refused: ``link_...`` when the link opens nothing; ``code_missing``, ``code_old``,
            ``code_attempts``, ``code_wrong``.
    """
    done = _done_before(at, token, answer, key)
    if done is not None:
        return done
    refusal = _check_code(at, token, answer.code)
    if refusal is not None:
        raise Refused(refusal)
    return _sign(at, token, answer, key)


def _locked(token: str) -> tuple[Proposal, GiverLink]:
    """The proposal first, then the link: the order of every act."""
    found = find_giver_link(token)
    if found is None:
        raise Refused(UNKNOWN)
    proposal = lock_proposal(found.commitment.proposal)
    row = GiverLink.objects.select_for_update().get(pk=found.pk)
    commitment = MatchCommitment.objects.select_for_update().get(pk=found.commitment_id)
    commitment.proposal = proposal
    row.commitment = commitment
    return proposal, row


@transaction.atomic
def _done_before(at: datetime, token: str, answer: SignedAnswer, key: str) -> GiverSignature | None:
    """The signature of the same form sent before: a double click signs once."""
    found = find_giver_link(token)
    if found is None or found.used_at is None:
        return None
    claim = _claim(at, found, answer, key)
    if not claim.result_reference:
        raise Refused(giver_refusal(found, at) or UNKNOWN)
    return GiverSignature.objects.get(pk=int(claim.result_reference))


@transaction.atomic
def _check_code(at: datetime, token: str, code: str) -> Refusal | None:
    _, row = _locked(token)
    return giver_refusal(row, at) or try_code(row, at, code)


@transaction.atomic
def _sign(at: datetime, token: str, answer: SignedAnswer, key: str) -> GiverSignature:
    proposal, row = _locked(token)
    claim = _claim(at, row, answer, key)
    if claim.result_reference:
        return GiverSignature.objects.get(pk=int(claim.result_reference))
    refusal = giver_refusal(row, at)
    if refusal is not None:
        raise Refused(refusal)
    commitment = row.commitment
    verb = "sign" if answer.is_agreed else "decline"
    commitment.state = MATCH.move(MatchState(commitment.state), verb)
    commitment.answered_at = at
    commitment.save(update_fields=["state", "answered_at"])
    row.used_at = at
    row.save(update_fields=["used_at"])
    signature = _keep(proposal, row, answer, at)
    if answer.is_agreed:
        finish_edit(proposal, actor=_giver(row, answer.name), at=at, section="Matching funds")
    else:
        letter = proposal_letters.giver_declined(commitment.organization_name, proposal.title)
        write_to_applicants(at=at, proposal=proposal, letter=letter, key=f"declined:{row.pk}")
    schedule_expiry(proposal)
    settle_key(claim, str(signature.pk))
    return signature


def _keep(proposal: Proposal, row: GiverLink, answer: SignedAnswer, at: datetime) -> GiverSignature:
    claim, commitment = claim_of(row.commitment), row.commitment
    statement = promise(claim) if answer.is_agreed else no_promise(claim)
    signature = GiverSignature(
        link=row,
        is_agreed=answer.is_agreed,
        signed_name=answer.name,
        title=answer.title,
        email=row.code_email,
        statement=statement,
        at=at,
        ip_digest=answer.address_digest,
    )
    signature.copy = send_letter(
        case=proposal.case,
        at=at,
        template="grants/mail/giver_copy",
        to=Recipient(signature.email, signature.signed_name),
        context={"signature": signature, "proposal": proposal},
        key=f"giver-signed:{row.pk}",
    )
    signature.save()
    facts = {
        "giver": commitment.organization_name,
        "commitment": commitment.reference,
        "statement": statement,
    }
    record_entry(
        case=proposal.case,
        actor=_giver(row, f"{answer.name}, {commitment.organization_name}"),
        at=at,
        verb="sign_match" if answer.is_agreed else "decline_match",
        facts=facts,
        personal={"name": answer.name, "title": answer.title, "email": row.code_email},
    )
    return signature


def _claim(at: datetime, row: GiverLink, answer: SignedAnswer, key: str) -> IdempotencyKey:
    actor = _giver(row, answer.name)
    return claim_key(actor=actor, at=at, key=key, verb="sign_match", body=repr(answer))


def _giver(row: GiverLink, name: str) -> Actor:
    return Actor("giver", f"link-{row.pk}", name)
