"""Papers and letters as an app."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Registers the delivery of letters and the check of documents with the outbox."""

    name = "records"

    def ready(self) -> None:
        """Tell the trail who delivers letters and checks documents."""
        from accounts.registry import register_belonging  # noqa: PLC0415
        from records import checks  # noqa: F401, PLC0415 - Django's checks register themselves
        from records.actions.add_document import BEGIN_CHECK  # noqa: PLC0415 - models first
        from records.actions.check_document import (  # noqa: PLC0415
            CHECK,
            begin_check,
            check_document,
        )
        from records.actions.deliver_letter import deliver_letter  # noqa: PLC0415
        from records.actions.erase_papers import erase_papers  # noqa: PLC0415
        from records.queries.own_letters import LETTERS  # noqa: PLC0415
        from trail.registry import register_effect  # noqa: PLC0415
        from trail.retention_registry import register_eraser  # noqa: PLC0415

        register_belonging(LETTERS)
        register_eraser(erase_papers)
        register_effect("deliver_letter", deliver_letter)
        register_effect(BEGIN_CHECK, begin_check)
        register_effect(CHECK, check_document)
