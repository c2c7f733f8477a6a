"""What is hidden from whom: the access world with a panel at work and a judged competition."""

from datetime import timedelta

from accounts.models import Agency
from grants.actions.find_conflicts import find_conflicts
from grants.models import Competition, ConflictEdge, PanelSeat, Proposal
from grants.rules.panel_states import AssignmentState, MatchState
from grants.rules.states import CompetitionState, ProposalState
from kit.references import new_reference
from records.actions.publish import Announcement
from tests.factories.certification_groups import make_group, seat_representative
from tests.factories.grants import (
    make_assignment,
    make_competition,
    make_giver,
    make_proposal,
    make_review,
)
from tests.factories.selection import advised, decided, released, reviewed, started
from tests.grant_worlds import TIED_EMPLOYER
from trail.queries.clock import database_now

SECRET = "Zephyr Quartz"
CHAIR_EMPLOYER = "Hall of Records"


def in_secret(competition, state):
    """Another group's proposal, under a name that nobody else has."""
    group = make_group(agency=competition.agency, name=f"{SECRET} {new_reference('CG')}")
    hidden = make_proposal(competition, state, group=group)
    Proposal.objects.filter(pk=hidden.pk).update(title=f"{SECRET} planning")
    return hidden


def judge(proposal, scores):
    """The panel's reviewer without ties has read and scored it."""
    seat = PanelSeat.objects.get(competition=proposal.competition, alias="Reviewer 1")
    make_review(make_assignment(proposal, seat, AssignmentState.FINALISED), scores)


class Scene:
    """The access world with a panel at work and a competition that is judged."""

    def __init__(self, world):
        self.world = world
        self.open = Competition.objects.get(case__reference=world.places["competition"])
        self.panel = Competition.objects.get(case__reference=world.places["panel_competition"])
        self.home = Agency.objects.get(case__reference=world.places["agency"])
        judge(Proposal.objects.get(case__reference=world.places["panel_proposal"]), [5, 6, 7])
        judge(make_proposal(self.panel, ProposalState.UNDER_REVIEW), [4, 4, 3])
        group = make_group(world.people["group_administrator"], self.home, name="Embargo Glass")
        seat_representative(group, world.people["authorized_representative"])
        people = {"publisher": world.people["publisher"]}
        self.judged = reviewed(agency=self.home, people=people, groups=[group])

    def own_places(self, persona):
        """The reader's own seat or result, where there is one."""
        seat = PanelSeat.objects.filter(
            competition=self.panel, user=self.world.people.get(persona), user__isnull=False
        ).first()
        own = {"panel_seat": seat.reference, "chair_seat": seat.reference} if seat else {}
        if persona == "authorized_representative":
            own = {
                "announced": self.judged.competition.reference,
                "judged_proposal": self.judged.proposals[0].reference,
            }
        return own

    def tied(self):
        """A proposal to which reviewer and chair are tied, read and scored by somebody else."""
        hidden = in_secret(self.panel, ProposalState.UNDER_REVIEW)
        for employer in (TIED_EMPLOYER, CHAIR_EMPLOYER):
            make_giver(hidden, employer, state=MatchState.SIGNED, answered_at=database_now())
        find_conflicts(at=database_now(), competition=self.panel)
        assert ConflictEdge.objects.filter(proposal=hidden, is_hard=True).count() == 2
        judge(hidden, [9, 9, 9])
        return hidden

    def others(self):
        """Other groups write, submit, are judged."""
        in_secret(self.open, ProposalState.DRAFT)
        in_secret(self.panel, ProposalState.UNDER_REVIEW)
        return in_secret(self.open, ProposalState.VALIDATED)

    def embargoed(self):
        """Decided and released for tomorrow."""
        tomorrow = Announcement(show_from=database_now() + timedelta(days=1))
        # The scene keeps in mind what a walk before has taken back.
        for one in (self.judged.competition, *self.judged.proposals):
            one.refresh_from_db()
        released(decided(advised(started(self.judged))), tomorrow)
        return self.judged.proposals[1]

    def everything(self):
        """All of that, and competitions that are not opened yet."""
        opens_at = database_now() + timedelta(days=10)
        for state in (CompetitionState.DRAFT, CompetitionState.CLEARANCE):
            make_competition(
                state,
                agency=self.home,
                title=f"{SECRET} planning",
                opens_at=opens_at,
                closes_at=opens_at + timedelta(days=90),
            )
        self.tied()
        self.embargoed()
        return self.others()
