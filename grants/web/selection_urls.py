"""Doors of ranking, selection, results and appeals."""

from django.urls import path

from grants.web import (
    chair_ranking,
    debriefs,
    public_results,
    ranking,
    result_appeals,
    results_desk,
    selection_acts,
)

C = "staff/competitions/<reference:competition>/"
P = "proposals/<reference:proposal>/"
R = "reviewing/seats/<reference:seat>/"
W = "competitions/<reference:competition>/"

urlpatterns = [
    path(C + "ranking/", ranking.ranking, name="ranking"),
    path(C + "ranking/methods/", ranking.ranking_methods, name="ranking_methods"),
    path(C + "ranking/what-if/", ranking.ranking_what_if, name="ranking_what_if"),
    path(C + "ranking/start/", selection_acts.start, name="start_selection"),
    path(C + "ranking/draw/", selection_acts.draw, name="draw"),
    path(C + "ranking/recommend/", selection_acts.advise, name="advise"),
    path(C + "ranking/decide/", selection_acts.decide, name="decide_selection"),
    path(C + "results/", results_desk.results_desk, name="results_desk"),
    path(
        C + "results/<int:publication>/release/",
        results_desk.release_results,
        name="release_results",
    ),
    path(
        C + "results/<int:publication>/discard/",
        results_desk.discard_results,
        name="discard_results",
    ),
    path(C + "appeals/", result_appeals.appeals, name="appeals"),
    path(C + "appeals/<reference:appeal>/", result_appeals.decide, name="decide_appeal"),
    path(R + "ranking/", chair_ranking.chair_ranking, name="chair_ranking"),
    path(R + "ranking/methods/", chair_ranking.chair_methods, name="chair_methods"),
    path(P + "debrief/", debriefs.debrief, name="proposal_debrief"),
    path(P + "appeal/", debriefs.appeal, name="proposal_appeal"),
    path(P + "appeal/withdraw/", debriefs.withdraw, name="withdraw_appeal"),
    path("results/", public_results.results_list, name="results_list"),
    path(W + "results/", public_results.results, name="results"),
    path(W + "results.json", public_results.results_json, name="results_json"),
    path(W + "draw/", public_results.draw_list, name="draw_list"),
]
