"""Doors of competitions: the desk and the builder of staff, the pages of everybody."""

from django.urls import path

from grants.web import (
    competition_amending,
    competition_builder,
    competition_clearance,
    competition_inquiries,
    public_competitions,
    staff_competitions,
)

P = "competitions/"
D = P + "<reference:competition>/"
S = "staff/competitions/"
C = S + "<reference:competition>/"

urlpatterns = [
    path(P, public_competitions.competitions, name="competitions"),
    path(P + "feed/", public_competitions.feed, name="competitions_feed"),
    path(D, public_competitions.competition, name="competition"),
    path(D + "rules.json", public_competitions.rules, name="competition_rules"),
    path(
        D + "rules/<int:number>.json",
        public_competitions.rules_version,
        name="competition_rules_version",
    ),
    path(D + "ask/", competition_inquiries.ask, name="ask_inquiry"),
    path(S, staff_competitions.desk, name="staff_competitions"),
    path(S + "new/", competition_builder.create, name="create_competition"),
    path(C, staff_competitions.competition, name="staff_competition"),
    path(C + "edit/<slug:part>/", competition_builder.edit_part, name="edit_competition"),
    path(C + "clearance/ask/", competition_clearance.ask, name="ask_clearance"),
    path(C + "clearance/<slug:kind>/", competition_clearance.sign, name="sign_clearance"),
    path(C + "return/", competition_clearance.return_it, name="return_competition"),
    path(C + "schedule/", competition_clearance.schedule, name="schedule_competition"),
    path(C + "cancel/", competition_clearance.cancel, name="cancel_competition"),
    path(C + "amendments/", competition_amending.changes, name="competition_amendments"),
    path(C + "amendments/outage/", competition_amending.outage, name="declare_outage"),
    path(C + "amendments/new/<slug:part>/", competition_amending.amend, name="amend_competition"),
    path(C + "questions/", competition_inquiries.inquiries, name="competition_inquiries"),
    path(
        C + "questions/<reference:inquiry>/",
        competition_inquiries.answer,
        name="answer_inquiry",
    ),
]
