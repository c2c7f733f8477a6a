"""Doors of the grants API."""

from django.urls import path

from accounts.gates import public
from grants.api.competitions import CompetitionListView, CompetitionView

urlpatterns = [
    path("competitions/", public(CompetitionListView.as_view()), name="competitions"),
    path(
        "competitions/<reference:competition>/",
        public(CompetitionView.as_view()),
        name="competition",
    ),
]
