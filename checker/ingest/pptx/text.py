"""The paragraphs of a shape on a slide, with their bullets and numbers, which are not in its text.

python-pptx gives the text of a paragraph and its level, but not what bullet a placeholder inherits from the layout and
the master of its slide, nor what number an entry has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ..office import Element, number
from ..tidy import tidy

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
_BULLETS = frozenset(_A + name for name in ("buNone", "buChar", "buAutoNum", "buBlip"))
_SIGNS = "-–—•·*"
_FORM = re.compile(r"(arabic|alphaLc|alphaUc|romanLc|romanUc|circle\w*|ea1\w*)(ParenBoth|ParenR|Period|Plain)?")
_AROUND = {"ParenBoth": "({})", "ParenR": "{})", "Period": "{}."}


class Line(NamedTuple):
    """A paragraph of a shape: text, marker and nesting ("" and 0 where it is no entry), which share of it is bold."""

    text: str
    marker: str
    level: int
    bold: float


def lines_of(body: Element, inherited: Sequence[Element]) -> Iterator[Line]:
    """The paragraphs of a text body; ``inherited`` are the lists of styles that hold for it, the nearest first."""
    own = body.find(f"{_A}lstStyle")
    styles = [*([own] if own is not None else []), *inherited]
    counts: dict[int, tuple[str, int]] = {}
    for paragraph in body.iterchildren(f"{_A}p"):
        text, bold = _text(paragraph)
        if not text:
            continue
        properties = paragraph.find(f"{_A}pPr")
        level = _integer(properties, "lvl", 0)
        marker = _marker(_bullet(properties, styles, level), level, counts)
        yield Line(text, marker, level + 1 if marker else 0, bold)


def _text(paragraph: Element) -> tuple[str, float]:
    """The text of a paragraph without what is struck out, and which share of it is bold."""
    parts: list[str] = []
    bold = 0
    for child in paragraph:
        if child.tag in (f"{_A}r", f"{_A}fld"):
            properties = child.find(f"{_A}rPr")
            if properties is None or properties.get("strike", "noStrike") == "noStrike":
                parts.append(child.findtext(f"{_A}t") or "")
                bold += len(parts[-1]) if properties is not None and properties.get("b") in ("1", "true") else 0
        elif child.tag == f"{_A}br":
            parts.append(" ")
        elif (choice := child.find(_CHOICE)) is not None:
            parts += [t.text or "" for t in choice.iter(_MATH_TEXT)]
    return tidy("".join(parts)), bold / max(1, sum(map(len, parts)))


def _bullet(properties: Element | None, styles: Sequence[Element], level: int) -> Element | None:
    """What marks a paragraph: its own bullet, or that of the nearest style that says something of its level."""
    for source in (properties, *(style.find(f"{_A}lvl{level + 1}pPr") for style in styles)):
        if source is not None:
            found = next((child for child in source if child.tag in _BULLETS), None)
            if found is not None:
                return found
    return None


def _marker(bullet: Element | None, level: int, counts: dict[int, tuple[str, int]]) -> str:
    """The marker that a bullet shows; numbers are counted on where entries of the same kind follow one another."""
    for deeper in [i for i in counts if i > level]:
        del counts[deeper]
    if bullet is None or bullet.tag != f"{_A}buAutoNum":
        counts.pop(level, None)
        if bullet is None or bullet.tag == f"{_A}buNone":
            return ""
        sign = bullet.get("char", "")
        return sign if sign and sign in _SIGNS else "•"
    form = bullet.get("type", "arabicPeriod")
    last = counts.get(level, ("", 0))
    count = last[1] + 1 if last[0] == form else _integer(bullet, "startAt", 1)
    counts[level] = form, count
    found = _FORM.match(form)
    return _AROUND.get((found[2] or "") if found else "", "{}").format(number(count, found[1] if found else "arabic"))


def inherited_styles(shape: Any, slide: Any) -> list[Element]:
    """The lists of styles that the text of a placeholder takes over from layout and master; none for other shapes."""
    if not shape.is_placeholder:
        return []
    layout, master = slide.slide_layout, slide.slide_layout.slide_master
    of_layout = layout.placeholders.get(idx=shape.placeholder_format.idx)
    above = [of_layout]
    if of_layout is not None:
        above.append(master.placeholders.get(of_layout.placeholder_format.type))
    bodies = [holder.element.find(f"{_P}txBody") for holder in above if holder is not None]
    styles = [body.find(f"{_A}lstStyle") for body in bodies if body is not None]
    styles.append(master.element.find(f"{_P}txStyles/{_P}bodyStyle"))
    return [style for style in styles if style is not None]


def _integer(element: Element | None, name: str, default: int) -> int:
    text = element.get(name, "") if element is not None else ""
    return min(int(text), 10_000) if text.isdigit() else default
