"""Doors of reviewers to their own reviews."""

from django.urls import path

from grants.web import offline, review_results, reviews

R = "reviewing/reviews/"
A = R + "<reference:assignment>/"

urlpatterns = [
    path(R, reviews.my_reviews, name="my_reviews"),
    path("reviewing/offline/", offline.offline_packet, name="offline_packet"),
    path(
        "reviewing/offline/scores.<export_form:form>", offline.offline_rubric, name="offline_rubric"
    ),
    path(
        "reviewing/offline/proposals.<export_form:form>",
        offline.offline_proposals,
        name="offline_proposals",
    ),
    path(A, reviews.review, name="review"),
    path(A + "save/", reviews.autosave, name="autosave_review"),
    path(A + "accept/", reviews.accept, name="accept_review"),
    path(A + "give-back/", reviews.give_back, name="give_back_review"),
    path(A + "submit/", reviews.submit, name="submit_review"),
    path(A + "take-back/", reviews.take_back, name="take_back_review"),
    path(A + "proposal/", reviews.proposal_text, name="review_proposal"),
    path(A + "result/", review_results.review_result, name="review_result"),
    path(A + "others/", review_results.others, name="review_others"),
    path(A + "discussion/", review_results.talk, name="review_talk"),
    path(A + "discussion/say/", review_results.say, name="review_say"),
]
