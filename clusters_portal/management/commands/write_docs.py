"""manage.py write_docs: write the generated documents."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from clusters_portal.web.generated import access_page, states_page


class Command(BaseCommand):
    """Write docs/states.md and docs/access.md."""

    help = "Write the generated documents (a house test keeps them fresh)."

    def handle(self, **_options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Write."""
        docs = settings.ROOT / "docs"
        access = (settings.ROOT / "tests" / "web" / "access.toml").read_text(encoding="utf-8")
        (docs / "states.md").write_text(states_page(), encoding="utf-8")
        (docs / "access.md").write_text(access_page(access), encoding="utf-8")
        self.stdout.write("Wrote docs/states.md and docs/access.md.")
