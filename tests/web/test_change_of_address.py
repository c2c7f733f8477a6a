"""Another e-mail address: asked with a fresh step, proved by a code, told to the old one.

Planted: the code checked with ``in``; the answer for a taken address said so; the sign-ins left
open; letters looked up by the present address alone. Each was seen red.
"""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client

from accounts.actions.change_address import ask_address_change, confirm_address_change
from accounts.actors import actor_from_user
from accounts.models import AddressChange, OpenSession, User
from accounts.queries.addresses import former_addresses
from accounts.rules.address_change import ASKS_BY_PERSON, ASKS_TO_ADDRESS, CODE_ATTEMPTS, CODE_LIFE
from kit.refusals import Refused
from records.models import Letter
from records.queries.letters import letters_to
from tests.constraints import refused_by
from tests.factories.accounts import PASSWORD, make_user
from tests.factories.sign_in import sign_in_freshly
from trail.actions.open_case import open_case
from trail.actions.send_effects import send_effects
from trail.models import Effect, Entry
from trail.queries.clock import database_now
from trail.queries.verification import verify_trail

PAGE = "/account/address/"
CONFIRM = f"{PAGE}confirm/"
KEEP = f"{PAGE}keep/"
NEW = "jo@new-place.org"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def jo(client):
    user = make_user("Jo Reyes", "jo@example.org")
    sign_in_freshly(client, user)
    return user


def ask(client, address=NEW):
    return client.post(PAGE, {"address": address}, follow=True).content.decode()


def last_letter():
    return Effect.objects.filter(kind="deliver_account_mail").latest("pk").payload


def code_of_letter():
    return re.search(r"\b\d{8}\b", last_letter()["text"])[0]


def enter(client, code):
    return client.post(CONFIRM, {"code": code}, follow=True).content.decode()


def ask_for(user, address=NEW, at=None):
    return ask_address_change(
        actor=actor_from_user(user), at=at or database_now(), user=user, address=address
    )


def take(user, code, at=None):
    return confirm_address_change(
        actor=actor_from_user(user), at=at or database_now(), user=user, code=code, keep=""
    )


def refusal_of(act, *args, **options):
    with pytest.raises(Refused) as caught:
        act(*args, **options)
    return caught.value.refusal.code


def sign_in(address):
    values = {"login": address, "password": PASSWORD}
    return Client().post("/accounts/login/", values).status_code == 302


def test_nothing_counts_before_the_code(client, jo):
    assert f"We wrote to {NEW}" in ask(client)
    assert last_letter()["address"] == NEW
    jo.refresh_from_db()
    assert jo.email == "jo@example.org"
    assert not sign_in(NEW)


def test_the_code_changes_it_and_the_old_address_is_told(client, jo, mailoutbox):
    ask(client)
    page = enter(client, code_of_letter())
    assert f"From now on you sign in as {NEW}" in page
    jo.refresh_from_db()
    assert jo.email == NEW
    rows = EmailAddress.objects.filter(user=jo).values_list("email", "verified", "primary")
    assert list(rows) == [(NEW, True, True)]
    assert sign_in(NEW)
    assert not sign_in("jo@example.org")
    send_effects(at=database_now())
    assert mailoutbox[-1].to == ["jo@example.org"]
    assert NEW in mailoutbox[-1].body
    assert "was changed" in mailoutbox[-1].subject


def test_other_sign_ins_end_and_this_one_stays(client, jo):
    other = sign_in_freshly(Client(), jo)
    ask(client)
    enter(client, code_of_letter())
    assert other.get("/account/").status_code == 302
    assert client.get("/account/").status_code == 200
    assert OpenSession.objects.filter(user=jo, ended_at=None).count() == 1


def test_a_link_for_a_new_password_sent_before_opens_nothing(client, jo):
    stranger = Client()
    stranger.post("/accounts/password/reset/", {"email": jo.email})
    link = re.search(r"/accounts/password/reset/key/\S+", last_letter()["text"])[0]
    assert Client().get(link).status_code == 302
    ask(client)
    enter(client, code_of_letter())
    assert "change_password" not in Client().get(link, follow=True).request["PATH_INFO"]
    assert "no longer works" in Client().get(link, follow=True).content.decode()


def test_it_asks_who_it_is_first(client):
    user = make_user()
    client.force_login(user)
    for answer in (client.get(PAGE), client.post(PAGE, {"address": NEW}), client.post(KEEP)):
        assert answer.url.startswith("/accounts/reauthenticate/")
    assert client.post(CONFIRM, {"code": "1"}).url.startswith("/accounts/reauthenticate/")
    assert not AddressChange.objects.exists()


@pytest.mark.parametrize("is_proved", [True, False])
def test_an_address_that_is_taken_is_answered_alike(client, jo, is_proved):
    page = ask(client)
    lin = make_user("Lin Park", "lin@example.org")
    EmailAddress.objects.filter(user=lin).update(verified=is_proved)
    taken = ask(client, "Lin@Example.org")
    assert seen(taken) == seen(page).replace(NEW, "lin@example.org")
    letter = last_letter()
    assert letter["address"] == "lin@example.org"
    assert "an account signs in with it already" in letter["text"]
    assert not re.search(r"\b\d{8}\b", letter["text"])
    assert "does not fit" in enter(client, "12345678")


def seen(page):
    """The words of the page, without what changes with every request."""
    text = re.sub(r"until <time.*?</time>|until [^<]*", "until", page)
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", text)


def test_a_wrong_code_says_so_and_keeps_the_page(client, jo):
    ask(client)
    page = enter(client, "00000000" if code_of_letter() != "00000000" else "1")
    assert "This code does not fit" in page
    assert NEW in page
    assert AddressChange.objects.get().attempts == 1
    assert "From now on" in enter(client, f" {code_of_letter()[:4]} {code_of_letter()[4:]}")


@pytest.mark.parametrize("code", ["", " ", "x" * 50, "\x00", "٤٤٤٤٤٤٤٤"])
def test_nonsense_is_no_code(client, jo, code):
    ask(client)
    enter(client, code)
    jo.refresh_from_db()
    assert jo.email == "jo@example.org"


def test_a_code_is_tried_a_few_times_only():
    jo = make_user()
    ask_for(jo)
    code = code_of_letter()
    for _ in range(CODE_ATTEMPTS):
        assert refusal_of(take, jo, "x") == "wrong_code"
    assert refusal_of(take, jo, code) == "code_spent"


def test_a_code_grows_old_and_works_once():
    jo, at = make_user(), database_now()
    ask_for(jo, at=at)
    code = code_of_letter()
    assert refusal_of(take, jo, code, at=at + CODE_LIFE) == "code_spent"
    take(jo, code, at=at + CODE_LIFE - timedelta(seconds=1))
    assert refusal_of(take, jo, code) == "nothing_asked"


def test_a_new_code_replaces_the_old_one():
    jo = make_user()
    ask_for(jo)
    first = code_of_letter()
    ask_for(jo, "jo@third.org")
    assert refusal_of(take, jo, first) == "wrong_code"
    assert take(jo, code_of_letter()).new_address == "jo@third.org"


def test_somebody_else_s_code_changes_nothing():
    jo, lin = make_user(), make_user()
    ask_for(jo)
    code = code_of_letter()
    assert refusal_of(take, lin, code) == "nothing_asked"
    ask_for(lin, "lin@third.org")
    assert refusal_of(take, lin, code) == "wrong_code"


def test_it_can_be_dropped(client, jo):
    ask(client)
    code = code_of_letter()
    assert "Your address stays as it is" in client.post(KEEP, follow=True).content.decode()
    assert "No change of your address is waiting" in enter(client, code)
    assert "No change of your address" in client.post(KEEP, follow=True).content.decode()


def test_the_own_address_is_no_new_one(client, jo):
    assert "with this address already" in ask(client, "JO@example.org")
    assert not AddressChange.objects.exists()


def test_codes_are_not_sent_without_end(client, jo):
    for number in range(ASKS_BY_PERSON):
        ask_for(jo, f"jo{number}@third.org")
    assert "Wait an hour" in ask(client)
    assert AddressChange.objects.count() == ASKS_BY_PERSON
    later = database_now() + timedelta(minutes=61)
    assert ask_for(jo, at=later).new_address == NEW


def test_nobody_s_mailbox_is_filled_by_many():
    for _ in range(ASKS_TO_ADDRESS):
        ask_for(make_user(), NEW)
    assert refusal_of(ask_for, make_user(), NEW.upper()) == "too_many_asks"


def test_an_address_that_went_meanwhile_is_refused_and_nothing_else_happens():
    jo = make_user("Jo Reyes", "jo@example.org")
    ask_for(jo)
    code = code_of_letter()
    make_user("Lin Park", NEW)
    assert refusal_of(take, jo, code) == "address_taken"
    assert User.objects.get(pk=jo.pk).email == "jo@example.org"
    assert EmailAddress.objects.filter(user=jo, email="jo@example.org").exists()
    assert not former_addresses(jo)


def test_the_trail_tells_it_without_the_addresses():
    jo = make_user("Jo Reyes", "jo@example.org")
    change = ask_for(jo)
    take(jo, code_of_letter())
    entries = Entry.objects.filter(case=change.case).order_by("sequence")
    verbs = [entry.verb for entry in entries]
    assert verbs == ["open_case", "ask_address_change", "confirm_address_change"]
    assert "@" not in str([entry.facts for entry in entries])
    assert entries[2].personal_note.content["old_address"] == "jo@example.org"
    assert verify_trail().ok


def written_to(address, at):
    case = open_case(actor=actor_from_user(make_user()), at=at, kind="group", prefix="CG")
    return Letter.objects.create(
        case=case,
        reference=f"LT-{case.reference}",
        template="x",
        to_address=address,
        subject="For Jo",
        text="x",
        html="",
        written_at=at,
    )


def test_letters_stay_with_whom_they_were_written_to():
    jo, at = make_user("Jo Reyes", "jo@example.org"), database_now()
    before = written_to("Jo@example.org", at)
    ask_for(jo, at=at)
    take(jo, code_of_letter(), at=at + timedelta(seconds=1))
    lin = make_user("Lin Park", "jo@example.org")
    after = written_to("jo@example.org", at + timedelta(seconds=2))
    assert list(letters_to(jo)) == [before]
    assert list(letters_to(lin)) == [after]


def test_own_data_tells_former_addresses_and_closing_erases_them(client, jo):
    ask(client)
    enter(client, code_of_letter())
    assert former_addresses(jo).keys() == {"jo@example.org"}
    assert "jo@example.org" in client.get("/account/data/").content.decode()
    client.post("/account/close/", {"is_certain": "on"})
    assert not AddressChange.objects.exists()
    assert "new-place" not in str(list(Entry.objects.values_list("facts", flat=True)))


def test_a_change_waits_once():
    change = ask_for(make_user())
    case = open_case(
        actor=actor_from_user(change.user), at=change.asked_at, kind="account", prefix="AC"
    )
    with refused_by("address_change_waits_once"):
        AddressChange.objects.create(
            case=case,
            user=change.user,
            old_address="a@b.us",
            new_address="c@d.us",
            asked_at=change.asked_at,
            code_until=change.code_until,
        )


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("address_change_ends_one_way", {"done_at": 0, "dropped_at": 0, "code_digest": ""}),
        ("address_change_forgets_code", {"done_at": 0}),
        ("address_change_changes", {"new_address": "A@EXAMPLE.org"}),
    ],
)
def test_the_table_refuses(constraint, values):
    change = ask_for(make_user("A", "a@example.org"))
    written = {name: database_now() if value == 0 else value for name, value in values.items()}
    with refused_by(constraint):
        AddressChange.objects.filter(pk=change.pk).update(**written)
