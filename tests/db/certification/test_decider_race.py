"""Two officials decide one case in the same moment: one decision, and a refusal for the other."""

import threading

import pytest
from django.db import DatabaseError, connection

from certification.actions import move_application
from certification.actions.deny import deny
from certification.actions.designate import designate
from certification.actions.recommend import recommend
from certification.models import Application, Decision
from certification.rules.reasons import DenialReason
from kit.refusals import Refused
from tests.db.certification.cases import AT, group_of, judged, office

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def case():
    place = office()
    application = judged(place, group_of(place))
    recommend(
        actor=place.actor("programme_officer"), at=AT, application=application, summary="All met."
    )
    return place, application


def decide_at_once(place, application):
    """Run both acts together; return what each ended with."""
    ends, gate = {}, threading.Barrier(2)

    def run(name, act):
        gate.wait()
        try:
            act()
            ends[name] = "decided"
        except Refused as refused:
            ends[name] = refused.refusal.code
        except DatabaseError as error:
            ends[name] = type(error).__name__
        finally:
            connection.close()

    def yes():
        actor = place.actor("selecting_official")
        designate(actor=actor, at=AT, application=application, rationale="Yes.")

    def no():
        actor = place.actor("second_selecting_official")
        reason = DenialReason.UNTRUE
        deny(actor=actor, at=AT, application=application, reason=reason, rationale="No.")

    threads = [threading.Thread(target=run, args=pair) for pair in (("yes", yes), ("no", no))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends.values())


def test_one_decision_and_one_refusal(case):
    place, application = case
    assert decide_at_once(place, application) == ["decided", "illegal_transition"]
    decision = Decision.objects.get()
    assert Application.objects.get().state == decision.outcome


def test_without_the_lock_only_the_database_stops_the_second(case, monkeypatch):
    """The twin: the lock taken away, both pass the rule, and a constraint has to say no."""
    place, application = case
    both = threading.Barrier(2)

    def unlocked(given):
        row = Application.objects.select_related("case", "group__case", "agency", "rulebook").get(
            pk=given.pk
        )
        both.wait(timeout=5)
        return row

    monkeypatch.setattr(move_application, "lock_application", unlocked)
    ends = decide_at_once(place, application)
    assert "illegal_transition" not in ends
    assert ends.count("decided") == 1
    assert Decision.objects.count() == 1
