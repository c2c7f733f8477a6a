"""Lifecycles of documents: of the paper itself, and of each version on its way to readers."""

from __future__ import annotations

from enum import StrEnum

from kit.states import Machine, Transition


class DocumentState(StrEnum):
    """Whether a paper belongs to its case."""

    KEPT = "kept"
    REMOVED = "removed"


class VersionState(StrEnum):
    """How far a version has come from quarantine to its readers."""

    RECEIVED = "received"
    CHECKING = "checking"
    WAITING = "waiting_for_scanner"
    CLEAN = "clean"
    REFUSED = "refused"
    SUPERSEDED = "superseded"


_S = VersionState

DOCUMENT = Machine(
    name="document",
    initial=DocumentState.KEPT,
    transitions=(
        Transition("remove", frozenset({DocumentState.KEPT}), DocumentState.REMOVED, "Remove"),
    ),
    labels={DocumentState.KEPT: "In the case", DocumentState.REMOVED: "Removed"},
)

VERSION = Machine(
    name="document version",
    initial=_S.RECEIVED,
    transitions=(
        Transition(
            "begin_check",
            frozenset({_S.RECEIVED, _S.WAITING, _S.CHECKING}),
            _S.CHECKING,
            "Begin the check",
        ),
        Transition("wait", frozenset({_S.CHECKING}), _S.WAITING, "Wait for the scanner"),
        Transition("release", frozenset({_S.CHECKING}), _S.CLEAN, "Release"),
        Transition("refuse", frozenset({_S.CHECKING}), _S.REFUSED, "Refuse"),
        Transition("supersede", frozenset({_S.CLEAN}), _S.SUPERSEDED, "Replace"),
    ),
    labels={
        _S.RECEIVED: "Received, not checked yet",
        _S.CHECKING: "Being checked",
        _S.WAITING: "Waiting for the virus scanner",
        _S.CLEAN: "Checked",
        _S.REFUSED: "Refused",
        _S.SUPERSEDED: "Replaced by a newer version",
    },
)

UNDER_WAY = frozenset({_S.RECEIVED, _S.CHECKING, _S.WAITING})
READABLE = frozenset({_S.CLEAN, _S.SUPERSEDED})
