"""Documents, letters, deadlines, publications, signing keys."""

from records.models.deadlines import Deadline
from records.models.documents import Document, DocumentVersion
from records.models.letters import Letter, NoticePreference
from records.models.papers import KeptPaper
from records.models.publications import Publication
from records.models.signing import SigningKey

__all__ = [
    "Deadline",
    "Document",
    "DocumentVersion",
    "KeptPaper",
    "Letter",
    "NoticePreference",
    "Publication",
    "SigningKey",
]
