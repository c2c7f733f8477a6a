"""The roster in the browser: lists, adding, files, reminders, and whom they do not exist for."""

import pytest
from django.test import Client
from django.urls import reverse

from certification.models import Participant
from mapping.models import County, State
from tests.factories.accounts import make_user
from tests.factories.certification_groups import firm_entry, invite, make_group, sign


@pytest.fixture
def geography():
    ohio = State.objects.create(fips="39", name="Ohio", postal="OH")
    for fips, name in (("39035", "Cuyahoga"), ("39095", "Lucas"), ("39153", "Summit")):
        County.objects.create(fips=fips, name=f"{name} County, OH", state=ohio)


@pytest.fixture
def group(geography):
    return make_group()


@pytest.fixture
def desk(group):
    client = Client()
    client.force_login(group.seats.get().user)
    return client


def at(group, route, *more):
    return reverse(f"certification:{route}", args=[group.reference, *more])


FIRM = {
    "organization_name": "Maumee Glass, Inc.",
    "firm_role": "supplier",
    "county": "Lucas County, OH",
    "size_class": "small",
    "contact_name": "Ana Reyes",
    "contact_email": "ana@maumee.example",
    "votes": "1",
    "idempotency_key": "one",
}


def test_adding_a_firm_writes_to_it(group, desk):
    answer = desk.post(at(group, "add_member"), FIRM, follow=True)
    assert "We have written to ana@maumee.example" in answer.content.decode()
    firm = group.participants.get()
    assert (firm.county_fips, firm.state) == ("39095", "invited")
    assert firm.invitations.count() == 1


def test_sending_the_form_twice_adds_one(group, desk):
    answers = [desk.post(at(group, "add_member"), FIRM) for _ in range(2)]
    assert group.participants.count() == 1
    assert [answer.status_code for answer in answers] == [302, 302], "the first may be lost"


def test_the_same_firm_in_another_form_is_listed_already(group, desk):
    desk.post(at(group, "add_member"), FIRM)
    answer = desk.post(at(group, "add_member"), FIRM | {"idempotency_key": "two"})
    assert "already on the roster" in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("county", "Atlantis", "We know no county"),
        ("contact_email", "ana", "valid email"),
        ("firm_role", "", "required"),
        ("uei", "123", "A UEI has 12"),
        ("organization_name", "Glass\u202egnirts", "hidden character"),
    ],
)
def test_errors_stand_at_the_field(group, desk, field, value, words):
    answer = desk.post(at(group, "add_member"), {**FIRM, field: value})
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not group.participants.exists()


@pytest.mark.parametrize(
    ("given", "size"),
    [
        ({"naics": "332710", "employees": "120", "size_class": ""}, "small"),
        ({"naics": "332710", "employees": "900", "size_class": ""}, "other"),
        ({"naics": "541330", "receipts_band": "above_47000000", "size_class": ""}, "other"),
        ({"naics": "332710", "employees": "120", "size_class": "small"}, "small"),
        ({"naics": "999999", "employees": "120", "size_class": "other"}, "other"),
    ],
)
def test_the_size_follows_from_the_figures_where_the_table_tells(group, desk, given, size):
    desk.post(at(group, "add_member"), {**FIRM, **given})
    assert group.participants.get().size_class == size


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"naics": "332710", "employees": "900"}, "the other way round"),
        ({"naics": "999999", "size_class": ""}, "no size standard for NAICS 999999"),
        ({"size_class": ""}, "no industry code given"),
    ],
)
def test_a_size_that_figures_contradict_or_cannot_tell_is_asked_again(group, desk, given, words):
    page = desk.post(at(group, "add_member"), {**FIRM, **given}).content.decode()
    assert words in page
    assert not group.participants.exists()


def test_an_institution_of_two_kinds(group, desk):
    given = {**FIRM, "institution_kinds": ["community_college", "training_provider"]}
    desk.post(at(group, "add_institution"), given)
    college = group.participants.get()
    assert college.institution_kinds == ["community_college", "training_provider"]
    assert college.has_voting_seat


def test_look_alikes_are_flagged(group, desk):
    invite(group, firm_entry("Maumee Glass LLC"))
    answer = desk.post(at(group, "add_member"), FIRM, follow=True)
    assert answer.content.decode().count("The name looks like Maumee Glass") >= 2


FILE = """kind,name,role,county,contact_name,contact_email,size
firm,Kiln & Sons,End producer,39095,Bo Larsen,bo@kiln.example,small
institution,Owens,Community college; Training provider,"Lucas County, OH",Di,d@owens.example,
"""


def test_a_file_is_previewed_and_then_written_whole(group, desk):
    address = at(group, "import_roster")
    preview = desk.post(address, {"text": FILE}).content.decode()
    assert "Every row can be used" in preview
    assert not group.participants.exists()
    desk.post(address, {"text": FILE, "confirmed": "1", "idempotency_key": "file"})
    assert group.participants.count() == 2


def test_one_bad_row_stops_the_whole_file(group, desk):
    address = at(group, "import_roster")
    bad = (
        FILE
        + "firm,,Sailor,99999,,nobody,huge\nfirm,Kiln & Sons,Supplier,39095,X,x@y.example,small\n"
    )
    page = desk.post(address, {"text": bad, "confirmed": "1", "idempotency_key": "file"})
    words = page.content.decode()
    assert "Line 4" in words
    assert "Line 5" in words
    assert "already on the roster" in words
    assert not group.participants.exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Choose a file, or paste"),
        ("name,role\nA,B\n", "Missing: kind, county"),
        (FILE.splitlines()[0], "no organization"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(group, desk, text, words):
    assert words in desk.post(at(group, "import_roster"), {"text": text}).content.decode()


def test_the_list_searches_filters_and_sorts(group, desk):
    invite(group, firm_entry("Alpha Glass"), firm_entry("Beta Kilns"), firm_entry("Gamma Sand"))
    sign(group.participants.get(organization_name="Beta Kilns"))
    page = at(group, "members")
    assert "Beta" not in desk.get(page, {"q": "glass"}).content.decode()
    assert "Alpha" not in desk.get(page, {"state": "confirmed"}).content.decode()
    names = desk.get(page, {"sort": "-name"}).content.decode()
    assert names.index("Gamma Sand") < names.index("Alpha Glass")
    assert "Nothing fits these filters" in desk.get(page, {"q": "zzz"}).content.decode()


def test_the_list_asks_as_much_at_one_row_as_at_three(group, desk, django_assert_max_num_queries):
    counts = []
    for number in (1, 2):
        invite(group, *[firm_entry() for _ in range(number)])
        with django_assert_max_num_queries(14) as asked:
            desk.get(at(group, "members"))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_export_guards_against_formulas(group, desk):
    invite(group, firm_entry("=HYPERLINK(1)"))
    lines = b"".join(desk.get(at(group, "export_roster", "csv")).streaming_content).decode()
    assert "'=HYPERLINK(1)" in lines


def test_reminding_too_soon_says_so(group, desk):
    firm = invite(group, firm_entry())[0]
    address = at(group, "remind_participant", firm.reference)
    answer = desk.post(address, {"idempotency_key": "r"}, follow=True)
    assert "less than a day ago" in answer.content.decode()


def test_correcting_an_address_sends_a_new_link(group, desk):
    firm = invite(group, firm_entry("Maumee Glass, Inc."))[0]
    address = at(group, "correct_participant", firm.reference)
    assert "Lucas County, OH" in desk.get(address).content.decode()
    desk.post(address, FIRM)
    firm.refresh_from_db()
    assert firm.contact_email == "ana@maumee.example"
    assert firm.invitations.count() == 2


def test_what_was_signed_is_not_corrected(group, desk):
    firm = invite(group, firm_entry("Maumee Glass, Inc."))[0]
    sign(firm)
    answer = desk.post(at(group, "correct_participant", firm.reference), FIRM)
    assert "has answered" in answer.content.decode()
    assert Participant.objects.get().contact_email != FIRM["contact_email"]


def test_another_groups_participant_does_not_exist_here(group, desk):
    foreign = invite(make_group(), firm_entry())[0]
    assert desk.get(at(group, "participant", foreign.reference)).status_code == 404
    stranger = Client()
    stranger.force_login(make_user())
    assert stranger.get(at(group, "members")).status_code == 404
