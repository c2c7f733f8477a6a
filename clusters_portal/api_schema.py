"""What every operation of the API may answer besides its own: problems, and "not changed"."""

from __future__ import annotations

from typing import Any

from clusters_portal.problems import PROBLEM_JSON

PROBLEMS = {
    "400": "Something asked is not understood.",
    "404": "There is nothing at this address.",
    "405": "The API only reads.",
    "406": "No answer in the form asked for.",
    "409": "Not now: nothing is loaded yet, or the state of the matter does not allow it.",
    "429": "Too many requests from this address; Retry-After says when to go on.",
}
SCHEMA = {
    "type": "object",
    "description": "A problem document (RFC 9457).",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
    },
}


def add_problems(
    result: dict[str, Any],
    generator: Any,  # noqa: ANN401, ARG001 - the framework's signature
    request: Any,  # noqa: ANN401, ARG001
    public: bool,  # noqa: ARG001, FBT001
) -> dict[str, Any]:
    """Describe the shared answers once, and point every operation at them."""
    components = result.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = SCHEMA
    content = {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for path in result["paths"].values():
        for operation in path.values():
            answers = operation["responses"]
            answers.setdefault("304", {"description": "Not changed since the reader last asked."})
            for status, description in PROBLEMS.items():
                answers.setdefault(status, {"description": description, "content": content})
    return result
