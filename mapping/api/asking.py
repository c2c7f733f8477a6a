"""What the parameters of a question mean; what is not understood is refused with a sentence."""

from __future__ import annotations

from fractions import Fraction

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from kit.refusals import Refused
from mapping.models import Basis
from mapping.queries.published import AskedBasis, NotPublished, asked_basis
from mapping.rules.lines import read_line
from mapping.rules.terms import Imputation, RegionType

TYPES = [item.value for item in RegionType if item is not RegionType.NATION]
IMPUTATIONS = [item.value for item in Imputation]
FIRST_YEAR, LAST_YEAR = 1986, 2100
LONGEST = 80

TYPE = OpenApiParameter("type", str, enum=TYPES, description="Type of region.")
BASIS = [
    OpenApiParameter("basis", str, description="Name of a published set of measures; see bases/."),
    OpenApiParameter("year", int, description="Year of the data, where no basis is named."),
    OpenApiParameter(
        "definition_set", str, description="Code of a definition set, with @ and a version or not."
    ),
    OpenApiParameter(
        "imputation", str, enum=IMPUTATIONS, description="How withheld cells are read."
    ),
]
BASIS_NAMES = frozenset(one.name for one in BASIS)


def basis_of(request: Request) -> Basis:
    """Return the Basis that a question is about; the current one where none is named.

    Raises:
        ValidationError: nothing published fits.
        NoBasis: nothing is loaded yet (status 409, code no_current_basis).
    """
    said = {name: text(request, name) for name in BASIS_NAMES}
    asked = AskedBasis(
        reference=said["basis"],
        year=whole(request, "year", FIRST_YEAR, LAST_YEAR),
        definition_set=said["definition_set"],
        imputation=one_of(request, "imputation", IMPUTATIONS) or "",
    )
    try:
        return asked_basis(asked)
    except NotPublished as refused:
        raise ValidationError({"basis": [refused.refusal.sentence]}) from None


def text(request: Request, name: str) -> str:
    """Return a parameter's text, cut to what any code or name can be."""
    return str(request.query_params.get(name, ""))[:LONGEST].strip()


def one_of(request: Request, name: str, allowed: list[str]) -> str | None:
    """Return a parameter that takes listed words only."""
    said = request.query_params.get(name)
    if said is None or said == "":
        return None
    if said not in allowed:
        raise ValidationError({name: [_("One of %s.") % ", ".join(allowed)]})
    return said


def whole(request: Request, name: str, least: int, most: int) -> int | None:
    """Return a whole number within limits."""
    said = text(request, name)
    if not said:
        return None
    if not (said.isascii() and said.isdigit()) or not least <= int(said) <= most:
        raise ValidationError({name: [_("A whole number from %d to %d.") % (least, most)]})
    return int(said)


def number(request: Request, name: str, most: float = 1e12) -> float | None:
    """Return a number from zero on."""
    said = text(request, name)
    if not said:
        return None
    try:
        found = float(said)
    except ValueError:
        found = -1.0
    if not 0 <= found <= most:  # also refuses "nan"
        raise ValidationError({name: [_("A number from 0 on.")]})
    return found


def line(request: Request, name: str) -> Fraction | None:
    """Return a quotient to reach: a positive decimal, exact."""
    said = text(request, name)
    if not said:
        return None
    try:
        return read_line(said)
    except Refused as refused:
        raise ValidationError({name: [refused.refusal.sentence]}) from None
