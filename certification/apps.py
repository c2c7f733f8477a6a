"""Certification as an app."""

from django.apps import AppConfig


class CertificationConfig(AppConfig):
    """Who may call itself a Designated Cluster."""

    name = "certification"
