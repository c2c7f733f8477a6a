"""Nothing of an award is public before two publishers have released it."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts.actors import actor_from_user
from accounts.rules.roles import AgencyRoleKind
from grants.actions.publish_award import discard_award, prepare_award, release_award
from grants.rules.award_states import AwardState
from kit.refusals import Refused
from records.actions.publish import Announcement
from tests.factories.accounts import make_officer
from tests.factories.awards import make_award
from tests.factories.sign_in import sign_in_freshly
from trail.queries.clock import database_now


@pytest.fixture
def award(db):
    return make_award(AwardState.ACCEPTED)


@pytest.fixture
def publishers(award):
    return [make_officer(award.agency, AgencyRoleKind.PUBLISHER) for _ in range(2)]


def acting(award, who):
    return {"actor": actor_from_user(who), "at": database_now(), "award": award}


def addresses(award):
    own = award.reference
    return (f"/awards/{own}/public/", f"/awards/{own}/public.json", f"/api/v1/awards/{own}/")


def is_hidden(award):
    client = Client()
    lists = [client.get(one).content.decode() for one in ("/awards/", "/api/v1/awards/")]
    gone = [client.get(one).status_code for one in addresses(award)]
    return gone == [404] * 3 and not any(
        word in text for text in lists for word in (award.reference, award.title, award.number)
    )


def test_an_award_is_public_only_after_a_second_person_released_it(award, publishers):
    assert is_hidden(award)
    row = prepare_award(**acting(award, publishers[0]))
    assert is_hidden(award), "prepared is not public"
    with pytest.raises(Refused) as refused:
        release_award(**acting(award, publishers[0]), publication=row)
    assert refused.value.refusal.code == "maker_is_checker"
    assert is_hidden(award)
    release_award(**acting(award, publishers[1]), publication=row)
    client = Client()
    for one in addresses(award):
        answer = client.get(one)
        assert answer.status_code == 200
        assert award.number in answer.content.decode()
    assert award.title in client.get("/awards/").content.decode()
    told = client.get("/api/v1/awards/").json()["results"]
    assert [one["number"] for one in told] == [award.number]
    assert told[0]["federal"] == "200000.00"


def test_a_release_for_later_shows_nothing_before(award, publishers):
    later = Announcement(show_from=database_now() + timedelta(days=2))
    row = prepare_award(**acting(award, publishers[0]), announcement=later)
    release_award(**acting(award, publishers[1]), publication=row)
    assert is_hidden(award)


def test_a_discarded_version_is_never_public_and_another_may_be_prepared(award, publishers):
    row = prepare_award(**acting(award, publishers[0]))
    discard_award(**acting(award, publishers[1]), publication=row, reason="A wrong title")
    with pytest.raises(Refused):
        release_award(**acting(award, publishers[1]), publication=row)
    assert is_hidden(award)
    assert prepare_award(**acting(award, publishers[0])) != row


@pytest.mark.parametrize("state", [AwardState.OBLIGATED, AwardState.OFFERED, AwardState.DECLINED])
def test_only_an_accepted_award_is_prepared(db, state):
    award = make_award(state)
    who = make_officer(award.agency, AgencyRoleKind.PUBLISHER)
    with pytest.raises(Refused) as refused:
        prepare_award(**acting(award, who))
    assert refused.value.refusal.code == "not_at_this_stage"


def test_what_is_public_names_no_person_and_no_condition(award, publishers):
    award.conditions.create(
        nature="A private finding",
        reason="A private reason",
        action="a",
        time_allowed="b",
        reconsideration="c",
        written_by="user:1",
        written_at=database_now(),
    )
    row = prepare_award(**acting(award, publishers[0]))
    text = str(row.snapshot)
    for secret in ("private", award.answered_by.email, str(award.answered_by), "terms"):
        assert secret not in text


def test_publishers_do_it_on_the_page(award, publishers):
    address = f"/staff/awards/{award.reference}/publication/"
    first, second = Client(), Client()
    sign_in_freshly(first, publishers[0])
    sign_in_freshly(second, publishers[1])
    page = first.post(address, {"idempotency_key": "a"}, follow=True).content.decode()
    assert "You prepared this yourself" in page
    page = second.get(address).content.decode()
    assert "This is all that the public will read" in page
    form = next(one for one in page.split('action="') if one.startswith(f"{address}"))
    release = form.split('"')[0]
    done = second.post(release, {"idempotency_key": "b"}, follow=True).content.decode()
    assert "The award is public." in done
