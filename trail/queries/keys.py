"""Was this very form already acted upon?"""

from __future__ import annotations

from trail.actors import Actor
from trail.models import IdempotencyKey


def is_settled(actor: Actor, key: str) -> bool:
    """Whether an act under this key is done.

    A form that looks whether something is there already must not take the act's own result for
    somebody else's: the answer to the first sending may have been lost on its way.
    """
    settled = IdempotencyKey.objects.filter(actor=str(actor), key=key)
    return settled.exclude(result_reference="").exists()
