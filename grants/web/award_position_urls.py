"""Doors of an award's position."""

from django.urls import URLPattern, path

from grants.web import award_position

A = "awards/<reference:award>/position"
S = "staff/awards/<reference:award>/position"
FILE = "<export_form:form>"
urlpatterns: list[URLPattern] = [
    path(f"{A}/", award_position.position, name="award_position"),
    path(f"{A}.{FILE}", award_position.position_file, name="award_position_file"),
    path(f"{A}/givers.{FILE}", award_position.givers_file, name="award_givers_file"),
    path(f"{S}/", award_position.staff_position, name="staff_award_position"),
    path(f"{S}.{FILE}", award_position.staff_position_file, name="staff_award_position_file"),
    path(f"{S}/givers.{FILE}", award_position.staff_givers_file, name="staff_award_givers_file"),
]
