"""From the group's page to the money, as people click it."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.rules.roles import AgencyRoleKind
from grants.models import PaymentFile, PaymentRequest
from grants.queries.award_standing import standing_of
from grants.rules.match.states import ContributionState
from grants.rules.payment_states import PaymentState
from tests.db.grants.payment_acts import HEADER, WORK, answer, approved, matched, paid, submitted
from tests.db.grants.test_award_rows import make_condition
from tests.factories.accounts import make_officer, make_user
from tests.factories.awards import make_award, make_contribution, make_pledge
from tests.factories.certification_groups import make_group, seat_representative
from tests.factories.sign_in import sign_in_freshly

R = AgencyRoleKind
EIGHTY = {"personnel": (500, 0, 80)}


@pytest.fixture
def administrator():
    return make_user()


@pytest.fixture
def representative():
    return make_user()


@pytest.fixture
def award(administrator, representative):
    group = make_group(administrator)
    seat_representative(group, representative)
    award = make_award(group=group)
    make_contribution(make_pledge(award), ContributionState.VERIFIED, 100)
    return award


@pytest.fixture
def sign_in(client):
    def become(person):
        return sign_in_freshly(client, person)

    return become


@pytest.fixture
def officer(award):
    def of(role):
        return make_officer(award.agency, role)

    return of


def typed(award, **changes):
    day = award.starts_on
    return {
        "costs_from_month": day.month,
        "costs_from_day": day.day,
        "costs_from_year": day.year,
        "costs_through_month": day.month,
        "costs_through_day": day.day,
        "costs_through_year": day.year,
        "progress": WORK,
        "version": 0,
        "costs_personnel": "500.00",
        "asked_personnel": "80.00",
        **changes,
    }


def words_of(answer):
    return " ".join(answer.content.decode().split())


def at(name, row, **more):
    return reverse(
        f"grants:{name}",
        kwargs={"award": row.award.reference, "payment": row.reference, **more},
    )


def test_from_the_request_to_the_money(
    client, award, sign_in, officer, administrator, representative
):
    sign_in(administrator)
    page = client.get(reverse("grants:payments", args=[award.reference]))
    assert "No request yet" in words_of(page)
    client.post(reverse("grants:new_payment", args=[award.reference]), typed(award))
    row = PaymentRequest.objects.get()
    assert "Ready for your authorized representative" in words_of(client.get(at("payment", row)))

    sign_in(representative)
    said = {"title": "Director", "is_certified": "on", "idempotency_key": "k1"}
    client.post(at("sign_payment", row), said)
    row.refresh_from_db()
    assert row.status is PaymentState.SUBMITTED

    review = {"round": 1, "outcome": "approve", "words": "I read the invoices."}
    sign_in(officer(R.PROGRAMME_OFFICER))
    client.post(at("review_progress", row), review)
    sign_in(officer(R.FINANCE_OFFICER))
    client.post(at("review_money", row), {**review, "approved_personnel": "70.00"})
    row.refresh_from_db()
    assert row.status is PaymentState.APPROVED_PARTIAL

    sign_in(officer(R.CERTIFYING_OFFICER))
    assert "Certify the payment" in words_of(client.get(at("staff_payment", row)))
    client.post(at("certify_payment", row), {"round": 1, "is_certified": "on"})
    client.post(reverse("grants:make_payment_file"), {"agency": award.agency_id})
    file = PaymentFile.objects.get()
    content = client.get(reverse("grants:payment_file_content", args=[file.reference]))
    assert content.content.decode() == file.content

    sign_in(officer(R.FINANCE_OFFICER))
    upload = SimpleUploadedFile("results.csv", (HEADER + answer(row)).encode())
    address = reverse("grants:payment_results")
    done = client.post(address, {"agency": award.agency_id, "file": upload}, follow=True)
    assert "1 paid, 0 failed" in words_of(done)
    client.post(reverse("grants:reconcile_file", args=[file.reference]))
    row.refresh_from_db()
    assert row.status is PaymentState.RECONCILED
    assert standing_of(award).drawn == 70


def test_a_limit_is_explained_and_nothing_typed_is_lost(client, award, sign_in, administrator):
    sign_in(administrator)
    typed_over = typed(award, asked_personnel="100.01")
    client.post(reverse("grants:new_payment", args=[award.reference]), typed_over)
    row = PaymentRequest.objects.get()
    page = words_of(client.get(at("payment", row)))
    assert "At most $100.00 can be drawn today: the verified match carries no more." in page
    assert "Certify and submit" not in page


@pytest.mark.parametrize(
    "text", ["1e3", "1_000", "-0", "\N{ARABIC-INDIC DIGIT EIGHT}0", "80.001", "NaN", "=80"]
)
def test_amounts_are_read_strictly(client, award, sign_in, administrator, text):
    sign_in(administrator)
    answer = client.post(
        reverse("grants:new_payment", args=[award.reference]), typed(award, asked_personnel=text)
    )
    assert answer.status_code == 409
    assert "Enter dollars and cents" in words_of(answer)
    assert WORK in words_of(answer)
    assert not PaymentRequest.objects.exists()


def test_somebody_elses_request_and_draft_do_not_exist(client, award, sign_in, administrator):
    other = submitted(matched(100), EIGHTY)
    sign_in(administrator)
    assert client.get(at("payment", other)).status_code == 404
    mixed = reverse("grants:payment", args=[award.reference, other.reference])
    assert client.get(mixed).status_code == 404


def test_officers_do_not_see_a_draft(client, award, sign_in, officer, administrator):
    sign_in(administrator)
    client.post(reverse("grants:new_payment", args=[award.reference]), typed(award))
    row = PaymentRequest.objects.get()
    sign_in(officer(R.FINANCE_OFFICER))
    assert client.get(at("staff_payment", row)).status_code == 404
    assert row.reference not in words_of(client.get(reverse("grants:payment_desk")))


def test_an_officer_with_both_roles_reviews_once_and_is_told_why(client, award, sign_in):
    row = submitted(award, EIGHTY)
    person = make_officer(award.agency, R.PROGRAMME_OFFICER, R.FINANCE_OFFICER)
    sign_in(person)
    review = {"round": 1, "outcome": "approve", "words": "It fits."}
    client.post(at("review_progress", row), review)
    assert "Another officer must do this one." in words_of(client.get(at("staff_payment", row)))
    again = client.post(at("review_money", row), {**review, "approved_personnel": "80"})
    assert again.status_code == 409
    assert row.reviews.count() == 1


def test_a_payment_is_held_only_under_a_condition(client, award, sign_in, officer):
    row = submitted(award, EIGHTY)
    sign_in(officer(R.FINANCE_OFFICER))
    assert "Hold the payment" not in words_of(client.get(at("staff_payment", row)))
    made_up = client.post(at("hold_payment", row), {"condition": "1", "words": "Late"})
    assert made_up.status_code == 409
    term = make_condition(award, holds_payments=True)
    client.post(at("hold_payment", row), {"condition": str(term.pk), "words": "No report"})
    page = words_of(client.get(at("staff_payment", row)))
    assert "This payment is held" in page
    client.post(at("release_payment", row))
    assert not row.holds.filter(released_at=None).exists()


def test_the_desk_is_ordered_by_the_clock_and_costs_no_more_queries(
    client, award, sign_in, officer, django_assert_max_num_queries
):
    row = approved(award, EIGHTY)
    sign_in(officer(R.FINANCE_OFFICER))
    address = reverse("grants:payment_desk")
    page = words_of(client.get(address))
    assert re.search(rf"{row.reference}.*Approved, waiting for certification", page)
    with django_assert_max_num_queries(40):
        client.get(address)


@pytest.mark.parametrize(
    ("asked", "is_found"),
    [
        ({"state": "approved"}, True),
        ({"state": "paid"}, False),
        ({"state": "no such thing"}, True),
        ({"q": "title"}, True),
        ({"q": "nothing like it"}, False),
    ],
)
def test_the_desk_finds_by_words_and_by_state(client, award, sign_in, officer, asked, is_found):
    row = approved(award, EIGHTY)
    sign_in(officer(R.FINANCE_OFFICER))
    asked = {key: row.award.title[:9] if one == "title" else one for key, one in asked.items()}
    page = words_of(client.get(reverse("grants:payment_desk"), asked))
    assert (row.reference in page) is is_found
    assert ("No request for payment fits" in page) is not is_found


def test_a_repayment_says_its_cause_or_is_not_recorded(client, award, sign_in, officer):
    row = paid(award, EIGHTY)
    sign_in(officer(R.FINANCE_OFFICER))
    day = row.costs_through
    typed = {
        "number": "CHK-9",
        "reason": "The workshop was cancelled",
        "received_on_month": day.month,
        "received_on_day": day.day,
        "received_on_year": day.year,
        "back_personnel": "30.00",
    }
    address = at("record_refund", row)
    answer = client.post(address, typed)
    assert "counts no more" in words_of(answer)
    assert standing_of(award).drawn == 80
    client.post(address, {**typed, "cause": "cost"})
    standing = standing_of(award)
    assert (standing.drawn, standing.costs) == (50, 470)


def test_a_hostile_file_of_results_is_refused_with_its_lines(client, award, sign_in, officer):
    sign_in(officer(R.FINANCE_OFFICER))
    address = reverse("grants:payment_results")
    for content in (b"\xff\xfe", b"\0", (HEADER + "=1+1,paid,1,2026-01-01,T,\n").encode()):
        upload = SimpleUploadedFile("results.csv", content)
        done = client.post(address, {"agency": award.agency_id, "file": upload})
        assert done.status_code == 409
    assert "none that we sent" in words_of(done)
