"""Grants as an app."""

from django.apps import AppConfig


class GrantsConfig(AppConfig):
    """Who gets money, why, and what they matched."""

    name = "grants"

    def ready(self) -> None:
        """Tell the lower apps what grants does for them."""
        # Imported here: models must be loaded first.
        from grants.actions.announce_results import announce_results  # noqa: PLC0415
        from grants.actions.publish_results import EFFECT as RESULTS  # noqa: PLC0415
        from grants.web.assignment_job import (  # noqa: PLC0415
            RUN_ASSIGNMENT,
            solve_assignment,
        )
        from grants.web.award_wiring import register_awards  # noqa: PLC0415
        from grants.web.competition_wiring import register_competitions  # noqa: PLC0415
        from grants.web.match_wiring import register_match  # noqa: PLC0415
        from grants.web.panel_wiring import register_panels  # noqa: PLC0415
        from grants.web.proposal_door import register_proposals  # noqa: PLC0415
        from trail.registry import register_effect, register_job  # noqa: PLC0415

        register_job(RUN_ASSIGNMENT, solve_assignment)
        register_effect(RESULTS, announce_results)
        register_panels()
        register_proposals()
        register_competitions()
        register_match()
        register_awards()
