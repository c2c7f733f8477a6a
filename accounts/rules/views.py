"""Saved views: what of an address belongs to a view."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

MOST_VIEWS = 30  # of one list; more is no help to anybody
LONGEST_QUERY = 1000
# The page one happens to stand on and the door of a download are not part of a view.
PASSING = frozenset({"page", "view", "format"})


def kept_query(query: str) -> str:
    """Return the part of an address's query that a view keeps, in a fixed order.

    >>> kept_query("?sort=-due&page=3&q=&turn=officers")
    'sort=-due&turn=officers'
    """
    pairs = parse_qsl(query.removeprefix("?"), max_num_fields=100)
    return urlencode(sorted((name, value) for name, value in pairs if name not in PASSING))
