"""From rows to cards: only what is confirmed counts, and the data are the current ones."""

from datetime import date
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Organization
from certification.models import ConveningBody
from certification.queries.case_facts import case_facts
from certification.queries.readiness import readiness
from certification.rules.participants import FirmRole
from certification.rules.results import Outcome
from certification.rules.states import CommitmentState, ParticipantState
from kit.refusals import Refused
from tests.db.certification.scenes import (
    commitment,
    firm,
    group_row,
    institution,
    ready_group,
)
from tests.small_economy import JOBS, small_economy

TODAY = date(2026, 3, 3)


def words(group, basis):
    return {card.criterion.value: card.outcome for card in readiness(group, basis, TODAY).cards}


def test_a_ready_group_meets_all_five():
    basis = small_economy()
    found = readiness(ready_group(), basis, TODAY)
    assert [card.outcome for card in found.cards] == [Outcome.PASS] * 5
    assert found.met == 5
    assert found.next_card is None


def test_an_empty_group_has_a_next_step():
    basis = small_economy()
    found = readiness(group_row(), basis, TODAY)
    assert [card.outcome for card in found.cards] == [Outcome.PASS, *[Outcome.FAIL] * 4]
    assert found.next_card.gap == "Add fifteen firms."


def test_the_quotient_is_the_one_that_anybody_can_add_up():
    basis = small_economy()
    facts = case_facts(group_row(), basis).concentration
    traded = {fips: counts[1:] for fips, counts in JOBS.items()}
    region = ("18039", "18085", "26027")
    here = sum(sum(traded[fips][:2]) for fips in region)
    base = sum(sum(traded[fips]) for fips in region)
    nation = sum(sum(counts[:2]) for counts in traded.values())
    total = sum(sum(counts) for counts in traded.values())
    assert facts.employment.value == here
    assert facts.lq.value == Fraction(here, base) / Fraction(nation, total)
    assert facts.region_name == "Elkhart and neighbors"


def test_invited_and_declined_members_count_zero():
    basis, group = small_economy(), ready_group()
    before = case_facts(group, basis).diversity
    firm(group, 90, FirmRole.LOGISTICS, state=ParticipantState.INVITED, answered_at=None)
    firm(group, 91, FirmRole.LOGISTICS, state=ParticipantState.DECLINED)
    institution(group, 92, "university", state=ParticipantState.INVITED, answered_at=None)
    assert case_facts(group, basis).diversity == before
    assert len(case_facts(group, basis).institutions) == 3


def test_families_meet_through_identifiers_names_and_the_parent_itself():
    from tests.factories.accounts import make_organization  # noqa: PLC0415 - one scene only

    basis, group = small_economy(), group_row()
    holding, works = make_organization(None, "Acme Holding, Inc."), make_organization()
    Organization.objects.filter(pk=works.pk).update(parent=holding, uei="JF4K9Q2M7XA1")
    firm(group, 1, uei="JF4K9Q2M7XA1")
    firm(group, 2, corporate_family="ACME holding")
    firm(group, 3, skeleton_key=holding.skeleton_key)
    firm(group, 4)
    families = [one.family for one in case_facts(group, basis).diversity.firms]
    assert families == ["acme holding, inc."] * 3 + [""]


def test_a_firm_without_a_size_is_unknown_and_families_meet_however_typed():
    basis, group = small_economy(), group_row()
    firm(group, 1, size_class="", corporate_family="Acme  Holding")
    firm(group, 2, size_class="other", corporate_family="ACME holding")
    facts = case_facts(group, basis).diversity
    assert [one.is_small for one in facts.firms] == [None, False]
    assert {one.family for one in facts.firms} == {"acme holding"}


@pytest.mark.parametrize(
    ("state", "signed"),
    [
        (CommitmentState.SIGNED, True),
        (CommitmentState.ASKED, False),
        (CommitmentState.DECLINED, False),
        (CommitmentState.EXPIRED, False),
    ],
)
def test_only_a_signature_counts_for_a_government(state, signed):
    basis, group = small_economy(), group_row(fips=("18039",))
    commitment(group, "state", "18", state)
    found = {one.id: one for one in readiness(group, basis, TODAY).determination.results}
    assert (found["C4.18.state"].outcome is Outcome.PASS) == signed
    assert found["C4.18.local"].outcome is Outcome.FAIL
    assert "C4.26.state" not in found


def test_a_state_with_few_of_the_jobs_need_not_sign():
    """Cass County, Michigan has 600 of the region's 14,600 jobs: less than a tenth."""
    basis, group = small_economy(), group_row()
    found = {one.id for one in readiness(group, basis, TODAY).determination.results}
    assert "C4.18.state" in found
    assert "C4.26.state" not in found


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, Outcome.PASS),
        ({"is_management_paid_or_pledged": False}, Outcome.FAIL),
        ({"legal_name": ""}, Outcome.FAIL),
        ({"form": "fiscal_sponsor"}, Outcome.FAIL),
        ({"form": "fiscal_sponsor", "fiscal_sponsor_name": "A foundation"}, Outcome.PASS),
        ({"form": "formation_plan", "formation_plan": "We found it in May."}, Outcome.PASS),
        ({"dues_relief_rule": " "}, Outcome.FAIL),
    ],
)
def test_the_convening_body_counts_with_what_belongs_to_its_form(changes, outcome):
    basis, group = small_economy(), ready_group()
    ConveningBody.objects.filter(group=group).update(**changes)
    assert words(group, basis)["C5"] is outcome


def test_a_cluster_of_another_definition_set_is_refused():
    basis, group = small_economy(), group_row(definition_set_code="other")
    with pytest.raises(Refused) as refused:
        case_facts(group, basis)
    assert refused.value.refusal.code == "other_definitions"


def test_the_number_of_queries_does_not_grow_with_the_roster():
    basis, group = small_economy(), group_row()
    counts = []
    for number in (1, 3):
        for one in range(number):
            firm(group, number * 10 + one)
        readiness(group, basis, TODAY)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            readiness(group, basis, TODAY)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 30
