"""Write lists of industry codes; called by load_reference inside its transaction."""

from __future__ import annotations

from kit.refusals import Refusal
from mapping.actions.refuse_edition import Kept, OtherEditionLoaded
from mapping.models import Industry, IndustryChange, PublisherTitle
from mapping.rules.readers import tables
from mapping.rules.readers.source_file import SourceFile

PUBLISHER = "cbp"


def store_industries(source: SourceFile) -> Kept:
    """A NAICS list; a vintage is loaded once."""
    vintage, table = tables.read_industries(source)
    if Industry.objects.filter(vintage=vintage).exists():
        raise OtherEditionLoaded(
            Refusal(
                "other_edition_loaded",
                f"{source.name} was not loaded: NAICS {vintage} is loaded from another file.",
            )
        )
    Industry.objects.bulk_create(
        (Industry(vintage=vintage, code=row.code, title=row.title[:200]) for row in table.rows),
        batch_size=2000,
    )
    return Kept(len(table.rows), table, {})


def store_titles(source: SourceFile) -> Kept:
    """A publisher's titles."""
    table = tables.read_publisher_titles(source)
    PublisherTitle.objects.bulk_create(
        (PublisherTitle(source=PUBLISHER, code=r.code, title=r.title[:200]) for r in table.rows),
        batch_size=2000,
        update_conflicts=True,
        unique_fields=["source", "code"],
        update_fields=["title"],
    )
    return Kept(len(table.rows), table, {})


def store_changes(source: SourceFile) -> Kept:
    """A concordance takes the place of an earlier one of the same years."""
    old, new, table = tables.read_changes(source)
    IndustryChange.objects.filter(old_vintage=old, new_vintage=new).delete()
    IndustryChange.objects.bulk_create(
        (
            IndustryChange(
                old_vintage=old,
                new_vintage=new,
                old_code=row.old_code,
                new_code=row.new_code,
                piece=row.piece[:300],
            )
            for row in table.rows
        ),
        batch_size=2000,
    )
    return Kept(len(table.rows), table, {})
