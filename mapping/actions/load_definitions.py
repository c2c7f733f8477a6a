"""Store a cluster definition sheet as a version of a definition set."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from mapping.models import Cluster, ClusterIndustry, DefinitionSet
from mapping.rules.load_reports import ALREADY, LOADED, LoadReport
from mapping.rules.readers.sheets import ParsedSheet
from trail.actions.open_case import open_case
from trail.actions.record_entry import record_entry
from trail.actors import Actor

KIND = "cluster definitions"


@transaction.atomic
def load_definitions(
    *, actor: Actor, at: datetime, name: str, parsed: ParsedSheet, is_synthetic: bool = False
) -> LoadReport:
    """Write the set; the same name with other content becomes its next version."""
    existing = DefinitionSet.objects.filter(code=name, digest=parsed.digest).first()
    if existing is not None:
        return _report(existing, parsed, ALREADY)
    last = DefinitionSet.objects.filter(code=name).aggregate(last=Max("version"))["last"]
    case = open_case(actor=actor, at=at, kind="definition set", prefix="DS")
    owner = DefinitionSet.objects.create(
        case=case,
        code=name,
        version=(last or 0) + 1,
        name=name.replace("_", " ").replace("-", " ").capitalize(),
        vintages=list(parsed.vintages),
        digest=parsed.digest,
        loaded_at=at,
        is_synthetic=is_synthetic,
    )
    clusters = Cluster.objects.bulk_create(
        Cluster(
            definition_set=owner,
            code=entry.code,
            name=entry.name,
            kind=entry.kind.value,
            position=position,
        )
        for position, entry in enumerate(parsed.clusters)
    )
    by_code = {cluster.code: cluster for cluster in clusters}
    ClusterIndustry.objects.bulk_create(
        ClusterIndustry(definition_set=owner, cluster=by_code[cluster], code=code)
        for code, cluster in sorted(parsed.cluster_of.items())
    )
    record_entry(
        case=case,
        actor=actor,
        at=at,
        verb="load_definitions",
        facts={"set": owner.code, "version": owner.version, "digest": owner.digest},
    )
    return _report(owner, parsed, LOADED)


def _report(owner: DefinitionSet, parsed: ParsedSheet, status: str) -> LoadReport:
    return LoadReport(
        name=owner.code,
        kind=KIND,
        status=status,
        reference=f"{owner.code}@{owner.version}",
        rows_read=parsed.rows_read,
        rows_kept=len(parsed.cluster_of),
        dropped=parsed.dropped,
        unknown_codes=parsed.unknown_codes,
        coverage={"clusters": len(parsed.clusters)},
    )
