"""People, organizations, agencies as an app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who people are, whom they belong to, what they may open."""

    name = "accounts"
