"""Pages that need more than one app."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
