"""Certification as an app."""

from django.apps import AppConfig


class CertificationConfig(AppConfig):
    """Who may call itself a Designated Cluster."""

    name = "certification"

    def ready(self) -> None:
        """Tell records which verbs deadlines call."""
        from certification.actions.decision_deadlines import (  # noqa: PLC0415 - models first
            register_decision_deadlines,
        )

        register_decision_deadlines()
