"""The register as a download: the rows of the page, in its order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from certification.queries.register import published, register
from certification.rules.register import RegisterFilter
from certification.rules.register_columns import COLUMNS, register_row
from records.exports import Table

TITLE = "Register of Designated Clusters"
SOURCE = "The portal's public register; every row is one released version of an entry."
SYNTHETIC = "Rows with is_synthetic rest on sample data, which are not statistics."


def register_table(asked: RegisterFilter) -> Table:
    """What a reader asks for, flat."""
    return Table(
        stem=f"register-{asked.on}",
        title=f"{TITLE} as of {asked.on}",
        columns=COLUMNS,
        rows=(register_row(published(one), asked.on) for one in register(asked).iterator()),
        source=SOURCE,
        notes=(SYNTHETIC,),
    )


def register_documents(asked: RegisterFilter) -> Iterator[dict[str, Any]]:
    """What a reader asks for, whole entries."""
    return (published(one).as_json(asked.on) for one in register(asked).iterator())


def register_head(asked: RegisterFilter) -> dict[str, object]:
    """What stands above the entries in JSON."""
    words = "Members of an entry are described in the schema of the portal's API."
    about = {"title": TITLE, "source": SOURCE, "notes": [SYNTHETIC, words]}
    return {"as_of": asked.on.isoformat(), "about": about}
