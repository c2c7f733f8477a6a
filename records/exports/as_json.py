"""JSON as one document that is written while it is read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from django.core.serializers.json import DjangoJSONEncoder

from records.rules.cells import json_cell
from records.rules.tables import Table


def json_document(
    head: Mapping[str, object], name: str, items: Iterable[Mapping[str, object]]
) -> Iterator[str]:
    """Yield an object: the head's members, a list, and how many items the list has."""
    yield "{"
    for key, value in head.items():
        yield f"{_text(key)}: {_text(value)},\n"
    yield f"{_text(name)}: ["
    count = 0
    for count, item in enumerate(items, 1):
        yield ("\n" if count == 1 else ",\n") + _text(item)
    yield f'\n],\n"count": {count}}}\n'


def table_document(table: Table) -> Iterator[str]:
    """Yield a table: what it is about with its data dictionary, then its rows by column name."""
    names = [column.name for column in table.columns]
    rows = (dict(zip(names, (json_cell(cell) for cell in row), strict=True)) for row in table.rows)
    return json_document({"about": table.about()}, "rows", rows)


def _text(value: object) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
