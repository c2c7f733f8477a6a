"""The acts of the match ledger: what counts, and what is refused with the ledger untouched."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction

from accounts.actors import actor_from_user
from accounts.models import OrganizationRole
from certification.actions.sign_answer import SignedAnswer
from certification.queries.personal_links import code_of, token_of
from grants.actions.ask_confirmation import ask_confirmation
from grants.actions.attach_evidence import attach_evidence
from grants.actions.confirm_gift import confirm_gift, send_award_code
from grants.actions.move_contribution import Note
from grants.actions.post_entry import Posting, post_entry
from grants.actions.record_contribution import record_contribution
from grants.actions.submit_contribution import (
    answer_query,
    submit_contribution,
    withdraw_contribution,
)
from grants.actions.verify_contribution import (
    disallow_contribution,
    query_contribution,
    reject_contribution,
    verify_contribution,
)
from grants.models import Award, Contribution, FundEntry, FundingSource, MatchEntry
from grants.queries.ledger_verification import verify_ledger
from grants.queries.match_balances import counted_of, held_in, left_of_pledge, match_by_account
from grants.rules.award_states import AwardState
from grants.rules.match.accounts import FundStep, MatchAccount, MatchStep
from grants.rules.match.states import (
    ContributionKind,
    ContributionState,
    NoteKind,
    Origin,
    RejectionReason,
    SourceKind,
)
from kit.refusals import Refused
from records.models import Letter
from tests.db.grants.match_drafts import draft
from tests.factories.accounts import make_organization, make_user
from tests.factories.awards import make_award, make_contribution, make_pledge, post_fund
from tests.factories.certification_groups import seat_representative
from tests.factories.documents import sent, work
from tests.hostile.honest import pdf
from trail.queries.clock import database_now

pytestmark = pytest.mark.django_db


@pytest.fixture
def pledge():
    return make_pledge(make_award())


@pytest.fixture
def recorder():
    return actor_from_user(make_user())


@pytest.fixture
def officer():
    return actor_from_user(make_user())


def record(pledge, recorder, *args, **changes):
    return record_contribution(
        actor=recorder, at=database_now(), pledge=pledge, gift=draft(pledge, *args, **changes)
    )


def attach(row, recorder, words=b"one"):
    file = sent(pdf(extra=(b"<< /Words (" + words + b") >>",)), "record.pdf")
    return attach_evidence(actor=recorder, at=database_now(), contribution=row, sent=file)


def answered(row, recorder, *, is_agreed=True):
    at = database_now()
    link = ask_confirmation(actor=recorder, at=at, contribution=row, key=f"ask {row.pk}")
    token = token_of(link.nonce)
    code = code_of(send_award_code(at=at, token=token))
    answer = SignedAnswer(code, "Gil Giver", "Owner", is_agreed)
    confirm_gift(at=at, token=token, answer=answer, key="k")
    row.refresh_from_db()
    return token, answer


def submitted(pledge, recorder, *args, words=b"one", **changes):
    row = attach(record(pledge, recorder, *args, **changes), recorder, words)
    answered(row, recorder)
    return submit_contribution(actor=recorder, at=database_now(), contribution=row)


def verified(pledge, recorder, officer, *args, **changes):
    row = submitted(pledge, recorder, *args, **changes)
    work()
    return verify_contribution(actor=officer, at=database_now(), contribution=row)


def refused(code, act, *args, **kwargs):
    """The act is refused with this code, and not one entry is added or changed."""
    before = list(MatchEntry.objects.order_by("pk").values_list())
    rows = Contribution.objects.count(), FundingSource.objects.count()
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    assert caught.value.refusal.code == code
    assert list(MatchEntry.objects.order_by("pk").values_list()) == before
    assert (Contribution.objects.count(), FundingSource.objects.count()) == rows


def act(verb, actor, row, **more):
    return verb(actor=actor, at=database_now(), contribution=row, **more)


def test_from_recorded_to_verified(pledge, recorder, officer):
    row = verified(pledge, recorder, officer)
    assert row.state == ContributionState.VERIFIED
    assert [(one.step, one.amount) for one in row.entries.all()] == [
        ("contribute", 10_000),
        ("verify", 10_000),
    ]
    assert left_of_pledge(pledge) == 90_000
    sums = match_by_account(MatchEntry.objects.all())
    assert sum(sums.values()) == 0
    assert sums["verified"] == 10_000
    verbs = set(pledge.award.case.entries.values_list("verb", flat=True))
    assert {"record_contribution", "confirm_contribution", "verify_contribution"} <= verbs
    report = verify_ledger()
    assert report.ok, report.reason
    assert report.checked == MatchEntry.objects.count() + FundEntry.objects.count()


def test_the_same_form_twice_records_once(pledge, recorder):
    at, gift = database_now(), draft(pledge)
    first, second = (
        record_contribution(actor=recorder, at=at, pledge=pledge, gift=gift, key="k")
        for _ in range(2)
    )
    assert first == second
    assert pledge.contributions.count() == 1


def test_what_is_refused_leaves_the_ledger_untouched(pledge, recorder):
    days = {"given_from": pledge.award.starts_on - timedelta(days=1)}
    late = pledge.award.ends_on + timedelta(days=1)
    cases = [
        ("not_in_budget", {"category": "equipment"}),
        ("outside_period", days),
        ("not_given_yet", {"given_through": late}),
        ("kind_not_promised", {"kind": ContributionKind.GOODS}),
        ("federal_money", {"paper": {"origin": Origin.FEDERAL_PASSED_THROUGH}}),
        ("origin_of_another", {"paper": {"origin": Origin.STATE}}),
        ("paper_of_another_kind", {"paper": {"kind": SourceKind.LEASE}}),
        ("no_number", {"number": " - "}),
        ("no_words", {"description": " \n"}),
        *(("not_money", {"amount": one}) for one in ("1e3", "1_000", "-0", "\u0661", "1.001")),
        ("figure_missing", {"amount": ""}),
        ("source_used", {"amount": "10,000.01"}),
        ("pledge_used", {"amount": "100,000.01", "paper": {"amount": Decimal(200_000)}}),
    ]
    for code, changes in cases:
        number = changes.pop("number", "CHK-1")
        amount = changes.pop("amount", "10,000.00")
        refused(code, record, pledge, recorder, number, amount, **changes)


def test_nothing_is_recorded_before_the_award_is_accepted(recorder):
    early = make_pledge(make_award(AwardState.OFFERED))
    refused("award_not_active", record, early, recorder)


def test_one_paper_counts_once_over_all_awards(pledge, recorder):
    record(pledge, recorder, "CHK-1", "6,000.00")
    elsewhere = make_pledge(make_award(), "MAUMEE GLASS, Inc.")
    day = draft(pledge).paper.dated_on
    refused(
        "source_used",
        record,
        elsewhere,
        recorder,
        "chk 1",
        "4,000.01",
        paper={"dated_on": day},
    )
    refused("paper_differs", record, elsewhere, recorder, "CHK-1", "1.00", paper={"amount": 99_999})
    record(elsewhere, recorder, "chk 1", "4,000.00", paper={"dated_on": day})
    assert FundingSource.objects.count() == 1


def test_the_same_file_proves_no_second_paper(pledge, recorder):
    attach(record(pledge, recorder, "CHK-1"), recorder, b"the file")
    elsewhere = record(make_pledge(make_award()), recorder, "CHK-2")
    refused("file_counted", attach, elsewhere, recorder, b"the file")


def test_a_giver_who_denies(pledge, recorder):
    row = attach(record(pledge, recorder), recorder)
    answered(row, recorder, is_agreed=False)
    assert row.state == ContributionState.REJECTED
    assert left_of_pledge(pledge) == 100_000
    assert row.notes.get().kind == NoteKind.DENIAL
    assert not any(counted_of(row).values())
    refused("illegal_transition", act, submit_contribution, recorder, row)
    assert verify_ledger().ok


def test_a_link_opens_once_and_not_after_its_time(pledge, recorder):
    row = attach(record(pledge, recorder), recorder)
    token, answer = answered(row, recorder)
    at = database_now()
    again = {"at": at, "token": token, "answer": answer}
    assert confirm_gift(**again, key="k") is not None  # the same form: a double click
    refused("link_used", confirm_gift, **again, key="another")
    refused("key_reused", confirm_gift, **again | {"answer": replace(answer, name="Eve")}, key="k")
    refused("link_unknown", confirm_gift, at=at, token="guessed", answer=answer, key="k")
    other = attach(record(pledge, recorder, "CHK-9"), recorder, b"nine")
    link = act(ask_confirmation, recorder, other, key="ask other")
    late = link.expires_at + timedelta(seconds=1)
    refused("link_expired", send_award_code, at=late, token=token_of(link.nonce))
    refused("reminded_lately", act, ask_confirmation, recorder, other, key="again")


def test_a_stolen_link_needs_the_code_that_goes_to_the_giver(pledge, recorder):
    row = attach(record(pledge, recorder), recorder)
    at = database_now()
    link = act(ask_confirmation, recorder, row, key="a")
    token = token_of(link.nonce)
    guess = SignedAnswer("000000", "Eve", "Thief", is_agreed=True)
    refused("code_missing", confirm_gift, at=at, token=token, answer=guess, key="k")
    refused("code_address", send_award_code, at=at, token=token, address="eve@elsewhere.test")
    send_award_code(at=at, token=token)
    for _ in range(4):
        refused("code_wrong", confirm_gift, at=at, token=token, answer=guess, key="k")
    refused("code_attempts", confirm_gift, at=at, token=token, answer=guess, key="k")


def test_a_withdrawn_contribution_closes_the_link(pledge, recorder):
    row = attach(record(pledge, recorder), recorder)
    link = act(ask_confirmation, recorder, row, key="a")
    act(withdraw_contribution, recorder, row, words="Typed twice")
    refused("link_replaced", send_award_code, at=database_now(), token=token_of(link.nonce))
    assert left_of_pledge(pledge) == 100_000


def test_whoever_recorded_or_belongs_to_the_giver_does_not_verify(pledge, recorder):
    row = submitted(pledge, recorder)
    refused("evidence_unchecked", act, verify_contribution, actor_from_user(make_user()), row)
    work()
    refused("recorded_it", act, verify_contribution, recorder, row)
    giver = actor_from_user(make_user(email=pledge.contact_email))
    refused("belongs_to_giver", act, verify_contribution, giver, row)


@pytest.mark.parametrize("side", ["recorded_it", "signer", "member", "of_the_group"])
def test_whoever_recorded_or_belongs_to_the_giver_neither_asks_rejects_nor_disallows(
    pledge, recorder, officer, side
):
    row = submitted(pledge, recorder)
    actor = recorder if side == "recorded_it" else actor_from_user(_of_giver(pledge, side))
    code = "recorded_it" if side == "recorded_it" else "belongs_to_giver"
    reason = RejectionReason.NOT_NECESSARY
    refused(code, act, query_contribution, actor, row, words="Which account?")
    refused(code, act, reject_contribution, actor, row, reason=reason, words="Not ours.")
    work()
    act(verify_contribution, officer, row)
    finding = Note(NoteKind.DISALLOWANCE, "Not ours.", RejectionReason.NOT_ALLOWABLE)
    more = {"amount": Decimal(1), "finding": finding}
    refused(code, act, disallow_contribution, actor, row, **more)
    assert not row.notes.exists()
    assert not Letter.objects.filter(subject__contains="question").exists()


def _of_giver(pledge, side):
    if side == "signer":
        return make_user(email=pledge.contact_email.upper())
    user = make_user()
    if side == "of_the_group":
        seat_representative(pledge.award.group, user)
    else:
        OrganizationRole.objects.create(
            organization=make_organization(legal_name=pledge.giver_name),
            user=user,
            since=database_now(),
        )
    return user


def test_questions_and_answers_then_a_rejection_by_one_of_the_seven_tests(
    pledge, recorder, officer
):
    row = submitted(pledge, recorder)
    refused("no_words", act, query_contribution, officer, row, words=" ")
    act(query_contribution, officer, row, words="Which account?")
    refused("illegal_transition", act, verify_contribution, officer, row)
    act(answer_query, recorder, row, words="The project's.")
    reason = RejectionReason.NOT_NECESSARY
    act(reject_contribution, officer, row, reason=reason, words="Not for the project.")
    row.refresh_from_db()
    assert row.state == ContributionState.REJECTED
    assert left_of_pledge(pledge) == 100_000
    assert [one.kind for one in row.notes.all()] == ["query", "answer", "rejection"]
    refused("illegal_transition", act, verify_contribution, officer, row)


def test_disallowance_in_part_then_whole(pledge, recorder, officer):
    row = verified(pledge, recorder, officer)
    finding = Note(NoteKind.DISALLOWANCE, "Half is not for us.", RejectionReason.NOT_ALLOWABLE)
    cents = Decimal("4000.01")
    act(disallow_contribution, officer, row, amount=cents, finding=finding)
    row.refresh_from_db()
    assert row.state == ContributionState.VERIFIED
    assert counted_of(row)[MatchAccount.VERIFIED] == Decimal("5999.99")
    for wrong in (Decimal(6000), Decimal(0), Decimal(-1)):
        refused(
            "more_than_verified",
            act,
            disallow_contribution,
            officer,
            row,
            amount=wrong,
            finding=finding,
        )
    act(disallow_contribution, officer, row, amount=Decimal("5999.99"), finding=finding)
    row.refresh_from_db()
    assert row.state == ContributionState.DISALLOWED
    assert left_of_pledge(pledge) == 100_000
    assert verify_ledger().ok


def test_the_ledger_refuses_what_breaks_a_law(pledge, recorder):
    at = database_now()
    first, commit = pledge.entries.order_by("number")

    def post(step, amount, **more):
        entry = Posting(pledge, step, Decimal(amount), "For a test", **more)
        return post_entry(actor=recorder, at=at, entry=entry)

    refused("not_an_amount", post, MatchStep.PLEDGE, 0)
    refused("not_an_amount", post, MatchStep.PLEDGE, "0.001")
    refused("not_there", post, MatchStep.COMMIT, "0.01")
    refused("not_there", post, MatchStep.PLEDGE, "0.01", takes_back=first)
    refused("not_the_mirror", post, MatchStep.PLEDGE, "0.01", takes_back=commit)
    back = post(MatchStep.COMMIT, "60000", takes_back=commit)
    refused("reversed_before", post, MatchStep.COMMIT, "40000.01", takes_back=commit)
    refused("reversal_of_reversal", post, MatchStep.COMMIT, "0.01", takes_back=back)
    assert held_in(pledge.entries.all(), MatchAccount.PLEDGED) == 60_000


def test_giver_and_group_are_written_to(pledge, recorder, officer):
    verified(pledge, recorder, officer)
    said = " ".join(one.subject for one in Letter.objects.filter(case=pledge.award.case))
    for words in ("Did Maumee Glass give $10,000", "confirms its contribution", "is verified"):
        assert words in said


def test_verify_ledger_names_the_first_broken_row(pledge):
    make_contribution(pledge, ContributionState.VERIFIED)
    assert verify_ledger().ok
    for sql, reason in (
        ("UPDATE grants_matchentry SET amount = amount + 0.01 WHERE number = 3", "another amount"),
        ("UPDATE grants_matchentry SET amount = amount + 0.01 WHERE number = 4", "left there"),
        ("UPDATE grants_matchentry SET number = 9 WHERE number = 3", "follows the last"),
        ("UPDATE grants_matchentry SET target = 'verified' WHERE number = 3", "accounts"),
        ("DELETE FROM grants_matchentry WHERE number = 2", "follows the last"),
        ("UPDATE grants_fundingsource SET amount = 1", "beyond its amount"),
        ("UPDATE grants_fundingsource SET origin = 'federal'", "federal"),
        (
            (
                "UPDATE grants_contribution c SET recorded_by_id = e.by_user_id "
                "FROM grants_matchentry e WHERE e.number = 4"
            ),
            "recorded",
        ),
        ("UPDATE accounts_agency SET short_name = 'Maumee Glass'", "pays for the award"),
        ("DELETE FROM grants_sourceevidence", "without evidence"),
        ("UPDATE grants_fundentry SET amount = amount + 1 WHERE number = 3", "left there"),
    ):
        report = broken(sql)
        assert not report.ok, sql
        assert reason in report.reason, (sql, report.reason)
        assert report.first_broken
    assert verify_ledger().ok
    assert Award.objects.exists()


def test_money_that_one_award_takes_from_another_is_found():
    award = make_award()
    other = make_award(competition=award.selected.proposal.competition)
    for one in (award, other):
        post_fund(one, FundStep.APPROVE, Decimal(150_000))
    assert verify_ledger().ok
    report = broken(
        f"UPDATE grants_fundentry SET award_id = {other.pk} "
        f"WHERE award_id = {award.pk} AND step = 'approve'"
    )
    assert "than this contribution or this award has" in report.reason
    assert report.first_broken.startswith("fund entry 7 of pool")


def broken(sql):
    """What verification says after somebody wrote past the triggers; then all is undone."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(sql)
        report = verify_ledger()
        transaction.set_rollback(True)
    return report
