"""What the home page says besides its fixed words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accounts.models import Agency
from certification.queries.rulebooks import NoRulebookError, rulebook_in_force
from mapping.models import Basis, BasisSwitch


@dataclass(frozen=True, slots=True)
class Promises:
    """How long things take and last, by the rulebook in force."""

    first_look_business_days: int
    decision_days: int
    term_years: int


@dataclass(frozen=True, slots=True)
class FrontPage:
    """The office that answers, and the data that the figures rest on.

    Attributes:
        agency: the federal agency that runs the portal, None before one is entered.
        basis: what the figures are computed from now, None before data are loaded.
        promises: what applicants may expect, None where no rulebook is in force.
    """

    agency: Agency | None
    basis: Basis | None
    promises: Promises | None


def responsible_agency() -> Agency | None:
    """Return the agency that runs the portal: the first federal one."""
    return Agency.objects.filter(kind=Agency.Kind.FEDERAL).order_by("pk").first()


def basis_in_use() -> Basis | None:
    """Return the Basis that counts now, with its release and definitions."""
    related = ("basis__release__case", "basis__definition_set", "basis__case")
    switch = BasisSwitch.objects.select_related(*related).first()
    return switch.basis if switch else None


def promises_of(on: date) -> Promises | None:
    """Return what the rulebook of this day promises."""
    try:
        rulebook = rulebook_in_force(on)
    except NoRulebookError:
        return None
    return Promises(
        rulebook.whole("clock.intake_business_days"),
        rulebook.whole("clock.decision_days"),
        rulebook.whole("term.full_years"),
    )


def front_page(on: date) -> FrontPage:
    """Gather the home page of a day."""
    return FrontPage(responsible_agency(), basis_in_use(), promises_of(on))
