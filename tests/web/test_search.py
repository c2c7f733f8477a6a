"""One search over everything: what fits, typed right or nearly, and never what is not one's own."""

import re

import pytest
from django.test import Client

from accounts.rules.roles import AgencyRoleKind as Role
from clusters_portal.templatetags.found_words import marked
from records.models import Publication
from tests.db.certification.cases import AT, office
from tests.db.certification.register_scenes import decided, prepared, released
from tests.factories.accounts import make_agency, make_officer, make_organization, make_user
from tests.factories.applications import started, submitted
from tests.factories.certification_groups import firm_entry, invite, make_group, seat_representative
from tests.factories.economy import small_economy
from tests.worlds import group_ready_to_submit

DYNAMIC = re.compile(r"\s+|name=\"csrfmiddlewaretoken\" value=\"[^\"]*\"")


def find(person=None, text="", **more):
    client = Client()
    if person is not None:
        client.force_login(person)
    answer = client.get("/search/", {"q": text, **more})
    assert answer.status_code == 200
    body = answer.content.decode()
    return DYNAMIC.sub(" ", body[body.index("<main") : body.index("</main>")])


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("king county", "King County, WA"),
        ("53033", "King County, WA"),
        ("tolledo", "Toledo-Fremont, OH"),
        ("TOLEDO", "Toledo-Fremont, OH"),
        ("vehicle", "Vehicles"),
        ("327211", "Flat Glass Manufacturing"),
        ("flat glass", "Flat Glass Manufacturing"),
    ],
)
def test_the_economy_is_found_as_people_type(asked, expected):
    small_economy()
    page = re.sub(r"</?mark>", "", find(None, asked))
    assert expected in page


@pytest.mark.parametrize(
    "text",
    ["zzzzqqqq", "%", "_", "'", '"', "a\\", "!!", "& | ! ( )", "<b>", "or or", "ü" * 90, "-x"],
)
def test_anything_may_be_typed(text):
    small_economy()
    make_organization(user := make_user(), "Kiln Works")
    assert "<b>" not in find(user, text)


def test_nothing_found_says_what_to_try():
    small_economy()
    assert "Try fewer words" in find(None, "zzzzqqqq")
    assert "What are you looking for?" in find(None, "")


@pytest.mark.parametrize("page", ["0", "-1", "2", "9999", "x", "99999999999999", "\u0662"])
def test_pages_that_do_not_exist_are_the_nearest_that_does(page):
    user = make_user()
    for number in range(3):
        make_organization(user, f"Kiln Works {number}")
    assert "Kiln" in find(user, "kiln", **{"in": "organizations", "page": page})
    find(user, "kiln", **{"in": "nonsense", "page": page})


def test_many_results_have_pages_and_counts():
    user = make_user()
    for number in range(23):
        make_organization(user, f"Kiln Works Number {number} of Ohio")
    few = find(user, "kiln works")
    assert "All 23 organizations" in few
    assert few.count('class="card card--link"') == 5
    second = find(user, "kiln works", **{"in": "organizations", "page": "2"})
    assert "Page 2 of 2" in second
    assert second.count('class="card card--link"') == 3


def test_own_organizations_are_found_by_their_members_only():
    olga, stranger = make_user(), make_user()
    make_organization(olga, "Maumee Kiln Works")
    for asked in ("maumee kiln", "MAUMEE", "mumee kiln", "kiln"):
        assert "Maumee" in re.sub(r"</?mark>", "", find(olga, asked)), asked
        assert "Nothing fits" in find(stranger, asked), asked
        assert "Nothing fits" in find(None, asked), asked


def test_reviewing_officers_find_every_organization_and_other_officers_none():
    home = make_agency()
    make_organization(None, "Maumee Kiln Works")
    officer = make_officer(home, Role.PROGRAMME_OFFICER)
    assert "/staff/organizations/OR-" in find(officer, "maumee")
    assert "Nothing fits" in find(make_officer(home, Role.AUDITOR), "maumee")


def test_groups_and_rosters_are_found_by_their_people_only():
    home = make_agency()
    group = make_group(make_user(), home, name="Great Black Swamp Glass")
    invite(group, firm_entry("Perrysburg Furnace"))
    mine = find(group.seats.get().user, "black swamp")
    assert f"/groups/{group.reference}/" in mine
    assert f"/groups/{group.reference}/" in find(group.seats.get().user, group.reference.lower())
    assert "members/PT-" in find(group.seats.get().user, "perysburg") or "PT-" in find(
        group.seats.get().user, "perysburg"
    )
    for other in (None, make_user(), make_officer(home, Role.PROGRAMME_OFFICER)):
        for asked in ("black swamp", "perrysburg", group.reference):
            assert "Nothing fits" in find(other, asked), asked


def test_a_submitted_case_is_found_by_its_office_and_by_no_other():
    home, other = make_agency(), make_agency()
    ready = group_ready_to_submit(home)
    application = submitted(ready.group)
    reader = make_officer(home, Role.AUDITOR)
    assert f"/staff/cases/{application.case.reference}/" in find(reader, ready.group.name)
    assert f"/staff/cases/{application.case.reference}/" in find(reader, application.case.reference)
    stranger = make_officer(other, Role.AUDITOR)
    assert "Nothing fits" in find(stranger, application.case.reference)


def test_an_ended_seat_finds_nothing_any_more():
    group = make_group(user := make_user(), make_agency(), name="Great Black Swamp Glass")
    seat_representative(group, make_user())
    group.seats.filter(user=user).update(until=group.seats.get(user=user).since.replace(year=2099))
    assert "Nothing fits" in find(user, "black swamp")


SECRET = "Wapakoneta Instruments"


@pytest.mark.parametrize("hidden", ["draft", "case", "prepared", "roster", "organization"])
def test_an_answer_with_a_hidden_object_is_the_answer_without_it(hidden):
    """The embargo: for whoever may not see it, nothing changes; not a word, not a count."""
    place = office()
    released(place, decided(place, name="Elkhart Instruments").application)
    stranger = make_user()
    outsider = make_officer(make_agency(), Role.PUBLISHER)
    readers, asked = (None, stranger, outsider), ("instruments", SECRET, "wapakonetta", "elkhart")
    before = [find(reader, text) for reader in readers for text in asked]
    if hidden == "draft":
        started(make_group(make_user(), place.agency, name=SECRET))
    elif hidden == "case":
        group = make_group(make_user(), place.agency, name=SECRET)
        type(group).objects.filter(pk=group.pk).update(name=SECRET)
    elif hidden == "prepared":
        designation = decided(place, name=SECRET, fips="18041")
        prepared(place, designation.application)
        assert Publication.objects.filter(released_at=None).exists()
    elif hidden == "roster":
        invite(make_group(make_user(), place.agency), firm_entry(SECRET))
    else:
        make_organization(None, SECRET)
    assert [find(reader, text) for reader in readers for text in asked] == before


def test_the_register_is_found_once_it_is_released():
    place = office()
    designation = decided(place, name=SECRET)
    publication = prepared(place, designation.application, AT)
    assert "Nothing fits" in find(None, SECRET)
    from certification.actions.release import release  # noqa: PLC0415 - the second person's act

    release(
        actor=place.actor("second_publisher"),
        at=AT,
        application=designation.application,
        publication=publication,
    )
    page = find(None, "wapakoneta instrument")
    assert f"/register/{designation.reference}/" in page
    assert "<mark>Wapakoneta</mark>" in page


@pytest.mark.parametrize(
    ("text", "asked", "shown"),
    [
        ("Glass & Co", "glass", "<mark>Glass</mark> &amp; Co"),
        ("<b>bold</b>", "bold", "&lt;b&gt;<mark>bold</mark>&lt;/b&gt;"),
        ("amp & co", "amp", "<mark>amp</mark> &amp; co"),
        ("A.B", ".", "A.B"),
        ("A..B", "..", "A<mark>..</mark>B"),
        ("plain", "", "plain"),
        ("<i>", "", "&lt;i&gt;"),
    ],
)
def test_searched_words_are_marked_and_the_rest_stays_text(text, asked, shown):
    assert marked(text, asked) == shown


def test_search_costs_the_same_for_one_and_three(django_assert_max_num_queries):
    home = make_agency()
    officer = make_officer(home, Role.PROGRAMME_OFFICER)
    client = Client()
    client.force_login(officer)
    counts = []
    for number in (1, 2):
        for _ in range(number):
            make_organization(None, f"Kiln Works {number}")
            invite(make_group(officer, home, name="Kiln Works Group"), firm_entry("Kiln Works"))
        with django_assert_max_num_queries(40) as counted:
            client.get("/search/", {"q": "kiln works"})
        counts.append(len(counted))
    assert counts[0] == counts[1]
