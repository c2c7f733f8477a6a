"""Look-alikes, colleagues, files, next steps: the small rules of the roster."""

import pytest

from certification.rules.addressees import masked, may_receive_code
from certification.rules.groups import region_key
from certification.rules.lookalikes import Named, flags
from certification.rules.next_step import Standing, next_step
from certification.rules.roster_file import UnreadableFileError, read_file


def test_flags_name_the_other():
    rows = [
        Named(1, "Acme", "acme", "UEI1"),
        Named(2, "ACME Inc", "acme", ""),
        Named(3, "Other", "other", "UEI1"),
        Named(4, "Alone", "alone", ""),
    ]
    assert flags(rows) == {
        1: ("Same UEI as Other.", "The name looks like ACME Inc."),
        2: ("The name looks like Acme.",),
        3: ("Same UEI as Acme.",),
    }


@pytest.mark.parametrize(
    ("address", "is_allowed"),
    [
        ("ann@mill.example", True),
        ("Bob@MILL.example", True),
        ("bob@evil-mill.example", False),
        ("bob@mill.example.evil.example", False),
        ("", False),
    ],
)
def test_codes_stay_in_the_organization(address, is_allowed):
    assert may_receive_code(address, "ann@mill.example") is is_allowed


def test_open_mail_domains_are_no_organization():
    assert may_receive_code("ann@gmail.com", "ann@gmail.com")
    assert not may_receive_code("bob@gmail.com", "ann@gmail.com")


def test_masked_address_keeps_the_domain():
    assert masked("ann@mill.example") == "a…@mill.example"


def test_region_key_ignores_order_and_repetition():
    assert region_key(["39095", "39035"]) == region_key(["39035", "39095", "39035"])


HEAD = "Kind,Name,Role,County,Contact name,Contact e-mail\n".replace("e-mail", "email")


def test_file_columns_may_be_written_with_blanks_and_capitals():
    rows = read_file(HEAD + 'firm,"Kiln, Inc.",End producer,39095,Bo,bo@kiln.example\n\n,,,,,\n')
    assert len(rows) == 1
    assert rows[0].line == 2
    assert rows[0].fields["organization_name"] == "Kiln, Inc."
    assert rows[0].fields["firm_role"] == "end_producer"


def test_too_many_rows_are_refused():
    line = "firm,Kiln,supplier,39095,Bo,bo@kiln.example\n"
    with pytest.raises(UnreadableFileError, match="at most 1000"):
        read_file(HEAD + line * 1001)


def standing(**counts):
    whole = {
        "has_representative": True,
        "confirmed_firms": 1,
        "waiting": 0,
        "confirmed_institutions": 1,
        "listed": 1,
        "commitments": 1,
        "signed_commitments": 0,
        "has_convening": True,
    }
    return Standing(**{**whole, **counts})


@pytest.mark.parametrize(
    ("missing", "route"),
    [
        ({"listed": 0}, "certification:add_member"),
        ({"has_representative": False}, "certification:team"),
        ({"confirmed_institutions": 0}, "certification:add_institution"),
        ({"commitments": 0}, "certification:partners"),
        ({"has_convening": False}, "certification:convening"),
        ({}, "certification:readiness"),
    ],
)
def test_one_next_step(missing, route):
    assert next_step(standing(**missing)).route == route
