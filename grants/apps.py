"""Grants as an app."""

from django.apps import AppConfig


class GrantsConfig(AppConfig):
    """Who gets money, why, and what they matched."""

    name = "grants"
