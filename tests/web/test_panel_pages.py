"""Pages of panels: inviting, answering, profile, signing, training, the desk, screening."""

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.rules.roles import AgencyRoleKind
from grants.models import (
    ConflictEdge,
    PanelInvitation,
    PanelSeat,
    ReviewerAddress,
    ReviewerProfile,
)
from grants.queries.panel_links import address_code, panel_token
from grants.queries.training import answer_key
from grants.rules.panel_states import MatchState, SeatState
from grants.rules.states import CompetitionState, ProposalState
from grants.rules.terms import EdgeKind, PanelRole
from tests.factories.accounts import make_officer, make_user
from tests.factories.certification_groups import firm_entry, invite, sign
from tests.factories.grants import make_competition, make_giver, make_proposal
from tests.factories.panels import ask_to_panel, make_reviewer
from tests.factories.sign_in import sign_in_freshly
from tests.grant_worlds import seated
from trail.queries.clock import database_now


@pytest.fixture
def competition():
    return make_competition(CompetitionState.REVIEW)


@pytest.fixture
def proposal(competition):
    return make_proposal(competition, ProposalState.UNDER_REVIEW)


@pytest.fixture
def officer(competition):
    return make_officer(competition.agency, AgencyRoleKind.PROGRAMME_OFFICER, name="Pia Officer")


@pytest.fixture
def conflict_officer(competition):
    return make_officer(competition.agency, AgencyRoleKind.CONFLICT_OFFICER, name="Olga Officer")


def client_of(user):
    cache.clear()
    return sign_in_freshly(Client(), user)


def staff(competition, page):
    return f"/staff/competitions/{competition.reference}/{page}"


WHOM = {
    "name": "Nora New",
    "email": "nora.new@example.org",
    "employer": "Maumee Glass",
    "role": "reviewer",
    "least": "2",
    "greatest": "5",
}


def test_an_officer_sees_the_numbers_before_anything_is_sent(competition, proposal, officer):
    make_proposal(competition, ProposalState.UNDER_REVIEW)
    make_giver(proposal, "Maumee Glass", state=MatchState.SIGNED, answered_at=database_now())
    client, page = client_of(officer), staff(competition, "panel/invite/")
    checked = client.post(page, WHOM)
    assert "Could read 1 of 2 proposals" in checked.content.decode()
    assert proposal.title not in checked.content.decode()
    assert not PanelInvitation.objects.exists()
    sent = client.post(page, {**WHOM, "send": "1", "idempotency_key": "k"}, follow=True)
    assert "We have written to nora.new@example.org" in sent.content.decode()
    assert PanelInvitation.objects.get().readable == 1
    bad = client.post(page, {**WHOM, "least": "9", "send": "1"})
    assert "The most cannot be below the fewest." in bad.content.decode()


def test_the_link_declines_without_an_account(competition, proposal, officer):
    invitation = ask_to_panel(competition, officer)
    page = f"/reviewing/invitations/{panel_token(invitation.nonce)}/"
    assert "Nora New" in Client().get(page).content.decode()
    assert "You have declined" in Client().post(page).content.decode()
    assert Client().get(page).status_code == 410
    assert Client().get("/reviewing/invitations/nonsense/").status_code == 404


def test_the_link_accepts_with_an_account_and_a_second_step(competition, proposal, officer):
    invitation = ask_to_panel(competition, officer)
    page = f"/reviewing/invitations/{panel_token(invitation.nonce)}/accept/"
    assert "/accounts/login/" in Client().post(page)["Location"]
    weak = make_user("Nora Weak", "weak@example.org")
    assert client_of(weak).post(page).status_code == 403
    nora = make_user("Nora New", "nora.new@example.org", has_second_step=True)
    answer = client_of(nora).post(page, follow=True)
    assert "Reviewer 1" in answer.content.decode()
    assert PanelSeat.objects.get(user=nora).state == SeatState.ACCEPTED


def test_a_person_with_an_account_answers_on_the_own_page(competition, proposal, officer):
    user = make_reviewer()
    seat = ask_to_panel(competition, officer, user).seat
    client, page = client_of(user), f"/reviewing/seats/{seat.reference}/"
    assert "Decline" in client.get(page).content.decode()
    answer = client.post(f"{page}answer/", {"answer": "decline"}, follow=True)
    assert "You have declined" in answer.content.decode()
    assert client.get(page).status_code == 404


def test_a_profile_is_written_piece_by_piece(competition, proposal, officer):
    user = make_user("Robin Fresh", "robin@example.org", has_second_step=True)
    ask_to_panel(competition, officer, user)
    client, page = client_of(user), "/reviewing/profile/"
    client.post(f"{page}expertise/", {"expertise": "Kilns", "states": ["39"]})
    job = {
        "organization_name": "Quiet Institute",
        "since_year": "2022",
        "since_month": "1",
        "since_day": "1",
    }
    wrong = client.post(
        f"{page}employers/",
        {**job, "until_year": "2020", "until_month": "1", "until_day": "1"},
    )
    assert "The end lies before the start." in wrong.content.decode()
    client.post(f"{page}employers/", job)
    bad = client.post(f"{page}relations/", {"kind": "board", "name": "X", "uei": "SHORT"})
    assert "A UEI has 12 letters and digits" in bad.content.decode()
    tie = {"kind": "board", "name": "Kiln Works"}
    client.post(f"{page}relations/", tie)
    again = client.post(f"{page}relations/", tie)
    assert "You have declared this already." in again.content.decode()
    client.post(f"{page}addresses/", {"email": "robin@elsewhere.example"})
    row = ReviewerAddress.objects.get()
    shown = client.get(page).content.decode()
    for words in ("Kilns", "Ohio", "Quiet Institute", "Kiln Works", "Not proved"):
        assert words in shown
    client.post(f"{page}{row.reference}/prove/", {"code": address_code(row.nonce)})
    job_row = ReviewerProfile.objects.get(user=user).employments.get()
    client.post(f"{page}{job_row.reference}/remove/")
    after = client.get(page).content.decode()
    assert "Not proved" not in after
    assert "Quiet Institute" not in after


def test_the_statement_is_signed_and_a_declared_group_is_gone(competition, proposal, officer):
    other = make_proposal(competition, ProposalState.UNDER_REVIEW)
    user = make_reviewer()
    seat = seated(competition, officer, user, PanelRole.REVIEWER)
    client, page = client_of(user), f"/reviewing/seats/{seat.reference}/conflicts/"
    given = {"signed_name": "Rhea Reviewer", "agrees": "on", "declared": proposal.reference}
    missing = client.post(page, given)
    assert "Say what ties you to the groups that you marked." in missing.content.decode()
    client.post(page, {**given, "reason": "A neighbour"})
    shown = client.get(page).content.decode()
    assert proposal.group.name not in shown
    assert other.group.name in shown


def test_training_shows_why_and_may_be_tried_again(competition, proposal, officer):
    user = make_reviewer()
    seated(competition, officer, user, PanelRole.REVIEWER)
    PanelSeat.objects.update(trained_at=None)
    client, page = client_of(user), "/reviewing/training/"
    right = {f"{sample}.{one}": agreed for (sample, one), (agreed, _) in answer_key().items()}
    low = client.post(page, dict.fromkeys(right, "1")).content.decode()
    assert "Not yet" in low
    assert "Figures of the nation, ten years old" in low
    assert "Passed" in client.post(page, right).content.decode()
    assert PanelSeat.objects.get(user=user).trained_at is not None
    lacking = client.post(page, {})
    assert "This field is required." in lacking.content.decode()


def test_the_desk_filters_explains_waives_and_lifts(
    competition, proposal, officer, conflict_officer
):
    user = make_reviewer()
    seated(competition, officer, user, PanelRole.REVIEWER)
    sign(invite(proposal.group, firm_entry("Quiet Institute"))[0])
    edge = ConflictEdge.objects.get(kind=EdgeKind.ROSTER)
    client, desk = client_of(conflict_officer), staff(competition, "conflicts/")
    assert "a member of the group: Quiet Institute" in client.get(desk).content.decode()
    assert "No tie fits" in client.get(f"{desk}?waits=hard").content.decode()
    assert "Quiet Institute" in client.get(f"{desk}?format=csv").getvalue().decode()
    bare = client.post(f"{desk}waive/", {"tie": edge.pk})
    assert "This field is required." in bare.content.decode()
    none = client.post(f"{desk}waive/", {"reason": "Why"})
    assert "Choose at least one soft tie" in none.content.decode()
    client.post(f"{desk}waive/", {"tie": edge.pk, "reason": "A large institute"})
    one = client.get(f"{desk}{edge.pk}/").content.decode()
    assert "A large institute" in one
    assert "Olga Officer" in one
    client.post(f"{desk}{edge.pk}/lift/", {"reason": "Another institute"})
    assert "Another institute" in client.get(f"{desk}{edge.pk}/").content.decode()
    assert client_of(officer).get(f"{desk}{edge.pk}/").status_code == 403


def test_an_officer_adds_a_tie(competition, proposal, officer, conflict_officer):
    seat = seated(competition, officer, make_reviewer(), PanelRole.REVIEWER)
    client, page = client_of(conflict_officer), staff(competition, "conflicts/set/")
    given = {
        "seat": seat.reference,
        "proposal": proposal.reference,
        "kind": "relative",
        "reason": "A cousin",
    }
    client.post(page, given)
    assert ConflictEdge.objects.get().is_hard
    assert "on record already" in client.post(page, given).content.decode()


def test_screening_page_by_page(officer):
    competition = make_competition(
        CompetitionState.CLOSED, agency=officer.agency_roles.get().agency
    )
    proposal = make_proposal(competition, ProposalState.VALIDATED)
    second = make_officer(competition.agency, AgencyRoleKind.PROGRAMME_OFFICER)
    client, desk = client_of(officer), staff(competition, "screening/")
    client.post(f"{desk}start-review/", {"idempotency_key": "a"})
    assert "1 of 1 proposals still wait" in client.get(desk).content.decode()
    page = f"{desk}{proposal.reference}/"
    missing = client.post(page, {"outcome": "ineligible"})
    assert "Choose the rule that keeps the proposal out." in missing.content.decode()
    client.post(page, {"outcome": "eligible"})
    own = client.post(f"{page}check/", {"answer": "agree"})
    assert "The rule asks for a second person" in own.content.decode()
    client_of(second).post(f"{page}check/", {"answer": "agree"})
    started = client.post(f"{desk}start-review/", {"idempotency_key": "b"}, follow=True)
    assert "The review has started" in started.content.decode()


def test_lists_ask_as_often_for_many_as_for_few(
    competition, proposal, officer, django_assert_max_num_queries
):
    from django.db import connection  # noqa: PLC0415 - only here
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    seated(competition, officer, make_reviewer("Rob One"), PanelRole.REVIEWER)
    client = client_of(officer)
    pages = [staff(competition, "panel/"), staff(competition, "screening/")]
    counts = []
    for page in pages:
        with CaptureQueriesContext(connection) as asked:
            client.get(page)
        counts.append(len(asked))
    for number in range(2):
        seated(competition, officer, make_reviewer(f"Rob More{number}"), PanelRole.REVIEWER)
        make_proposal(competition, ProposalState.UNDER_REVIEW)
    for page, count in zip(pages, counts, strict=True):
        with django_assert_max_num_queries(count):
            client.get(page)
