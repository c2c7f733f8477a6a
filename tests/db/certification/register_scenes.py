"""Designations, decided and released, for tests of the register."""

from datetime import datetime

from certification.actions.deny import deny
from certification.actions.designate import designate
from certification.actions.prepare_release import prepare_release
from certification.actions.propose_denial import Grounds, propose_denial
from certification.actions.recommend import recommend
from certification.actions.release import release
from certification.models import Application, Decision, Designation
from certification.rules.reasons import DenialReason
from records.actions.publish import Announcement
from records.models import Publication
from tests.db.certification.cases import AT, FAILING, Office, group_of, judged, later


def decided(place: Office, *, name: str = "Elkhart Vehicles", fips: str = "18039") -> Designation:
    """A designation that nobody has released yet."""
    application = judged(place, group_of(place, name=name, fips=fips))
    act = {"at": AT, "application": application}
    recommend(actor=place.actor("programme_officer"), summary="All is met.", **act)
    rationale = f"All is met for {name}."
    designate(actor=place.actor("selecting_official"), rationale=rationale, **act)
    return Designation.objects.get(application=application)


def denied(place: Office, *, name: str = "Thin Vehicles", fips: str = "18041") -> Application:
    """A refused application."""
    application = judged(place, group_of(place, name=name, fips=fips), FAILING)
    grounds = Grounds(("C1.concentration",), "Half the national share.")
    officer, official = place.actor("programme_officer"), place.actor("selecting_official")
    propose_denial(actor=officer, at=AT, application=application, grounds=grounds)
    deny(
        actor=official,
        at=later(days=20),
        application=application,
        reason=DenialReason.TESTS,
        rationale="Half the national share.",
    )
    return application


def prepared(place: Office, application: Application, at: datetime = AT) -> Publication:
    """A snapshot that waits for its release."""
    decision = Decision.objects.get(application=application)
    news = Announcement(why="The group has taken another name.")
    found = prepare_release(
        actor=place.actor("publisher"), at=at, decision=decision, announcement=news
    )
    assert found is not None
    return found


def released(place: Office, application: Application, at: datetime = AT) -> Publication:
    """A snapshot that is public."""
    publication = prepared(place, application, at)
    release(
        actor=place.actor("second_publisher"),
        at=at,
        application=application,
        publication=publication,
    )
    publication.refresh_from_db()
    return publication
