"""The whole portal as an app: home, dashboard, the demo world."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Holds no models; composes."""

    name = "clusters_portal"
    verbose_name = "Clusters Portal"

    def ready(self) -> None:
        """Load the task queue, so that every task knows its broker; write one log."""
        from clusters_portal import (  # noqa: PLC0415 - after the settings
            celery,  # noqa: F401
            sign_in_log,  # noqa: F401
        )
        from clusters_portal.logs import one_log  # noqa: PLC0415

        one_log()
