"""A roster as a download: the rows of the page, or everybody who was ever put on it."""

from __future__ import annotations

from certification.models import ClusterGroup, Participant
from certification.queries.county_index import county_names
from certification.queries.roster import RosterQuestion, roster_of
from certification.rules.states import PARTICIPANT, ParticipantState
from records.exports import Column, Kind, Table

COLUMNS = (
    Column("reference", "The participant's reference, as in its address."),
    Column("kind", "Firm or institution."),
    Column("name", "Legal name, as it was entered."),
    Column("role", "A firm's role, or an institution's kinds."),
    Column("county_fips", "Five-digit code of its county."),
    Column("county", "Name of that county."),
    Column("contact_name", "Who was asked."),
    Column("contact_email", "Where the letter went."),
    Column("uei", "Unique entity identifier, if it was given."),
    Column("naics", "Its industry, if it was given."),
    Column("size", "Small or not, by the standard of its industry."),
    Column("corporate_family", "The corporate family to which it belongs."),
    Column("votes", "Votes in the group's own body.", Kind.WHOLE),
    Column("answer", "Whether it has confirmed."),
    Column("added", "When it was put on the roster.", Kind.MOMENT),
    Column("answered", "When it answered.", Kind.MOMENT),
)


def roster_table(group: ClusterGroup, question: RosterQuestion | None) -> Table:
    """What was asked for; without a question everybody, also who was taken back."""
    rows = (
        group.participants.order_by("kind", "name_key")
        if question is None
        else roster_of(group, question)
    )
    names = county_names(set(rows.values_list("county_fips", flat=True)))
    part = f"-{question.kind.value}s" if question else ""
    return Table(
        stem=f"roster-{group.reference}{part}",
        title=f"Roster of {group.name}",
        columns=COLUMNS,
        rows=(_row(row, names) for row in rows.iterator()),
        source=f"The roster of {group.name}, {group.reference}, in the portal.",
        notes=("Private to the group: contacts, size and votes are not public.",),
    )


def _row(row: Participant, names: dict[str, str]) -> tuple[object, ...]:
    return (
        row.reference,
        row.get_kind_display(),
        row.organization_name,
        row.role_words,
        row.county_fips,
        names.get(row.county_fips, ""),
        row.contact_name,
        row.contact_email,
        row.uei,
        row.naics,
        row.get_size_class_display() if row.size_class else "",
        row.corporate_family,
        row.votes,
        PARTICIPANT.labels[ParticipantState(row.state)],
        row.added_at,
        row.answered_at,
    )
