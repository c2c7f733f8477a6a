"""People, organizations, agencies as an app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who people are, whom they belong to, what they may open."""

    name = "accounts"

    def ready(self) -> None:
        """Tell the trail who delivers letters about accounts; hear when people sign in and out."""
        from django.contrib.auth.signals import (  # noqa: PLC0415
            user_logged_in,
            user_logged_out,
        )

        from accounts.actions.queue_account_mail import (  # noqa: PLC0415 - models first
            KIND,
            deliver_account_mail,
        )
        from accounts.searching import register_kind  # noqa: PLC0415
        from accounts.session_clock import start_clock, stop_clock  # noqa: PLC0415
        from accounts.web.search_results import ORGANIZATIONS  # noqa: PLC0415
        from trail.registry import register_effect  # noqa: PLC0415

        register_effect(KIND, deliver_account_mail)
        register_kind(ORGANIZATIONS)
        user_logged_in.connect(start_clock, dispatch_uid="accounts.start_clock")
        user_logged_out.connect(stop_clock, dispatch_uid="accounts.stop_clock")
