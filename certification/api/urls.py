"""Doors of the certification API."""

from django.urls import path

from accounts.gates import public
from certification.api.register import RegisterEntryView, RegisterListView

urlpatterns = [
    path("register/", public(RegisterListView.as_view()), name="register"),
    path(
        "register/<reference:designation>/",
        public(RegisterEntryView.as_view()),
        name="register_entry",
    ),
]
