"""Doors of groups: their pages, their team, and signing without an account."""

from django.urls import path

from certification.web import confirm, groups, team

G = "groups/<reference:group>/"

urlpatterns = [
    path("confirm/signed/", confirm.signed, name="signed"),
    path("confirm/<str:token>/", confirm.confirm, name="confirm"),
    path("confirm/<str:token>/code/", confirm.request_code, name="request_code"),
    path("groups/", groups.groups, name="groups"),
    path("groups/seats/accept/<str:token>/", team.accept, name="accept_seat"),
    path("groups/seats/<reference:invitation>/answer/", team.answer, name="answer_seat"),
    path(G, groups.group, name="group"),
    path(G + "timeline/", groups.timeline, name="timeline"),
    path(G + "team/", team.team, name="team"),
    path(G + "team/invite/", team.invite, name="invite_to_seat"),
    path(
        G + "team/invitations/<reference:invitation>/take-back/",
        team.take_back,
        name="take_back_seat",
    ),
    path(G + "team/<reference:seat>/end/", team.end, name="end_seat"),
]
