"""The database refuses rows of reviewers, invitations and screening that no act may write."""

from datetime import date, timedelta

import pytest
from django.db import DEFAULT_DB_ALIAS

from grants.models import (
    ConflictCertification,
    PanelInvitation,
    Reconsideration,
    ReviewerAddress,
    ReviewerEmployment,
    ReviewerProfile,
    ReviewerRelation,
    ScreeningFinding,
    TrainingAttempt,
)
from grants.rules.screening import ScreeningRule
from tests.constraints import refused_by, refused_by_trigger
from tests.factories.grants import make_competition, make_proposal, make_seat
from tests.factories.panels import make_reviewer
from trail.queries.clock import database_now


def change(row, **fields):
    type(row)._default_manager.filter(pk=row.pk).update(**fields)


@pytest.fixture
def profile():
    return ReviewerProfile.objects.get(user=make_reviewer())


EMPLOYMENT_LIMITS = [
    ("reviewer_employment_ends_after_start", {"until": date(2019, 1, 1)}),
    ("reviewer_employment_state_two_digits", {"state_fips": "O"}),
    ("reviewer_employment_unit_paired", {"unit": "Physics"}),
    ("reviewer_employment_uei_shape", {"uei": "SHORT"}),
    ("reviewer_employment_name_key_normalized", {"name_key": ""}),
    ("reviewer_employment_skeleton_key_filled", {"skeleton_key": ""}),
]


@pytest.mark.parametrize(("name", "fields"), EMPLOYMENT_LIMITS)
def test_employment_limits(profile, name, fields):
    with refused_by(name):
        change(ReviewerEmployment.objects.get(profile=profile), **fields)


def test_relation_limits(profile):
    def declare(**changes):
        values = {"kind": "board", "name": "A", "name_key": "a", "skeleton_key": "a", **changes}
        return ReviewerRelation.objects.create(
            profile=profile, declared_at=database_now(), **values
        )

    relation = declare()
    with refused_by("reviewer_relation_once"):
        declare()
    for name, fields in (
        ("reviewer_relation_kind_known", {"kind": "friend"}),
        ("reviewer_relation_uei_shape", {"uei": "SHORT"}),
        ("reviewer_relation_name_key_normalized", {"name_key": ""}),
        ("reviewer_relation_skeleton_key_filled", {"skeleton_key": ""}),
    ):
        with refused_by(name):
            change(relation, **fields)


def test_an_address_is_there_once(profile):
    now = database_now()
    for number, email in enumerate(("a@example.org", "b@example.org")):
        ReviewerAddress.objects.create(
            profile=profile, email=email, nonce=f"n{number}", code_until=now, added_at=now
        )
    with refused_by("reviewer_address_once"):
        change(ReviewerAddress.objects.get(nonce="n1"), email="A@example.org")


def test_training_is_append_only(profile):
    attempt = TrainingAttempt.objects.create(
        user=profile.user, at=database_now(), samples_version=1, scores=[], is_passed=False
    )
    with refused_by_trigger():
        change(attempt, is_passed=True)


def test_invitation_limits():
    competition, now = make_competition(), database_now()

    def invite(number, email):
        return PanelInvitation.objects.create(
            competition=competition,
            role="reviewer",
            name="N",
            email=email,
            least_load=1,
            greatest_load=2,
            readable=0,
            proposals=0,
            nonce=f"n{number}",
            token_digest=f"d{number}",
            invited_by="user:1",
            sent_at=now,
            expires_at=now + timedelta(days=1),
        )

    first = invite(1, "a@example.org")
    with refused_by("panel_invitation_one_open"):
        invite(2, "A@example.org")
    with refused_by("panel_invitation_expires_after_sent"):
        change(first, expires_at=now)
    with refused_by("panel_invitation_loads_in_order"):
        change(first, least_load=3)


def test_a_certification_is_signed_and_stays():
    seat = make_seat(make_competition())
    values = {"seat": seat, "signed_at": database_now()}
    with refused_by("conflict_certification_signed"):
        ConflictCertification.objects.create(words="W", signed_name="", **values)
    signed = ConflictCertification.objects.create(words="W", signed_name="N", **values)
    with refused_by_trigger():
        change(signed, words="Other")


def test_screening_limits():
    proposal, now = make_proposal(make_competition()), database_now()
    finding = ScreeningFinding.objects.create(
        proposal=proposal, outcome="eligible", written_by="user:1", written_at=now
    )
    with refused_by("screening_one_waits"):
        ScreeningFinding.objects.create(
            proposal=proposal, outcome="eligible", written_by="user:1", written_at=now
        )
    with refused_by("screening_cites_rule"):
        change(finding, outcome="ineligible", rule=ScreeningRule.PERIOD)
    with refused_by("screening_check_paired"):
        change(finding, is_agreed=True)
    with refused_by("screening_checked_by_another"):
        change(finding, is_agreed=True, checked_by="user:1", checked_at=now)
    with refused_by_trigger():
        ScreeningFinding.objects.filter(pk=finding.pk)._raw_delete(DEFAULT_DB_ALIAS)


def test_reconsideration_limits():
    proposal, now = make_proposal(make_competition()), database_now()
    values = {"proposal": proposal, "asked_by": "user:1", "asked_at": now}
    with refused_by("reconsideration_has_reason"):
        Reconsideration.objects.create(reason="", **values)
    asked = Reconsideration.objects.create(reason="Wrong", **values)
    with refused_by("reconsideration_once"):
        Reconsideration.objects.create(reason="Again", **values)
    with refused_by("reconsideration_answer_paired"):
        change(asked, is_granted=True)
