"""Rows for tests of determinations: a Basis, a group, a pinned determination."""

from datetime import UTC, datetime

from certification.models import ClusterGroup, Determination, Rulebook
from certification.rules.canonical import encode
from certification.rules.determination import derive
from certification.rules.groups import region_key
from mapping.models import Basis, DefinitionSet, Release
from tests.rules.certification.facts import case_facts
from tests.worlds import agency
from trail.actions.open_case import open_case
from trail.actors import Actor

AT = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)
OFFICER = Actor("user", "101", "Olive Officer")
COLLEAGUE = Actor("user", "102", "Carl Colleague")


def case(kind="application", prefix="AP"):
    return open_case(actor=OFFICER, at=AT, kind=kind, prefix=prefix)


def basis_row():
    release = Release.objects.create(
        case=case("release", "RL"),
        kind="county",
        source="Invented counties",
        file_name="invented.csv",
        year=2021,
        naics_vintage=2017,
        unit="county",
        digits=6,
        suppression="none",
        codes=["336213"],
        digest="a" * 64,
        content_digest="b" * 64,
        rows_read=1,
        rows_kept=1,
        loaded_at=AT,
    )
    definitions = DefinitionSet.objects.create(
        case=case("definition set", "DS"),
        code="starter",
        name="Starter set",
        vintages=[2017],
        digest="c" * 64,
        loaded_at=AT,
    )
    return Basis.objects.create(
        case=case("basis", "BS"),
        release=release,
        definition_set=definitions,
        geography="counties",
        geography_digest="d" * 64,
        imputation="published",
        class_rules=["portal-2017"],
        absent_establishments=2,
        digest="e" * 64,
        created_at=AT,
    )


def group_row():
    return ClusterGroup.objects.create(
        case=case("group", "CG"),
        agency=agency(),
        name="Elkhart Vehicles",
        definition_set_code="starter",
        cluster_code="12",
        cluster_name="Recreational vehicles",
        region_kind="custom",
        region_name="Elkhart",
        region_key=region_key(["18039"]),
        created_at=AT,
    )


def determination_row(facts=None):
    rulebook = Rulebook.objects.get()
    content = derive(facts or case_facts(), rulebook.rules())
    return Determination.objects.create(
        case=case(),
        group=group_row(),
        number=1,
        basis=basis_row(),
        rulebook=rulebook,
        engine=content.engine,
        snapshot=encode(content),
        digest=content.digest,
        derived_at=AT,
        derived_by=str(OFFICER),
    )
