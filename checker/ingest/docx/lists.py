"""The markers of list entries in a Word document, which are not in its text: counted as Word counts.

python-docx knows which list a paragraph is in, and no more.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from ..office import Element, number
from .styles import Look, is_on, value, w

_SIGNS = "-–—•·*"
_NUMBER = re.compile(r"%([1-9])")
_DEEPEST = 20


class Level(NamedTuple):
    """How the entries of one level of a list are marked, and the style whose paragraphs stand on it."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    style: str = ""
    legal: bool = False  # its numbers are all in figures


@dataclass
class List:
    """A list as paragraphs name it: the definition that counts for it, levels of its own, and where it starts anew."""

    definition: str
    levels: dict[int, Level]
    starts: dict[int, int]


class Lists:
    """The lists of a document; each call of ``marker`` counts on."""

    def __init__(self, root: Element | None, style_list: dict[str, str]) -> None:
        self._definitions: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, List] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[str] = set()
        if root is not None:
            self._read(root, style_list)

    def _read(self, root: Element, style_list: dict[str, str]) -> None:
        links: dict[str, str] = {}
        for found in root.iter(w("abstractNum")):
            name = found.get(w("abstractNumId"), "")
            self._definitions[name] = dict(_level(x) for x in found.iter(w("lvl")))
            links[name] = value(found, "numStyleLink")
        for found in root.iter(w("num")):
            overrides = list(found.iter(w("lvlOverride")))
            own = dict(_level(x) for override in overrides for x in override.iter(w("lvl")))
            starts = {_number(o, w("ilvl")): int(s) for o in overrides if (s := value(o, "startOverride")).isdigit()}
            self._lists[found.get(w("numId"), "")] = List(value(found, "abstractNumId"), own, starts)
        for name, style in links.items():  # a definition that only names a style, whose list has the levels
            linked = self._lists.get(style_list.get(style, ""))
            if linked and linked.definition != name:
                self._definitions[name] = self._definitions[name] or self._definitions.get(linked.definition, {})

    def marker(self, look: Look) -> tuple[str, int] | None:
        """The marker of the next paragraph that looks so, and how deep it is nested; None if it is in no list."""
        found = self._lists.get(look.list[0]) if look.list else None
        if look.list is None or found is None:
            return None
        levels = self._definitions.get(found.definition, {}) | found.levels
        at = look.list[1]
        if at < 0:
            at = next((i for name in look.chain for i, level in levels.items() if level.style == name), 0)
        counts = self._counts[found.definition]
        if look.list[0] not in self._begun:
            self._begun.add(look.list[0])
            counts.update({i: start - 1 for i, start in found.starts.items()})
        level = levels.get(at, Level())
        counts[at] = counts.get(at, level.start - 1) + 1
        for deeper in [i for i in counts if i > at]:
            del counts[deeper]
        return _shown(level, levels, counts), min(at, _DEEPEST) + 1


def _shown(level: Level, levels: dict[int, Level], counts: dict[int, int]) -> str:
    if level.form == "none":
        return ""
    if level.form == "bullet":
        return level.text if level.text and level.text in _SIGNS else "•"

    def shown(found: re.Match[str]) -> str:
        at = int(found[1]) - 1
        other = levels.get(at, Level())
        return number(counts.get(at, other.start), "decimal" if level.legal else other.form)

    return " ".join(_NUMBER.sub(shown, level.text).split())[:40]


def _level(found: Element) -> tuple[int, Level]:
    start = value(found, "start")
    legal = found.find(w("isLgl"))
    return _number(found, w("ilvl")), Level(
        form=value(found, "numFmt") or "decimal",
        text=value(found, "lvlText"),
        start=int(start) if start.isdigit() else 1,
        style=value(found, "pStyle"),
        legal=legal is not None and is_on(legal.get(w("val"), "1")),
    )


def _number(element: Element, name: str) -> int:
    text = element.get(name, "")
    return int(text) if text.isdigit() else 0
