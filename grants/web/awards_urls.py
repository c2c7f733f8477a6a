"""Doors of awards: the desk of officers, and the pages of a group."""

from django.urls import path

from grants.web import (
    award_answers,
    award_publishing,
    awards,
    pool_ledger,
    public_awards,
    staff_award_acts,
    staff_awards,
)

A = "awards/"
P = A + "<reference:award>/"
S = "staff/awards/"
W = S + "<reference:award>/"

urlpatterns = [
    path(A, public_awards.public_awards, name="public_awards"),
    path(A + "mine/", awards.my_awards, name="my_awards"),
    path(P, awards.award, name="award"),
    path(P + "public/", public_awards.published_award, name="published_award"),
    path(P + "public.json", public_awards.award_json, name="award_json"),
    path(P + "answer/", award_answers.answer, name="answer_award"),
    path(P + "accept/", award_answers.accept, name="accept_award"),
    path(P + "decline/", award_answers.decline, name="decline_award"),
    path(S, staff_awards.desk, name="staff_awards"),
    path(S + "money/<reference:competition>/", pool_ledger.pool_ledger, name="pool_ledger"),
    path(S + "draft/<reference:proposal>/", staff_award_acts.draft, name="draft_award"),
    path(W, staff_awards.award, name="staff_award"),
    path(W + "publication/", award_publishing.award_publication, name="award_publication"),
    path(
        W + "publication/<int:publication>/release/",
        award_publishing.release,
        name="release_award",
    ),
    path(
        W + "publication/<int:publication>/discard/",
        award_publishing.discard,
        name="discard_award",
    ),
    path(W + "write/", staff_award_acts.write, name="write_award"),
    path(W + "risk/", staff_award_acts.review, name="review_award_risk"),
    path(W + "risk/<slug:check>/", staff_award_acts.check, name="check_award_risk"),
    path(W + "conditions/", staff_award_acts.condition, name="add_award_condition"),
    path(
        W + "conditions/<int:condition>/remove/",
        staff_award_acts.lift_condition,
        name="remove_award_condition",
    ),
    path(W + "sign/<slug:kind>/", staff_award_acts.sign, name="sign_award"),
    path(W + "change/", staff_award_acts.change, name="change_award"),
    path(W + "offer/", staff_award_acts.offer, name="offer_award"),
    path(W + "more-time/", staff_award_acts.extend, name="extend_offer"),
    path(W + "take-back/", staff_award_acts.withdraw, name="withdraw_offer"),
]
