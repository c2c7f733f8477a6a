"""Doors of the criteria: the public check, the rules in force, the readiness of a group."""

from django.urls import URLPattern, path

from certification.web import check, readiness, rulebook

urlpatterns: list[URLPattern] = [
    path("check/", check.check, name="check"),
    path("rules/", rulebook.rulebook, name="rulebook"),
    path("groups/<reference:group>/readiness/", readiness.readiness, name="readiness"),
]
