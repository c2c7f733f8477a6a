"""Doors of groups: their pages, their team, and signing without an account."""

from django.urls import path

from certification.web import (
    confirm,
    convening,
    groups,
    partners,
    roster,
    roster_entries,
    roster_import,
    start_group,
    team,
)

G = "groups/<reference:group>/"
C = G + "government/<reference:commitment>/"
P = G + "roster/<reference:participant>/"

urlpatterns = [
    path("confirm/signed/", confirm.signed, name="signed"),
    path("confirm/<str:token>/", confirm.confirm, name="confirm"),
    path("confirm/<str:token>/code/", confirm.request_code, name="request_code"),
    path("groups/", groups.groups, name="groups"),
    path("groups/start/", start_group.start, name="start_group"),
    path("groups/start/measure/", start_group.measure, name="measure"),
    path("groups/seats/accept/<str:token>/", team.accept, name="accept_seat"),
    path("groups/seats/<reference:invitation>/answer/", team.answer, name="answer_seat"),
    path(G, groups.group, name="group"),
    path(G + "edit/", start_group.edit, name="edit_group"),
    path(G + "timeline/", groups.timeline, name="timeline"),
    path(G + "members/", roster.members, name="members"),
    path(G + "members/add/", roster_entries.add_member, name="add_member"),
    path(G + "institutions/", roster.institutions, name="institutions"),
    path(G + "institutions/add/", roster_entries.add_institution, name="add_institution"),
    path(G + "roster/import/", roster_import.import_roster, name="import_roster"),
    path(G + "roster/template.csv", roster_import.import_template, name="import_template"),
    path(G + "roster/roster.<export_form:form>", roster.export_roster, name="export_roster"),
    path(P, roster_entries.participant, name="participant"),
    path(P + "correct/", roster_entries.correct, name="correct_participant"),
    path(P + "remind/", roster_entries.remind, name="remind_participant"),
    path(P + "take-back/", roster_entries.take_back_participant, name="take_back_participant"),
    path(G + "government/", partners.partners, name="partners"),
    path(G + "government/ask/", partners.ask, name="ask_government"),
    path(C, partners.commitment, name="commitment"),
    path(C + "remind/", partners.remind_government, name="remind_government"),
    path(C + "take-back/", partners.take_back_government, name="take_back_government"),
    path(G + "convening/", convening.convening, name="convening"),
    path(G + "convening/edit/", convening.edit_convening, name="edit_convening"),
    path(G + "team/", team.team, name="team"),
    path(G + "team/invite/", team.invite, name="invite_to_seat"),
    path(
        G + "team/invitations/<reference:invitation>/take-back/",
        team.take_back,
        name="take_back_seat",
    ),
    path(G + "team/<reference:seat>/end/", team.end, name="end_seat"),
]
