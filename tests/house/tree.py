"""The project's own files, as the house tests read them."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = (
    "kit",
    "trail",
    "accounts",
    "records",
    "mapping",
    "certification",
    "grants",
    "clusters_portal",
)
SOURCE = (*APPS, "tests", "bench", "drills")


def python_files(*folders: str) -> list[Path]:
    """Our Python, without migrations."""
    return sorted(
        path
        for folder in folders or SOURCE
        for path in (ROOT / folder).rglob("*.py")
        if "migrations" not in path.parts
    )


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> list[tuple[str, int]]:
    """Name and length in lines of every function of a file, docstrings left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            start = node.lineno
            documented = body[0].lineno - node.body[0].lineno if body else 0
            found.append((node.name, (node.end_lineno or start) - start + 1 - documented))
    return found
