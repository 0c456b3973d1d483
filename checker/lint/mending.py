"""What ``--fix`` does to a name or a text: only what changes neither what is said nor by what a finding is known again.

Invisible characters go, letters are composed (NFC), white space becomes plain. Each step is taken only where the text
stays the same to the rest of checker (``text.normalise``), and a name the name that it was.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from typing import Any

from ..text import normalise, same_company
from .records import NAMES, TEXTS

UNSEEN, NFC, SPACES, TWICE = "E007", "E004", "E005", "U001"
MENDING = frozenset({UNSEEN, NFC, SPACES, TWICE})
_WITHOUT_SPACES = "\u0e00-\u0fff\u1000-\u109f\u1780-\u18af\u1950-\u1aaf"  # scripts in which unseen marks part words
_JOINED_NOWHERE = "\0-\u024f\u2000-\u200a\u2010-\u2027\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef"
_UNSEEN = re.compile(
    "[\xad\u2060-\u2064\ufeff]"
    f"|(?<![{_WITHOUT_SPACES}\u200b])[\u180e\u200b]++(?![{_WITHOUT_SPACES}])"
    f"|(?<![^{_JOINED_NOWHERE}])[\u200c\u200d](?![^{_JOINED_NOWHERE}])"
)
_SPACES = re.compile("\\s{2,}|[\t\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
_BREAKS = frozenset("\n\r\x0b\x0c\x85\u2028\u2029")


def unseen(value: str) -> str:
    """A text without soft hyphens and zero-width characters, but for those that shape letters or part words."""
    return _UNSEEN.sub("", value)


def composed(value: str) -> str:
    """A text in which é is one character, however it was typed."""
    return unicodedata.normalize("NFC", value)


def spaced(value: str) -> str:
    """A text with single spaces and single line breaks, and none around it."""
    return _SPACES.sub(lambda run: " " if _BREAKS.isdisjoint(run[0]) else "\n", value.strip())


_STEPS: dict[str, Callable[[str], str]] = {UNSEEN: unseen, NFC: composed, SPACES: spaced}


def mend(field: str, value: str, codes: Collection[str]) -> str:
    """A value after all steps of these codes that are safe, repeated until nothing changes any more."""
    while True:
        before = value
        for code, step in _STEPS.items():
            after = step(value) if code in codes else value
            if after != value and _is_safe(field, value, after):
                value = after
        if value == before:
            return value


def _is_safe(field: str, before: str, after: str) -> bool:
    """Whether a finding, a company and an accepted contradiction are known by the new value as they were by the old.

    A kind of source is part of the fingerprint of findings, letter by letter.
    """
    if not after or field == "source":
        return False
    same = same_company if field == "company" else normalise
    return same(before) == same(after)


def mended_row(row: Mapping[str, Any], codes: Collection[str]) -> dict[str, str]:
    """The names and texts of a line that change, with what they become."""
    values = {field: row[field] for field in (*NAMES, *TEXTS) if isinstance(row.get(field), str)}
    if is_pinned(row):
        values.pop("text", None)
    return {field: new for field, value in values.items() if (new := mend(field, value, codes)) != value}


def is_pinned(row: Mapping[str, Any]) -> bool:
    """Whether the text must stay what it is, letter by letter: it is ``text[start:end]`` of an extracted text."""
    return row.get("start") is not None and row.get("end") is not None
