"""Links and signatures of givers, and leaves: what the database itself refuses."""

from datetime import timedelta

import pytest

from grants.models import GiverLink, GiverSignature, LateLeave
from tests.constraints import refused_by, refused_by_trigger
from tests.factories.grants import make_competition, make_giver, make_proposal
from trail.queries.clock import database_now

pytestmark = pytest.mark.django_db


@pytest.fixture
def giver():
    return make_giver(make_proposal(make_competition()))


def make_link(giver, nonce="n1", **changes):
    now = database_now()
    values = {
        "commitment": giver,
        "nonce": nonce,
        "token_digest": nonce,
        "sent_at": now,
        "expires_at": now + timedelta(days=1),
        **changes,
    }
    return GiverLink.objects.create(**values)


def make_signature(link, **changes):
    values = {
        "link": link,
        "is_agreed": True,
        "signed_name": "Gil Giver",
        "title": "Owner",
        "email": "gil@example.org",
        "statement": "I give.",
        "at": database_now(),
        **changes,
    }
    return GiverSignature.objects.create(**values)


def make_leave(proposal, **changes):
    now = database_now()
    values = {
        "reason": "outage",
        "note": "The log shows it.",
        "until": now + timedelta(hours=1),
        "granted_by": "user:1",
        "granted_at": now,
        **changes,
    }
    return LateLeave.objects.create(proposal=proposal, **values)


def test_a_giver_has_one_open_link(giver):
    make_link(giver)
    with refused_by("giver_link_one_open"):
        make_link(giver, "n2")


def test_a_link_ends_after_it_was_sent(giver):
    with refused_by("giver_link_expires_after_sent"):
        make_link(giver, expires_at=database_now() - timedelta(days=2))


def test_a_code_has_digest_address_and_time(giver):
    with refused_by("giver_link_code_paired"):
        make_link(giver, code_digest="d")


def test_a_signature_is_complete(giver):
    with refused_by("giver_signature_is_complete"):
        make_signature(make_link(giver), title="")


def test_a_signature_stays_as_it_was_signed(giver):
    signature = make_signature(make_link(giver))
    with refused_by_trigger():
        GiverSignature.objects.filter(pk=signature.pk).update(is_agreed=False)


def test_a_leave_has_a_reason_of_the_list_and_a_note(giver):
    with refused_by("late_leave_has_reason"):
        make_leave(giver.proposal, reason="traffic")
    with refused_by("late_leave_has_reason"):
        make_leave(giver.proposal, note="")


def test_a_leave_lies_ahead(giver):
    with refused_by("late_leave_lies_ahead"):
        make_leave(giver.proposal, until=database_now() - timedelta(hours=1))


def test_a_leave_stays(giver):
    leave = make_leave(giver.proposal)
    with refused_by_trigger():
        LateLeave.objects.filter(pk=leave.pk).delete()
