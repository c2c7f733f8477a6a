"""What every layer shares: the databases, and each layer's rules by its folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.databases import actors_log_in_as_the_web_role, django_db_setup

__all__ = ["actors_log_in_as_the_web_role", "django_db_setup"]

# A busy machine is slow; that breaks no law.
settings.register_profile("portal", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("portal")

TESTS = Path(__file__).resolve().parent
WITH_DATABASE = {"db", "web", "api"}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The folder says what a test may touch, so that no test has to repeat it.

    Of the modules in random order those with a browser start first: they are the longest, and no
    worker waits at the end for another's.
    """
    items.sort(key=lambda item: TESTS / "browser" not in item.path.parents)
    for item in items:
        if TESTS not in item.path.parents:
            continue
        layer = item.path.relative_to(TESTS).parts[0]
        marked = item.get_closest_marker("django_db") is not None
        if layer in WITH_DATABASE and not marked:
            item.add_marker(pytest.mark.django_db)
        if layer == "browser":
            item.add_marker(pytest.mark.enable_socket)
            if not marked:
                item.add_marker(pytest.mark.django_db(transaction=True))
