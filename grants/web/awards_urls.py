"""Doors of awards: the desk of officers, and the pages of a group."""

from django.urls import path

from grants.web import awards, staff_awards

A = "awards/"
P = A + "<reference:award>/"
S = "staff/awards/"
W = S + "<reference:award>/"

urlpatterns = [
    path(A + "mine/", awards.my_awards, name="my_awards"),
    path(P, awards.award, name="award"),
    path(S, staff_awards.desk, name="staff_awards"),
    path(W, staff_awards.award, name="staff_award"),
]
