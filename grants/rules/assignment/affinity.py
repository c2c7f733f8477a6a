"""How well a reviewer fits a proposal: their words, and what both name (review.md 1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from grants.rules.assignment.problem import Floats

# What both sides name (industries, states, cluster) counts for a fifth, their words for the rest.
SHARE_OF_TAGS = 0.2
_EMPTY_WORDS = frozenset(
    {"an", "and", "are", "as", "at", "be", "by", "for", "from", "has", "have", "in", "into", "is"}
    | {"it", "its", "more", "not", "of", "on", "or", "our", "such", "that", "the", "their", "this"}
    | {"these", "they", "to", "us", "was", "we", "were", "which", "who", "will", "with", "you"}
)

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Described:
    """A proposal or a reviewer: the words, and the industries, states and clusters named."""

    words: str
    tags: frozenset[str] = field(default_factory=frozenset)


def affinities(proposals: Sequence[Described], reviewers: Sequence[Described]) -> Floats:
    """Return P x R fits between 0 and 1.

    Cosine of TF-IDF vectors (sublinear counts, single words and pairs of words, smoothed document
    frequencies over both sides), plus the overlap of tags (Jaccard).

    >>> glass, farm = Described("float glass furnace"), Described("grain farm storage")
    >>> affinities([glass, farm], [Described("glass furnace expert")]).round(2).tolist()
    [[0.37], [0.0]]
    """
    vectors = _vectors([one.words for one in (*proposals, *reviewers)])
    count = len(proposals)
    words: Floats = (vectors[:count] @ vectors[count:].T).toarray()
    tags = np.array([[_overlap(one.tags, other.tags) for other in reviewers] for one in proposals])
    fits: Floats = (1 - SHARE_OF_TAGS) * words + SHARE_OF_TAGS * tags
    return np.clip(fits, 0.0, 1.0)


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    both = one | other
    return len(one & other) / len(both) if both else 0.0


class _Spaced(dict[int, int | str]):
    """For `str.translate`: letters and digits stay, anything else parts words."""

    def __missing__(self, code: int) -> int | str:
        self[code] = code if chr(code).isalnum() else " "
        return self[code]


class _Numbered(dict[str, int]):
    """Words in the order in which they were met, from 0."""

    def __missing__(self, word: str) -> int:
        self[word] = len(self)
        return self[word]


_SPACED = _Spaced()


def _split(text: str) -> list[str]:
    return text.casefold().translate(_SPACED).split()


def _says_something(word: str) -> bool:
    return len(word) > 1 and word not in _EMPTY_WORDS


def _vectors(texts: Sequence[str]) -> csr_array:
    """One row per text, each of length one; terms are numbered, so that NumPy counts them."""
    number = _Numbered()
    split = [_numbers(_split(text), number) for text in texts]
    telling = np.fromiter(map(_says_something, number), dtype=bool, count=len(number))
    # Counted text by text: what has to be sorted over all texts is far shorter then.
    counted = [_counted(ids[telling[ids]], len(number)) for ids in split]
    terms, times = zip(*counted, strict=True)
    kinds, column = np.unique(np.concatenate(terms), return_inverse=True)
    ends = np.cumsum([0, *(len(one) for one in terms)])
    size = (len(texts), max(len(kinds), 1))
    counts = csr_array((np.concatenate(times).astype(float), column, ends), shape=size)
    frequency = np.bincount(counts.indices, minlength=size[1])
    weights = np.log((1 + size[0]) / (1 + frequency)) + 1
    counts.data = (1 + np.log(counts.data)) * weights[counts.indices]
    return _of_length_one(counts)


def _numbers(words: list[str], number: _Numbered) -> Numbers:
    return np.fromiter(map(number.__getitem__, words), dtype=np.int64, count=len(words))


def _counted(ids: Numbers, words: int) -> tuple[Numbers, Numbers]:
    """The terms of one text, sorted, and how often each stands in it.

    A word is its number, a pair of words the number that follows from both.
    """
    pairs = (ids[:-1] + 1) * words + ids[1:]
    terms, times = np.unique(np.concatenate([ids, pairs]), return_counts=True)
    return terms, times


def _of_length_one(rows: csr_array) -> csr_array:
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1.0
    rows.data = rows.data / np.repeat(lengths, np.diff(rows.indptr))
    return rows
