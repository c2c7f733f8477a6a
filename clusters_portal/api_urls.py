"""The API, version 1: public and read-only."""

from django.urls import URLPattern

app_name = "api"
urlpatterns: list[URLPattern] = []
