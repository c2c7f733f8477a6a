"""Reports as people write, sign, review and look for them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.rules.roles import AgencyRoleKind
from clusters_portal.queries.report_tasks import report_tasks
from grants.permissions.awards import ONLY_FINANCE_OFFICERS
from grants.queries.awards import awards_of_person
from grants.rules.report_states import ReportKind, ReportState
from tests.db.grants.report_acts import seated
from tests.factories.accounts import make_officer, make_user
from tests.factories.reports import ANSWERS, make_report
from tests.factories.sign_in import sign_in_freshly
from trail.queries.clock import database_now

R = AgencyRoleKind
HOSTILE = "<script>alert(1)</script>{{ 7|add:7 }} =HYPERLINK(1)"


@pytest.fixture
def scene():
    return seated()


@pytest.fixture
def sign_in(client):
    def become(person):
        return sign_in_freshly(client, person)

    return become


def at(name, row, **more):
    places = {"award": row.award.reference, "report": row.reference, **more}
    return reverse(f"grants:{name}", kwargs=places)


def words_of(answer):
    return " ".join(answer.content.decode().split())


def typed(**changes):
    return {**{name: text for name, text in ANSWERS.items() if name != "milestones"}, **changes}


def review_of(day, **changes):
    return {
        "round": 1,
        "outcome": "revise",
        "words": "Which firms?",
        "revise_by_month": day.month,
        "revise_by_day": day.day,
        "revise_by_year": day.year,
        **changes,
    }


def test_from_the_open_report_to_its_acceptance(client, scene, sign_in):
    award, administrator, representative = scene
    row = make_report(award, answers={})
    sign_in(administrator)
    page = client.get(at("report", row))
    assert "Before it can be submitted" in words_of(page)
    assert "Answer “What comes next”." in words_of(client.get(at("write_report", row) + "?check=1"))
    answer = client.post(at("write_report", row), typed(version=1, results=HOSTILE))
    assert answer.status_code == 302
    page = words_of(client.get(at("report", row)))
    assert "Ready for your authorized representative" in page
    assert "<script>alert" not in page
    assert "{{ 7|add:7 }}" in page

    sign_in(representative)
    said = {"title": "Director", "is_certified": "on", "version": 2, "idempotency_key": "k"}
    assert client.post(at("sign_report", row), said).status_code == 302
    row.refresh_from_db()
    assert row.status is ReportState.SUBMITTED
    assert "Under review" in words_of(client.get(at("report", row)))

    sign_in(make_officer(award.agency, R.PROGRAMME_OFFICER))
    assert "Review the report" in words_of(client.get(at("staff_report", row)))
    day = database_now().date()
    answer = client.post(at("review_report", row), review_of(day))
    assert answer.status_code == 409
    assert "after today" in words_of(answer)
    day = day.replace(year=day.year + 1)
    assert "within 90 days" in words_of(client.post(at("review_report", row), review_of(day)))
    day = row.due_on
    assert client.post(at("review_report", row), review_of(day)).status_code == 302

    sign_in(administrator)
    page = words_of(client.get(at("report", row)))
    assert "Revision: your turn" in page
    assert "Which firms?" in page
    client.post(at("write_report", row), typed(version=2, results="These firms."))
    sign_in(representative)
    client.post(at("sign_report", row), {**said, "version": 3, "idempotency_key": "l"})
    sign_in(make_officer(award.agency, R.PROGRAMME_OFFICER))
    page = words_of(client.get(at("staff_report", row)))
    assert "What changed since the first version" in page
    assert "These firms." in page
    client.post(at("review_report", row), {"round": 2, "outcome": "accept", "words": ""})
    row.refresh_from_db()
    assert row.status is ReportState.ACCEPTED


def test_two_people_write_at_once(client, scene, sign_in):
    award, administrator, representative = scene
    row = make_report(award, ReportState.DRAFT)
    sign_in(administrator)
    answer = client.post(
        at("autosave_report", row), typed(done="Mine " * 20), headers={"If-Match": '"1"'}
    )
    assert answer.json()["version"] == 2
    assert answer["ETag"] == '"2"'
    sign_in(representative)
    answer = client.post(
        at("autosave_report", row), typed(done="Theirs " * 20), headers={"If-Match": '"1"'}
    )
    assert answer.status_code == 409
    assert answer.json()["fields"]["done"].startswith("Mine")
    answer = client.post(at("write_report", row), typed(done="Theirs " * 20, version=1))
    assert answer.status_code == 409
    page = words_of(answer)
    assert "Mine Mine" in page
    assert "Theirs Theirs" in page


def test_text_that_is_too_long_is_refused_and_kept(client, scene, sign_in):
    award, administrator, _ = scene
    row = make_report(award, ReportState.DRAFT)
    sign_in(administrator)
    answer = client.post(at("write_report", row), typed(done="x" * 6001, version=1))
    assert answer.status_code == 422
    assert "x" * 6001 in answer.content.decode()
    assert client.post(at("autosave_report", row), typed(done="x" * 6001)).status_code == 422


def test_a_draft_is_nobody_elses(client, scene, sign_in):
    award, _, _ = scene
    row = make_report(award, ReportState.DRAFT, answers={**ANSWERS, "done": "Only ours so far."})
    sign_in(make_officer(award.agency, R.PROGRAMME_OFFICER))
    page = words_of(client.get(at("staff_report", row)))
    assert "Only ours so far." not in page
    assert "The group has not submitted this report" in page


def test_the_office_of_the_money_reviews_the_money(client, scene, sign_in):
    award, _, _ = scene
    row = make_report(award, ReportState.SUBMITTED, kind=ReportKind.FINANCIAL, answers={})
    sign_in(make_officer(award.agency, R.PROGRAMME_OFFICER))
    assert client.get(at("review_report", row)).status_code == 403
    assert ONLY_FINANCE_OFFICERS.sentence in words_of(client.get(at("staff_report", row)))
    sign_in(make_officer(award.agency, R.FINANCE_OFFICER))
    assert client.get(at("review_report", row)).status_code == 200


def test_the_desk_filters_sorts_and_hands_out_a_file(client, scene, sign_in):
    award, _, _ = scene
    today = database_now().date()
    waiting = make_report(award, ReportState.SUBMITTED)
    late = make_report(
        award,
        number=2,
        covers_through=today.replace(year=today.year - 1),
        due_on=today.replace(year=today.year - 1, day=1).replace(month=12),
        covers_from=today.replace(year=today.year - 2),
    )
    sign_in(make_officer(award.agency, R.FINANCE_OFFICER))
    desk = reverse("grants:report_desk")
    page = words_of(client.get(desk))
    file = b"".join(client.get(desk + "?show=all&format=csv").streaming_content).decode()
    assert award.title in file
    assert "Under review" in file
    assert at("staff_report", waiting) in page
    assert at("staff_report", late) not in page
    page = words_of(client.get(desk + "?show=late"))
    assert at("staff_report", late) in page
    assert at("staff_report", waiting) not in page
    assert at("staff_report", late) not in words_of(client.get(desk + "?show=all&kind=financial"))
    assert client.get(desk + "?show=nonsense&sort=nonsense").status_code == 200
    assert at("staff_report", waiting) in words_of(client.get(desk + f"?show=all&q={award.number}"))


def test_the_list_and_the_position_say_what_is_late(client, scene, sign_in):
    award, administrator, _ = scene
    today = database_now().date()
    make_report(
        award,
        covers_from=today.replace(year=today.year - 2),
        covers_through=today.replace(year=today.year - 1),
        due_on=today.replace(year=today.year - 1, month=12, day=31),
    )
    sign_in(administrator)
    page = words_of(client.get(reverse("grants:reports", args=[award.reference])))
    assert "days late" in page
    page = words_of(client.get(reverse("grants:award_position", args=[award.reference])))
    assert "Submit these first" in page
    assert reverse("grants:reports", args=[award.reference]) in page


def told(user, *roles):
    held = awards_of_person(user.pk)
    return [(one.what, one.is_mine) for one in report_tasks(user, frozenset(roles), held)]


def test_each_office_and_group_has_its_part(scene):
    award, administrator, representative = scene
    make_report(award, ReportState.SUBMITTED)
    make_report(award, ReportState.SUBMITTED, kind=ReportKind.FINANCIAL, answers={})
    make_report(award, ReportState.REVISION_REQUESTED, number=2)
    make_report(award, ReportState.SCHEDULED, number=3)
    programme = make_officer(award.agency, R.PROGRAMME_OFFICER)
    finance = make_officer(award.agency, R.FINANCE_OFFICER)
    assert told(programme, (award.agency_id, R.PROGRAMME_OFFICER)) == [
        ("Review a performance report", True)
    ]
    assert told(finance, (award.agency_id, R.FINANCE_OFFICER)) == [
        ("Review a financial report", True)
    ]
    assert told(programme, (award.agency_id, R.AUDITOR)) == []
    assert told(make_user()) == []
    for person in (administrator, representative):
        assert told(person) == [("Revise a report", True)]


def test_more_reports_ask_no_more_of_the_database(scene):
    award, _, _ = scene
    officer = make_officer(award.agency, R.PROGRAMME_OFFICER)
    counts = []
    for number in range(1, 4):
        make_report(award, ReportState.SUBMITTED, number=number)
        with CaptureQueriesContext(connection) as asked:
            tasks = report_tasks(officer, frozenset([(award.agency_id, R.PROGRAMME_OFFICER)]), [])
        assert len(tasks) == number
        counts.append(len(asked))
    assert counts[0] == counts[2]
