"""Who may see, read, add and change papers: asked of the case's app; unknown cases are denied."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from accounts.gates import NOBODY_KNOWS
from kit.refusals import Refusal
from records.models import Document, DocumentVersion
from records.papers import CaseDoor, door_of
from records.queries.documents import document_at, refused_of
from records.rules.states import DocumentState
from trail.models import Case


@dataclass(frozen=True, slots=True)
class OpenedPapers:
    """A case with what its app says about papers."""

    case: Case
    door: CaseDoor


@dataclass(frozen=True, slots=True)
class OpenedPaper:
    """A paper of such a case."""

    document: Document
    door: CaseDoor

    def version(self, number: int) -> DocumentVersion | None:
        """Return a version that the check has released, or None."""
        versions = self.document.versions.all()
        found = next((one for one in versions if one.number == number), None)
        return found if found is not None and found.is_readable else None


def papers_at(request: HttpRequest, reference: str) -> OpenedPapers | None:
    """Return the case if its app lets the reader see its papers; read once per request."""
    held: dict[str, OpenedPapers | None] = request.__dict__.setdefault("_opened_papers", {})
    if reference not in held:
        case = Case.objects.filter(reference=reference).first()
        door = door_of(case) if case else None
        is_open = case and door and door.opens(request, case) is None
        held[reference] = OpenedPapers(case, door) if is_open and case and door else None
    return held[reference]


def paper_at(request: HttpRequest, reference: str) -> OpenedPaper | None:
    """Return the paper if the reader may open it; read once per request."""
    held: dict[str, OpenedPaper | None] = request.__dict__.setdefault("_opened_paper", {})
    if reference not in held:
        held[reference] = _open(request, reference)
    return held[reference]


def papers_for(request: HttpRequest, reference: str) -> OpenedPapers:
    """Return what the gate has let the reader open.

    Raises:
        LookupError: the view's gate did not ask first (a programming error).
    """
    opened = papers_at(request, reference)
    if opened is None:
        raise LookupError(reference)
    return opened


def paper_for(request: HttpRequest, reference: str) -> OpenedPaper:
    """Return what the gate has let the reader open.

    Raises:
        LookupError: the view's gate did not ask first (a programming error).
    """
    opened = paper_at(request, reference)
    if opened is None:
        raise LookupError(reference)
    return opened


def refused_papers(request: HttpRequest, case: Case) -> list[Document]:
    """Return papers whose newest version was refused, as far as the reader may open them."""
    door = door_of(case)
    if door is None or door.opens(request, case) is not None:
        return []
    found = refused_of(case)
    for document in found:
        document.case = case
    return [document for document in found if door.reads(request, document) is None]


def sees_papers(request: HttpRequest, case: str, **_route: object) -> Refusal | None:
    """Let everybody pass who may see the case's list of papers."""
    return None if papers_at(request, case) else NOBODY_KNOWS


def adds_papers(request: HttpRequest, case: str, **_route: object) -> Refusal | None:
    """Let those pass who may add papers now; other readers learn why not."""
    opened = papers_at(request, case)
    if opened is None:
        return NOBODY_KNOWS
    kinds = opened.door.adds(request, opened.case)
    return kinds if isinstance(kinds, Refusal) else None


def reads_paper(request: HttpRequest, document: str, **_route: object) -> Refusal | None:
    """Let everybody pass who may open the paper."""
    return None if paper_at(request, document) else NOBODY_KNOWS


def changes_paper(request: HttpRequest, document: str, **_route: object) -> Refusal | None:
    """Let those pass who may replace, mark or remove the paper; other readers learn why not."""
    opened = paper_at(request, document)
    if opened is None:
        return NOBODY_KNOWS
    return opened.door.changes(request, opened.document)


def _open(request: HttpRequest, reference: str) -> OpenedPaper | None:
    document = document_at(reference)
    if document is None or document.state != DocumentState.KEPT:
        return None
    door = door_of(document.case)
    if door is None or door.opens(request, document.case) is not None:
        return None
    return OpenedPaper(document, door) if door.reads(request, document) is None else None
