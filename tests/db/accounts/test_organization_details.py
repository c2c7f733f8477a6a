"""What an organization says of itself: keys, identifiers, families; the database agrees."""

import pytest
from django.db import DatabaseError

from accounts.actions.create_organization import (
    OrganizationDetails,
    change_organization,
    create_organization,
)
from accounts.actions.join_family import join_family, leave_family
from accounts.actors import actor_from_user
from accounts.models import Organization
from accounts.queries.organizations import family_heads, find_exactly
from kit.refusals import Refused
from tests.constraints import refused_by, refused_by_trigger
from tests.factories.accounts import make_organization, make_user
from trail.queries.clock import database_now
from trail.queries.timeline import timeline

UEI, OTHER_UEI = "JF4K9Q2M7XA1", "YNDUZMUZF8H8"


def create(key="one", **details):
    founder = make_user()
    return create_organization(
        actor=actor_from_user(founder),
        at=database_now(),
        details=OrganizationDetails(**{"legal_name": "Maumee Tools LLC", **details}),
        founder=founder,
        key=key,
    )


def change(organization, key="change", **details):
    return change_organization(
        actor=actor_from_user(organization.roles.get().user),
        at=database_now(),
        organization=organization,
        details=OrganizationDetails(**{"legal_name": organization.legal_name, **details}),
        key=key,
    )


def tie(organization, parent, key="tie"):
    actor = actor_from_user(organization.roles.get().user)
    return join_family(
        actor=actor, at=database_now(), organization=organization, parent=parent, key=key
    )


def update(organization, **values):
    Organization.objects.filter(pk=organization.pk).update(**values)


def test_both_keys_are_kept_beside_the_name_as_typed():
    row = create(legal_name="MAUMEE  Tools, LLC")
    assert row.legal_name == "MAUMEE  Tools, LLC"
    assert (row.name_key, row.skeleton_key) == ("maumee tools, llc", "maumeetools")


@pytest.mark.parametrize(
    ("details", "code"),
    [
        ({"legal_name": "\u200b"}, "unreadable_name"),
        ({"uei": "0F4K9Q2M7XA1"}, "uei_shape"),
        ({"ein": "071234567"}, "ein_shape"),
        ({"ein": "341234567", "legal_form": "sole_proprietor"}, "ein_of_sole_proprietor"),
    ],
)
def test_no_door_skips_the_rules(details, code):
    with pytest.raises(Refused) as caught:
        create(**details)
    assert caught.value.refusal.code == code
    row = make_organization()
    with pytest.raises(Refused) as caught:
        change(row, **details)
    assert caught.value.refusal.code == code


def test_the_trail_names_private_figures_but_never_their_values():
    row = create(ein="341234567", employees=77)
    change(row, ein="351234567", employees=88, naics="332710")
    told = [moment.facts for moment in timeline(row.case)]
    assert told[0]["changed"] == ["ein", "employees", "naics"]
    assert told[0]["is"] == {"naics": "332710"}
    for secret in ("341234567", "351234567", "77", "88"):
        assert secret not in repr([{**facts, "legal_name": ""} for facts in told]), secret


def test_saving_what_is_there_already_leaves_no_entry():
    row = create(uei=UEI)
    before = len(timeline(row.case))
    change(row, uei=UEI)
    assert len(timeline(row.case)) == before


def test_the_same_change_sent_twice_is_one():
    row = create()
    for _ in range(2):
        change(row, naics="332710")
    assert [m.verb for m in timeline(row.case)].count("change_organization") == 1


def test_another_fault_than_a_taken_identifier_is_not_called_one():
    with pytest.raises(DatabaseError) as caught:
        create(receipts_band="a lot")
    assert "organization_receipts_band_known" in str(caught.value)


def test_a_family_is_found_by_the_identifier_of_its_member():
    head, middle, leaf = create("1"), create("2"), create("3", uei=UEI)
    tie(middle, head, "a")
    tie(leaf, middle, "b")
    assert family_heads([UEI, OTHER_UEI, ""]) == {UEI: head.legal_name}


def test_a_tie_stands_on_both_trails_and_either_side_ends_it():
    child, parent = create("1"), create("2")
    tie(child, parent)
    assert [timeline(one.case)[0].verb for one in (child, parent)] == ["join_family"] * 2
    actor = actor_from_user(parent.roles.get().user)
    for _ in range(2):
        leave_family(actor=actor, at=database_now(), organization=child, key="end")
    child.refresh_from_db()
    assert child.parent is None
    assert [m.verb for m in timeline(parent.case)].count("leave_family") == 1


def test_a_circle_is_refused_with_a_sentence():
    one, two = create("1"), create("2")
    tie(one, two, "a")
    with pytest.raises(Refused) as caught:
        tie(two, one, "b")
    assert caught.value.refusal.code == "family_circle"


def test_organization_family_has_no_circle_even_past_the_rule():
    one, two, three = create("1"), create("2"), create("3")
    update(one, parent=two)
    update(two, parent=three)
    with refused_by_trigger():
        update(three, parent=one)


def test_organization_not_its_own_parent():
    row = create()
    with refused_by("organization_not_its_own_parent"):
        update(row, parent=row)


def test_only_an_exact_identifier_leads_to_an_organization():
    row = create(uei=UEI)
    assert find_exactly(f" {UEI.lower()} ") == row
    assert find_exactly(row.case.reference.lower()) == row
    assert find_exactly("Maumee") is None
    assert find_exactly("") is None


def test_organization_uei_shape():
    row = create()
    for wrong in ("0F4K9Q2M7XA1", "IF4K9Q2M7XA1", "A123456789BC", "JF4K"):
        with refused_by("organization_uei_shape"):
            update(row, uei=wrong)


def test_organization_ein_shape():
    with refused_by("organization_ein_shape"):
        update(create(), ein="34-12345")


def test_organization_no_ein_of_sole_proprietor():
    row = create(ein="341234567")
    with refused_by("organization_no_ein_of_sole_proprietor"):
        update(row, legal_form="sole_proprietor")


def test_organization_name_key_normalized():
    row = create()
    for wrong in ("", "\ufb01ne"):
        with refused_by("organization_name_key_normalized"):
            update(row, name_key=wrong)


def test_organization_skeleton_key_filled():
    with refused_by("organization_skeleton_key_filled"):
        update(create(), skeleton_key="")


def test_organization_receipts_band_known():
    with refused_by("organization_receipts_band_known"):
        update(create(), receipts_band="plenty")
