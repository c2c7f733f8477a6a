"""Papers and letters as an app."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Registers the delivery of letters with the outbox."""

    name = "records"

    def ready(self) -> None:
        """Tell the trail who delivers letters."""
        from records.actions.deliver_letter import deliver_letter  # noqa: PLC0415 - models first
        from trail.registry import register_effect  # noqa: PLC0415

        register_effect("deliver_letter", deliver_letter)
