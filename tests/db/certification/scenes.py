"""Rows for tests of determinations: a Basis, a group, a pinned determination."""

from datetime import UTC, datetime

from accounts.models import Agency
from certification.models import (
    BoardSeats,
    ClusterGroup,
    ConveningBody,
    Determination,
    GovernmentCommitment,
    GroupCounty,
    Participant,
    Rulebook,
)
from certification.rules.canonical import encode
from certification.rules.determination import derive
from certification.rules.groups import region_key
from certification.rules.participants import FirmRole, InstitutionKind
from certification.rules.states import CommitmentState, ParticipantState
from tests.rules.certification.facts import case_facts
from tests.small_economy import small_economy
from tests.worlds import agency
from trail.actions.open_case import open_case
from trail.actors import Actor

AT = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)
OFFICER = Actor("user", "101", "Olive Officer")
COLLEAGUE = Actor("user", "102", "Carl Colleague")


def case(kind="application", prefix="AP"):
    return open_case(actor=OFFICER, at=AT, kind=kind, prefix=prefix)


def basis_row():
    """A Basis with true measures under it."""
    return small_economy()


def group_row(cluster=("1", "Recreational vehicles"), fips=("18039", "18085", "26027"), **fields):
    """A group without anybody in it."""
    values = {
        "agency": Agency.objects.first() or agency(),
        "name": "Elkhart Vehicles",
        "definition_set_code": "small",
        "cluster_code": cluster[0],
        "cluster_name": cluster[1],
        "region_kind": "custom",
        "region_name": "Elkhart and neighbors",
        "region_key": region_key(fips),
        "created_at": AT,
    }
    group = ClusterGroup.objects.create(case=case("group", "CG"), **(values | fields))
    GroupCounty.objects.bulk_create(GroupCounty(group=group, fips=code) for code in fips)
    return group


def firm(group, number, role=FirmRole.SUPPLIER, **fields):
    values = {
        "kind": "firm",
        "organization_name": f"Firm {number}",
        "name_key": f"firm {number}",
        "skeleton_key": f"firm {number}",
        "county_fips": "18039",
        "contact_name": "Somebody",
        "contact_email": f"firm{number}@example.org",
        "firm_role": role,
        "size_class": "small",
        "added_at": AT,
        "state": ParticipantState.CONFIRMED,
        "answered_at": AT,
    }
    return Participant.objects.create(group=group, **(values | fields))


def institution(group, number, *kinds, **fields):
    return firm(
        group,
        1000 + number,
        role="",
        kind="institution",
        institution_kinds=list(kinds),
        size_class="",
        **fields,
    )


def commitment(group, level, state_fips, state=CommitmentState.SIGNED, **fields):
    answered = AT if state in {CommitmentState.SIGNED, CommitmentState.DECLINED} else None
    return GovernmentCommitment.objects.create(
        group=group,
        level=level,
        body_name=f"{level} of {state_fips}",
        name_key=f"{level} of {state_fips}",
        state_fips=state_fips,
        contact_name="Somebody",
        contact_email="somebody@example.org",
        state=state,
        added_at=AT,
        answered_at=answered,
        **fields,
    )


def ready_group(**fields):
    """A group that meets all five criteria."""
    group = group_row(**fields)
    roles = list(FirmRole)
    for number in range(16):
        firm(group, number, roles[number % len(roles)])
    institution(group, 1, InstitutionKind.UNIVERSITY)
    institution(
        group, 2, InstitutionKind.COMMUNITY_COLLEGE, InstitutionKind.TRAINING_PROVIDER, votes=0
    )
    institution(group, 3, InstitutionKind.TRADE_ASSOCIATION)
    for state_fips in ("18", "26"):
        commitment(group, "state", state_fips)
        commitment(group, "city", state_fips)
    body = ConveningBody.objects.create(
        group=group,
        legal_name="Elkhart Vehicles, Inc.",
        form="entity",
        management_fte="1.00",
        is_management_paid_or_pledged=True,
        has_open_admission_rule=True,
        admission_rule_text="All who work in the cluster may join.",
        members_jobs=5000,
        has_published_dues=True,
        dues_relief_rule="Small firms pay nothing.",
        has_antitrust_statement=True,
        saved_at=AT,
        saved_by=str(OFFICER),
    )
    BoardSeats.objects.create(body=body, seat_class="supplier", seats=3)
    BoardSeats.objects.create(body=body, seat_class="institution", seats=4)
    return group


def determination_row(facts=None):
    rulebook = Rulebook.objects.get()
    content = derive(facts or case_facts(), rulebook.rules())
    return Determination.objects.create(
        case=case(),
        group=group_row(),
        number=1,
        basis=small_economy(),
        rulebook=rulebook,
        engine=content.engine,
        snapshot=encode(content),
        digest=content.digest,
        derived_at=AT,
        derived_by=str(OFFICER),
    )
