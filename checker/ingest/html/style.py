"""What the style of an element says of its text: bold, centred, how large, hidden, where pages end.

cssutils and tinycss2 parse all of CSS; a filing has ten thousand style attributes, and eight properties of them count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

_LENGTH = re.compile(r"(-?\d{0,4}\.?\d{1,4})\s*(pt|px|em|rem|in|cm|mm|%)?")
_POINTS = {"pt": 1.0, "px": 0.75, "em": 10.0, "rem": 10.0, "in": 72.0, "cm": 28.3, "mm": 2.83, "%": 0.1, None: 0.75}
_SIZES = {"xx-small": 7, "x-small": 8, "small": 10, "medium": 12, "large": 14, "x-large": 18, "xx-large": 24}
_SELECTOR = re.compile(r"[a-z0-9]*\.([\w-]+)\Z", re.IGNORECASE)
_BREAKS = ("always", "page", "left", "right", "recto", "verso")


class Style(NamedTuple):
    """Properties that an element sets; None: it says nothing, so what its parent says holds."""

    bold: bool | None = None
    italic: bool | None = None
    underlined: bool | None = None
    centred: bool | None = None
    size: float | None = None  # points
    hidden: bool | None = None
    display: str | None = None
    gap: float | None = None  # points of space to the left
    break_before: bool | None = None
    break_after: bool | None = None
    symbols: bool | None = None  # in Wingdings, whose letters are signs
    raised: bool | None = None

    def over(self, other: Style) -> Style:
        """This style where it says something, else the other."""
        return Style._make(theirs if own is None else own for own, theirs in zip(self, other, strict=True))


PLAIN = Style()


@lru_cache(maxsize=8192)
def parse(css: str) -> Style:
    """The style that declarations ("font-weight:bold; …") set."""
    found: dict[str, str] = {}
    for declaration in css.lower().split(";"):
        name, _, value = declaration.partition(":")
        found[name.strip()] = value.replace("!important", "").strip()
    weight, decoration = found.get("font-weight"), found.get("text-decoration", found.get("text-decoration-line"))
    display, align = found.get("display"), found.get("text-align")
    slant, font, rise = found.get("font-style"), found.get("font-family"), found.get("vertical-align")
    return Style(
        bold=None if weight is None else weight in ("bold", "bolder") or (weight.isdigit() and int(weight) >= 600),
        italic=None if slant is None else slant.startswith(("italic", "oblique")),
        underlined=None if decoration is None else "underline" in decoration,
        centred=None if align is None else align == "center",
        size=_size(found.get("font-size")),
        hidden=True if display == "none" or found.get("visibility") == "hidden" else None,
        display=display,
        gap=max(0.0, *(_points(found.get(name, "")) for name in ("padding-left", "margin-left"))),
        break_before=_breaks(found, "before"),
        break_after=_breaks(found, "after"),
        symbols=None if font is None else "wingdings" in font,
        raised=True if rise in ("super", "text-top") else None,
    )  # fmt: skip


def _breaks(found: Mapping[str, str], where: str) -> bool | None:
    said = found.get(f"page-break-{where}", found.get(f"break-{where}"))
    return True if said in _BREAKS else None


def _points(value: str) -> float:
    number = _LENGTH.match(value)
    return float(number[1]) * _POINTS[number[2]] if number else 0.0


def _size(value: str | None) -> float | None:
    if not value:
        return None
    if value.endswith("%") or "em" in value:  # relative to what is around it, which is not known here
        return None
    return float(_SIZES[value]) if value in _SIZES else (_points(value) or None)


def rules(sheet: str) -> Iterator[tuple[str, Style]]:
    """Class names of a style sheet and their styles; rules for some media or within others do not count."""
    depth = 0
    for part in sheet[:2_000_000].split("}"):
        opened = part.count("{")
        if opened == 0:
            depth = max(0, depth - 1)
            continue
        selectors, _, declarations = part.rpartition("{")
        outer = opened - 1
        if depth == 0 and outer == 0 and len(declarations) < 5_000:
            style = parse(declarations)
            for selector in selectors[-2_000:].rpartition("*/")[2].split(","):
                if named := _SELECTOR.match(selector.strip()):
                    yield named[1], style
        depth += outer
