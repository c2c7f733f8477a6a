"""Doors of the grants API."""

from django.urls import path

from accounts.gates import public
from grants.api.awards import AwardListView, AwardView
from grants.api.competitions import CompetitionListView, CompetitionView
from grants.api.results import ResultListView, ResultView

urlpatterns = [
    path("competitions/", public(CompetitionListView.as_view()), name="competitions"),
    path(
        "competitions/<reference:competition>/",
        public(CompetitionView.as_view()),
        name="competition",
    ),
    path("awards/", public(AwardListView.as_view()), name="awards_list"),
    path("awards/<reference:award>/", public(AwardView.as_view()), name="award"),
    path("results/", public(ResultListView.as_view()), name="results_list"),
    path("results/<reference:competition>/", public(ResultView.as_view()), name="results"),
]
