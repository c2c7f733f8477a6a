"""The API, version 1: public and read-only."""

from django.urls import URLPattern, URLResolver

from certification.api.urls import urlpatterns as certification

app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = [*certification]
