"""The data in use, where there are any."""

from __future__ import annotations

from mapping.models import Basis
from mapping.queries.basis import NoBasis, current_basis


def basis_or_none() -> Basis | None:
    """The current Basis, or None before any was published."""
    try:
        return current_basis()
    except NoBasis:
        return None
