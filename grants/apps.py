"""Grants as an app."""

from django.apps import AppConfig


class GrantsConfig(AppConfig):
    """Who gets money, why, and what they matched."""

    name = "grants"

    def ready(self) -> None:
        """Tell the lower apps what grants does for them."""
        # Imported here: models must be loaded first.
        from grants.web.assignment_job import (  # noqa: PLC0415
            RUN_ASSIGNMENT,
            solve_assignment,
        )
        from trail.registry import register_job  # noqa: PLC0415

        register_job(RUN_ASSIGNMENT, solve_assignment)
        from grants.web.panel_wiring import register_panels  # noqa: PLC0415
        from grants.web.proposal_door import register_proposals  # noqa: PLC0415

        register_panels()
        register_proposals()
        from grants.web.competition_wiring import register_competitions  # noqa: PLC0415

        register_competitions()
