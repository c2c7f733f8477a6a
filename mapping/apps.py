"""Mapping as an app."""

from django.apps import AppConfig


class MappingConfig(AppConfig):
    """What the economy looks like."""

    name = "mapping"
