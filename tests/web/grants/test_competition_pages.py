"""The pages of a competition: built, cleared, opened, amended, asked about; what each shows."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.test import Client

from accounts.rules.roles import AgencyRoleKind
from grants.models import Competition
from grants.rules.states import CompetitionState
from records.actions.set_deadline import sweep_deadlines
from tests.factories.accounts import make_agency, make_officer, make_user
from tests.factories.grants import make_competition
from tests.factories.sign_in import sign_in_freshly
from trail.queries.clock import database_now

pytestmark = pytest.mark.django_db
_R = AgencyRoleKind


def client_for(person):
    client = Client()
    sign_in_freshly(client, person)
    return client


@pytest.fixture
def home():
    return make_agency()


@pytest.fixture
def officer(home):
    return client_for(make_officer(home, _R.PROGRAMME_OFFICER, name="Olive Officer"))


def sent(client, address, data=None, **options):
    """Post as a browser does; a fresh key each time."""
    key = f"key-{database_now().isoformat()}"
    return client.post(address, {"idempotency_key": key, **(data or {})}, **options)


def fields_of(client, address):
    """What the form on a page would send back unchanged."""
    form = client.get(address).context["form"]
    found = {}
    for field in form:
        value = field.value()
        name = field.html_name
        if value is None or value == "":
            continue
        if name.endswith("_on"):
            year, month, day = str(value).split("-")
            found |= {f"{name}_year": year, f"{name}_month": month, f"{name}_day": day}
        elif hasattr(value, "strftime"):
            found[name] = value.strftime("%H:%M")
        else:
            found[name] = value
    return found


def made(officer):
    address = "/staff/competitions/new/"
    sent(
        officer, address, {"opportunity_number": "PG-9", "title": "Plans 2027", **_agency(officer)}
    )
    return Competition.objects.get(opportunity_number="PG-9")


def _agency(officer):
    return {"agency": officer.get("/staff/competitions/new/").context["form"]["agency"].value()}


def dated(officer, row, opens_on, closes_on, **more):
    def day(name, on):
        return {f"{name}_year": on.year, f"{name}_month": on.month, f"{name}_day": on.day}

    data = {
        "time_zone": "America/New_York",
        "version": Competition.objects.get(pk=row.pk).version,
        "opens_time": "09:00",
        "closes_time": "16:59",
        **day("opens_on", opens_on),
        **day("closes_on", closes_on),
        **more,
    }
    return sent(officer, f"/staff/competitions/{row.reference}/edit/dates/", data)


def test_from_the_first_draft_to_the_public_page(home, officer, client):
    row = made(officer)
    page = officer.get(f"/staff/competitions/{row.reference}/").content.decode()
    assert "Say when the competition opens and when it closes." in page
    opens_on = (database_now() + timedelta(days=3)).date()
    dated(officer, row, opens_on, opens_on + timedelta(days=80))
    address = f"/staff/competitions/{row.reference}/edit/money/"
    money = fields_of(officer, address) | {
        "federal_pool": "1,000,000",
        "federal_ceiling": "250000",
        "federal_share": "1/2",
    }
    sent(officer, address, money | {"version": "9"})
    sent(officer, f"/staff/competitions/{row.reference}/clearance/ask/")
    row.refresh_from_db()
    assert row.status is CompetitionState.CLEARANCE
    assert client.get(f"/competitions/{row.reference}/").status_code == 404
    for role, kind, more in (
        (_R.LEGAL_COUNSEL, "legal", {}),
        (_R.BUDGET_OFFICER, "budget", {}),
        (_R.PAPERWORK_OFFICER, "paperwork", {"control_number": "0610-0094"}),
    ):
        signer = client_for(make_officer(home, role))
        page = signer.get(f"/staff/competitions/{row.reference}/").content.decode()
        assert f"Sign the {kind} clearance" in page
        address = f"/staff/competitions/{row.reference}/clearance/{kind}/"
        assert "Tick the box" in sent(signer, address).content.decode()
        sent(signer, address, {"has_read": "on", **more})
    sent(officer, f"/staff/competitions/{row.reference}/schedule/")
    row.refresh_from_db()
    assert row.status is CompetitionState.SCHEDULED
    assert row.title not in client.get("/competitions/").content.decode()
    sweep_deadlines(at=row.opens_at)
    page = client.get(f"/competitions/{row.reference}/").content.decode()
    for words in ("By <time", "4:59 p.m. Eastern", "$250,000", "Merit of the plan", "50%"):
        assert words in page, words
    assert row.title in client.get("/competitions/").content.decode()
    file = client.get(f"/competitions/{row.reference}/rules.json").content
    row.refresh_from_db()
    assert hashlib.sha256(file).hexdigest() == row.bundle_hash
    assert row.bundle_hash in page


def test_nothing_of_an_unopened_competition_is_public(client):
    for state in (CompetitionState.DRAFT, CompetitionState.CLEARANCE, CompetitionState.SCHEDULED):
        row = make_competition(state, title=f"Secret {state}")
        for address in ("", "rules.json", "rules/0.json", "ask/"):
            answer = client.get(f"/competitions/{row.reference}/{address}")
            assert answer.status_code == (302 if address == "ask/" else 404)
        assert client.get(f"/api/v1/competitions/{row.reference}/").status_code == 404
    for address in ("/competitions/", "/competitions/feed/", "/api/v1/competitions/", "/"):
        assert "Secret" not in client.get(address).content.decode()
    assert "Secret" not in client.get("/search/?q=secret").content.decode()


def test_an_odd_night_is_refused_and_what_was_typed_stays(officer):
    row = made(officer)
    day = database_now().date().replace(year=2027, month=3, day=14)
    answer = dated(officer, row, day, day + timedelta(days=80), opens_time="02:30")
    page = answer.content.decode()
    assert "does not exist in America/New_York" in page
    assert 'value="02:30"' in page
    answer = dated(officer, row, day, day.replace(month=11, day=7), closes_time="01:30")
    assert "happens twice in America/New_York" in answer.content.decode()


def test_weights_of_99_come_back_with_the_rule_and_every_word(officer):
    row = made(officer)
    address = f"/staff/competitions/{row.reference}/edit/rubric/"
    answer = sent(officer, address, fields_of(officer, address) | {"weight_0": "39"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "The weights sum to 99. They must sum to exactly 100." in page
    assert 'value="39"' in page
    assert "Every step answers a shown need" in page


def test_two_officers_at_once_see_both_texts(home, officer):
    row = made(officer)
    colleague = client_for(make_officer(home, _R.PROGRAMME_OFFICER, name="Carl Colleague"))
    address = f"/staff/competitions/{row.reference}/edit/judging/"
    mine, theirs = fields_of(officer, address), fields_of(colleague, address)
    sent(colleague, address, theirs | {"programme_factors": "Regions not funded yet"})
    answer = sent(officer, address, mine | {"programme_factors": "Rural regions", "version": "0"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else saved this part" in page
    assert "Rural regions" in page
    assert "Regions not funded yet" in page
    version = answer.context["version"]
    answer = sent(
        officer, address, mine | {"programme_factors": "Rural regions", "version": version}
    )
    assert answer.status_code == 302
    row.refresh_from_db()
    assert row.programme_factors == "Rural regions"


def test_an_amendment_is_shown_before_it_is_published(home, officer, client):
    row = make_competition(agency=home)
    address = f"/staff/competitions/{row.reference}/amendments/new/form/"
    data = fields_of(officer, address) | {
        "limit_0": "750",
        "why": "The limit was too low",
        "is_material": "no",
        "seen_hash": row.bundle_hash,
    }
    page = sent(officer, address, data | {"preview": "1"}).content.decode()
    assert "What would change" in page
    assert row.amendments.count() == 0
    assert sent(officer, address, data).status_code == 302
    page = client.get(f"/competitions/{row.reference}/").content.decode()
    assert "Amendment 1" in page
    assert "The limit was too low" in page
    row.refresh_from_db()
    first = client.get(f"/competitions/{row.reference}/rules/0.json").content
    assert hashlib.sha256(first).hexdigest() == row.amendments.get().hash_before
    assert officer.get(f"/staff/competitions/{row.reference}/amendments/").status_code == 200


def test_an_outage_is_declared_on_its_page(home, officer, client):
    row = make_competition(agency=home, closes_at=database_now() + timedelta(hours=3))
    began = database_now() - timedelta(hours=3)
    from grants.rules.local_times import local_of  # noqa: PLC0415 - beside its one use

    local, end = local_of(began, row.time_zone), local_of(database_now(), row.time_zone)
    data = {
        "began_time": local.strftime("%H:%M"),
        "ended_time": end.strftime("%H:%M"),
        "why": "The network was down",
    }
    for name, moment in (("began", local), ("ended", end)):
        data |= {
            f"{name}_on_year": moment.year,
            f"{name}_on_month": moment.month,
            f"{name}_on_day": moment.day,
        }
    answer = sent(officer, f"/staff/competitions/{row.reference}/amendments/outage/", data)
    assert answer.status_code == 302, answer.content.decode()
    assert "The network was down" in client.get(f"/competitions/{row.reference}/").content.decode()


def test_a_question_is_published_without_the_asker(home, officer, client):
    row = make_competition(agency=home)
    asker = client_for(make_user("Ada Asker"))
    sent(asker, f"/competitions/{row.reference}/ask/", {"text": "May we, Asker Inc., lead?"})
    inquiry = row.inquiries.get()
    page = officer.get(f"/staff/competitions/{row.reference}/questions/").content.decode()
    assert "Ada Asker" in page
    assert "Asker" not in client.get(f"/competitions/{row.reference}/").content.decode()
    address = f"/staff/competitions/{row.reference}/questions/{inquiry.reference}/"
    sent(officer, address, {"question": "May a firm lead?", "answer": "Yes."})
    told = client.get(f"/competitions/{row.reference}/").content.decode()
    assert "May a firm lead?" in told
    assert "Asker" not in told
    assert "Asker" not in json.dumps(client.get(f"/api/v1/competitions/{row.reference}/").json())


def test_the_official_cancels_and_everybody_reads_why(home, client):
    row = make_competition(agency=home)
    official = client_for(make_officer(home, _R.SELECTING_OFFICIAL))
    sent(official, f"/staff/competitions/{row.reference}/cancel/", {"why": "No money this year"})
    assert "No money this year" in client.get(f"/competitions/{row.reference}/").content.decode()


def test_search_finds_an_open_competition_for_everybody_and_a_draft_for_its_office(
    home, officer, client
):
    plans = make_competition(agency=home, title="Zebra plans").reference
    drafts = make_competition(CompetitionState.DRAFT, agency=home, title="Zebra drafts").reference
    page = client.get("/search/?q=zebra").content.decode()
    assert f"/competitions/{plans}/" in page
    assert drafts not in page
    assert f"/staff/competitions/{drafts}/" in officer.get("/search/?q=zebra").content.decode()


@pytest.mark.parametrize("query", ["?stage=open", "?stage=nonsense", "?q=%00", "?format=csv"])
def test_the_public_list_survives_what_people_type(client, query):
    make_competition()
    assert client.get(f"/competitions/{query}").status_code in {200, 400}
