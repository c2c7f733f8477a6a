"""The trail as an app."""

from django.apps import AppConfig


class TrailConfig(AppConfig):
    """What happened, and what must still happen."""

    name = "trail"
