"""The one shape of "no": a code for machines and a sentence for people."""

from __future__ import annotations

from dataclasses import dataclass

NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something may not happen.

    Attributes:
        code: Stable snake_case identifier, used by the API and by tests.
        sentence: What a person reads: the rule, their figure, the remedy.

    >>> Refusal("too_late", "The call closed on March 3.").code
    'too_late'
    """

    code: str
    sentence: str

    @property
    def hides_existence(self) -> bool:
        """Whether the object must look as if it did not exist (404, never 403)."""
        return self.code == NOT_FOUND


class Refused(Exception):
    """Raised by actions; the web layer turns it into a page, the API into a problem document."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.sentence)
        self.refusal = refusal


def refuse(code: str, sentence: str) -> Refused:
    """Build the exception in one line.

    >>> refuse("own_case", "You may not.").refusal.code
    'own_case'
    """
    return Refused(Refusal(code, sentence))
