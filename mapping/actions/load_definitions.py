"""Store a cluster definition sheet as a version of a definition set."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from mapping.models import Cluster, ClusterIndustry, DefinitionSet, SubCluster
from mapping.queries.definitions import jobs_share
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
    _write_industries(owner, {cluster.code: cluster for cluster in clusters}, parsed)
    record_entry(
        case=case,
        actor=actor,
        at=at,
        verb="load_definitions",
        facts={"set": owner.code, "version": owner.version, "digest": owner.digest},
    )
    return _report(owner, parsed, LOADED)


def _write_industries(
    owner: DefinitionSet, clusters: Mapping[str, Cluster], parsed: ParsedSheet
) -> None:
    written = SubCluster.objects.bulk_create(
        SubCluster(
            definition_set=owner,
            cluster=clusters[part.cluster_code],
            code=part.code,
            name=part.name,
            position=position,
        )
        for position, part in enumerate(parsed.sub_clusters)
    )
    parts = {part.code: part for part in written}
    ClusterIndustry.objects.bulk_create(
        ClusterIndustry(
            definition_set=owner,
            cluster=clusters[cluster],
            sub_cluster=parts.get(parsed.sub_cluster_of.get(code, "")),
            code=code,
        )
        for code, cluster in sorted(parsed.cluster_of.items())
    )


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
        left_out_codes=parsed.left_out,
        coverage=_coverage(parsed),
        notes=_notes(parsed),
    )


def _coverage(parsed: ParsedSheet) -> dict[str, int | float]:
    return {
        "clusters": len(parsed.clusters),
        "sub_clusters": len(parsed.sub_clusters),
        "codes_in_no_cluster": len(parsed.left_out),
    }


def _notes(parsed: ParsedSheet) -> list[str]:
    """Say what a partial sheet leaves out, in codes and, where figures are loaded, in jobs."""
    if not parsed.left_out:
        return []
    vintage = parsed.vintages[-1]
    count = len(parsed.left_out)
    codes = "1 code" if count == 1 else f"{count:,} codes"
    note = f"This set is partial: {codes} of NAICS {vintage} lie in none of its clusters"
    measured = jobs_share(parsed.left_out, vintage)
    if measured is None:
        return [f"{note}."]
    return [f"{note}; they hold {measured.share:.1%} of the jobs in {measured.release}."]
