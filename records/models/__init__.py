"""Documents, letters, deadlines, publications."""

from records.models.deadlines import Deadline
from records.models.documents import Document, DocumentVersion
from records.models.letters import Letter
from records.models.publications import Publication

__all__ = ["Deadline", "Document", "DocumentVersion", "Letter", "Publication"]
