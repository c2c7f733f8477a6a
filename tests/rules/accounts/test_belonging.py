"""Domains that say something about an organization, and marks that pairs share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rules.belonging import (
    OPEN_MAIL_DOMAINS,
    decider_is_stranger,
    domain_as_kept,
    domain_of,
    domain_refusal,
)
from accounts.rules.duplicates import Ground, Marks, shared


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Maumee-Tools.com", "maumee-tools.com"),
        ("ann@maumee-tools.com", "maumee-tools.com"),
        ("https://www.maumee-tools.com/about", "maumee-tools.com"),
        ("maumee-tools.com.", "maumee-tools.com"),
    ],
)
def test_domains_are_kept_bare(typed, kept):
    assert domain_as_kept(typed) == kept
    assert domain_refusal(kept) is None


@pytest.mark.parametrize(
    "domain",
    [
        "",
        "com",
        "a b.com",
        "-a.com",
        "a-.com",
        "a..com",
        "1.2.3.4",
        "a.c",
        "ä.com",
        "a.com\n",
        "x" * 200,
    ],
)
def test_what_is_no_domain_is_refused(domain):
    assert domain_refusal(domain).code == "domain_shape"


@pytest.mark.parametrize("domain", sorted(OPEN_MAIL_DOMAINS))
def test_a_domain_open_to_anybody_says_nothing(domain):
    assert domain_refusal(domain).code == "open_mail"


@given(st.text(max_size=40))
def test_keeping_a_domain_twice_is_keeping_it_once_where_it_is_one(typed):
    kept = domain_as_kept(typed)
    if domain_refusal(kept) is None:
        assert domain_as_kept(kept) in {kept, kept.removeprefix("www.")}


def test_only_the_whole_domain_of_an_address_counts():
    assert domain_of("ann@evil-maumee-tools.com") == "evil-maumee-tools.com"
    assert domain_of('"a@maumee-tools.com"@evil.example') == "evil.example"


def test_nobody_decides_about_an_own_organization():
    assert decider_is_stranger(members=frozenset({1, 2}), decider=2).code == "own_organization"
    assert decider_is_stranger(members=frozenset({1, 2}), decider=3) is None


@pytest.mark.parametrize(
    ("one", "other", "grounds"),
    [
        (Marks("acme", "acme"), Marks("acme", "other"), (Ground.NAME,)),
        (Marks("acme", "look"), Marks("other", "look"), (Ground.NAME,)),
        (Marks("a", "a", "341234567"), Marks("b", "b", "341234567"), (Ground.EIN,)),
        (Marks("a", "a"), Marks("b", "b"), ()),
    ],
)
def test_what_two_organizations_share(one, other, grounds):
    assert shared(one, other) == shared(other, one) == grounds
