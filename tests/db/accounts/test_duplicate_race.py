"""Two look-alikes registered in the same moment: the second one sees the first."""

import threading

import pytest
from django.db import connection

from accounts.actions import review_duplicates
from accounts.actions.create_organization import OrganizationDetails, create_organization
from accounts.actors import actor_from_user
from accounts.models import DuplicateReview, Organization
from tests.factories.accounts import make_user
from trail.queries.clock import database_now

pytestmark = pytest.mark.django_db(transaction=True)
PAIRS = [
    ({"legal_name": "Maumee Tools LLC"}, {"legal_name": "Maumee T00ls, Inc."}),
    ({"legal_name": "Maumee Tools LLC"}, {"legal_name": "maumee tools llc"}),
    (
        {"legal_name": "Lucas Kilns", "ein": "341234567"},
        {"legal_name": "Toledo Glass", "ein": "341234567"},
    ),
]


@pytest.fixture
def meeting(monkeypatch):
    """Hold everybody who searches for look-alikes until the other one searches too, if it can."""
    real, before, after = review_duplicates.alike, threading.Barrier(2), threading.Barrier(2)

    def wait(barrier):
        try:
            barrier.wait(timeout=1)
        except threading.BrokenBarrierError:
            return

    def searched(*args, **options):
        wait(before)
        rows = list(real(*args, **options))
        wait(after)
        return rows

    monkeypatch.setattr(review_duplicates, "alike", searched)


def register_both(pair):
    failures = []

    def run(number, given):
        try:
            user = make_user()
            create_organization(
                actor=actor_from_user(user),
                at=database_now(),
                details=OrganizationDetails(**given),
                founder=user,
                key=f"k{number}",
            )
        except Exception as error:  # noqa: BLE001 - told by the test
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(pair)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert Organization.objects.count() == 2
    return DuplicateReview.objects.count()


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.usefixtures("meeting")
def test_the_second_of_two_look_alikes_sees_the_first(pair):
    assert register_both(pair) == 1


@pytest.mark.usefixtures("meeting")
def test_without_the_lock_they_miss_each_other(monkeypatch):
    monkeypatch.setattr(review_duplicates, "lock_marks", lambda _marks: None)
    assert register_both(PAIRS[0]) == 0


@pytest.mark.usefixtures("meeting")
def test_strangers_do_not_wait_for_each_other():
    assert register_both(({"legal_name": "Lucas Kilns"}, {"legal_name": "Toledo Glass"})) == 0
