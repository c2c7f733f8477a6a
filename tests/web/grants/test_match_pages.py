"""Matching funds on the pages: recorded, proved, confirmed, submitted, verified."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.rules.roles import AgencyRoleKind
from certification.queries.personal_links import code_of, token_of
from grants.models import AwardGiverLink, Contribution, MatchEntry
from grants.rules.match.states import ContributionState
from grants.rules.terms import MatchKind
from tests.factories.accounts import make_officer, make_user
from tests.factories.awards import add_evidence, make_award, make_contribution, make_pledge
from tests.factories.certification_groups import make_group, seat_representative
from tests.factories.documents import sent, work
from tests.factories.grants import make_competition
from tests.factories.sign_in import sign_in_freshly

pytestmark = pytest.mark.django_db


class Place:
    """An accepted award with a promise of each kind, its group's person and a finance officer."""

    def __init__(self):
        self.person = make_user("Gina Group")
        competition = make_competition("announced")
        agency = competition.agency
        group = make_group(self.person, agency, name="Matched Glass")
        seat_representative(group, make_user("Rosa Representative"))
        self.award = make_award(group=group, competition=competition)
        self.cash = make_pledge(self.award)
        self.kind = make_pledge(self.award, "Toledo Labs", kind=MatchKind.IN_KIND)
        self.officer = make_officer(agency, AgencyRoleKind.FINANCE_OFFICER, name="Fin Officer")

    def at(self, name, row=None):
        args = [self.award.reference] + ([row.reference] if row else [])
        return reverse(f"grants:{name}", args=args)


@pytest.fixture
def place():
    return Place()


def sign_in(client, person):
    sign_in_freshly(client, person)
    return client


def typed(place, **changes):
    day = place.award.starts_on + timedelta(days=5)
    days = {
        f"{name}_{part}": getattr(day, part)
        for name in ("given_from", "dated_on")
        for part in ("year", "month", "day")
    }
    return {
        **days,
        "description": "Pay of two planners, March",
        "category": "personnel",
        "figure_amount": "1,250.50",
        "paper": "payment",
        "number": "CHK 7",
        "paper_amount": "2,000.00",
        "origin": "private",
        "idempotency_key": "record",
        **changes,
    }


def add_at(place, pledge, kind):
    return f"{place.at('add_contribution')}?promise={pledge.reference}&kind={kind}"


def entries():
    return list(MatchEntry.objects.order_by("pk").values_list())


def test_a_contribution_goes_from_the_first_form_to_verified(client, place):
    sign_in(client, place.person)
    assert "Record a contribution" in client.get(place.at("award_match")).content.decode()
    assert "Who gave" in client.get(place.at("add_contribution")).content.decode()
    done = client.post(add_at(place, place.cash, "cash"), typed(place), follow=True)
    assert "Attach the paper" in done.content.decode()
    row = Contribution.objects.get()
    assert str(row.amount) == "1250.50"
    file = sent(name="check.pdf")
    file.stream.name = file.name
    got = {"file": file.stream, "idempotency_key": "e"}
    assert (
        "Received"
        in client.post(place.at("attach_evidence", row), got, follow=True).content.decode()
    )
    asked = client.post(place.at("ask_confirmation", row), {"idempotency_key": "a"}, follow=True)
    assert "We have written to gil@example.org" in asked.content.decode()
    token = token_of(AwardGiverLink.objects.get().nonce)
    client.logout()
    assert "gave cash" in client.get(reverse("grants:give_to_award", args=[token])).content.decode()
    given = answer(client, token, "yes")
    assert "you have confirmed it" in given
    sign_in(client, place.person)
    client.post(place.at("submit_contribution", row), {"idempotency_key": "s"})
    work()
    sign_in(client, place.officer)
    assert row.description in client.get(reverse("grants:match_queue")).content.decode()
    at = reverse("grants:staff_contribution", args=[row.reference])
    assert "What proves it" in client.get(at).content.decode()
    verify = reverse("grants:verify_contribution", args=[row.reference])
    done = client.post(verify, {"words": "Bank record", "idempotency_key": "v"}, follow=True)
    assert "It counts now" in done.content.decode()
    row.refresh_from_db()
    assert row.state == ContributionState.VERIFIED
    assert "$1,250.50" in client.get(reverse("grants:match_balance")).content.decode()


def answer(client, token, said):
    at = reverse("grants:give_to_award", args=[token])
    client.post(reverse("grants:give_to_award_code", args=[token]))
    data = {
        "code": code_of(AwardGiverLink.objects.get()),
        "name": "Gil Giver",
        "title": "Owner",
        "is_authorized": "on",
        "answer": said,
        "idempotency_key": "give",
    }
    return client.post(at, data, follow=True).content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"figure_amount": "1e3"}, "Enter dollars and cents"),
        ({"figure_amount": "1_000"}, "Enter dollars and cents"),
        ({"figure_amount": "-0"}, "Enter dollars and cents"),
        ({"figure_amount": "1.001"}, "Enter dollars and cents"),
        ({"paper_amount": "\u0661"}, "Enter dollars and cents"),
        ({"figure_amount": "2,000.01"}, "of this paper is left"),
        ({"category": "equipment"}, "Select a valid choice"),
        ({"origin": "federal"}, "Federal money"),
        ({"given_from_year": "1999"}, "inside the period of performance"),
        ({"given_from_day": "44"}, "Enter a valid date"),
    ],
)
def test_what_is_refused_is_said_and_nothing_typed_is_lost(client, place, changes, words):
    sign_in(client, place.person)
    before = entries()
    shown = client.post(add_at(place, place.cash, "cash"), typed(place, **changes))
    page = shown.content.decode()
    assert words in page
    assert "Pay of two planners, March" in page
    assert entries() == before


def test_the_calculator_works_out_a_value_and_records_nothing(client, place):
    sign_in(client, place.person)
    data = {"act": "work_out", "figure_hours": "10", "figure_rate": "30.00", "figure_fringe": "25"}
    at = add_at(place, place.kind, "volunteer_hours")
    page = client.post(at, data | {"figure_basis": "Our pay scale"}).content.decode()
    assert "it is worth $375" in page
    assert "Our pay scale" in page
    assert not Contribution.objects.exists()
    assert "enter digits" in client.post(at, data | {"figure_hours": "1e1"}).content.decode()


def test_a_promise_is_met_by_what_was_promised(client, place):
    sign_in(client, place.person)
    page = client.get(add_at(place, place.cash, "goods")).content.decode()
    assert "promised something of another kind" in page


def test_the_list_is_searched_filtered_sorted_and_handed_out(client, place):
    make_contribution(place.cash, description="Kiln time")
    make_contribution(place.kind, ContributionState.SUBMITTED, description="Lab hours")
    sign_in(client, place.person)
    at = place.at("award_match")
    assert "Kiln time" not in client.get(at, {"q": "lab"}).content.decode()
    assert "Lab hours" in client.get(at, {"state": "submitted", "sort": "-amount"}).content.decode()
    assert b"Kiln time" in b"".join(client.get(at, {"format": "csv"}))
    sign_in(client, place.officer)
    queue = reverse("grants:match_queue")
    shown = client.get(queue).content.decode()
    assert "Lab hours" in shown
    assert "Kiln time" not in shown
    assert "Kiln time" in client.get(queue, {"state": ""}).content.decode()


def test_an_officer_asks_and_rejects_and_an_answer_comes_back(client, place):
    row = make_contribution(place.cash, ContributionState.SUBMITTED, recorded_by=place.person)
    sign_in(client, place.officer)

    def post(verb, **data):
        at = reverse(f"grants:{verb}_contribution", args=[row.reference])
        return client.post(at, data | {"idempotency_key": verb}, follow=True).content.decode()

    assert (
        "There is no evidence"
        in client.get(reverse("grants:staff_contribution", args=[row.reference])).content.decode()
    )
    assert "There is no evidence" in post("verify")
    assert "This field is required" in post("query")
    assert "Asked" in post("query", words="Which account?")
    sign_in(client, place.person)
    assert "Which account?" in client.get(place.at("match_contribution", row)).content.decode()
    data = {"words": "The project's.", "idempotency_key": "an"}
    assert (
        "Answered" in client.post(place.at("answer_query", row), data, follow=True).content.decode()
    )
    sign_in(client, place.officer)
    assert "entry is reversed" in post("reject", reason="not_in_records", words="No record.")
    row.refresh_from_db()
    assert row.state == ContributionState.REJECTED


def test_an_officer_who_belongs_to_the_giver_reads_why_and_has_no_button(client, place):
    row = make_contribution(place.cash, ContributionState.SUBMITTED, recorded_by=place.person)
    place.cash.contact_email = place.officer.email
    place.cash.save(update_fields=["contact_email"])
    sign_in(client, place.officer)
    page = client.get(reverse("grants:staff_contribution", args=[row.reference])).content.decode()
    assert "Somebody else must judge this" in page
    data = {"reason": "not_in_records", "words": "No record.", "idempotency_key": "r"}
    for verb in ("verify", "query", "reject"):
        at = reverse(f"grants:{verb}_contribution", args=[row.reference])
        assert at not in page
        assert "Somebody else must judge this" in client.post(at, data).content.decode()
    row.refresh_from_db()
    assert row.state == ContributionState.SUBMITTED
    assert not row.notes.exists()


def test_an_officer_disallows_in_part(client, place):
    row = make_contribution(place.cash, ContributionState.VERIFIED)
    sign_in(client, place.officer)
    at = reverse("grants:disallow_contribution", args=[row.reference])
    data = {"reason": "not_allowable", "words": "Alcohol.", "idempotency_key": "d"}
    page = client.post(at, data | {"amount": "10,000.01"}).content.decode()
    assert "Enter at most that" in page
    done = client.post(at, data | {"amount": "4,000.00", "idempotency_key": "e"}, follow=True)
    assert "reversing entries" in done.content.decode()
    shown = client.get(reverse("grants:staff_contribution", args=[row.reference]))
    assert "$6,000" in shown.content.decode()


def test_evidence_is_read_by_the_group_and_officers_and_changed_by_nobody(client, place):
    row = make_contribution(place.cash)
    add_evidence(row.source, place.award)
    papers = reverse("records:papers", args=[place.award.reference])
    sign_in(client, place.person)
    assert client.get(papers).status_code == 200
    add = reverse("records:add_papers", args=[place.award.reference])
    assert client.post(add).status_code == 403
    sign_in(client, make_user("Stranger"))
    assert client.get(papers).status_code == 404
    assert client.get(place.at("match_contribution", row)).status_code == 404


def giver(**changes):
    return {
        "name": "Perrysburg Tools",
        "giver_class": "private",
        "kind": "cash",
        "amount": "25,000.00",
        "contact_name": "Gil Giver",
        "contact_email": "gil@example.org",
        "idempotency_key": "list",
        **changes,
    }


def balance(row):
    return [(one.step, str(one.amount), bool(one.reverses_id)) for one in row.entries.all()]


def test_a_later_promise_is_signed_accepted_and_released(client, place):
    sign_in(client, place.person)
    add = place.at("add_pledge")
    assert "Enter dollars and cents" in client.post(add, giver(amount="1e3")).content.decode()
    listed = client.post(add, giver(), follow=True).content.decode()
    assert "Ask the giver to sign it" in listed
    assert "already promises" in client.post(add, giver(idempotency_key="b")).content.decode()
    row = place.award.pledges.get(giver_name="Perrysburg Tools")
    asked = client.post(place.at("ask_pledge", row), {"idempotency_key": "a"}, follow=True)
    assert "We have written" in asked.content.decode()
    assert not row.entries.exists()
    token = token_of(AwardGiverLink.objects.get().nonce)
    client.logout()
    assert "your promise is signed" in answer(client, token, "yes")
    again = client.get(reverse("grants:give_to_award", args=[token]))
    assert again.status_code == 410
    sign_in(client, place.person)
    out = client.post(place.at("take_out_pledge", row), {"idempotency_key": "o"}, follow=True)
    assert "has signed this promise" in out.content.decode()
    officer = make_officer(place.award.agency, AgencyRoleKind.PROGRAMME_OFFICER)
    sign_in(client, officer)
    accept = place.at("accept_pledge", row)
    done = client.post(accept, {"idempotency_key": "x"}, follow=True).content.decode()
    assert "Accepted into the budget" in done
    twice = client.post(accept, {"idempotency_key": "y"}, follow=True).content.decode()
    assert "Nothing of this promise waits" in twice
    data = {"amount": "25,000.01", "words": "Less is needed.", "idempotency_key": "r"}
    release = place.at("release_pledge", row)
    assert "Enter at most that" in client.post(release, data).content.decode()
    data |= {"amount": "5,000.00", "idempotency_key": "s"}
    assert "reversing entries" in client.post(release, data, follow=True).content.decode()
    assert balance(row) == [
        ("pledge", "25000.00", False),
        ("commit", "25000.00", False),
        ("commit", "5000.00", True),
        ("pledge", "5000.00", True),
    ]


def test_a_giver_declines_a_later_promise_and_it_is_taken_out(client, place):
    sign_in(client, place.person)
    client.post(place.at("add_pledge"), giver())
    row = place.award.pledges.get(giver_name="Perrysburg Tools")
    client.post(place.at("ask_pledge", row), {"idempotency_key": "a"})
    token = token_of(AwardGiverLink.objects.get().nonce)
    assert "you have said no" in answer(client, token, "no")
    assert not row.entries.exists()
    out = client.post(place.at("take_out_pledge", row), {"idempotency_key": "o"}, follow=True)
    assert "Taken out" in out.content.decode()
    sign_in(client, make_user("Stranger"))
    assert client.get(place.at("pledge", row)).status_code == 404
