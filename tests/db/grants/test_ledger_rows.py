"""The database itself keeps both ledgers true: balances, mirrors, sources, verifiers."""

from datetime import timedelta
from decimal import Decimal

import pytest

from grants.models import (
    AwardGiverLink,
    AwardGiverSignature,
    Contribution,
    ContributionNote,
    FundEntry,
    MatchEntry,
    Pledge,
)
from grants.rules.match.accounts import FundStep, MatchStep
from grants.rules.match.states import ContributionState
from tests.constraints import refused_by, refused_by_trigger
from tests.factories.accounts import make_user
from tests.factories.awards import (
    add_evidence,
    make_award,
    make_contribution,
    make_pledge,
    make_source,
    post_fund,
    post_match,
)
from trail.queries.clock import database_now

CENT = Decimal("0.01")


def change(row, **fields):
    type(row)._default_manager.filter(pk=row.pk).update(**fields)


@pytest.fixture
def award():
    return make_award()


@pytest.fixture
def pledge(award):
    return make_pledge(award)


def test_pledges(award, pledge):
    with refused_by("pledge_giver_once"):
        make_pledge(award)
    with refused_by("pledge_amount_positive"):
        make_pledge(award, "Another", amount=0)
    with refused_by("pledge_name_key_normalized"):
        make_pledge(award, "Another", name_key="")
    with refused_by("pledge_skeleton_key_filled"):
        make_pledge(award, "Another", skeleton_key="")
    with refused_by_trigger():
        change(pledge, amount=1)
    with refused_by_trigger():
        change(pledge, state="asked")
    with refused_by_trigger():
        Pledge.objects.filter(pk=pledge.pk)._raw_delete("default")


def test_sources_are_counted_once_in_the_whole_portal(award):
    source = make_source()
    with refused_by("funding_source_once"):
        make_source(number_key=source.number_key)
    with refused_by("funding_source_is_worth"):
        make_source(amount=0)
    with refused_by("funding_source_statute_federal"):
        make_source(statute="42 U.S.C. 5305(i)")
    with refused_by("funding_source_name_key_normalized"):
        make_source(name_key="")
    with refused_by("funding_source_skeleton_key_filled"):
        make_source(skeleton_key="")
    with refused_by_trigger():
        change(source, amount=1)
    add_evidence(source, award, "the same file")
    with refused_by("sha256"):
        add_evidence(make_source(), award, "the same file")


def test_evidence_has_a_fingerprint_and_stays(award):
    kept = add_evidence(make_source(), award)
    with refused_by_trigger():
        change(kept, sha256="0" * 64)
    with refused_by("source_evidence_digest_shaped"):
        kept.pk, kept.sha256, kept._state.adding = None, "short", True
        kept.document = add_evidence(make_source(), award).document
        kept.save()


def test_contributions(pledge):
    row = make_contribution(pledge)
    with refused_by("contribution_is_worth"):
        make_contribution(pledge, amount=0)
    with refused_by("contribution_days_in_order"):
        make_contribution(pledge, given_through=row.given_from - timedelta(days=1))
    with refused_by_trigger():
        change(row, amount=1)
    with refused_by_trigger():
        change(row, state=ContributionState.VERIFIED)
    with refused_by_trigger():
        Contribution.objects.filter(pk=row.pk)._raw_delete("default")


def test_notes_of_rejection_name_their_test(pledge):
    row = make_contribution(pledge)
    values = {"contribution": row, "words": "No record.", "by": "user:1", "at": database_now()}
    with refused_by("contribution_note_has_reason"):
        ContributionNote.objects.create(kind="rejection", **values)
    kept = ContributionNote.objects.create(kind="query", **values)
    with refused_by_trigger():
        change(kept, words="Other words")


def test_entries_are_shaped_and_never_change(pledge):
    entry = pledge.entries.first()
    with refused_by("match_entry_moves_something"):
        post_match(pledge, MatchStep.PLEDGE, Decimal(0))
    with refused_by("match_entry_names_contribution"):
        post_match(pledge, MatchStep.PLEDGE, CENT, contribution=make_contribution(pledge))
    with refused_by_trigger():
        change(entry, amount=1)
    with refused_by_trigger():
        entry.delete()
    with refused_by_trigger():
        post_match(pledge, MatchStep.PLEDGE, CENT, number=99)
    with refused_by_trigger():
        post_match(pledge, MatchStep.PLEDGE, CENT, target="verified")


def test_entry_numbers_are_given_once(pledge):
    held = MatchEntry._meta.constraints[0]
    assert held.name == "match_entry_number_once"
    with refused_by_trigger():
        post_match(pledge, MatchStep.PLEDGE, CENT, number=1)


def test_no_account_falls_below_nothing(pledge):
    with refused_by_trigger():
        post_match(pledge, MatchStep.COMMIT, CENT)
    make_contribution(pledge, amount=100_000)
    with refused_by_trigger():
        make_contribution(pledge, amount=CENT)


def test_reversals_mirror_what_they_take_back(pledge):
    first, second = pledge.entries.all()
    with refused_by_trigger():  # committed already: the later step first
        post_match(pledge, MatchStep.PLEDGE, CENT, reverses=first)
    back = post_match(pledge, MatchStep.COMMIT, Decimal(60_000), reverses=second)
    with refused_by_trigger():
        post_match(pledge, MatchStep.COMMIT, Decimal(40_000) + CENT, reverses=second)
    with refused_by_trigger():
        post_match(pledge, MatchStep.COMMIT, CENT, reverses=back)
    with refused_by_trigger():
        post_match(pledge, MatchStep.PLEDGE, CENT, reverses=second)
    post_match(pledge, MatchStep.PLEDGE, Decimal(60_000), reverses=first)


def test_a_source_carries_no_more_than_its_amount_over_all_awards(pledge):
    source = make_source(amount=Decimal(50_000))
    make_contribution(pledge, amount=40_000, source=source)
    elsewhere = make_pledge(make_award())
    with refused_by_trigger():
        make_contribution(elsewhere, amount=Decimal(10_000) + CENT, source=source)
    make_contribution(elsewhere, amount=10_000, source=source)


def test_federal_money_is_no_match(pledge):
    through_a_state = make_source(origin="federal_passed_through")
    with refused_by_trigger():
        make_contribution(pledge, source=through_a_state)
    allowed = make_source(origin="federal", statute="42 U.S.C. 5305(a)(9)")
    make_contribution(pledge, source=allowed)


def test_verification_needs_evidence_and_another_person(pledge):
    row = make_contribution(pledge)
    way = {"contribution": row, "by_user": make_user()}
    with refused_by_trigger():
        post_match(pledge, MatchStep.VERIFY, row.amount, **way)
    add_evidence(row.source, pledge.award)
    with refused_by_trigger():
        post_match(pledge, MatchStep.VERIFY, row.amount, **way | {"by_user": row.recorded_by})
    with refused_by_trigger():
        post_match(pledge, MatchStep.VERIFY, row.amount, contribution=row)
    post_match(pledge, MatchStep.VERIFY, row.amount, **way)


def test_an_entry_keeps_to_the_pledge_of_its_contribution(pledge):
    row = make_contribution(pledge)
    other = make_pledge(pledge.award, "Another giver")
    with refused_by_trigger():
        post_match(other, MatchStep.CONTRIBUTE, CENT, contribution=row)


def test_funds_move_through_their_accounts(award):
    with refused_by("fund_entry_moves_something"):
        post_fund(award, FundStep.APPROVE, Decimal(1), reason="")
    with refused_by("fund_entry_names_award"):
        post_fund(award, FundStep.ALLOT, Decimal(1))
    with refused_by_trigger():
        post_fund(award, FundStep.APPROVE, award.federal_amount + CENT)
    with refused_by_trigger():
        post_fund(award, FundStep.PAY, CENT)
    approved = post_fund(award, FundStep.APPROVE, Decimal(80))
    with refused_by_trigger():
        change(approved, amount=1)
    assert FundEntry._meta.constraints[0].name == "fund_entry_number_once"
    with refused_by_trigger():
        post_fund(award, FundStep.APPROVE, CENT, number=1)


def test_a_pool_gives_no_more_than_it_has(award):
    with refused_by_trigger():
        post_fund(award, FundStep.RESERVE, award.selected.pool.amount)


def test_one_award_does_not_draw_what_another_holds(award):
    other = make_award(competition=award.selected.proposal.competition)
    with refused_by_trigger():
        post_fund(other, FundStep.APPROVE, other.federal_amount + CENT)


def link(**changes):
    now = database_now()
    number = AwardGiverLink.objects.count()
    values = {
        "nonce": f"nonce {number}",
        "token_digest": f"token {number}",
        "sent_at": now,
        "expires_at": now + timedelta(days=14),
        **changes,
    }
    return AwardGiverLink.objects.create(**values)


def test_links_of_givers(pledge):
    row = make_contribution(pledge)
    kept = link(pledge=pledge)
    with refused_by("award_giver_link_of_one"):
        link()
    with refused_by("award_giver_link_of_one"):
        link(pledge=pledge, contribution=row)
    with refused_by("award_giver_link_one_open"):
        link(pledge=pledge)
    with refused_by("award_giver_link_expires_after_sent"):
        link(contribution=row, expires_at=database_now() - timedelta(days=1))
    with refused_by("award_giver_link_code_paired"):
        link(contribution=row, code_digest="1")
    signed = {"signed_name": "Gil", "email": "gil@example.org", "at": database_now()}
    with refused_by("award_giver_signature_complete"):
        AwardGiverSignature.objects.create(link=kept, is_agreed=True, **signed)
    words = AwardGiverSignature.objects.create(
        link=kept, is_agreed=True, title="Owner", statement="We promise.", **signed
    )
    with refused_by_trigger():
        change(words, statement="We do not.")
