"""The register as one flat table: a line per designation, the same for every form of download."""

from datetime import date, datetime
from decimal import Decimal

from certification.rules.register import STANDING_WORDS, Published
from records.rules.tables import Column, Kind

CONCENTRATION = "C1.concentration"
COLUMNS = (
    Column("reference", "The designation's reference, as in its address."),
    Column("number", "The designation's number.", Kind.WHOLE),
    Column("group", "Name of the cluster group."),
    Column("cluster_code", "Code of the cluster in its definition set."),
    Column("cluster", "Name of the cluster."),
    Column("definition_set", "Code of the set that defines the cluster."),
    Column("region", "Name of the region, as it was decided."),
    Column("region_kind", "Whether the region is a known one or a union of counties."),
    Column("state_fips", "Two-digit codes of the states that the region touches, by a blank."),
    Column("states", "The names of these states."),
    Column("county_fips", "Five-digit codes of the region's counties, by a blank."),
    Column("agency", "The agency that decided."),
    Column("decided_on", "Day of the decision.", Kind.DAY),
    Column("term_kind", "What kind of term it is."),
    Column("starts_on", "First day of the term.", Kind.DAY),
    Column("ends_on", "The first day after the term.", Kind.DAY),
    Column("standing", "in_force, ended or not_yet, on the day as of which the register is read."),
    Column("standing_words", "The same in words."),
    Column("concentration", "Location quotient on which it was decided.", Kind.NUMBER),
    Column("concentration_low", "The least that the published data allow.", Kind.NUMBER),
    Column("concentration_high", "The most that the published data allow.", Kind.NUMBER),
    Column("basis", "Data release, definitions and treatment of withheld cells."),
    Column("basis_digest", "SHA-256 of that basis."),
    Column("is_synthetic", "Yes where the data are a sample and not statistics.", Kind.YES_NO),
    Column("release", "Version of this entry; a correction is a new one.", Kind.WHOLE),
    Column("released_at", "Since when this version is public.", Kind.MOMENT),
)


def register_row(found: Published, on: date) -> tuple[object, ...]:
    """One line, in the order of the columns."""
    entry = found.entry
    standing = entry.standing(on)
    return (
        entry.reference,
        entry.number,
        entry.group,
        entry.cluster_code,
        entry.cluster,
        entry.definition_set,
        entry.region,
        entry.region_kind,
        " ".join(state.fips for state in entry.states),
        entry.state_names,
        " ".join(entry.counties),
        entry.agency,
        entry.decided_on,
        entry.term_kind,
        entry.starts_on,
        entry.ends_on,
        standing.value,
        STANDING_WORDS[standing],
        *_concentration(found),
        entry.source.basis,
        entry.source.basis_digest,
        entry.source.is_synthetic,
        found.release,
        datetime.fromisoformat(found.released_at),
    )


def _concentration(found: Published) -> tuple[Decimal | None, ...]:
    lq = next((one for one in found.entry.criteria if one.id == CONCENTRATION), None)
    if lq is None:
        return (None, None, None)
    return tuple(Decimal(one) if one else None for one in (lq.value, lq.low, lq.high))
