"""How words are matched in SQL: the words themselves, their stems, and words typed wrong.

Trigrams forgive typing ("Hamiltn"); the full-text index language forgives endings ("machines").
Both compare folded text, so that accents of width and case do not matter.
"""

from __future__ import annotations

from typing import Any, TypeVar, cast

from django.contrib.postgres.search import (
    SearchQuery,
    SearchRank,
    SearchVector,
    TrigramWordSimilarity,
)
from django.db.models import F, Model, Q, QuerySet
from django.db.models.functions import Length

from accounts.rules.names import name_key

SHORTEST = 2
Row = TypeVar("Row", bound=Model)


def by_name(rows: QuerySet[Row], text: str, column: str) -> QuerySet[Row]:
    """Return rows whose name column holds all words, or looks much like the text; best first.

    The column needs a trigram index where there are many rows.
    """
    asked = name_key(text)
    if len(asked) < SHORTEST:
        return rows.none()
    holds = Q()
    for word in asked.split():
        holds &= Q(**{f"{column}__contains": word})
    likeness: Any = TrigramWordSimilarity(asked, column)
    found: Any = (
        rows.filter(holds | Q(**{f"{column}__trigram_word_similar": asked}))
        .annotate(search_likeness=likeness)
        .order_by("-search_likeness", Length(column), column, "pk")
    )
    return cast("QuerySet[Row]", found)


def by_words(rows: QuerySet[Row], text: str, *columns: str) -> QuerySet[Row]:
    """Return rows whose columns hold the words in any form, or words much like them; best first.

    For tables of some thousand rows: nothing is indexed.
    """
    asked = " ".join(text.split())
    if len(asked) < SHORTEST:
        return rows.none()
    query = SearchQuery(asked, config="english", search_type="websearch")
    fits = Q(search_words=query)
    for column in columns:
        fits |= Q(**{f"{column}__icontains": asked})
        fits |= Q(**{f"{column}__trigram_word_similar": asked})
    vector = SearchVector(*columns, config="english")
    found: Any = (
        rows.annotate(
            search_words=vector,
            search_rank=SearchRank(vector, query) + TrigramWordSimilarity(asked, columns[0]),
        )
        .filter(fits)
        .order_by("-search_rank", F(columns[0]), "pk")
    )
    return cast("QuerySet[Row]", found)
