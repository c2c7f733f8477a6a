"""Mapping as an app."""

from django.apps import AppConfig


class MappingConfig(AppConfig):
    """What the economy looks like."""

    name = "mapping"

    def ready(self) -> None:
        """Tell the search what it can find here, and workers how to load files."""
        # Imported here: models must be loaded first.
        from accounts.searching import register_kind  # noqa: PLC0415
        from mapping.queries.loads import LOAD_SENT  # noqa: PLC0415
        from mapping.web.load_job import run_load  # noqa: PLC0415
        from mapping.web.search_results import KINDS  # noqa: PLC0415
        from trail.registry import register_job  # noqa: PLC0415

        for kind in KINDS:
            register_kind(kind)
        register_job(LOAD_SENT, run_load)
