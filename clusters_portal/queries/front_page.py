"""What the home page says besides its fixed words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accounts.models import Agency
from certification.queries.register import published, register
from certification.queries.rulebooks import NoRulebookError, rulebook_in_force
from certification.rules.register import CriterionValue, Published, RegisterFilter
from grants.queries.public_competitions import PublicCompetition, open_now
from mapping.models import Basis
from mapping.queries.pages_basis import basis_in_force


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
        newest: the designation released last, None while the register is empty.
        competitions: what is open now, what closes first, first.
    """

    agency: Agency | None
    basis: Basis | None
    promises: Promises | None
    newest: Published | None
    competitions: tuple[PublicCompetition, ...] = ()

    @property
    def reasons(self) -> tuple[CriterionValue, ...]:
        """The first test of each criterion, as the newest decision found it."""
        first: dict[str, CriterionValue] = {}
        for value in self.newest.entry.criteria if self.newest else ():
            first.setdefault(value.criterion, value)
        return tuple(first.values())


def responsible_agency() -> Agency | None:
    """Return the agency that runs the portal: the first federal one."""
    return Agency.objects.filter(kind=Agency.Kind.FEDERAL).order_by("pk").first()


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


def newest_designation(on: date) -> Published | None:
    """Return the designation that the register shows first on a day."""
    row = register(RegisterFilter(on=on)).first()
    return published(row) if row else None


def front_page(on: date) -> FrontPage:
    """Gather the home page of a day."""
    return FrontPage(
        responsible_agency(),
        basis_in_force(),
        promises_of(on),
        newest_designation(on),
        tuple(open_now()),
    )
