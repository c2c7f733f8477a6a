"""A double click is harmless: the same key and body give the first result again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from kit.refusals import Refusal, Refused
from trail.actors import Actor
from trail.models import IdempotencyKey
from trail.rules.chain import digest

KEY_REUSED = "key_reused"


class KeyReused(Refused):
    """The key was used before for something else (API status 422)."""

    def __init__(self) -> None:
        super().__init__(
            Refusal(
                KEY_REUSED,
                "This form was already sent with other content. Reload the page and try again.",
            )
        )


@transaction.atomic
def claim_key(*, actor: Actor, at: datetime, key: str, verb: str, body: str) -> IdempotencyKey:
    """Claim the key inside the act's own transaction.

    Call first in the action; when ``claim.result_reference`` is set, the act was already done:
    return that result. After the act, call ``settle_key``. A second, simultaneous claim waits on
    the unique index until the first transaction ends.

    Raises:
        KeyReused: same key, another verb or body.
    """
    claim, is_new = IdempotencyKey.objects.get_or_create(
        actor=str(actor),
        key=key,
        defaults={"verb": verb, "body_digest": digest(body), "claimed_at": at},
    )
    if not is_new and (claim.verb != verb or claim.body_digest != digest(body)):
        raise KeyReused
    return claim


def settle_key(claim: IdempotencyKey, result_reference: str) -> None:
    """Store what the act made, in the same transaction."""
    IdempotencyKey.objects.filter(pk=claim.pk).update(result_reference=result_reference)
