"""Doors of the criteria: the public check, the readiness of a group."""

from django.urls import URLPattern, path

from certification.web import check, readiness

urlpatterns: list[URLPattern] = [
    path("check/", check.check, name="check"),
    path("groups/<reference:group>/readiness/", readiness.readiness, name="readiness"),
]
