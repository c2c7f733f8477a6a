"""The database itself refuses rows that no act may write."""

from datetime import timedelta
from decimal import Decimal

import pytest

from certification.models import BoardSeats, ClusterGroup, DuesRow, GroupSeat, Participant
from tests.constraints import refused_by, refused_by_trigger
from tests.factories.accounts import make_user
from tests.factories.certification_groups import (
    ask,
    describe_convening,
    firm_entry,
    institution_entry,
    invite,
    make_group,
    seat_representative,
    sign,
)
from trail.queries.clock import database_now


@pytest.fixture
def group():
    return make_group()


def change(row, **fields):
    type(row)._default_manager.filter(pk=row.pk).update(**fields)


def test_group_limits(group):
    with refused_by("group_region_kind_known"):
        change(group, region_kind="moon", region_code="x")
    with refused_by("group_known_region_has_code"):
        change(group, region_kind="state")
    with refused_by("group_is_named"):
        change(group, name="")


def test_county_limits(group):
    with refused_by("group_county_once"):
        group.counties.create(fips="39095")
    with refused_by("group_county_five_digits"):
        group.counties.create(fips="3909")


def test_seat_limits(group):
    seat = group.seats.get()
    with refused_by("group_seat_one_per_person"):
        GroupSeat.objects.create(
            group=group, user=seat.user, role="authorized_representative", since=seat.since
        )
    with refused_by("group_seat_role_known"):
        change(seat, role="king")
    with refused_by("group_seat_ends_after_start"):
        change(seat, until=seat.since - timedelta(days=1))


def test_seat_invitation_limits(group):
    person = make_user()
    seat_representative(group, person)
    row = group.seat_invitations.get()
    with refused_by("seat_invitation_accepted_paired"):
        change(row, accepted_by=None)
    with refused_by("seat_invitation_expires_after_sent"):
        change(row, expires_at=row.sent_at)
    values = {
        "group": group,
        "role": "administrator",
        "name": "Ann",
        "sent_at": row.sent_at,
        "expires_at": row.expires_at,
    }
    group.seat_invitations.create(email="ann@x.example", nonce="a", token_digest="a", **values)
    with refused_by("seat_invitation_one_open"):
        group.seat_invitations.create(email="Ann@X.example", nonce="b", token_digest="b", **values)


def test_participant_limits(group):
    firm, college = invite(group, firm_entry("Kiln Works"), institution_entry())
    with refused_by("participant_name_once"):
        change(college, name_key=firm.name_key)
    with refused_by("participant_role_fits_kind"):
        change(firm, firm_role="")
    with refused_by("participant_institution_kinds_known"):
        change(college, institution_kinds=["circus"])
    with refused_by("participant_size_class_known"):
        change(firm, size_class="huge")
    with refused_by("participant_answer_paired"):
        change(firm, answered_at=database_now())
    with refused_by("participant_county_five_digits"):
        change(firm, county_fips="3909")


def test_a_name_may_return_after_it_was_declined(group):
    firm = invite(group, firm_entry("Kiln Works"))[0]
    sign(firm, is_agreed=False)
    assert invite(group, firm_entry("Kiln Works"))[0].pk != firm.pk


def test_states_move_along_the_table_only(group):
    firm = invite(group, firm_entry())[0]
    sign(firm)
    with refused_by_trigger():
        Participant.objects.filter(pk=firm.pk).update(state="invited", answered_at=None)
    state = ask(group)
    sign(state)
    with refused_by_trigger():
        change(state, state="asked", answered_at=None)


def test_commitment_limits(group):
    state = ask(group, "Ohio")
    other = ask(group, "Toledo", level="city")
    with refused_by("commitment_body_once"):
        change(other, level="state", name_key=state.name_key)
    with refused_by("commitment_level_known"):
        change(state, level="planet")
    with refused_by("commitment_answer_paired"):
        change(state, answered_at=database_now())
    with refused_by("commitment_state_two_digits"):
        change(state, state_fips="3")
    with refused_by("commitment_county_has_county"):
        change(state, level="county")


def test_convening_limits(group):
    body = describe_convening(group)
    with refused_by("convening_form_known"):
        change(body, form="club")
    with refused_by("convening_management_not_negative"):
        change(body, management_fte=Decimal(-1))
    with refused_by("convening_admission_rule_written"):
        change(body, admission_rule_text="")
    with refused_by("board_seats_class_once"):
        BoardSeats.objects.create(body=body, seat_class="supplier", seats=1)
    with refused_by("board_seats_class_known"):
        BoardSeats.objects.create(body=body, seat_class="clowns", seats=1)
    with refused_by("dues_row_position_once"):
        DuesRow.objects.create(body=body, position=0, payer="All", yearly_amount=1)
    with refused_by("dues_row_not_negative"):
        DuesRow.objects.create(body=body, position=9, payer="All", yearly_amount=-1)


def test_two_spellings_of_one_region_have_one_key():
    one, other = make_group(), make_group()
    assert one.region_key == other.region_key
    assert ClusterGroup.objects.count() == 2


def test_participant_name_and_identifier_limits(group):
    firm = invite(group, firm_entry())[0]
    with refused_by("participant_name_key_normalized"):
        change(firm, name_key="\ufb01ne glass")
    with refused_by("participant_skeleton_key_filled"):
        change(firm, skeleton_key="")
    with refused_by("participant_uei_shape"):
        change(firm, uei="0F4K9Q2M7XA1")
    with refused_by("participant_receipts_band_known"):
        change(firm, receipts_band="plenty")
