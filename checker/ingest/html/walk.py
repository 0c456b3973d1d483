"""One walk over the elements of a page: blocks in the order in which a browser shows them.

Own work over lxml: Trafilatura, jusText and Readability pick out an article, drop what surrounds it and keep little of
lists and tables; inscriptis, html2text and markdownify give one text, without what a block looks like.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from ...errors import InputError
from ..blocks import BlockKind
from ..markers import split_marker
from ..plain.lines import blocks_of
from .chunks import LINE_BREAK, Chunk, Run, chunks_of, shown
from .style import PLAIN, Style, parse
from .tables import Table, settle
from .tree import Element, tag_of, walk

_BLOCK_NAMES = """
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre section summary table tbody td tfoot
    th thead tr ul xmp"""
_SKIPPED_NAMES = """
    applet area audio canvas datalist del embed head iframe input link map math meta noframes noscript object param rp
    rt script select source style svg template textarea title track video ix:header ix:hidden ix:references
    ix:resources"""
BLOCKS = frozenset(_BLOCK_NAMES.split())
SKIPPED = frozenset(_SKIPPED_NAMES.split())
_NEUTRAL = frozenset(("td", "th", "dd", "article", "section", "main", "ul", "ol", "table"))
_CENTRED = Style(centred=True)
_PRESET = {"center": _CENTRED, "u": Style(underlined=True), "sup": Style(raised=True)}
_PRESET |= dict.fromkeys(("b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"), Style(bold=True))
_PRESET |= dict.fromkeys(("i", "em", "cite", "var", "dfn"), Style(italic=True))
_LEVELS = {f"h{n}": n for n in range(1, 7)} | {"dt": 6, "summary": 5, "legend": 5}
_KINDS: dict[str, BlockKind] = {"li": "item", "caption": "caption", "figcaption": "caption"}
_KINDS |= dict.fromkeys(_LEVELS, "heading")


@dataclass(slots=True)
class List:
    """A list as it is walked: how its entries are numbered ("" for bullets), how many there were, how deep it lies."""

    numbering: str = ""
    count: int = 0
    depth: int = 1


@dataclass(slots=True)
class Frame:
    """An open element, and what holds for the text in it."""

    style: Style = PLAIN
    block: bool = False
    kind: BlockKind = "paragraph"
    tag: str = ""
    region: str = ""
    link: bool = False
    marker: list[str] | None = None  # of the list entry it is in; emptied when it is used
    listed: List | None = None
    element: Element = None


class Walk:
    """The walk; ``region_of`` says which elements are apart from the text, ``hides`` which are not shown at all."""

    def __init__(
        self, sheet: Mapping[str, Style], region_of: Callable[[Element, str, Style], str],
        hides: Callable[[Element, str, Style], bool], path: str, characters: int,
    ) -> None:  # fmt: skip
        self.sheet, self.region_of, self.hides, self.path, self.room = sheet, region_of, hides, path, characters
        self.chunks: list[Chunk] = []
        self.segment = 0
        self._limit = characters
        self._runs: list[Run] = []
        self._frames: list[Frame] = [Frame()]
        self._tables: list[Table] = []
        self._breaks = False

    def over(self, root: Element) -> list[Chunk]:
        """The chunks below an element. Raises InputError where they hold more characters than allowed."""
        for event, element, walker in walk(root):
            if event == "end":
                self._end(element)
            elif not self._start(element):
                walker.skip_subtree()
        self._flush()
        return self.chunks

    def _start(self, element: Element) -> bool:
        """Open an element; False if what is in it is not shown."""
        tag, parent = tag_of(element), self._frames[-1]
        style = self._style(element, tag)
        if not tag or tag in SKIPPED or self.hides(element, tag, style):
            self._frames.append(replace(parent, block=False))
            return False
        frame = replace(parent, style=_inherit(style, parent.style), block=_is_block(tag, style))
        if frame.block:
            self._flush()
            self._breaks = self._breaks or bool(style.break_before)
            frame.element = element
            self._open_block(frame, element, tag)
        frame.region = parent.region or self.region_of(element, tag, style)
        frame.link = parent.link or (tag == "a" and element.get("href") is not None) or tag == "button"
        self._frames.append(frame)
        if tag in ("pre", "xmp"):
            self._preformatted(element)
            return False
        if tag == "br":
            self._add(LINE_BREAK)
        if not frame.block and (style.gap or 0.0) > 2:
            self._add(" ")
        self._add(element.text)
        return True

    def _end(self, element: Element) -> None:
        frame, tag = self._frames[-1], tag_of(element)
        if frame.block:
            self._flush()
            style = self._style(element, tag)
            self._breaks = self._breaks or bool(style.break_after)
            if tag == "table" and self._tables:
                self._close_table()
        self._frames.pop()
        self._add(element.tail)

    def _open_block(self, frame: Frame, element: Element, tag: str) -> None:
        """What a block element begins: a list, an entry, a table, a row, a cell."""
        if tag in _KINDS:
            frame.kind, frame.tag = _KINDS[tag], tag
        elif "caption" in (element.get("class") or ""):
            frame.kind, frame.tag = "caption", tag
        elif tag in _NEUTRAL:
            frame.kind, frame.tag = "paragraph", tag
        if tag in ("table", "tr", "td", "th"):
            self._open_table(frame, tag)
        elif tag in ("ul", "ol", "menu", "dir"):
            depth = frame.listed.depth + 1 if frame.listed else 1
            frame.listed = List((element.get("type") or "1") if tag == "ol" else "", _start_of(element) - 1, depth)
        elif tag == "li":
            frame.marker = [_numbered(frame.listed, element)]

    def _open_table(self, frame: Frame, tag: str) -> None:
        if tag == "table":
            if self._tables:
                self._tables[-1].nested = True
            self._tables.append(Table())
            frame.marker = frame.listed = None
        elif self._tables and tag == "tr":
            self._tables[-1].rows.append([])
        elif self._tables:
            table = self._tables[-1]
            table.rows = table.rows or [[]]
            table.rows[-1].append([])

    def _close_table(self) -> None:
        table = self._tables.pop()
        sink = self._tables[-1].sink() if self._tables else self.chunks
        sink.extend(settle(table))

    def _add(self, text: str | None) -> None:
        if text:
            frame = self._frames[-1]
            if frame.style.symbols or frame.style.raised:
                text = shown(text, frame.style, self._runs[-1].text[-9:] if self._runs else "")
            self._runs.append(Run(text.replace(LINE_BREAK, " ") if len(text) > 1 else text, frame.style, frame.link))

    def _preformatted(self, element: Element) -> None:
        """Text that is laid out in lines already."""
        text = "".join(part for part in element.itertext() if part)
        self._spend(len(text))
        for block in blocks_of(text):
            self._emit(Chunk(block.text, block.kind, block.level, block.marker, tag="pre"))

    def _flush(self) -> None:
        """Close the paragraph that is open."""
        runs, self._runs = self._runs, []
        if not any(run.text.strip() for run in runs):
            return
        frame = self._frames[-1]
        self._spend(sum(len(run.text) for run in runs))
        for chunk in chunks_of(runs, frame.kind):
            chunk.tag, chunk.level = frame.tag, _LEVELS.get(frame.tag, 0)
            if chunk.kind == "item":
                self._mark(chunk, frame)
            self._emit(chunk)

    def _mark(self, chunk: Chunk, frame: Frame) -> None:
        """Give an entry its marker; what follows in the same entry is a paragraph."""
        if not frame.marker:
            chunk.kind = "paragraph"
            return
        chunk.marker, chunk.level = frame.marker.pop(), frame.listed.depth if frame.listed else 1
        own, rest = split_marker(chunk.text)
        if own:
            chunk.marker, chunk.text = own, rest

    def _emit(self, chunk: Chunk) -> None:
        frame = self._frames[-1]
        self.segment += self._breaks and bool(self.chunks or self._tables)
        self._breaks = False
        chunk.segment = chunk.last_segment = self.segment
        chunk.region, chunk.element = frame.region, frame.element
        (self._tables[-1].sink() if self._tables else self.chunks).append(chunk)

    def _spend(self, characters: int) -> None:
        self.room -= characters
        if self.room < 0:
            why = f"more than {self._limit:,} characters of text; split it, or raise the limit"
            raise InputError(why, self.path)

    def _style(self, element: Element, tag: str) -> Style:
        css = element.get("style")
        style = parse(css) if css else PLAIN
        for name in (element.get("class") or "").split()[:20] if self.sheet else ():
            if name in self.sheet:
                style = style.over(self.sheet[name])
        if element.get("align", "").lower() == "center":
            style = style.over(_CENTRED)
        if tag in _PRESET:
            style = style.over(_PRESET[tag])
        return style._replace(symbols=True) if (element.get("face") or "").lower() == "wingdings" else style


def _is_block(tag: str, style: Style) -> bool:
    if tag in BLOCKS:
        return style.display != "inline"
    return style.display in ("block", "flex", "grid", "table", "list-item")


def _inherit(style: Style, parent: Style) -> Style:
    """The properties that hold for what is in an element, from its style and its parent's."""
    return style.over(parent)._replace(hidden=None, display=None, gap=None, break_before=None, break_after=None)


def _start_of(element: Element) -> int:
    start = element.get("start", "1").strip()
    return int(start) if start.isdecimal() and len(start) < 6 else 1


def _numbered(listed: List | None, element: Element) -> str:
    """The marker of the next entry of a list."""
    if listed is None or not listed.numbering:
        return "•"
    value = element.get("value", "")
    listed.count = int(value) if value.isdecimal() and len(value) < 6 else listed.count + 1
    if listed.numbering in ("a", "A") and listed.count <= 26:
        return f"{chr(ord(listed.numbering) + listed.count - 1)}."
    return f"{listed.count}."
