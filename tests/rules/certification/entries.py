"""A register entry for tests."""

from dataclasses import replace
from datetime import date

from certification.rules.register import (
    CriterionValue,
    PublicName,
    RegisterEntry,
    RoleCount,
    Source,
    State,
)

ENTRY = RegisterEntry(
    reference="DC-0000-0000-0",
    number=1,
    group="Puget Sound Aerospace",
    summary="Makers of aircraft parts.",
    goals="More apprentices.",
    cluster_code="1",
    cluster="Aerospace Vehicles and Defense",
    definition_set="sheet",
    region="Seattle",
    region_kind="Economic area",
    states=(State("53", "Washington"),),
    counties=("53033", "53053"),
    agency="An agency",
    decided_on=date(2026, 3, 3),
    term_kind="full",
    starts_on=date(2026, 3, 3),
    ends_on=date(2030, 3, 3),
    rationale="All tests are met.",
    convening="Aerospace Works",
    convening_form="An organization of its own",
    firms=(RoleCount("End producer", 6), RoleCount("Logistics", None)),
    institutions=(RoleCount("University", None),),
    governments=(PublicName("State of Washington", "State", ""),),
    named=(PublicName("Cascade Machining", "Component or input supplier", "King County"),),
    criteria=(
        CriterionValue(
            id="C1.concentration",
            criterion="C1",
            title="Share of jobs against the nation",
            value="4.2000",
            low="4.0000",
            high="4.4000",
            threshold="1.2000",
            direction="minimum",
            words="Met",
            sentence="Seattle has 4.20 times the national share of jobs.",
            evidence="",
            citation="section 2.3 C1",
        ),
    ),
    source=Source("Counties 2021", "abc", "DC version 1", "1", "def", is_synthetic=False),
)


def an_entry(**changes):
    return replace(ENTRY, **changes)
