"""Doors of competitions: the desk of staff."""

from django.urls import path

from grants.web import staff_competitions

S = "staff/competitions/"
C = S + "<reference:competition>/"

urlpatterns = [
    path(S, staff_competitions.desk, name="staff_competitions"),
    path(C, staff_competitions.competition, name="staff_competition"),
]
