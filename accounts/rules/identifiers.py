"""Identifiers of organizations: their published shapes, and a sentence for each way to miss them.

Neither rule asks a register: a well-formed identifier may still belong to nobody. The last
character of a UEI is a checksum, but its formula is not published, so that it is not tested.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kit.refusals import Refusal

# GSA, "Unique Entity ID Technical Specifications": 12 letters and digits, not case-sensitive,
# never O or I, the first is not zero, no run of nine digits (a DUNS or taxpayer number).
UEI_LENGTH = 12
UEI_PATTERN = r"^[A-HJ-NP-Z1-9][A-HJ-NP-Z0-9]{11}$"
NINE_DIGITS = r"[0-9]{9}"
# Internal Revenue Service, "How EINs are assigned and valid EIN prefixes". A prefix names the
# office that gave the number; a number with any other beginning was never given.
EIN_PREFIXES = frozenset(
    f"{one:02}"
    for one in range(100)
    if one not in {0, 7, 8, 9, 17, 18, 19, 28, 29, 49, 69, 70, 78, 79, 89, 96, 97}
)
EIN_PATTERN = r"^[0-9]{9}$"
_EIN_TYPED = re.compile(r"[0-9]{2}-?[0-9]{7}")
_SSN_TYPED = re.compile(r"[0-9]{3}[- ][0-9]{2}[- ][0-9]{4}")
SOLE_PROPRIETOR = Refusal(
    "ein_of_sole_proprietor",
    "We do not keep the tax number of a sole proprietor, because it can lead to a person. "
    "Leave this field empty.",
)


def uei_as_kept(typed: str) -> str:
    """Return a UEI as it is kept: capitals without blanks.

    >>> uei_as_kept(" jf4k 9q2m7xa1 ")
    'JF4K9Q2M7XA1'
    """
    return "".join(typed.split()).upper()


def uei_refusal(uei: str) -> Refusal | None:
    """Say what keeps a text from being a UEI; nothing typed is no fault.

    >>> uei_refusal("JF4K9Q2M7XA1") is None
    True
    >>> uei_refusal("JF4K9Q2M7XAO").sentence
    'A UEI never holds the letters O and I. Is it a zero or a one?'
    """
    if not uei:
        return None
    sentence = next(_uei_faults(uei), "")
    return Refusal("uei_shape", sentence) if sentence else None


def ein_as_kept(typed: str) -> str:
    """Return an EIN as it is kept: nine digits without the hyphen; other text as it is.

    >>> ein_as_kept("34-1234567")
    '341234567'
    """
    text = typed.strip()
    return text.replace("-", "") if _EIN_TYPED.fullmatch(text) else text


def ein_refusal(ein: str, *, is_sole_proprietor: bool = False) -> Refusal | None:
    """Say what keeps a kept text from being an EIN that we may keep.

    >>> ein_refusal("341234567") is None
    True
    >>> ein_refusal("341234567", is_sole_proprietor=True).code
    'ein_of_sole_proprietor'
    """
    if not ein:
        return None
    if is_sole_proprietor:
        return SOLE_PROPRIETOR
    if _SSN_TYPED.fullmatch(ein):
        sentence = "This is written like a Social Security number. Never enter one here."
    elif not re.fullmatch(EIN_PATTERN, ein, re.ASCII):
        sentence = "An EIN has nine digits, written like 12-3456789."
    elif ein[:2] not in EIN_PREFIXES:
        sentence = f"No EIN begins with {ein[:2]}. Check the first two digits."
    else:
        return None
    return Refusal("ein_shape", sentence)


def ein_hidden(ein: str) -> str:
    """Return an EIN as colleagues and officers see it: the last four digits.

    >>> ein_hidden("341234567")
    '••-•••4567'
    """
    return f"••-•••{ein[-4:]}" if ein else ""


def _uei_faults(uei: str) -> Iterator[str]:
    if len(uei) != UEI_LENGTH:
        yield f"A UEI has 12 letters and digits; this one has {len(uei)}."
    if not (uei.isascii() and uei.isalnum()):
        yield "A UEI holds only the letters A to Z and digits."
    if "O" in uei or "I" in uei:
        yield "A UEI never holds the letters O and I. Is it a zero or a one?"
    if uei.startswith("0"):
        yield "A UEI never begins with zero."
    if re.search(NINE_DIGITS, uei):
        yield "A UEI never holds nine digits in a row. Is it a DUNS or a tax number?"
    if not re.fullmatch(UEI_PATTERN, uei):
        yield "A UEI is written in capital letters and digits."
