"""The trail as an app."""

from django.apps import AppConfig


class TrailConfig(AppConfig):
    """What happened, and what must still happen."""

    name = "trail"

    def ready(self) -> None:
        """Hand long work from the outbox to a worker."""
        # Imported here: models must be loaded first.
        from trail.actions.run_job import RUN_JOB  # noqa: PLC0415
        from trail.registry import register_effect  # noqa: PLC0415
        from trail.tasks import wake_job  # noqa: PLC0415

        register_effect(RUN_JOB, wake_job)
