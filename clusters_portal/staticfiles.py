"""Static files: which of the packages' files are served, and under what names.

The npm packages carry sources, source maps and old font formats: three quarters of their
weight. They are left out when static files are collected, and with them the comments that
point to source maps, which would otherwise name files that do not exist.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.staticfiles.finders import AppDirectoriesFinder, FileSystemFinder
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.storage import Storage

Convert = Callable[[re.Match[str]], str]


# What no page asks for. Icons stay: the style sheet of USWDS names single ones.
LEFT_OUT = (
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
)


class FolderFinder(FileSystemFinder):
    """Our own files and those of the npm packages."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, Storage]]:
        """List what is collected."""
        return super().list([*(ignore_patterns or ()), *LEFT_OUT])


class AppFinder(AppDirectoriesFinder):
    """The files that Django apps bring."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, Storage]]:
        """List what is collected."""
        return super().list([*(ignore_patterns or ()), *LEFT_OUT])


class PortalStaticFilesStorage(ManifestStaticFilesStorage):
    """File names carry a digest of their content, so that browsers may keep them for ever."""

    def url_converter(  # type: ignore[override]  # the stubs know no compiled patterns
        self, name: str, hashed_files: dict[str, str], template: str | None = None
    ) -> Convert:
        """Drop references to source maps; hash every other address as Django does."""
        convert: Convert = super().url_converter(name, hashed_files, template)

        def convert_or_drop(match: re.Match[str]) -> str:
            groups: dict[str, Any] = match.groupdict()
            return "" if "sourceMappingURL" in groups["matched"] else convert(match)

        return convert_or_drop
