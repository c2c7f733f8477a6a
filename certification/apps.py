"""Certification as an app."""

from django.apps import AppConfig


class CertificationConfig(AppConfig):
    """Who may call itself a Designated Cluster."""

    name = "certification"

    def ready(self) -> None:
        """Tell the lower apps what certification does for them."""
        # Imported here: models must be loaded first.
        from accounts.places import Gazetteer, register_gazetteer  # noqa: PLC0415
        from accounts.registry import register_belonging, register_invitations  # noqa: PLC0415
        from accounts.searching import register_kind  # noqa: PLC0415
        from certification.actions.announce_release import announce_release  # noqa: PLC0415
        from certification.actions.decision_deadlines import (  # noqa: PLC0415
            register_decision_deadlines,
        )
        from certification.actions.expire_requests import expire_requests  # noqa: PLC0415
        from certification.actions.issue_link import EXPIRY  # noqa: PLC0415
        from certification.actions.leave_seats import SEATS  # noqa: PLC0415
        from certification.actions.release import EFFECT  # noqa: PLC0415
        from certification.queries import gazetteer, personal_links  # noqa: PLC0415
        from certification.queries.designation_line import designation_line  # noqa: PLC0415
        from certification.queries.letterheads import letterhead  # noqa: PLC0415
        from certification.queries.retention import application_standing  # noqa: PLC0415
        from certification.web.case_papers import register_case_papers  # noqa: PLC0415
        from certification.web.roster_job import (  # noqa: PLC0415
            IMPORT_ROSTER,
            import_large_roster,
        )
        from certification.web.search_results import KINDS  # noqa: PLC0415
        from certification.web.seat_notices import seat_notices  # noqa: PLC0415
        from mapping.registry import register_line  # noqa: PLC0415
        from records.registry import register_deadline, register_letterhead  # noqa: PLC0415
        from records.sealed_words import register_sealed_word  # noqa: PLC0415
        from trail.registry import register_effect, register_job  # noqa: PLC0415
        from trail.retention_registry import register_retention  # noqa: PLC0415

        register_effect(EFFECT, announce_release)
        for case_kind in ("application", "designation"):
            register_letterhead(case_kind, letterhead)
        register_decision_deadlines()
        register_retention("application", application_standing)
        register_job(IMPORT_ROSTER, import_large_roster)
        register_deadline(EXPIRY, expire_requests)
        register_sealed_word("invitation_token", personal_links.invitation_token)
        register_sealed_word("invitation_code", personal_links.invitation_code)
        register_sealed_word("seat_token", personal_links.seat_token)
        register_invitations(seat_notices)
        register_belonging(SEATS)
        register_gazetteer(Gazetteer(gazetteer.find_one_county, gazetteer.name_one_county))
        register_line(designation_line)
        register_case_papers()
        for findable in KINDS:
            register_kind(findable)
