"""What styles of a Word document make of a paragraph or run: headings, captions, list entries, bold, hidden.

A style's name in the file is the English one whatever the language of Word; other programs write their own words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from ..office import Element

Part = Literal["", "heading", "caption", "contents"]
_HEADING = re.compile(
    r"(?:heading|überschrift|titre|título|titulo|título de|titolo|cabeçalho|rubrik|kop|overskrift|otsikko|nagłówek|"
    r"nadpis|заголовок|标题|標題|見出し|제목) ?([1-9])(?:\W|\Z)"
)
_TITLE = re.compile(r"(?:title|titel|titre|título|titolo|tytuł|název|название|标题|標題|表題|제목)\Z")
_SUBTITLE = re.compile(r"(?:subtitle|untertitel|sous-titre|subtítulo|sottotitolo|ondertitel|副标题|副標題|副題|부제)\Z")
_CAPTION = re.compile(r"(?:caption|beschriftung|légende|epígrafe|didascalia|题注|題注|図表番号|캡션)\Z")
_CONTENTS = re.compile(
    r"(?:toc|verzeichnis|contents|tm|tdc|sommario|index|目录|目次|목차) ?\d\Z|toc heading|table of figures|"
    r"table of authorities|contents heading|inhaltsverzeichnisüberschrift"
)
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY = 9  # the outline level of text that is no heading
_DEEPEST = 20  # styles based on styles


class Runs(NamedTuple):
    """What a style, or the properties of a run, say of its characters; None where they say nothing."""

    bold: bool | None = None
    italic: bool | None = None
    underlined: bool | None = None
    hidden: bool | None = None

    def over(self, base: Runs) -> Runs:
        """These properties where they say something, else those below."""
        return Runs(*(own if own is not None else other for own, other in zip(self, base, strict=True)))


PLAIN = Runs()


@dataclass(frozen=True)
class Look:
    """What a paragraph is by its style; ``list`` is the id of its list and its level there."""

    part: Part = ""
    level: int = 0
    list: tuple[str, int] | None = None
    centred: bool = False
    runs: Runs = PLAIN
    chain: tuple[str, ...] = ()


class Styles:
    """The styles of a document by id."""

    def __init__(self, root: Element) -> None:
        found = [s for s in root.iter(w("style")) if s.get(w("styleId"))]
        self._styles = {s.get(w("styleId")): s for s in found}
        normal = [s for s in found if s.get(w("type")) == "paragraph" and is_on(s.get(w("default"), "0"))]
        self._default = normal[0].get(w("styleId")) if normal else ""
        self.paragraph = lru_cache(maxsize=None)(self._paragraph)
        self.character = lru_cache(maxsize=None)(self._character)

    def of(self, properties: Element) -> Look:
        """What a paragraph is by its properties (w:pPr, or None) and its style."""
        style = value(properties, "pStyle") or self._default
        look = self.paragraph(style)
        own = value(properties, "outlineLvl")
        if own.isdigit():
            part, level = _outline(int(own), look)
            return Look(part, level, list_of(properties) or look.list, _centred(properties), look.runs, look.chain)
        centred = _centred(properties) or (look.centred and not value(properties, "jc"))
        return Look(look.part, look.level, list_of(properties) or look.list, centred, look.runs, look.chain)

    def _chain(self, style: str) -> list[tuple[str, Element]]:
        """A style and those that it is based on."""
        chain: list[tuple[str, Element]] = []
        while style in self._styles and len(chain) < _DEEPEST and style not in [name for name, _ in chain]:
            chain.append((style, self._styles[style]))
            style = value(chain[-1][1], "basedOn")
        return chain

    def _paragraph(self, style: str) -> Look:
        chain = self._chain(style)
        part, level = next((found for _, s in chain if (found := _part_of(s)) is not None), ("", 0))
        lists = [list_of(s.find(w("pPr"))) for _, s in chain]
        runs = PLAIN
        for _, s in chain:
            runs = runs.over(runs_of(s.find(w("rPr"))))
        centred = any(_centred(s.find(w("pPr"))) for _, s in chain[:1])
        return Look(part, level, next((x for x in lists if x), None), centred, runs, tuple(name for name, _ in chain))

    def _character(self, style: str) -> Runs:
        runs = PLAIN
        for _, s in self._chain(style):
            runs = runs.over(runs_of(s.find(w("rPr"))))
        return runs


def _part_of(style: Element) -> tuple[Part, int] | None:
    """What the name or outline level of one style says; None for nothing."""
    name = value(style, "name").lower().strip()
    if _CONTENTS.match(name):
        return "contents", 0
    if _CAPTION.match(name):
        return "caption", 0
    if found := _HEADING.match(name):
        return "heading", int(found[1])
    if _TITLE.match(name) or _SUBTITLE.match(name):
        return "heading", 1 if _TITLE.match(name) else 2
    level = value(style.find(w("pPr")), "outlineLvl")
    return (("heading", int(level) + 1) if int(level) < _BODY else ("", 0)) if level.isdigit() else None


def _outline(own: int, look: Look) -> tuple[Part, int]:
    """What an outline level of the paragraph's own makes of it."""
    if look.part in ("contents", "caption"):
        return look.part, 0
    return ("heading", own + 1) if own < _BODY else ("", 0)


def list_of(properties: Element) -> tuple[str, int] | None:
    """The list that properties of a paragraph put it into, and the level; list "0" takes it out of one."""
    found = properties.find(w("numPr")) if properties is not None else None
    if found is None or not (number := value(found, "numId")):
        return None
    level = value(found, "ilvl")
    return number, int(level) if level.isdigit() else -1


def runs_of(properties: Element) -> Runs:
    """What properties of a run (w:rPr, or None) say of its characters. What is struck out counts as hidden."""
    if properties is None:
        return PLAIN
    hidden = [_toggle(properties, tag) for tag in ("vanish", "strike", "dstrike")]
    said = [x for x in hidden if x is not None]
    underline = properties.find(w("u"))
    underlined = None if underline is None else underline.get(w("val"), "single") != "none"
    return Runs(_toggle(properties, "b"), _toggle(properties, "i"), underlined, any(said) if said else None)


def value(element: Element, tag: str) -> str:
    """The value of a child ("" where there is none)."""
    child = element.find(w(tag)) if element is not None else None
    return (child.get(w("val")) or "") if child is not None else ""


def w(name: str) -> str:
    """The name of an element or attribute of WordprocessingML."""
    return _WORD + name


def is_on(text: str) -> bool:
    """Whether a switch is on."""
    return text.lower() not in ("0", "false", "off", "none")


def _toggle(properties: Element, tag: str) -> bool | None:
    child = properties.find(w(tag))
    return None if child is None else is_on(child.get(w("val"), "1"))


def _centred(properties: Element) -> bool:
    return value(properties, "jc") == "center"
