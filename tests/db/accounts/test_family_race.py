"""Two ties that are each right alone would make a circle together: one of them is refused."""

import threading

import pytest
from django.db import DatabaseError, connection

from accounts.actions.join_family import join_family
from accounts.actors import actor_from_user
from accounts.models import Organization
from kit.refusals import Refused
from tests.factories.accounts import make_organization
from trail.queries.clock import database_now

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Run the acts together; return what each ended with, sorted."""
    ends, gate = [], threading.Barrier(len(acts))

    def run(act):
        gate.wait()
        try:
            act()
            ends.append("done")
        except Refused as refused:
            ends.append(refused.refusal.code)
        except DatabaseError:
            ends.append("trigger")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)


def test_two_ties_at_once_never_make_a_circle():
    one, two = make_organization(), make_organization()

    def tie(child, parent):
        actor = actor_from_user(child.roles.get().user)
        at = database_now()
        return lambda: join_family(
            actor=actor, at=at, organization=child, parent=parent, key=child.case.reference
        )

    assert at_once(tie(one, two), tie(two, one)) == ["done", "family_circle"]


def test_the_trigger_alone_holds_when_the_rule_is_walked_around():
    one, two = make_organization(), make_organization()

    def write(child, parent):
        return lambda: Organization.objects.filter(pk=child.pk).update(parent=parent)

    assert at_once(write(one, two), write(two, one)) == ["done", "trigger"]
