"""Legal counsel, budget officer and paperwork officer sign, each once and each another person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import AgencyRole
from grants.actions.move_competition import (
    Act,
    Asked,
    Step,
    begin_act,
    finish_act,
    person_of,
    refuse_if,
    require,
)
from grants.models import Clearance, Competition
from grants.queries.competition_makers import makers_of
from grants.queries.notices import current_bundle
from grants.rules.bundles import hash_of
from grants.rules.clearance import SIGNERS, may_sign
from grants.rules.terms import CLEARANCE_KIND_WORDS, ClearanceKind
from kit.refusals import refuse
from trail.actors import Actor


@dataclass(frozen=True, slots=True)
class Signature:
    """Which clearance is signed, its control number where there is one, a remark."""

    kind: ClearanceKind
    control_number: str = ""
    note: str = ""


@transaction.atomic
def sign_clearance(
    *, actor: Actor, at: datetime, competition: Competition, signature: Signature, key: str = ""
) -> None:
    """Sign the words as they stand; the signature names their digest.

    Side effects: the signature, one entry.

    Raises:
        Refused: ``illegal_transition``, ``not_the_signer``, ``maker_is_checker``,
            ``signed_already``, ``control_number_missing``.
    """
    asked = Asked("sign_clearance", key, {"signature": repr(signature)}, within="schedule")
    act = begin_act(actor=actor, at=at, competition=competition, asked=asked)
    if act.is_repeat:
        return
    row, kind = act.competition, signature.kind
    _check(act, kind)
    number = signature.control_number.strip()
    if kind is ClearanceKind.PAPERWORK:
        require(number, "control_number_missing", "Give the number of the paperwork clearance.")
    words_hash = hash_of(current_bundle(row))
    Clearance.objects.create(
        competition=row,
        kind=kind,
        signed_by_id=person_of(act),
        signed_at=at,
        words_hash=words_hash,
        control_number=number,
        note=signature.note.strip(),
    )
    facts = {"note": CLEARANCE_KIND_WORDS[kind], "kind": kind.value, "words_hash": words_hash}
    finish_act(act, Step(facts=facts))


def _check(act: Act, kind: ClearanceKind) -> None:
    row = act.competition
    holds = AgencyRole.objects.filter(
        agency=row.agency, user_id=person_of(act), role=SIGNERS[kind], until=None
    )
    if not holds.exists():
        raise refuse("not_the_signer", "This clearance is signed by another office.")
    standing = list(row.clearances.filter(voided_at=None))
    if any(one.kind == kind for one in standing):
        raise refuse("signed_already", "This clearance is signed already.")
    signed = {f"user:{one.signed_by_id}" for one in standing}
    refuse_if(may_sign(signer=str(act.actor), makers=makers_of(row), signed=signed))
