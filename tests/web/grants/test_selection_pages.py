"""Ranking, decision, results, debrief in the browser's eyes; and what nobody sees too early."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from certification.rules.groups import SeatRole
from grants.models import ResultAppeal, ScreeningFinding, Selection
from grants.rules.screening import ScreeningRule
from grants.rules.states import ProposalState
from grants.rules.terms import PanelRole
from records.actions.publish import Announcement
from records.models import Letter
from tests.factories.accounts import make_user
from tests.factories.certification_groups import seat_representative
from tests.factories.grants import make_proposal, make_seat
from tests.factories.selection import (
    WHY,
    advised,
    announced,
    decided,
    prepared,
    released,
    reviewed,
    started,
)
from tests.factories.sign_in import sign_in_freshly
from trail.queries.clock import database_now

PASSING = {"X-Request-ID", "Date"}


def client_of(user):
    cache.clear()
    client = Client()
    sign_in_freshly(client, user)
    return client


def staff(scene, path=""):
    return f"/staff/competitions/{scene.competition.case.reference}/{path}"


def page(scene, persona, path):
    answer = client_of(scene.people[persona]).get(staff(scene, path))
    assert answer.status_code == 200, answer.content[:2000]
    return answer.content.decode()


def test_ranking_opens_on_mean_range_and_rank_before_and_after_the_pin():
    scene = reviewed()
    said = page(scene, "officer", "ranking/")
    assert "8.000 to 8.000" in said
    assert "Scores may still change" in said
    assert "Start selection" in said
    said = page(started(scene), "officer", "ranking/")
    assert "Scores are pinned" in said
    assert "Federal funds" in said


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_ranking_is_handed_out_as_a_file(kind):
    scene = started()
    answer = client_of(scene.people["auditor"]).get(staff(scene, f"ranking/?format={kind}"))
    assert answer.status_code == 200
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert len(body) > 100


def test_methods_show_leniency_to_the_chair_only():
    scene = started()
    alias = scene.seats[0].alias
    assert "Krippendorff" in page(scene, "officer", "ranking/methods/")
    assert alias not in page(scene, "officer", "ranking/methods/")
    chair = make_user("Cleo Chair", "cleo@example.org", has_second_step=True)
    seat = make_seat(scene.competition, chair, role=PanelRole.CHAIR)
    client = client_of(chair)
    address = f"/reviewing/seats/{seat.reference}/ranking/"
    assert client.get(address).status_code == 200
    assert alias in client.get(address + "methods/").content.decode()


def test_what_if_names_whom_money_reaches():
    scene = started()
    pool = scene.competition.pools.get().pk
    path = f"ranking/what-if/?direction=more&pool_{pool}=200000"
    assert scene.proposals[2].group.name in page(scene, "official", path)


def test_official_decides_on_the_page_and_loses_nothing_on_a_refusal():
    scene = advised()
    client = client_of(scene.people["official"])
    address = staff(scene, "ranking/decide/")
    assert client.get(address).status_code == 200
    pool = str(scene.competition.pools.get().pk)
    data = {"rationale": WHY, "idempotency_key": "k-1"}
    data |= {f"pool_{one}": pool for one in scene.names[:2]}
    wrong = client.post(address, {**data, f"pool_{scene.names[4]}": pool})
    assert wrong.status_code == 409
    assert WHY in wrong.content.decode()
    assert client.post(address, data).status_code == 302
    assert Selection.objects.count() == 1


def test_officer_recommends_on_the_page():
    scene = started()
    client = client_of(scene.people["officer"])
    address = staff(scene, "ranking/recommend/")
    assert client.get(address).status_code == 200
    choices = ["recommend", "recommend", "put_in_reserve", "put_in_reserve", "put_in_reserve"]
    data = {f"advice_{n}": c for n, c in zip(scene.names, choices, strict=True)}
    assert client.post(address, {**data, "idempotency_key": "k-2"}).status_code == 302


def test_publishers_desk_in_each_state():
    scene = decided()
    assert "Prepare" in page(scene, "publisher", "results/")
    scene, _ = prepared(scene)
    assert "This is all that the public will read" in page(scene, "second_publisher", "results/")


def public_answers(scene):
    reference = scene.competition.case.reference
    client, found = Client(), {}
    for path in ("", "results/", "results.json", "draw/"):
        address = f"/competitions/{reference}/{path}"
        found[path] = client.get(address)
    found["list"] = client.get("/results/")
    return {
        name: (one.status_code, {k: v for k, v in one.items() if k not in PASSING}, one.content)
        for name, one in found.items()
    }


def stripped(answers):
    """What names the request itself is left out."""
    return {name: (status, body) for name, (status, _, body) in answers.items()}


def test_nothing_shows_before_the_set_moment():
    scene = reviewed()
    group = scene.proposals[0].group
    member = client_of(group.seats.select_related("user").first().user)
    own = f"/proposals/{scene.proposals[0].case.reference}/"
    addresses = ("debrief/", "appeal/")
    before = stripped(public_answers(scene))
    mine = [member.get(own + one).status_code for one in addresses]
    at = database_now() + timedelta(days=3)
    scene, _ = released(decided(advised(started(scene))), Announcement(show_from=at))
    after = stripped(public_answers(scene))
    assert {name: status for name, (status, _) in after.items()} == {
        name: status for name, (status, _) in before.items()
    }
    for _, body in after.values():
        assert group.name.encode() not in body
        assert scene.names[0].encode() not in body
    assert mine[0] == 404
    assert [member.get(own + one).status_code for one in addresses] == mine


def test_public_page_debrief_and_appeal_from_the_announcement_on():
    scene, _ = announced()
    answers = public_answers(scene)
    assert answers["results/"][0] == 200
    body = answers["results/"][2].decode()
    assert scene.proposals[0].group.name in body
    assert scene.proposals[4].group.name not in body
    assert scene.names[4] in body
    last = scene.proposals[4]
    seat = last.group.seats.select_related("user").first()
    own = f"/proposals/{last.case.reference}/"
    client = client_of(seat.user)
    said = client.get(own + "debrief/").content.decode()
    assert "in the last quarter" in said
    assert "Need and opportunity" in said
    seat.role = SeatRole.AUTHORIZED_REPRESENTATIVE
    seat.save(update_fields=["role"])
    client = client_of(seat.user)
    assert client.get(own + "appeal/").status_code == 200
    words = "The notice promises three reviews, and one of ours speaks of another proposal."
    data = {"ground": "process_error", "words": words, "idempotency_key": "k-3"}
    assert client.post(own + "appeal/", data).status_code == 302
    appeal = ResultAppeal.objects.get()
    assert appeal.reference in page(scene, "appeals_officer", "appeals/")
    page(scene, "appeals_officer", f"appeals/{appeal.reference}/")


def turned_away(scene):
    """A proposal of the competition that two officers found not eligible."""
    row = make_proposal(scene.competition, ProposalState.INELIGIBLE)
    at = database_now()
    ScreeningFinding.objects.create(
        proposal=row,
        outcome="ineligible",
        rule=ScreeningRule.PERIOD,
        explanation="Three years are asked for; the notice offers two.",
        written_by="user:1",
        written_at=at,
        is_agreed=True,
        checked_by="user:2",
        checked_at=at,
    )
    return row


def test_who_was_not_eligible_is_told_why_on_the_same_day_and_may_appeal():
    scene = reviewed()
    row = turned_away(scene)
    applicant = client_of(row.group.seats.filter(role=SeatRole.ADMINISTRATOR)[0].user)
    address = f"/proposals/{row.case.reference}/"
    scene = decided(advised(started(scene)))
    assert applicant.get(f"{address}debrief/").status_code == 404
    announced(scene)
    letters = Letter.objects.filter(subject__startswith="Result of your proposal", case=row.case)
    assert "was not judged" in letters.get().text
    said = applicant.get(f"{address}debrief/").content.decode()
    for words in ("The period is not one", "Three years are asked for", "How to appeal"):
        assert words in said
    assert "Read the debrief" in applicant.get(address).content.decode()
    boss = seat_representative(row.group)
    told = client_of(boss).post(
        f"{address}appeal/",
        {
            "ground": "factual_error",
            "words": "We ask for two years, not three: it stands in the first section.",
            "idempotency_key": "a",
        },
        follow=True,
    )
    assert "Your appeal has arrived" in told.content.decode()
