"""The sample world's awards are made by the same acts as anybody's."""

from datetime import timedelta

import pytest

from clusters_portal.demo.award_scenes import stage_awards
from clusters_portal.demo.competition_scenes import stage_competitions
from clusters_portal.demo.judged_scenes import stage_judged
from clusters_portal.demo.money_scenes import stage_money
from clusters_portal.demo.panel_scenes import prepare_reviewers
from clusters_portal.demo.personas import PERSONAS
from clusters_portal.demo.report_scenes import stage_reports
from grants.models import Award, AwardReport, Contribution, FundEntry
from grants.queries.award_position import award_position
from grants.queries.ledger_verification import verify_ledger
from grants.queries.public_awards import released_awards
from grants.rules.award_states import AwardState
from grants.rules.report_states import ReportState
from tests.db.clusters_portal.test_demo_judged import designate_groups
from tests.factories.accounts import make_agency, make_officer, make_user
from trail.queries.clock import database_now


@pytest.fixture
def home(db):
    return make_agency()


@pytest.fixture
def people(home):
    return {
        one.key: make_officer(home, *one.roles, name=one.name) if one.roles else make_user(one.name)
        for one in PERSONAS
    }


def test_what_was_selected_is_awarded_and_one_award_is_on_its_way(home, people):
    at = database_now()
    designate_groups(home, people, at)
    stage_competitions(people, home, at)
    prepare_reviewers(people, at - timedelta(days=300))
    stage_judged(people, home, at)
    made = stage_awards(people, at)
    assert stage_awards(people, at) == []
    states = [Award.objects.get(pk=one.pk).status for one in made]
    assert AwardState.ACCEPTED in states
    accepted = Award.objects.filter(state=AwardState.ACCEPTED)
    for award in accepted:
        assert award.starts_on <= at.date()
        assert award.answered_at < at
        assert award.pledges.exists()
        assert award.steps.values("signed_by").distinct().count() == 4
    assert released_awards(at).count() == accepted.count()
    stage_money(people, at)
    stage_money(people, at)
    half, behind = (award_position(one, at.date()) for one in accepted.order_by("pk")[:2])
    assert half.standing.drawn * 2 == half.terms.federal
    assert (half.owed, half.promises.recorded > half.promises.verified) == (0, True)
    assert behind.owed > 0
    assert behind.shortfall == behind.owed
    assert verify_ledger().ok
    assert not Contribution.objects.filter(recorded_at__gt=at).exists()
    assert not FundEntry.objects.filter(at__gt=at).exists()
    stage_reports(people, at)
    stage_reports(people, at)
    told = {
        (one.award_id, one.kind, one.number): one.status
        for one in AwardReport.objects.filter(number=1, award__in=accepted)
    }
    first, second, *others = accepted.order_by("pk")
    assert told[first.pk, "performance", 1] is ReportState.ACCEPTED
    assert told[first.pk, "financial", 1] is ReportState.ACCEPTED
    assert told[second.pk, "performance", 1] is ReportState.REVISION_REQUESTED
    assert told[second.pk, "financial", 1] is ReportState.SUBMITTED
    for award in others:
        late = award.reports.get(kind="performance", number=1)
        assert late.status is ReportState.DRAFT
        assert late.due_on < at.date()
        assert late.reminders.filter(step="mail_1").count() == 1
    assert verify_ledger().ok
