"""Static files: which of the packages' files are served, and under what names.

The npm packages carry sources, source maps and old font formats: three quarters of their
weight. They are left out when static files are collected, and with them the comments that
point to source maps, which would otherwise name files that do not exist.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.contrib.staticfiles.apps import StaticFilesConfig
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage

Convert = Callable[[re.Match[str]], str]


class PortalStaticFilesConfig(StaticFilesConfig):
    """Django's static files without what no page asks for."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "*.map",
        "*.scss",
        "*.ttf",
        "*.woff",
        "uswds.js",
        "uswds.css",
        "uswds-init*",
        "components",
        "theme",
        "material-icons*",
        "favicons",
        "rest_framework",  # the browsable API is switched off
    ]


class PortalStaticFilesStorage(ManifestStaticFilesStorage):
    """File names carry a digest of their content, so that browsers may keep them for ever."""

    def url_converter(
        self, name: str, hashed_files: dict[str, str], template: str | None = None
    ) -> Convert:
        """Drop references to source maps; hash every other address as Django does."""
        convert: Convert = super().url_converter(name, hashed_files, template)

        def convert_or_drop(match: re.Match[str]) -> str:
            groups: dict[str, Any] = match.groupdict()
            return "" if "sourceMappingURL" in groups["matched"] else convert(match)

        return convert_or_drop
