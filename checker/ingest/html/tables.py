"""What a table is for: data, a list with its bullets in cells of their own, a heading, or just layout."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..cells import is_number, merge, row_text
from ..markers import SECTION, is_marker
from ..tidy import ends_sentence, join_lines
from .chunks import Chunk

PROSE = 150  # characters of a cell that is a paragraph, not an entry of a table
LABEL = 100  # at most, of the cell that says what the paragraphs beside it are about


@dataclass(slots=True)
class Table:
    """A table as it is walked: rows of cells of chunks, what stands outside cells, whether tables are within it."""

    rows: list[list[list[Chunk]]] = field(default_factory=list)
    loose: list[Chunk] = field(default_factory=list)
    nested: bool = False

    def sink(self) -> list[Chunk]:
        """Where the next chunk goes: the cell that was opened last."""
        return self.rows[-1][-1] if self.rows and self.rows[-1] else self.loose


def settle(table: Table) -> Iterator[Chunk]:
    """The chunks of a table, in order."""
    yield from table.loose
    rows = [[cell for cell in row if any(c.text for c in cell)] for row in table.rows]
    rows = [row for row in rows if row]
    if table.nested or all(len(row) == 1 for row in rows) or _is_layout(rows):
        for row in rows:
            for cell in row:
                yield from cell
        return
    prose = [row for row in rows if any(len(text) >= PROSE and ends_sentence(text) for text in map(_text, row))]
    for row in rows:
        if len(prose) > 0.3 * len(rows) and row in prose and len(row) <= 3:
            yield from _of_prose(row)
        else:
            yield from _of_row(row, len(rows))


def _is_layout(rows: Sequence[Sequence[Sequence[Chunk]]]) -> bool:
    """Whether cells hold parts of a page: headings and several paragraphs."""
    cells = [cell for row in rows for cell in row]
    parts = [c for c in cells if len(c) > 3 and sum(len(chunk.text) for chunk in c) > 2 * PROSE]
    return len(rows) <= 3 and bool(parts)


def _of_row(row: Sequence[Sequence[Chunk]], rows: int) -> Iterator[Chunk]:
    """A row as an entry of a list, a heading, paragraphs, or a row."""
    texts = [_text(cell) for cell in row]
    if len(texts) == 2 and is_marker(texts[0]) and not is_number(texts[1]):
        first, *others = row[1]
        first.marker, first.kind = texts[0], "item"
        yield first
        yield from others
    elif len(texts) == 2 and rows <= 2 and SECTION.match(texts[0]) and len(texts[1]) <= LABEL * 2:
        yield _single(row, f"{texts[0]} {texts[1]}")
    else:
        chunk = _single(row, row_text(texts))
        chunk.kind = "row" if len(merge(texts)) > 1 or rows > 1 else chunk.kind
        yield chunk


def _of_prose(row: Sequence[Sequence[Chunk]]) -> Iterator[Chunk]:
    """A row of paragraphs; a short cell before them is their heading."""
    label = _text(row[0])
    if len(row) > 1 and is_marker(label):
        row[1][0].marker, row[1][0].kind = label, "item"
        row = row[1:]
    elif len(row) > 1 and len(label) <= LABEL and not ends_sentence(label):
        row[0][0].kind, row[0][0].level, row[0][0].tag = "heading", 6, "th"
    for cell in row:
        yield from cell


def _text(cell: Sequence[Chunk]) -> str:
    return join_lines(f"{chunk.marker} {chunk.text}".strip() for chunk in cell)


def _single(row: Sequence[Sequence[Chunk]], text: str) -> Chunk:
    """The first chunk of a row with the text of the whole row."""
    chunks = [chunk for cell in row for chunk in cell]
    total = sum(len(c.text) for c in chunks) or 1
    first = chunks[0]
    first.text, first.marker = text, ""
    first.links = sum(c.links * len(c.text) for c in chunks) / total
    first.bold = sum(c.bold * len(c.text) for c in chunks) / total
    return first
