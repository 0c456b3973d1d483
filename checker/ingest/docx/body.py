"""The body of a Word document, walked in its order: paragraphs, tables, text boxes, notes, as drafts of blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from ...errors import InputError
from ..blocks import BlockKind, Limits
from ..html.chunks import Chunk
from ..html.tables import Table, settle
from ..markers import is_bullet
from ..office import Element, diagram_texts
from ..office_entries import BY_LOOK, name_entry
from ..textfile import check_size
from ..tidy import ends_sentence, join, tidy, width
from .lists import Lists
from .styles import Look, Styles, value, w
from .text import Paragraph, chosen, is_placeholder, read_paragraph

MAX_DEPTH = 40  # tables, boxes and controls within one another
_HEADING_AT_MOST, _SENTENCE_HEADING_AT_MOST = 250, 80  # characters
_SHORT = 120  # columns
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_THROUGH = frozenset(map(w, ("sdtContent", "customXml", "ins", "moveTo")))
Related = Callable[[str], Element | None]  # an id of a relation, to the root of the part that it leads to
Notes = dict[tuple[str, str], Element]  # the kind and id of a note, to its content


class Body:
    """A walk over the parts of one document."""

    def __init__(
        self, styles: Styles, lists: Lists, notes: Notes, related: Related, path: Path, limits: Limits
    ) -> None:
        self._styles, self._lists, self._notes, self._related = styles, lists, notes, related
        self._path, self._limits = path, limits
        self._pending: list[tuple[str, str]] = []
        self._numbers: dict[tuple[str, str], int] = {}
        self._characters = 0
        self._merging = ""  # text of a paragraph whose end was deleted

    def chunks(self, body: Element) -> list[Chunk]:
        """The drafts of the body; notes come at the end of the section in which they are called."""
        drafts: list[Chunk] = []
        for child in _children(body):
            earlier, self._pending = self._pending, []
            own = list(self._of(child, 0))
            if any(chunk.kind == "heading" for chunk in own):
                drafts += self._called(earlier)
            else:
                self._pending = earlier + self._pending
            drafts += own
        drafts += self._called(self._pending)
        _head_with_colons(drafts)
        return drafts

    def furniture(self, part: Element) -> Iterator[Chunk]:
        """The texts of a header or footer."""
        for child in _children(part):
            for chunk in self._of(child, 0):
                yield Chunk(chunk.text, "furniture")

    def _of(self, element: Element, depth: int) -> Iterator[Chunk]:
        """The drafts of an element of the body, of a cell, of a box."""
        if depth > MAX_DEPTH:
            raise InputError(f"nests tables or boxes more than {MAX_DEPTH} deep; save it as PDF", str(self._path))
        if element.tag == w("p"):
            yield from self._of_paragraph(element, depth)
        elif element.tag == w("tbl"):
            yield from settle(self._table(element, depth + 1))
        elif element.tag == w("sdt") and not is_placeholder(element):
            contents = _is_contents(element)
            for child in _children(element):
                for chunk in self._of(child, depth + 1):
                    if contents:
                        chunk.kind, chunk.level = "furniture", 0
                    yield chunk

    def _of_paragraph(self, element: Element, depth: int) -> Iterator[Chunk]:
        look = self._styles.of(element.find(w("pPr")))
        paragraph = read_paragraph(element, self._styles, look.runs)
        self._pending += paragraph.notes
        text = join(self._merging, tidy(paragraph.text)) if self._merging else tidy(paragraph.text)
        self._merging = text if _end_is_deleted(element) else ""
        if not self._merging:
            marked = self._lists.marker(look) if text else None
            if text:
                self._count(text)
                yield _draft(text, paragraph, look, marked)
        for box in paragraph.boxes:
            for child in _children(box):
                yield from self._of(child, depth + 1)
        for relation in paragraph.diagrams:
            root = self._related(relation)
            for shape in diagram_texts(root) if root is not None else ():
                self._count(shape)
                yield Chunk(shape)

    def _count(self, text: str) -> None:
        self._characters += len(text)
        check_size(self._characters, self._path, self._limits)

    def _table(self, element: Element, depth: int) -> Table:
        """The cells of a table; what is merged counts once, deleted rows and cells not at all."""
        table = Table(nested=any(True for cell in element.iter(w("tc")) for _ in cell.iterchildren(w("tbl"))))
        for row in _rows(element, w("tr")):
            if _marked(row, "trPr", "del"):
                continue
            table.rows.append([])
            for cell in _rows(row, w("tc")):
                if not _marked(cell, "tcPr", "cellDel") and not _goes_on(cell):
                    table.rows[-1].append([c for child in _children(cell) for c in self._of(child, depth)])
        return table

    def _called(self, references: Sequence[tuple[str, str]]) -> Iterator[Chunk]:
        """Footnotes and endnotes that were called, each once, with their number."""
        for reference in references:
            note = self._notes.get(reference)
            if note is None or reference in self._numbers:
                continue
            self._numbers[reference] = 1 + sum(kind == reference[0] for kind, _ in self._numbers)
            for chunk in [c for child in _children(note) for c in self._of(child, 1)]:
                yield Chunk(f"{chunk.marker} {chunk.text}".strip(), "footnote", marker=str(self._numbers[reference]))


def _children(element: Element) -> Iterator[Element]:
    """The paragraphs, tables and controls in an element, also those that insertions and the like surround."""
    stack = [iter(element)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag in _THROUGH:
            stack.append(iter(child))
        elif child.tag == _ALTERNATIVES:
            stack.append(iter(chosen(child)))
        else:
            yield child


def _rows(element: Element, tag: str) -> Iterator[Element]:
    """The rows of a table or cells of a row, also those in content controls."""
    for child in _children(element):
        if child.tag == tag:
            yield child
        elif child.tag == w("sdt"):
            yield from (inner for inner in _children(child) if inner.tag == tag)


def _draft(text: str, paragraph: Paragraph, look: Look, marked: tuple[str, int] | None) -> Chunk:
    """What a paragraph is: by its style, its list, its look, and what it begins with."""
    letters = paragraph.letters or 1
    chunk = Chunk(
        text, bold=paragraph.bold / letters, italic=paragraph.italic / letters,
        underlined=paragraph.underlined / letters, centred=look.centred,
    )  # fmt: skip
    chunk.kind = _kind(text, look)
    if chunk.kind == "heading":
        chunk.level = look.level
        chunk.text = f"{marked[0]} {text}" if marked and not is_bullet(marked[0]) else text
    elif chunk.kind == "paragraph":
        name_entry(chunk, marked)
    return chunk


def _kind(text: str, look: Look) -> BlockKind:
    if look.part == "contents":
        return "furniture"
    if look.part == "caption":
        return "caption"
    prose = len(text) > _HEADING_AT_MOST or (len(text) > _SENTENCE_HEADING_AT_MOST and ends_sentence(text))
    return "heading" if look.part == "heading" and not prose else "paragraph"


def _head_with_colons(drafts: Sequence[Chunk]) -> None:
    """A short bold line with a colon is a heading, unless a list follows, which it then leads in."""
    for chunk, after in pairwise(drafts):
        short = chunk.kind == "paragraph" and chunk.text[-1] in ":：" and width(chunk.text) <= _SHORT
        if short and chunk.bold > 0.9 and after.kind == "paragraph" and after.bold < 0.9:
            chunk.kind, chunk.level = "heading", BY_LOOK


def _is_contents(control: Element) -> bool:
    """Whether a content control holds a table of contents."""
    properties = control.find(w("sdtPr"))
    gallery = properties.find(w("docPartObj")) if properties is not None else None
    return value(gallery, "docPartGallery") == "Table of Contents"


def _end_is_deleted(paragraph: Element) -> bool:
    """Whether the end of a paragraph was deleted, so that it goes on in the next."""
    properties = paragraph.find(w("pPr"))
    of_end = properties.find(w("rPr")) if properties is not None else None
    return of_end is not None and of_end.find(w("del")) is not None


def _marked(element: Element, properties: str, sign: str) -> bool:
    found = element.find(w(properties))
    return found is not None and found.find(w(sign)) is not None


def _goes_on(cell: Element) -> bool:
    """Whether a cell goes on with the one above or before it."""
    properties = cell.find(w("tcPr"))
    if properties is None:
        return False
    merges = [properties.find(w(tag)) for tag in ("vMerge", "hMerge")]
    return any(m is not None and m.get(w("val"), "continue") == "continue" for m in merges)
