"""Two people press the button in the same moment; the broker is gone all the while.

The settings of the tests name a broker that does not exist, and these acts really commit: every
submission here is made with the broker dead.
"""

import threading

import pytest
from django.conf import settings
from django.db import DatabaseError, connection

from accounts.actors import actor_from_user
from certification.actions import move_application
from certification.actions.save_section import save_section
from certification.actions.start_application import start_application
from certification.actions.store_answers import StaleText, Written
from certification.actions.submit_application import submit_application
from certification.models import Application
from kit.refusals import Refused
from tests.db.certification.cases import group_of, office
from tests.factories.applications import administrator_of, certified, representative_of, started
from trail.actions.send_effects import send_effects
from trail.models import Effect, Entry
from trail.queries.clock import database_now

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def group():
    return group_of(office())


def at_once(*acts):
    """Run the acts together; return what each ended with, sorted."""
    ends, gate = [], threading.Barrier(len(acts))

    def run(act):
        gate.wait()
        try:
            ends.append(act())
        except Refused as refused:
            ends.append(refused.refusal.code)
        except DatabaseError as error:
            ends.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)


def submit(application, key):
    actor, at = actor_from_user(representative_of(application.group)), database_now()

    def act():
        row = submit_application(actor=actor, at=at, application=application, key=key)
        return row.receipt_number

    return act


def test_the_broker_of_these_tests_is_dead():
    assert "nonexistent" in settings.CELERY_BROKER_URL


def test_the_actors_of_these_tests_log_in_as_the_web_role():
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user, current_setting('is_superuser')")
        assert cursor.fetchone() == ("portal_web", "off")


def test_a_double_click_at_the_same_moment_is_one_submission(group):
    application = certified(group)
    ends = at_once(submit(application, "one"), submit(application, "one"))
    assert ends == [Application.objects.get().receipt_number] * 2
    assert Entry.objects.filter(verb="submit").count() == 1


def test_two_forms_at_the_same_moment_are_one_submission_and_a_refusal(group):
    application = certified(group)
    ends = at_once(submit(application, "one"), submit(application, "two"))
    assert ends == [Application.objects.get().receipt_number, "illegal_transition"]
    assert Entry.objects.filter(verb="submit").count() == 1


def test_without_the_lock_only_the_database_stops_the_second(group, monkeypatch):
    """The twin: the lock taken away, both pass the rules, and a trigger has to say no."""
    application = certified(group)
    both = threading.Barrier(2)

    def unlocked(given):
        rows = Application.objects.select_related("case", "group__case", "agency", "rulebook")
        row = rows.get(pk=given.pk)
        both.wait(timeout=5)
        return row

    monkeypatch.setattr(move_application, "lock_application", unlocked)
    ends = at_once(submit(application, "one"), submit(application, "two"))
    assert "illegal_transition" not in ends
    assert Application.objects.get().receipt_number in ends
    assert Entry.objects.filter(verb="submit").count() == 1


def test_letters_wait_for_the_sweeper_and_go_out_once(group, mailoutbox):
    application = certified(group)
    at_once(submit(application, "one"))
    assert Effect.objects.filter(case=application.case, done_at=None).count() == 2
    assert mailoutbox == []
    for _ in range(2):
        send_effects(at=database_now())
    assert len(mailoutbox) == 2


def test_two_starts_at_the_same_moment_are_one_application(group):
    actor, at = actor_from_user(administrator_of(group)), database_now()

    def start(key):
        return lambda: start_application(actor=actor, at=at, group=group, key=key).case.reference

    ends = at_once(start("one"), start("two"))
    assert ends == [Application.objects.get().case.reference, "application_under_way"]


def test_two_editors_at_the_same_moment_lose_nothing(group):
    application = started(group)
    people = administrator_of(group), representative_of(group)

    def save(person):
        written = Written("cluster", {"summary": f"By {person}"}, 0)

        def act():
            try:
                save_section(
                    actor=actor_from_user(person),
                    at=database_now(),
                    application=application,
                    written=written,
                )
            except StaleText as stale:
                return f"kept {stale.mine['summary']} beside {stale.saved.answers['summary']}"
            return "saved"

        return act

    ends = at_once(*(save(person) for person in people))
    first, second = people
    assert ends in (
        [f"kept By {first} beside By {second}", "saved"],
        [f"kept By {second} beside By {first}", "saved"],
    )
