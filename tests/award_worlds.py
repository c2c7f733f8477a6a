"""Scenes of awards for the worlds that tests start from; one function per piece."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.actors import actor_from_user
from accounts.models import Agency
from accounts.rules.roles import AgencyRoleKind
from grants.actions.publish_award import prepare_award, release_award
from grants.models import Award, PaymentFile, SpecificCondition
from grants.rules.award_states import AwardState
from grants.rules.payment_states import PaymentState
from grants.rules.report_states import ReportState
from grants.rules.states import CompetitionState
from tests.factories.accounts import make_officer
from tests.factories.award_course import budgeted
from tests.factories.awards import make_award, make_selected
from tests.factories.certification_groups import make_group, seat_representative
from tests.factories.grants import make_competition
from tests.factories.payments import make_payment
from tests.factories.reports import make_report
from tests.factories.statements import make_financial
from trail.queries.clock import database_now

if TYPE_CHECKING:
    from tests.worlds import World


def add_awards(world: World, home: Agency) -> Award:
    """An accepted award of the applicants' group, with one in each place on the way to it."""
    places = {
        "award": AwardState.ACCEPTED,
        "offered_award": AwardState.OFFERED,
        "obligated_award": AwardState.OBLIGATED,
        "drafted_award": AwardState.DRAFTED,
    }
    made = {
        name: _award(world, home, f"Huron Glass {number}", state)
        for number, (name, state) in enumerate(places.items(), 1)
    }
    world.places |= {name: award.reference for name, award in made.items()}
    selected = make_selected(competition=make_competition(CompetitionState.ANNOUNCED, agency=home))
    budgeted(selected.proposal)
    world.places |= {
        "selected_proposal": selected.proposal.reference,
        "award_competition": made["award"].selected.proposal.competition.reference,
        **publications(world, home, made["award"]),
        "award_condition": make_condition(made["drafted_award"]).pk,
    }
    add_payments(world, made["award"])
    add_reports(world, made["award"])
    return made["award"]


def add_payments(world: World, award: Award) -> None:
    """Requests for payment in each place where somebody acts."""
    made = {
        "payment": make_payment(award, PaymentState.SUBMITTED),
        "approved_payment": make_payment(award, PaymentState.APPROVED),
        "paid_payment": make_payment(award, PaymentState.PAID),
        "draft_payment": make_payment(award),
    }
    world.places |= {name: row.reference for name, row in made.items()}
    file = PaymentFile.objects.get(orders__certification__request=made["paid_payment"])
    world.places["payment_file"] = file.reference


def add_reports(world: World, award: Award) -> None:
    """Reports in each place where somebody acts."""
    made = {
        "draft_report": make_report(award, ReportState.DRAFT, number=2),
        "report": make_report(award, ReportState.SUBMITTED),
        "financial_report": make_financial(award),
    }
    world.places |= {name: row.reference for name, row in made.items()}


def _award(world: World, home: Agency, name: str, state: AwardState) -> Award:
    """An award of a group of its own: a group holds one designation."""
    group = make_group(world.people["group_administrator"], home, name=name)
    seat_representative(group, world.people["authorized_representative"])
    competition = make_competition(CompetitionState.ANNOUNCED, agency=home)
    return make_award(state, group=group, competition=competition)


def publications(world: World, home: Agency, award: Award) -> dict[str, object]:
    """What somebody prepared of the award, and another award that is public."""
    preparer = make_officer(home, AgencyRoleKind.PUBLISHER)
    releaser = actor_from_user(make_officer(home, AgencyRoleKind.PUBLISHER))
    given = {"actor": actor_from_user(preparer), "at": database_now()}
    prepared = prepare_award(**given, award=award)
    shown = _award(world, home, "Huron Glass 5", AwardState.ACCEPTED)
    row = prepare_award(**given, award=shown)
    assert row is not None
    assert prepared is not None
    release_award(actor=releaser, at=database_now(), award=shown, publication=row)
    return {"award_publication": prepared.pk, "public_award": shown.reference}


def make_condition(award: Award) -> SpecificCondition:
    """A specific condition with its five elements."""
    return SpecificCondition.objects.create(
        award=award,
        nature="Reports every quarter",
        reason="The last audit had a finding.",
        action="Four reports in time",
        time_allowed="One year",
        reconsideration="Write to the grants officer within 30 days.",
        written_by="user:1",
        written_at=database_now(),
    )
