"""Letters as people look them up: their own, a case's, and where each of them is."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from accounts.models import AddressChange, User
from accounts.queries.addresses import former_addresses
from accounts.queries.people import verified_addresses
from records.models import Letter
from records.rules.letters import GIVEN_UP_AFTER, Delivery, Way, reason_words
from trail.models import Effect

EFFECT = "deliver_letter"


def letters_to(user: User) -> QuerySet[Letter]:
    """Every letter to an address while it was, or after it became, the person's; newest first.

    An address changes hands: what was written to somebody who gave it up stays theirs.
    """
    theirs = Q(address__in=verified_addresses(user))
    for address, until in former_addresses(user).items():
        theirs |= Q(address=address, written_at__lte=until)
    another = AddressChange.objects.exclude(user=user).annotate(former=Lower("old_address"))
    another = another.filter(former=OuterRef("address"), done_at__gte=OuterRef("written_at"))
    rows = Letter.objects.annotate(address=Lower("to_address")).filter(theirs, ~Exists(another))
    return rows.select_related("case").order_by("-written_at", "-pk")


def deliveries(letters: Iterable[Letter]) -> dict[int, Delivery]:
    """Where each letter is, by its key; two queries however many there are."""
    rows = list(letters)
    wanted = {row.digest_id or row.pk for row in rows if row.delivered_at is None}
    effects = {
        int(effect.payload["letter"]): effect
        for effect in Effect.objects.filter(kind=EFFECT, payload__letter__in=sorted(wanted))
    }
    digests = Letter.objects.in_bulk({row.digest_id for row in rows if row.digest_id})
    return {
        row.pk: _delivery(digests.get(row.digest_id or 0, row), effects, row.is_held)
        for row in rows
    }


def _delivery(letter: Letter, effects: dict[int, Effect], is_held: bool) -> Delivery:  # noqa: FBT001
    if letter.bounced_at is not None:
        return Delivery(Way.BOUNCED, letter.bounced_at, letter.bounce_reason)
    if letter.delivered_at is not None:
        return Delivery(Way.SENT, letter.delivered_at)
    if is_held and letter.is_held:
        return Delivery(Way.HELD)
    effect = effects.get(letter.pk)
    if effect is None or not effect.attempts:
        return Delivery(Way.QUEUED)
    way = Way.FAILED if effect.attempts >= GIVEN_UP_AFTER else Way.RETRYING
    return Delivery(way, None, reason_words(effect.last_error), effect.due_at)
