"""Doors of matching funds during an award."""

from django.urls import path

from grants.web import give_to_award

urlpatterns = [
    path("give/award/done/", give_to_award.given, name="given_to_award"),
    path("give/award/<str:token>/", give_to_award.give_to_award, name="give_to_award"),
    path("give/award/<str:token>/code/", give_to_award.code, name="give_to_award_code"),
]
