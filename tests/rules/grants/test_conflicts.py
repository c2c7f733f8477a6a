"""What ties a reviewer to a proposal: examples and laws.

Planted: hard kinds without the giver; an unproved address that counts as proved. Each was seen
red.
"""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.queries.look_of_names import skeleton_of
from grants.rules.conflicts import (
    Address,
    Body,
    Employment,
    Named,
    Partner,
    ProposalFacts,
    Reviewer,
    Who,
    address_key,
    find_edges,
    same_body,
)
from grants.rules.terms import EdgeKind


def body(name, **more):
    return Body(name, skeleton_of(name), **more)


def address(text, *, is_proved=True):
    return Address(address_key(text), skeleton_of(text), is_proved)


def who(name, email="", *, is_proved=False):
    return Who(name, skeleton_of(name), address(email, is_proved=is_proved) if email else None)


def works(name, **more):
    return Reviewer(employers=frozenset({Employment(body(name), **more)}))


def kinds(reviewer, proposal):
    return {
        edge.kind.value: ("hard" if edge.is_hard else "soft", edge.is_unverified)
        for edge in find_edges(reviewer, proposal)
    }


GLASS, STATE = body("Maumee Glass, Inc."), body("University of Toledo")
ANNA = who("Anna Able", "anna@example.org")
RHEA = Reviewer(
    looks=frozenset({skeleton_of("Rhea Reviewer")}), addresses=frozenset({address("rhea@u.edu")})
)
CASES = [
    ("lead", works("MAUMEE GLASS LLC"), {"leads": (Partner(GLASS),)}, "lead_organization", "hard"),
    ("giver", works("Maumee Glass"), {"givers": (Partner(GLASS),)}, "match_giver", "hard"),
    ("subaward", works("Maumee Glass"),
     {"subrecipients": (Partner(GLASS),)}, "subrecipient", "hard"),
    ("roster", works("Maumee Glass"), {"roster": (Partner(GLASS),)}, "roster", "soft"),
    ("unit", works("University of Toledo", is_large=True, unit="physics"),
     {"people": (Named(ANNA, STATE, "physics"),)}, "own_unit", "hard"),
    ("other unit", works("University of Toledo", is_large=True, unit="law"),
     {"people": (Named(ANNA, STATE, "physics"),)}, "same_employer", "soft"),
    ("unknown unit", works("University of Toledo", is_large=True),
     {"people": (Named(ANNA, STATE),)}, "same_employer", "soft"),
    ("small employer", works("University of Toledo"),
     {"people": (Named(ANNA, STATE, "physics"),)}, "own_unit", "hard"),
    ("state", works("Ohio Department of Taxation", state="39"),
     {"states": frozenset({"39"})}, "state_office", "soft"),
    ("seat", Reviewer(groups=frozenset({7})), {}, "named_person", "hard"),
    ("board", Reviewer(boards=frozenset({GLASS})), {"givers": (Partner(GLASS),)}, "board", "hard"),
    ("shares", Reviewer(interests=frozenset({GLASS})),
     {"leads": (Partner(GLASS),)}, "other", "hard"),
    ("shares of a member", Reviewer(interests=frozenset({GLASS})),
     {"roster": (Partner(GLASS),)}, "roster", "soft"),
    ("relative", Reviewer(relatives=frozenset({who("Anna Able")})),
     {"people": (Named(ANNA),)}, "relative", "hard"),
    ("co-author", Reviewer(collaborators=frozenset({who("A. A.", "anna@example.org")})),
     {"people": (Named(ANNA),)}, "collaboration", "hard"),
    ("signing official", RHEA,
     {"governments": (Partner(body("Ohio"), contact=who("R", "rhea@u.edu", is_proved=True)),)},
     "state_official", "hard"),
]  # fmt: skip


@pytest.mark.parametrize(("reviewer", "facts", "kind", "weight"), [c[1:] for c in CASES],
                         ids=[c[0] for c in CASES])  # fmt: skip
def test_each_tie_of_the_programme(reviewer, facts, kind, weight):
    assert kinds(reviewer, ProposalFacts(7, **facts)) == {kind: (weight, False)}
    assert kinds(reviewer, ProposalFacts(8)) == {}


@pytest.mark.parametrize("shared", [{"uei": "JF4K9Q2M7XA1"}, {"ein": "341234567"}, {"pk": 3}])
def test_any_identifier_makes_one_organization(shared):
    assert same_body(body("Old name", **shared), body("New name", **shared))
    assert not same_body(body("Old name", **shared), body("New name"))


def test_a_family_ties_softly():
    mine = Reviewer(employers=frozenset({Employment(body("Campus East", family=1))}))
    facts = ProposalFacts(7, givers=(Partner(body("Campus West", family=1)),))
    assert kinds(mine, facts) == {"same_employer": ("soft", False)}


@pytest.mark.parametrize("typed", ["RHEA@U.EDU", "rhea+x@u.edu", "rhea@u.edu"])
def test_an_address_that_an_applicant_types_alerts_and_proves_nothing(typed):
    facts = ProposalFacts(7, people=(Named(who("Somebody Else", typed)),))
    assert kinds(RHEA, facts) == {"named_person": ("hard", True)}


def test_an_address_proved_on_both_sides_is_proved_and_on_one_side_is_not():
    signed = ProposalFacts(
        7, givers=(Partner(GLASS, contact=who("R", "rhea@u.edu", is_proved=True)),)
    )
    assert kinds(RHEA, signed) == {"match_giver": ("hard", False)}
    alias = Reviewer(addresses=frozenset({address("rhea@u.edu", is_proved=False)}))
    assert kinds(alias, signed) == {"match_giver": ("hard", True)}


@pytest.mark.parametrize(
    "typed", ["rh\u0435a@u.edu", "rhea@\u03c5.edu"]
)  # Cyrillic e, Greek upsilon
def test_an_address_that_looks_the_same_alerts(typed):
    facts = ProposalFacts(7, people=(Named(who("X Y", typed, is_proved=True)),))
    assert kinds(RHEA, facts) == {"named_person": ("hard", True)}


def test_a_namesake_alerts():
    facts = ProposalFacts(7, people=(Named(who("RHEA  REVIEWER")),))
    assert kinds(RHEA, facts) == {"named_person": ("hard", True)}


def test_a_giver_who_has_not_signed_is_not_proved():
    facts = ProposalFacts(7, givers=(Partner(GLASS, is_proved=False),))
    assert kinds(works("Maumee Glass"), facts) == {"match_giver": ("hard", True)}


def test_an_employer_written_with_look_alike_letters_is_the_same():
    facts = ProposalFacts(
        7, leads=(Partner(body("M\u0430um\u0435\u0435 Gl\u0430ss")),)
    )  # Cyrillic a and e
    assert "lead_organization" in kinds(works("Maumee Glass"), facts)


def test_the_reason_names_both_sides():
    facts = ProposalFacts(7, leads=(Partner(GLASS),))
    (edge,) = find_edges(works("Maumee Glass"), facts)
    assert edge.words == ("Works or worked for the lead organization: Maumee Glass, Inc.",)


WORDS = st.sampled_from(["Acme", "ACME Inc", "Birch", "Cedar", ""])
BODIES = st.builds(
    lambda name, uei, pk, head: Body(name, skeleton_of(name) if name else "", uei, "", pk, head),
    WORDS, st.sampled_from(["", "U1", "U2"]), st.sampled_from([None, 1, 2]),
    st.sampled_from([None, 1, 2]),
)  # fmt: skip
ADDRESSES = st.builds(
    lambda text, proved: address(text, is_proved=proved),
    st.sampled_from(["a@x.org", "A+b@x.org", "c@x.org"]), st.booleans(),
)  # fmt: skip
PEOPLE = st.builds(lambda name, mail: Who(name, skeleton_of(name) if name else "", mail),
                   WORDS, st.none() | ADDRESSES)  # fmt: skip
PARTNERS = st.lists(st.builds(Partner, BODIES, st.booleans(), st.none() | PEOPLE), max_size=2)
FACTS = st.builds(
    ProposalFacts,
    st.integers(1, 2),
    people=st.lists(st.builds(Named, PEOPLE, st.none() | BODIES, WORDS), max_size=2).map(tuple),
    leads=PARTNERS.map(tuple),
    givers=PARTNERS.map(tuple),
    subrecipients=PARTNERS.map(tuple),
    roster=PARTNERS.map(tuple),
    governments=PARTNERS.map(tuple),
    states=st.frozensets(st.sampled_from(["39", "18"])),
)
REVIEWERS = st.builds(
    Reviewer,
    looks=st.frozensets(WORDS.filter(bool).map(skeleton_of), max_size=1),
    addresses=st.frozensets(ADDRESSES, max_size=2),
    employers=st.frozensets(
        st.builds(Employment, BODIES, WORDS, st.booleans(), st.sampled_from(["", "39"])),
        max_size=2,
    ),
    boards=st.frozensets(BODIES, max_size=1),
    interests=st.frozensets(BODIES, max_size=1),
    relatives=st.frozensets(PEOPLE, max_size=1),
    collaborators=st.frozensets(PEOPLE, max_size=1),
    groups=st.frozensets(st.integers(1, 2), max_size=1),
)


def strength(edges):
    return {edge.kind: (edge.is_hard, not edge.is_unverified) for edge in edges}


@given(REVIEWERS, REVIEWERS, FACTS)
def test_adding_an_identity_never_removes_or_weakens_an_edge(mine, more, facts):
    both = Reviewer(
        **{one.name: getattr(mine, one.name) | getattr(more, one.name) for one in fields(Reviewer)}
    )
    before, after = strength(find_edges(mine, facts)), strength(find_edges(both, facts))
    assert all(kind in after and after[kind] >= weight for kind, weight in before.items())


@given(REVIEWERS, FACTS, PARTNERS)
def test_naming_more_never_removes_or_weakens_an_edge(mine, facts, more):
    wider = replace(facts, givers=(*facts.givers, *more))
    before, after = strength(find_edges(mine, facts)), strength(find_edges(mine, wider))
    assert all(kind in after and after[kind] >= weight for kind, weight in before.items())


@given(BODIES, BODIES)
def test_being_one_organization_is_symmetric(one, other):
    assert same_body(one, other) == same_body(other, one)


@given(st.text(max_size=30), st.text(max_size=30))
def test_address_keys_are_symmetric_and_settled(local, domain):
    key = address_key(f"{local}@{domain}")
    assert address_key(key) == key or "+" in key
    assert address_key(f"{local}@{domain}".upper()).casefold() == address_key(key.upper())


def test_every_kind_that_is_soft_is_one_the_programme_names():
    soft = {EdgeKind.SAME_EMPLOYER, EdgeKind.STATE_OFFICE, EdgeKind.ROSTER}
    from grants.rules.conflicts import HARD  # noqa: PLC0415 - the constant under test

    assert set(EdgeKind) - HARD == soft
