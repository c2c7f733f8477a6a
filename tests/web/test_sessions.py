"""Sign-ins end in time, are listed and ended; text sent too late is not lost."""

import re
from datetime import timedelta
from importlib import import_module

import pytest
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory
from django.urls import resolve, reverse

from accounts.models import AgencyRole, OpenSession
from accounts.rules.roles import AgencyRoleKind as Role
from accounts.session_clock import KEY, is_activity
from kit.references import new_reference
from tests.constraints import refused_by
from tests.factories.accounts import PASSWORD, make_agency, make_officer, make_user
from tests.factories.sign_in import sign_in_freshly
from tests.house.tree import ROOT
from trail.models import Job
from trail.queries.clock import database_now

PROFILE = "/account/"
ORGANIZATIONS = "/organizations/new/"
SESSIONS = "/account/sessions/"
NEW_PASSWORD = "another-horse-battery-9"


@pytest.fixture
def jo(client):
    user = make_user("Jo Reyes", "jo@example.org")
    sign_in_freshly(client, user)
    return user


def pass_time(client, *, idle=timedelta(0), open_for=timedelta(0)):
    """Move the sign-in into the past."""
    session = client.session
    clock = session[KEY]
    clock["seen"] -= idle.total_seconds()
    clock["began"] -= max(idle, open_for).total_seconds()
    session[KEY] = clock
    session.save()


def minutes(count):
    return timedelta(minutes=count)


def test_an_applicant_may_pause_for_an_hour(client, jo):
    pass_time(client, idle=minutes(59))
    assert client.get(PROFILE).status_code == 200
    pass_time(client, idle=minutes(60))
    answer = client.get(PROFILE, follow=True)
    assert "signed out after 1 hour without activity" in answer.content.decode()


def test_an_officer_may_pause_for_a_quarter_of_an_hour(client):
    client.force_login(make_officer(make_agency(), Role.PROGRAMME_OFFICER))
    pass_time(client, idle=minutes(14))
    assert client.get(PROFILE).status_code == 200
    pass_time(client, idle=minutes(15))
    assert client.get(PROFILE).status_code == 302


def test_a_new_officer_gets_the_shorter_limit_within_a_minute(client, jo):
    role = {"agency": make_agency(), "role": Role.PUBLISHER, "since": database_now()}
    AgencyRole.objects.create(user=jo, **role)
    pass_time(client, idle=minutes(2))
    client.get(PROFILE)
    pass_time(client, idle=minutes(15))
    assert client.get(PROFILE).status_code == 302


def test_nobody_stays_signed_in_for_more_than_twelve_hours(client, jo):
    pass_time(client, open_for=timedelta(hours=11, minutes=59))
    assert client.get(PROFILE).status_code == 200
    pass_time(client, open_for=minutes(1))
    answer = client.get(PROFILE, follow=True)
    assert "you signed in 12 hours ago" in answer.content.decode()


def test_the_limits_are_settings(client, jo, settings):
    settings.SESSION_IDLE_OTHERS = timedelta(minutes=5)
    pass_time(client, idle=minutes(5))
    assert client.get(PROFILE).status_code == 302


def test_reading_counts_as_activity(client, jo):
    for _ in range(3):
        pass_time(client, idle=minutes(50))
        assert client.get("/").status_code == 200
    assert client.get(PROFILE).status_code == 200


def test_the_page_s_own_question_does_not_count(client, jo):
    pass_time(client, idle=minutes(50))
    left = client.get(reverse("accounts:session_clock")).json()["seconds"]
    assert 500 < left <= 600
    pass_time(client, idle=minutes(10))
    assert client.get(reverse("accounts:session_clock")).json() == {"seconds": 0}


def job_of(user):
    return Job.objects.create(
        reference=new_reference("JB"),
        kind="x",
        asked_by=f"user:{user.pk}",
        created_at=database_now(),
    )


def test_a_page_that_asks_how_far_work_is_keeps_nobody_signed_in(client, jo):
    page = reverse("accounts:job", args=[job_of(jo).reference])
    pass_time(client, idle=minutes(50))
    assert client.get(page, headers={"HX-Request": "true"}).status_code == 200
    pass_time(client, idle=minutes(10))
    assert client.get(PROFILE).status_code == 302


def test_opening_that_page_is_activity(client, jo):
    page = reverse("accounts:job", args=[job_of(jo).reference])
    pass_time(client, idle=minutes(50))
    assert client.get(page).status_code == 200
    pass_time(client, idle=minutes(10))
    assert client.get(PROFILE).status_code == 200


POLLED = {"components/job.html": "accounts:job", "progress.html": "records:papers_progress"}


def test_every_page_that_asks_by_itself_is_marked():
    """Planted: the mark taken off either view; a third template that asks every few seconds."""
    asking = [
        path
        for path in (ROOT / "templates").rglob("*.html")
        if re.search(r'hx-trigger="[^"]*(every \d|load)', path.read_text(encoding="utf-8"))
    ]
    unknown = [path for path in asking if not str(path).endswith(tuple(POLLED))]
    assert (len(asking), unknown) == (len(POLLED), [])
    request = RequestFactory().get("/", headers={"HX-Request": "true"})
    for name in POLLED.values():
        view = resolve(reverse(name, args=[new_reference("CG")])).func
        assert not is_activity(view, request), name


def test_one_click_stays(client, jo):
    pass_time(client, idle=minutes(59))
    assert client.get(reverse("accounts:session_stay")).json()["seconds"] > 3500
    pass_time(client, idle=minutes(59))
    assert client.get(PROFILE).status_code == 200


def test_every_page_brings_its_clock(client, jo):
    page = client.get(PROFILE).content.decode()
    assert 'data-seconds="36' in page or 'data-seconds="35' in page
    assert "data-stay" in page
    client.logout()
    assert "data-stay" not in client.get("/").content.decode()


def test_an_ended_sign_in_still_reads_public_pages(client, jo):
    pass_time(client, idle=minutes(61))
    assert client.get("/").status_code == 200
    assert not Session.objects.filter(session_key=client.session.session_key).exists()


# --- text that comes too late ---


def sign_in_at(client, address, user):
    return client.post(address, {"login": user.email, "password": PASSWORD})


def test_text_sent_too_late_waits_behind_the_sign_in(client, jo):
    pass_time(client, idle=minutes(61))
    values = {"name": "Jo <b>A.</b> Reyes", "time_zone": "America/Chicago", "version": "7"}
    answer = client.post(PROFILE, values, HTTP_REFERER="http://testserver/account/?tab=1#you")
    assert answer.url == "/accounts/login/?next=/account/kept-text/"
    answer = sign_in_at(client, answer.url, jo)
    assert answer.url == reverse("accounts:kept_text")
    shown = client.get(answer.url).content.decode()
    assert "Jo &lt;b&gt;A.&lt;/b&gt; Reyes" in shown
    assert 'action="/account/"' in shown
    assert 'href="/account/?tab=1"' in shown
    assert 'name="version" value="7"' in shown
    jo.refresh_from_db()
    assert jo.name == "Jo Reyes"
    client.post(PROFILE, values)
    jo.refresh_from_db()
    assert jo.name == values["name"]
    assert client.get(reverse("accounts:kept_text")).status_code == 302


def test_kept_text_belongs_to_its_writer(client, jo):
    pass_time(client, idle=minutes(61))
    client.post(ORGANIZATIONS, {"legal_name": "Secret Tools"})
    sign_in_at(client, reverse("account_login"), make_user())
    answer = client.get(reverse("accounts:kept_text"), follow=True)
    assert "Secret Tools" not in answer.content.decode()


def test_text_of_a_sign_in_ended_elsewhere_is_kept_too(client, jo):
    end_from_elsewhere(jo)
    answer = client.post(ORGANIZATIONS, {"legal_name": "Late Tools"})
    sign_in_at(client, answer.url, jo)
    assert "Late Tools" in client.get(reverse("accounts:kept_text")).content.decode()


def test_passwords_and_codes_are_never_kept(client, jo):
    pass_time(client, idle=minutes(61))
    values = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "code": "123456"}
    client.post(reverse("account_change_password"), values)
    assert PASSWORD not in str(client.session["kept_text"])
    assert "123456" not in str(client.session["kept_text"])


def test_kept_text_can_be_discarded(client, jo):
    pass_time(client, idle=minutes(61))
    client.post(ORGANIZATIONS, {"legal_name": "Late Tools"})
    sign_in_at(client, reverse("account_login"), jo)
    client.post(reverse("accounts:forget_text"))
    assert "kept_text" not in client.session


def test_a_stranger_s_text_is_not_kept(client):
    answer = client.post(ORGANIZATIONS, {"legal_name": "x"}, HTTP_REFERER="http://evil.example/a")
    assert answer.url == "/accounts/login/?next=/organizations/new/"
    assert "kept_text" not in client.session


def test_a_fragment_leads_the_whole_page_to_the_sign_in(client):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/account/?a=1"}
    answer = client.get(PROFILE, headers=headers)
    assert answer["HX-Redirect"] == "/accounts/login/?next=/account/%3Fa%3D1"


def test_a_script_s_save_is_not_kept_since_it_keeps_its_own(client, jo):
    pass_time(client, idle=minutes(61))
    headers = {"X-Requested-With": "XMLHttpRequest"}
    client.post(ORGANIZATIONS, {"legal_name": "Auto"}, headers=headers)
    assert "kept_text" not in client.session


# --- the list ---


def end_from_elsewhere(user, **which):
    other = Client()
    sign_in_freshly(other, user)
    other.post(reverse("accounts:end_other_sessions"), which)
    return other


def test_sign_ins_are_listed_with_this_one_marked(client, jo):
    Client(headers={"User-Agent": "Mozilla/5.0 (iPhone) Safari/604.1"}).force_login(jo)
    page = client.get(SESSIONS).content.decode()
    assert page.count("This browser") == 1
    assert page.count("Unknown browser") >= 2


def test_all_others_end(client, jo):
    other = Client()
    other.force_login(jo)
    client.post(reverse("accounts:end_other_sessions"))
    assert client.get(PROFILE).status_code == 200
    assert other.get(PROFILE).status_code == 302
    assert OpenSession.objects.filter(user=jo, ended_at=None).count() == 1


def test_one_other_ends(client, jo):
    others = [Client(), Client()]
    for other in others:
        other.force_login(jo)
    row = OpenSession.objects.get(session_key=others[0].session.session_key)
    client.post(reverse("accounts:end_session"), {"session": row.pk})
    assert [other.get(PROFILE).status_code for other in others] == [302, 200]


def test_somebody_else_s_sign_in_cannot_be_ended(client, jo):
    victim = Client()
    victim.force_login(make_user())
    row = OpenSession.objects.get(session_key=victim.session.session_key)
    client.post(reverse("accounts:end_session"), {"session": row.pk})
    assert victim.get(PROFILE).status_code == 200


def test_signing_out_takes_the_sign_in_off_the_list(client, jo):
    client.post(reverse("account_logout"))
    assert OpenSession.objects.get(user=jo).ended_at is not None


def test_the_session_key_changes_at_sign_in(client):
    user = make_user()
    client.get(reverse("account_login"))
    session = client.session
    session["planted"] = "by an attacker"
    session.save()
    client.cookies[django_settings.SESSION_COOKIE_NAME] = session.session_key
    sign_in_at(client, reverse("account_login"), user)
    assert client.session["_auth_user_id"] == str(user.pk)
    assert client.session.session_key != session.session_key
    engine = import_module(django_settings.SESSION_ENGINE)
    assert not engine.SessionStore().exists(session.session_key)


def test_an_unknown_key_is_not_adopted(client):
    client.cookies[django_settings.SESSION_COOKIE_NAME] = "a" * 32
    sign_in_at(client, reverse("account_login"), make_user())
    assert client.session.session_key != "a" * 32


def test_a_new_password_ends_the_others(client, jo):
    other = Client()
    other.force_login(jo)
    values = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    client.post(reverse("account_change_password"), values)
    assert client.get(PROFILE).status_code == 200
    assert other.get(PROFILE).status_code == 302
    assert "End all others" not in client.get(SESSIONS).content.decode()


def row_of(user, **values):
    now = database_now()
    return OpenSession(user=user, device="Firefox", began_at=now, seen_at=now, **values)


def test_constraint_open_session_key_once():
    user = make_user()
    row_of(user, session_key="k").save()
    with refused_by("open_session_key_once"):
        row_of(user, session_key="k").save()


def test_constraint_open_session_ends_after_start():
    before = database_now() - timedelta(hours=1)
    with refused_by("open_session_ends_after_start"):
        row_of(make_user(), session_key="k", ended_at=before).save()
