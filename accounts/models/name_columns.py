"""What SQL says about columns that hold name keys."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Func, Q


class IsNormalized(Func):
    """Whether a text is in Unicode's compatibility form, as the database sees it."""

    template = "(%(expressions)s IS NFKC NORMALIZED)"
    output_field = models.BooleanField()


def name_key_normalized(table: str) -> models.CheckConstraint:
    """Return the constraint that a name key is there and folded."""
    return models.CheckConstraint(
        condition=Q(IsNormalized(F("name_key"))) & ~Q(name_key=""),
        name=f"{table}_name_key_normalized",
        violation_error_message="A name needs a letter or a digit that people can read.",
    )


def skeleton_key_filled(table: str) -> models.CheckConstraint:
    """Return the constraint that a skeleton is there."""
    return models.CheckConstraint(
        condition=~Q(skeleton_key=""),
        name=f"{table}_skeleton_key_filled",
        violation_error_message="A name needs a look.",
    )


def uei_shaped(table: str, pattern: str, nine_digits: str) -> models.CheckConstraint:
    """Return the constraint that an identifier, where there is one, can exist."""
    shaped = Q(uei__regex=pattern) & ~Q(uei__regex=nine_digits)
    return models.CheckConstraint(
        condition=Q(uei="") | shaped,
        name=f"{table}_uei_shape",
        violation_error_message="A UEI has 12 letters and digits and follows the published rules.",
    )
