"""How the figures are made, with the numbers of the Basis in force."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.gates import public
from mapping.forms.maps import REGION_TYPE_LABELS
from mapping.queries.pages_basis import basis_in_force
from mapping.queries.pages_maps import shape_set_of
from mapping.queries.pages_methodology import methodology_of, worked_example
from mapping.rules.class_rules import CLASS_RULES
from mapping.web.pieces import about_basis, without_data


@public
def methodology(request: HttpRequest) -> HttpResponse:
    """Explain measures, bounds, bands and classes."""
    basis = basis_in_force()
    if basis is None:
        return without_data(request)
    numbers = methodology_of(basis)
    context = {
        "numbers": numbers,
        "regions": [
            (REGION_TYPE_LABELS[region_type], count) for region_type, count in numbers.region_counts
        ],
        "example": worked_example(basis),
        "rules": [CLASS_RULES[rule] for rule in basis.class_rules if rule in CLASS_RULES],
        "shapes": shape_set_of(basis),
        **about_basis(basis),
    }
    return render(request, "mapping/methodology/methodology.html", context)
