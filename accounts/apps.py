"""People, organizations, agencies as an app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who people are, whom they belong to, what they may open."""

    name = "accounts"

    def ready(self) -> None:
        """Tell the trail who delivers letters about accounts."""
        from accounts.actions.queue_account_mail import (  # noqa: PLC0415 - models first
            KIND,
            deliver_account_mail,
        )
        from trail.registry import register_effect  # noqa: PLC0415

        register_effect(KIND, deliver_account_mail)
