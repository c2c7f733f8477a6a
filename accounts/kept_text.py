"""What a form brought when nobody was signed in any more, or not freshly: kept, never carried out.

It waits in the visitor's own session until the same person has signed in, and is then shown,
to be sent again or copied. Nothing is done that the person does not send themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

KEY = "kept_text"
LARGEST = 256_000
NEVER = frozenset(
    {
        "csrfmiddlewaretoken",
        "password",
        "password1",
        "password2",
        "oldpassword",
        "code",
        "credential",
    }
)
UNSEEN = frozenset({"idempotency_key", "version", "next"})


@dataclass(frozen=True, slots=True)
class KeptText:
    """A form that arrived too late.

    Attributes:
        person: Key of the writer.
        address: Where the form was going.
        page: The page it was written on.
        fields: Names with their values, in the order of the form.
        has_files: Whether files came with it, which are not kept.
    """

    person: int
    address: str
    page: str
    fields: list[tuple[str, list[str]]]
    has_files: bool

    @property
    def shown(self) -> list[tuple[str, str]]:
        """What the person wrote, with the field's name in words."""
        return [
            (name.replace("_", " ").capitalize(), "\n".join(filter(None, values)))
            for name, values in self.fields
            if name not in UNSEEN and any(values)
        ]


def keep(request: HttpRequest, person: int) -> bool:
    """Keep what this request posted; False when it is too long to keep."""
    fields = [(name, values) for name, values in request.POST.lists() if name not in NEVER]
    if sum(len(name) + sum(map(len, values)) for name, values in fields) > LARGEST:
        return False
    request.session[KEY] = {
        "person": person,
        "address": request.get_full_path(),
        "page": page_of(request),
        "fields": fields,
        "has_files": bool(request.FILES),
    }
    request.has_kept_text = True  # type: ignore[attr-defined]
    return True


def kept_for(request: HttpRequest) -> KeptText | None:
    """Return what is kept for the signed-in person; somebody else's is forgotten."""
    found: dict[str, Any] | None = request.session.get(KEY)
    if found is None:
        return None
    if found["person"] != request.user.pk:
        forget(request)
        return None
    fields = [(name, list(values)) for name, values in found["fields"]]
    return KeptText(found["person"], found["address"], found["page"], fields, found["has_files"])


def forget(request: HttpRequest) -> None:
    """Drop what is kept."""
    request.session.pop(KEY, None)


def page_of(request: HttpRequest) -> str:
    """Return the portal's page that a form was sent from, or an empty text."""
    referer = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, allowed_hosts={request.get_host()}):
        return ""
    address = referer.partition("://")[2].partition("/")[2] if "://" in referer else referer[1:]
    return f"/{address.partition('#')[0]}"
