"""The text of one paragraph of a Word document as a reader sees it, with what hangs on it: notes and text boxes.

``Paragraph.text`` of python-docx has hyperlinks, but not what content controls, fields and tracked insertions hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..office import Element
from .styles import Runs, Styles, runs_of, value, w

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}dm"
_ALTERNATIVES, _CHOICE, _FALLBACK = (_COMPATIBLE + name for name in ("AlternateContent", "Choice", "Fallback"))
_BOX = w("txbxContent")
_INLINE = frozenset(
    map(
        w,
        [
            "ins",
            "moveTo",
            "hyperlink",
            "smartTag",
            "customXml",
            "sdtContent",
            "fldSimple",
            "dir",
            "bdo",
            "ruby",
            "rubyBase",
        ],
    )
)
_DRAWN = frozenset(map(w, ["drawing", "pict", "object"]))
_SIGNS = {w("br"): " ", w("cr"): " ", w("tab"): " ", w("ptab"): " ", w("noBreakHyphen"): "-"}
_NOTES = {w("footnoteReference"): "footnote", w("endnoteReference"): "endnote"}
# The font Symbol by code; what else stands in fonts of symbols are pictures
_SYMBOLS = {0xB3: "≥", 0xA3: "≤", 0xB1: "±", 0xB0: "°", 0xB4: "×", 0xB9: "≠", 0xBB: "≈", 0xB7: "•", 0x6D: "μ",
            0x44: "Δ", 0x61: "α", 0x62: "β"}  # fmt: skip


@dataclass
class Paragraph:
    """Text; how many of its characters are bold, italic, underlined; the notes, boxes and diagrams that hang on it."""

    parts: list[str] = field(default_factory=list)
    letters: int = 0
    bold: int = 0
    italic: int = 0
    underlined: int = 0
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    diagrams: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its text, with the spaces that it has."""
        return "".join(self.parts)

    def add(self, text: str, runs: Runs) -> None:
        """Take the text of a run."""
        size = sum(not c.isspace() for c in text)
        self.parts.append(text)
        self.letters += size
        self.bold += size * bool(runs.bold)
        self.italic += size * bool(runs.italic)
        self.underlined += size * bool(runs.underlined)


def read_paragraph(element: Element, styles: Styles, base: Runs) -> Paragraph:
    """What a paragraph (w:p) shows; ``base`` are the properties that its style gives its runs.

    Deleted and hidden text, comments, instructions of fields and placeholders of forms are left out.
    """
    paragraph = Paragraph()
    fields: list[bool] = []  # of each open field, whether its instruction is over
    stack: list[tuple[Iterator[Element], Runs]] = [(iter(element), base)]
    while stack:
        children, runs = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
        elif (inside := _inside(child, styles, runs)) is not None:
            stack.append(inside)
        else:
            _take(paragraph, child, runs, fields)
    return paragraph


def _inside(element: Element, styles: Styles, runs: Runs) -> tuple[Iterator[Element], Runs] | None:
    """What is in an element that other elements make up, and the properties of its runs; None for a last element."""
    tag = element.tag
    if tag == w("r"):
        own = _of_run(element, styles, runs)
        return iter(() if own.hidden else element), own
    if tag == w("sdt"):
        return iter(() if is_placeholder(element) else element), runs
    if tag == _ALTERNATIVES:
        return iter(chosen(element)), runs
    is_formula = isinstance(tag, str) and tag.startswith(_MATH) and tag != _MATH + "t"
    return (iter(element), runs) if tag in _INLINE or is_formula else None


def _take(paragraph: Paragraph, element: Element, runs: Runs, fields: list[bool]) -> None:
    """Take the text of an element, or what hangs on it; ``fields`` are those that it stands in."""
    if element.tag == w("fldChar"):
        _field(fields, element.get(w("fldCharType"), ""))
    elif element.tag in _DRAWN:
        _take_drawn(paragraph, element)
    elif element.tag in _NOTES:
        paragraph.notes.append((_NOTES[element.tag], element.get(w("id"), "")))
    elif all(fields):
        paragraph.add(_said(element), runs)


def _said(element: Element) -> str:
    """The text that an element of a run stands for."""
    if element.tag in (w("t"), _MATH + "t"):
        return element.text or ""
    if element.tag == w("sym"):
        return _symbol(element.get(w("font"), ""), element.get(w("char"), ""))
    return _SIGNS.get(element.tag, "")


def _symbol(font: str, code: str) -> str:
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    if font.lower() == "symbol":
        return _SYMBOLS.get(point & 0xFF, "")
    return chr(point) if 0x20 < point < 0xD800 else ""


def _field(fields: list[bool], what: str) -> None:
    """A field opens with its instruction; what follows "separate" is its result. Unpaired marks change nothing."""
    if what == "begin":
        fields.append(False)
    elif what == "separate" and fields:
        fields[-1] = True
    elif what == "end" and fields:
        fields.pop()


def _of_run(run: Element, styles: Styles, base: Runs) -> Runs:
    properties = run.find(w("rPr"))
    if properties is None:
        return base
    style = value(properties, "rStyle")
    return runs_of(properties).over(styles.character(style).over(base) if style else base)


def is_placeholder(control: Element) -> bool:
    """Whether a content control shows what to fill in, and nothing has been filled in."""
    properties = control.find(w("sdtPr"))
    return properties is not None and properties.find(w("showingPlcHdr")) is not None


def chosen(alternatives: Element) -> Element:
    """Of the same thing written for newer and older programs, the newer if it holds text, else the older."""
    options = [o for o in alternatives if o.tag in (_CHOICE, _FALLBACK)]
    texts = (_BOX, w("t"), w("p"), _DIAGRAM)
    return next((o for o in options if next(o.iter(*texts), None) is not None), options[0] if options else ())


def _take_drawn(paragraph: Paragraph, drawn: Element) -> None:
    """The text boxes and diagrams in a drawing, the outermost only."""
    stack = [iter(drawn)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag == _BOX:
            paragraph.boxes.append(child)
        elif child.tag == _DIAGRAM:
            paragraph.diagrams.append(child.get(_RELATION, ""))
        else:
            stack.append(iter(chosen(child) if child.tag == _ALTERNATIVES else child))
