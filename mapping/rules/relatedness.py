"""Which industries are found in the same places, and how complex places and industries are.

All of it rests on one table: where an industry has a location quotient of one or more. Arrays are
places by industries; what no place has, and places that have nothing, get no figure (NaN).

Sources: proximity and density, Hidalgo, Klinger, Barabasi and Hausmann (2007), "The product space
conditions the development of nations"; complexity, Hidalgo and Hausmann (2009), "The building
blocks of economic complexity", as the second eigenvector.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh

from mapping.rules.panel import Bools
from mapping.rules.plan import Floats

ADVANTAGE = 1.0
FEWEST = 3  # of places and of industries: fewer have no second eigenvector that says anything


@dataclass(frozen=True, slots=True)
class Complexity:
    """Indices with mean 0 and standard deviation 1; NaN where nothing is shown.

    Attributes:
        places: Economic complexity index; higher where diversity goes with rare industries.
        industries: Product complexity index, of the same sign.
    """

    places: Floats
    industries: Floats


def advantages(quotients: Floats, least: float = ADVANTAGE) -> Bools:
    """Where an industry has its share of jobs or more."""
    found: Bools = quotients >= least
    return found


def proximity(has: Bools) -> Floats:
    """The lesser chance that a place with one of two industries has the other.

    Args:
        has: Places by industries.

    Returns:
        Industries by industries, 0 to 1, symmetric; 0 on the diagonal.

    >>> proximity(np.array([[True, True], [True, True], [True, False]])).round(2).tolist()
    [[0.0, 0.67], [0.67, 0.0]]
    """
    # Counts of places are exact in four bytes up to 16 million, and half the work.
    table = has.astype(np.float32)
    together = table.T @ table
    places = np.diagonal(together).copy()
    found: Floats = np.divide(
        together, np.maximum(np.maximum.outer(places, places), 1), dtype=np.float64
    )
    np.fill_diagonal(found, 0)
    return found


def density(has: Bools, near: Floats) -> Floats:
    """How much of what is near an industry a place already has, by proximity.

    Args:
        has: Places by industries.
        near: Proximity of the industries.

    Returns:
        Places by industries, 0 to 1; NaN for an industry that is near nothing.
    """
    around = near.sum(axis=0)
    held = has.astype(np.float64) @ near
    shares: Floats = np.divide(held, around, out=np.full(held.shape, np.nan), where=around > 0)
    return shares


def complexity(has: Bools) -> Complexity:
    """Complexity of places and industries, from the smaller of both sides.

    The eigenvector of the second eigenvalue is taken of a symmetric form, which has the same
    eigenvalues; its sign is that in which more diverse places are more complex.

    Args:
        has: Places by industries.
    """
    shown, known = np.asarray(has.any(axis=1)), np.asarray(has.any(axis=0))
    places, industries = (np.full(count, np.nan) for count in has.shape)
    table = has[np.ix_(shown, known)].astype(np.float64)
    if min(table.shape) >= FEWEST:
        first, second = _indices(table)
        is_turned = np.corrcoef(first, table.sum(axis=1))[0, 1] < 0
        sign = -1.0 if is_turned else 1.0
        places[shown], industries[known] = sign * _standard(first), sign * _standard(second)
    return Complexity(places, industries)


def _indices(table: NDArray[np.float64]) -> tuple[Floats, Floats]:
    if table.shape[0] < table.shape[1]:
        industries, places = _indices(table.T)
        return places, industries
    diversity, ubiquity = table.sum(axis=1), table.sum(axis=0)
    scaled = table / np.sqrt(diversity)[:, None] / np.sqrt(ubiquity)
    last = table.shape[1] - 1
    _values, vectors = eigh(scaled.T @ scaled, subset_by_index=[last - 1, last])
    industries = vectors[:, 0] / np.sqrt(ubiquity)
    return table @ industries / diversity, industries


def _standard(values: Floats) -> Floats:
    spread = float(values.std())
    found: Floats = (values - values.mean()) / (spread if spread > 0 else 1.0)
    return found
