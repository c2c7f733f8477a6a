"""XML without surprises: no document type, no entities, no endless nesting."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from xml.parsers import expat

from records.inspection.results import damaged, unfit

StartElement = Callable[[str, Mapping[str, str]], None]
Text = Callable[[str], None]


def read_markup(
    data: bytes, *, depth: int, start: StartElement | None = None, text: Text | None = None
) -> None:
    """Read a part of a document to its end.

    Args:
        data: The part.
        depth: How deep elements may lie in elements.
        start: Called for every element.
        text: Called for every piece of text.

    Raises:
        Refused: ``xml_entities``, ``xml_too_deep``, ``file_damaged``.
    """
    parser = expat.ParserCreate()
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.StartDoctypeDeclHandler = _no_doctype
    parser.EntityDeclHandler = _no_doctype
    level = 0

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal level
        level += 1
        if level > depth:
            raise unfit(
                "xml_too_deep",
                "This document nests its parts far deeper than any program does. "
                "Save it anew as PDF and upload that.",
            )
        if start is not None:
            start(name, attributes)

    def end(_name: str) -> None:
        nonlocal level
        level -= 1

    parser.StartElementHandler, parser.EndElementHandler = begin, end
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise damaged("document") from error


def _no_doctype(*_told: object) -> None:
    raise unfit(
        "xml_entities",
        "This document defines its own XML entities, which can read other files or swell without "
        "end. Save it anew as PDF and upload that.",
    )
