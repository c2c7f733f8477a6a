"""The database itself says no, and names the constraint that says it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, IntegrityError, transaction


@contextmanager
def refused_by(name: str) -> Iterator[None]:
    """The block breaks the constraint of this name, not another one."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        yield
    assert name in str(caught.value), f"refused, but by something else: {caught.value}"


@contextmanager
def refused_by_trigger() -> Iterator[None]:
    """The block meets a trigger."""
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        yield
    # The web role lacks the right before any trigger is asked.
    assert any(words in str(caught.value) for words in ("pgtrigger", "permission denied"))
