"""Signing without an account: links, codes, signatures, and what they leave behind."""

import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, connection

from certification.actions import sign_answer as signing
from certification.actions.expire_requests import expire_requests
from certification.actions.remind_addressee import remind_addressee
from certification.actions.send_code import send_code
from certification.actions.sign_answer import sign_answer
from certification.actions.take_back_request import take_back_request
from certification.models import ClusterGroup, Invitation, Signature
from certification.queries.personal_links import code_of
from kit.refusals import Refused
from records.models import Letter
from tests.constraints import refused_by, refused_by_trigger
from tests.factories.certification_groups import (
    administrator_of,
    ask,
    firm_entry,
    fresh_key,
    invite,
    link_of,
    make_group,
    open_link,
    read_code,
    sign,
    signed_answer,
)
from tests.worlds import group_ready_to_submit
from trail.actions.send_effects import send_effects
from trail.queries.clock import database_now


@pytest.fixture
def firm():
    return invite(make_group(), firm_entry("Kiln & Sons"))[0]


def refusal_of(act, **arguments):
    with pytest.raises(Refused) as caught:
        act(**arguments)
    return caught.value.refusal.code


def answer_with(token, code, **details):
    key = fresh_key()
    return sign_answer(
        at=database_now(), token=token, answer=signed_answer(code, **details), key=key
    )


def test_signing_confirms_and_keeps_every_word(firm):
    signature = sign(firm, name="Ana Reyes", title="Owner", is_public_consented=True)
    firm.refresh_from_db()
    assert firm.state == "confirmed"
    assert firm.answered_at == signature.at
    assert firm.is_public_consented
    assert "Kiln & Sons takes part in the group" in signature.statement
    assert signature.copy.to_address == firm.contact_email
    verbs = list(firm.group.case.entries.values_list("verb", flat=True))
    assert verbs[-2:] == ["send_signing_code", "confirm_participant"]


def test_declining_is_signed_as_well(firm):
    signature = sign(firm, is_agreed=False, is_public_consented=True)
    firm.refresh_from_db()
    assert firm.state == "declined"
    assert not firm.is_public_consented
    assert "does not take part" in signature.statement


def test_government_signs_the_same_way():
    state = ask(make_group(), "Ohio")
    signature = sign(state)
    state.refresh_from_db()
    assert state.state == "signed"
    assert "within 60 days" in signature.statement


def test_used_link_opens_nothing(firm):
    token = link_of(firm)
    sign(firm)
    assert refusal_of(send_code, at=database_now(), token=token) == "link_used"
    with pytest.raises(Refused):
        answer_with(token, "000000")


def test_same_form_sent_twice_signs_once(firm):
    token = link_of(firm)
    answer, key = signed_answer(read_code(token)), fresh_key()
    first = sign_answer(at=database_now(), token=token, answer=answer, key=key)
    again = sign_answer(at=database_now(), token=token, answer=answer, key=key)
    assert first == again
    assert Signature.objects.count() == 1


def test_guessed_link_opens_nothing():
    assert refusal_of(send_code, at=database_now(), token="guess") == "link_unknown"


def test_link_runs_out(firm):
    later = open_link(firm).expires_at
    assert refusal_of(send_code, at=later, token=link_of(firm)) == "link_expired"


def test_wrong_codes_are_counted_and_then_end_the_code(firm):
    token = link_of(firm)
    code = read_code(token)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    codes = []
    for _ in range(6):
        with pytest.raises(Refused) as caught:
            answer_with(token, wrong)
        codes.append(caught.value.refusal.code)
    assert codes == ["code_wrong"] * 4 + ["code_attempts"] * 2
    with pytest.raises(Refused):
        answer_with(token, code)
    firm.refresh_from_db()
    assert firm.state == "invited"


def test_code_grows_old(firm):
    token = link_of(firm)
    answer = signed_answer(read_code(token))
    later = database_now() + timedelta(minutes=16)
    with pytest.raises(Refused) as caught:
        sign_answer(at=later, token=token, answer=answer, key=fresh_key())
    assert caught.value.refusal.code == "code_old"


def test_codes_come_with_a_pause_and_an_end(firm):
    token, at = link_of(firm), database_now()
    send_code(at=at, token=token)
    assert refusal_of(send_code, at=at, token=token) == "code_wait"
    for minute in range(1, 10):
        send_code(at=at + timedelta(minutes=minute), token=token)
    late = at + timedelta(minutes=30)
    assert refusal_of(send_code, at=late, token=token) == "code_too_many"


def test_a_colleague_may_get_the_code_and_the_trail_says_so(firm):
    domain = firm.contact_email.partition("@")[2]
    token = link_of(firm)
    code = code_of(send_code(at=database_now(), token=token, address=f"boss@{domain}"))
    assert answer_with(token, code).email == f"boss@{domain}"
    sent = firm.group.case.entries.get(verb="send_signing_code")
    assert sent.facts["is_forwarded"]


def test_a_stranger_gets_no_code(firm):
    arguments = {"at": database_now(), "token": link_of(firm), "address": "eve@evil.example"}
    assert refusal_of(send_code, **arguments) == "code_address"


def test_nothing_kept_holds_a_token_or_a_code(firm, settings, tmp_path):
    token = link_of(firm)
    code = read_code(token)
    kept = " ".join(Letter.objects.values_list("text", flat=True))
    kept += " ".join(Letter.objects.values_list("html", flat=True))
    assert token not in kept
    assert code not in kept
    send_effects(at=database_now())
    sent = " ".join(message.body for message in mail.outbox)
    assert f"/confirm/{token}/" in sent
    assert code in sent


def test_reminder_replaces_the_link(firm):
    token, at = link_of(firm), database_now() + timedelta(days=2)
    actor = administrator_of(firm.group)
    remind_addressee(actor=actor, at=at, addressee=firm, key="again")
    remind_addressee(actor=actor, at=at, addressee=firm, key="again")
    assert firm.invitations.count() == 2
    assert refusal_of(send_code, at=database_now(), token=token) == "link_replaced"
    arguments = {"actor": actor, "at": at, "addressee": firm, "key": "other"}
    assert refusal_of(remind_addressee, **arguments) == "reminded_lately"


def test_taking_back_closes_the_link(firm):
    token = link_of(firm)
    actor = administrator_of(firm.group)
    take_back_request(actor=actor, at=database_now(), addressee=firm, key="back")
    firm.refresh_from_db()
    assert firm.state == "withdrawn"
    assert refusal_of(send_code, at=database_now(), token=token) == "link_replaced"


def test_signed_cannot_be_taken_back(firm):
    sign(firm)
    actor = administrator_of(firm.group)
    arguments = {"actor": actor, "at": database_now(), "addressee": firm, "key": "back"}
    assert refusal_of(take_back_request, **arguments) == "illegal_transition"


def test_requests_expire_and_can_be_renewed(firm):
    late = open_link(firm).expires_at
    expire_requests(firm.group.case, late)
    expire_requests(firm.group.case, late)
    firm.refresh_from_db()
    assert firm.state == "expired"
    actor = administrator_of(firm.group)
    remind_addressee(actor=actor, at=late, addressee=firm, key="renew")
    firm.refresh_from_db()
    assert firm.state == "invited"


def test_states_cannot_jump(firm):
    with refused_by_trigger():
        type(firm).objects.filter(pk=firm.pk).update(state="expired", answered_at=None)
        type(firm).objects.filter(pk=firm.pk).update(state="confirmed", answered_at=database_now())


def test_signature_is_never_changed(firm):
    sign(firm)
    with refused_by_trigger():
        Signature.objects.update(title="Janitor")


def test_invitation_limits(firm):
    row = open_link(firm)
    with refused_by("invitation_one_open_per_participant"):
        firm.invitations.create(
            nonce="n", token_digest="d", sent_at=row.sent_at, expires_at=row.expires_at
        )
    with refused_by("invitation_of_one"):
        Invitation.objects.create(
            nonce="n", token_digest="d", sent_at=row.sent_at, expires_at=row.expires_at
        )
    with refused_by("invitation_expires_after_sent"):
        Invitation.objects.filter(pk=row.pk).update(expires_at=row.sent_at)
    with refused_by("invitation_code_paired"):
        Invitation.objects.filter(pk=row.pk).update(code_digest="x")
    state = ask(firm.group)
    with refused_by("invitation_one_open_per_commitment"):
        state.invitations.create(
            nonce="n", token_digest="d", sent_at=row.sent_at, expires_at=row.expires_at
        )


def test_signature_limits(firm):
    row = open_link(firm)
    whole = {
        "invitation": row,
        "answer": "confirmed",
        "signed_name": "Ana",
        "title": "Owner",
        "email": "ana@example.org",
        "statement": "Yes.",
        "at": row.sent_at,
    }
    with refused_by("signature_is_complete"):
        Signature.objects.create(**{**whole, "title": ""})
    with refused_by("signature_answer_known"):
        Signature.objects.create(**{**whole, "answer": "maybe"})


def test_ready_group_counts():
    ready = group_ready_to_submit(firms=4)
    assert ready.group.participants.confirmed().firms().count() == 4
    assert ready.group.participants.confirmed().institutions().count() == 3
    assert ready.group.commitments.filter(state="signed").count() == 2


def in_threads(*acts):
    """Run the acts at the same moment; return what each gave or refused."""
    barrier, results = threading.Barrier(len(acts)), []

    def run(act):
        barrier.wait()
        try:
            results.append(act())
        except Refused as refused:
            results.append(refused.refusal.code)
        except DatabaseError as error:
            results.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_two_people_with_one_link_sign_once(firm):
    token = link_of(firm)
    code = read_code(token)
    results = in_threads(
        lambda: answer_with(token, code, name="Ana Reyes"),
        lambda: answer_with(token, code, name="Bo Larsen", is_agreed=False),
    )
    assert "link_used" in results
    assert Signature.objects.count() == 1
    assert firm.invitations.filter(used_at__isnull=False).count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_locks_the_second_signer_breaks_the_database(firm, monkeypatch):
    """The twin: it shows that the test above rests on the locks, not on luck."""
    token = link_of(firm)
    code = read_code(token)
    together = threading.Barrier(2, timeout=20)

    def unlocked(pk):
        row = Invitation.objects.get(pk=pk)
        together.wait()
        return row

    monkeypatch.setattr(signing, "lock_group", lambda pk: ClusterGroup.objects.get(pk=pk))
    monkeypatch.setattr(signing, "lock_invitation", unlocked)
    monkeypatch.setattr(signing, "lock_addressee", lambda row: row)
    results = in_threads(
        lambda: answer_with(token, code, name="Ana Reyes"),
        lambda: answer_with(token, code, name="Bo Larsen", is_agreed=False),
    )
    assert "link_used" not in results
