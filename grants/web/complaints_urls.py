"""Doors of givers' complaints."""

from django.urls import URLPattern, path

from grants.web import complaints, giver_complaints

A = "awards/<reference:award>/complaints/"
S = "staff/awards/<reference:award>/complaints/"
urlpatterns: list[URLPattern] = [
    path("giving/", giver_complaints.giving, name="giving"),
    path("giving/<reference:pledge>/", giver_complaints.complain, name="complain"),
    path(
        "give/award/<str:token>/complaint/",
        giver_complaints.complain_by_link,
        name="complain_by_link",
    ),
    path(A, complaints.complaints, name="complaints"),
    path(f"{A}<reference:complaint>/answer/", complaints.answer, name="answer_complaint"),
    path(S, complaints.staff_complaints, name="staff_complaints"),
    path(f"{S}<reference:complaint>/decide/", complaints.decide, name="decide_complaint"),
]
