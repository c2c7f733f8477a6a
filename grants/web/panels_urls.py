"""Doors of panels: a reviewer's own pages, the panel, its conflicts and screening for staff."""

from django.urls import path

from grants.web import (
    conflicts_desk,
    panel_desk,
    reconsidering,
    reviewer_profile,
    reviewing,
    screening,
)

R = "reviewing/"
P = R + "profile/"
C = "staff/competitions/<reference:competition>/"

urlpatterns = [
    path(R, reviewing.reviewing, name="reviewing"),
    path(R + "training/", reviewing.training, name="training"),
    path(R + "invitations/<str:token>/", reviewing.invitation, name="panel_invitation"),
    path(R + "invitations/<str:token>/accept/", reviewing.accept, name="accept_panel_seat"),
    path(R + "seats/<reference:seat>/", reviewing.seat, name="panel_seat"),
    path(R + "seats/<reference:seat>/answer/", reviewing.answer, name="answer_panel_seat"),
    path(R + "seats/<reference:seat>/conflicts/", reviewing.certify, name="certify_conflicts"),
    path(P, reviewer_profile.profile, name="reviewer_profile"),
    path(P + "expertise/", reviewer_profile.expertise, name="reviewer_expertise"),
    path(P + "employers/", reviewer_profile.employer, name="reviewer_employer"),
    path(P + "relations/", reviewer_profile.relation, name="reviewer_relation"),
    path(P + "addresses/", reviewer_profile.address, name="reviewer_address"),
    path(P + "<reference:entry>/prove/", reviewer_profile.prove, name="prove_reviewer_address"),
    path(P + "<reference:entry>/remove/", reviewer_profile.remove, name="remove_profile_entry"),
    path(C + "panel/", panel_desk.panel, name="panel"),
    path(C + "panel/invite/", panel_desk.invite, name="invite_reviewer"),
    path(C + "panel/<reference:seat>/end/", panel_desk.end, name="end_panel_seat"),
    path(
        C + "panel/invitations/<reference:invitation>/take-back/",
        panel_desk.take_back,
        name="take_back_panel_invitation",
    ),
    path(C + "conflicts/", conflicts_desk.desk, name="conflicts"),
    path(C + "conflicts/waive/", conflicts_desk.waive, name="waive_conflicts"),
    path(C + "conflicts/set/", conflicts_desk.set_tie, name="set_conflict"),
    path(C + "conflicts/<int:edge>/", conflicts_desk.tie, name="conflict"),
    path(C + "conflicts/<int:edge>/look/", conflicts_desk.look, name="look_at_conflict"),
    path(C + "conflicts/<int:edge>/lift/", conflicts_desk.lift, name="lift_conflict"),
    path(C + "screening/", screening.desk, name="screening"),
    path(C + "screening/start-review/", screening.start, name="start_review"),
    path(C + "screening/<reference:proposal>/", screening.find, name="screen_proposal"),
    path(C + "screening/<reference:proposal>/check/", screening.check, name="check_screening"),
    path(
        C + "screening/<reference:proposal>/reconsider/",
        screening.answer,
        name="answer_reconsideration",
    ),
    path(
        "proposals/<reference:proposal>/look-again/",
        reconsidering.ask,
        name="ask_reconsideration",
    ),
]
