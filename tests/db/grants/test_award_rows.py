"""The database itself keeps awards, their four signatures and their terms."""

from datetime import timedelta
from decimal import Decimal

import pytest

from grants.models import Award, AwardStep, BudgetLine, RiskFinding, SpecificCondition
from grants.rules.award_states import AwardState, StepKind
from tests.constraints import refused_by, refused_by_trigger
from tests.factories.accounts import make_user
from tests.factories.awards import make_award
from tests.factories.grants import DIGEST
from trail.queries.clock import database_now


def change(row, **fields):
    type(row)._default_manager.filter(pk=row.pk).update(**fields)


@pytest.fixture
def draft():
    return make_award(AwardState.DRAFTED)


def make_step(award, kind=StepKind.RECOMMEND, **changes):
    values = {
        "version": award.version,
        "words_digest": DIGEST,
        "statement": "I recommend this award.",
        "signed_by": make_user(),
        "signed_at": database_now(),
        **changes,
    }
    return AwardStep.objects.create(award=award, kind=kind, **values)


def make_condition(award, **changes):
    values = {
        "nature": "Reports every quarter",
        "reason": "The last audit had a finding.",
        "action": "Four reports in time",
        "time_allowed": "One year",
        "reconsideration": "Write to the grants officer within 30 days.",
        "written_by": "user:1",
        "written_at": database_now(),
        **changes,
    }
    return SpecificCondition.objects.create(award=award, **values)


def test_award_amounts_and_days(draft):
    with refused_by("award_period_in_order"):
        change(draft, ends_on=draft.starts_on)
    with refused_by("award_pre_award_90_days"):
        change(draft, pre_award_days=91)
    with refused_by("award_is_paid"):
        change(draft, federal_amount=0)
    with refused_by("award_share_is_fraction"):
        change(draft, federal_share_numerator=3)
    with refused_by("award_noncash_percent"):
        change(draft, noncash_percent=101)


def test_award_states_have_their_facts(draft):
    with refused_by("award_obligated_paired"):
        change(draft, obligated_at=database_now())
    with refused_by("award_offered_paired"):
        change(draft, answer_by=draft.ends_on)
    with refused_by("award_answered_paired"):
        change(draft, answered_title="Director")


def test_an_offer_is_taken_back_after_its_last_day_and_with_a_reason():
    offer = make_award(AwardState.OFFERED)
    back = {
        "state": AwardState.WITHDRAWN,
        "withdrawn_at": database_now(),
        "withdrawn_on": offer.answer_by + timedelta(days=1),
        "withdrawal_reason": "No answer.",
    }
    with refused_by("award_withdrawn_after_last_day"):
        change(offer, **back | {"withdrawn_on": offer.answer_by})
    for missing in ("withdrawn_at", "withdrawn_on"):
        with refused_by("award_withdrawn_paired"):
            change(offer, **back | {missing: None})
    with refused_by("award_withdrawn_paired"):
        change(offer, **back | {"withdrawal_reason": ""})
    with refused_by("award_withdrawn_paired"):
        change(offer, withdrawal_reason="No answer.")
    change(offer, **back)
    with refused_by_trigger():
        change(offer, state=AwardState.OFFERED)


def test_numbers_are_given_once():
    one, other = make_award(), make_award()
    with refused_by("award_number_once"):
        change(other, number=one.number)


def test_terms_change_in_the_draft_only(draft):
    change(draft, terms="Other words")
    offered = make_award(AwardState.OFFERED)
    with refused_by_trigger():
        change(offered, federal_amount=Decimal(1))
    with refused_by_trigger():
        change(offered, ends_on=offered.ends_on + timedelta(days=1))


def test_awards_keep_to_their_lifecycle_and_stay(draft):
    with refused_by_trigger():
        change(draft, state=AwardState.RECOMMENDED)
    with refused_by_trigger():
        Award.objects.filter(pk=draft.pk)._raw_delete("default")


def test_budget_lines(draft):
    with refused_by("budget_line_once"):
        BudgetLine.objects.create(award=draft, category="travel", federal=1)
    with refused_by("budget_line_not_negative"):
        BudgetLine.objects.create(award=draft, category="supplies", federal=-1)
    with refused_by_trigger():
        change(draft.lines.first(), federal=7)


def test_risk_findings(draft):
    values = {
        "version": 1,
        "check_name": "exclusions",
        "outcome": "clear",
        "source": "SAM.gov exclusions, by UEI",
        "looked_on": draft.starts_on,
        "found_by": "user:1",
        "found_at": database_now(),
    }
    kept = RiskFinding.objects.create(award=draft, **values)
    with refused_by("risk_finding_once"):
        RiskFinding.objects.create(award=draft, **values)
    with refused_by("risk_finding_has_source"):
        RiskFinding.objects.create(award=draft, **values | {"version": 2, "outcome": "concern"})
    with refused_by_trigger():
        change(kept, outcome="barred")


def test_conditions_have_five_elements(draft):
    for missing in ("nature", "reason", "action", "time_allowed", "reconsideration"):
        with refused_by("specific_condition_five_elements"):
            make_condition(draft, **{missing: ""})
    kept = make_condition(draft)
    with refused_by("specific_condition_removed_paired"):
        change(kept, removed_at=database_now())
    with refused_by_trigger():
        change(kept, action="Nothing")
    with refused_by_trigger():
        kept.delete()


def test_four_steps_by_four_people(draft):
    person = make_user()
    kept = make_step(draft, signed_by=person)
    with refused_by("award_step_once"):
        make_step(draft)
    with refused_by("award_step_four_people"):
        make_step(draft, StepKind.SELECT, signed_by=person)
    with refused_by("award_step_names_words"):
        make_step(draft, StepKind.SELECT, words_digest="")
    with refused_by("award_step_void_paired"):
        change(kept, voided_at=database_now())
    with refused_by_trigger():
        change(kept, statement="Other words")
    with refused_by_trigger():
        kept.delete()
    change(kept, voided_at=database_now(), void_reason="The amount changed")
    make_step(draft, signed_by=person)
    with refused_by_trigger():
        change(kept, voided_at=None, void_reason="")
