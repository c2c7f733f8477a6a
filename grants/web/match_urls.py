"""Doors of matching funds during an award."""

from django.urls import path

from grants.web import give_to_award, match_contribution, match_desk, match_pledges, match_recording

A = "awards/<reference:award>/match/"
C = A + "<reference:contribution>/"
P = A + "promises/<reference:pledge>/"
W = "staff/awards/<reference:award>/match/<reference:pledge>/"
S = "staff/match/"
D = S + "<reference:contribution>/"

urlpatterns = [
    path(A, match_recording.award_match, name="award_match"),
    path(A + "add/", match_recording.add_contribution, name="add_contribution"),
    path(A + "promises/add/", match_pledges.add_pledge, name="add_pledge"),
    path(P, match_pledges.pledge, name="pledge"),
    path(P + "ask/", match_pledges.ask, name="ask_pledge"),
    path(P + "out/", match_pledges.take_out, name="take_out_pledge"),
    path(W, match_pledges.staff_pledge, name="staff_pledge"),
    path(W + "accept/", match_pledges.accept, name="accept_pledge"),
    path(W + "release/", match_pledges.release, name="release_pledge"),
    path(C, match_contribution.match_contribution, name="match_contribution"),
    path(C + "evidence/", match_contribution.attach, name="attach_evidence"),
    path(C + "ask/", match_contribution.ask, name="ask_confirmation"),
    path(C + "submit/", match_contribution.submit, name="submit_contribution"),
    path(C + "answer/", match_contribution.answer, name="answer_query"),
    path(C + "withdraw/", match_contribution.withdraw, name="withdraw_contribution"),
    path(S, match_desk.match_queue, name="match_queue"),
    path(S + "balance/", match_desk.match_balance, name="match_balance"),
    path(
        "staff/awards/<reference:award>/match/",
        match_desk.staff_award_match,
        name="staff_award_match",
    ),
    path(D, match_desk.staff_contribution, name="staff_contribution"),
    path(D + "verify/", match_desk.verify, name="verify_contribution"),
    path(D + "query/", match_desk.query, name="query_contribution"),
    path(D + "reject/", match_desk.reject, name="reject_contribution"),
    path(D + "disallow/", match_desk.disallow, name="disallow_contribution"),
    path("give/award/done/", give_to_award.given, name="given_to_award"),
    path("give/award/<str:token>/", give_to_award.give_to_award, name="give_to_award"),
    path("give/award/<str:token>/code/", give_to_award.code, name="give_to_award_code"),
]
