"""Running text of lines to blocks: hard-wrapped text, paragraphs of one line, lists, tables of fixed width, pages.

What comes near in libraries: docutils and markdown-it read text that was written in their markup, textwrap only wraps.
None joins the lines of a filing from before HTML, so this is own work, made of four parts: ``plain_layout`` (which line
goes on in the next), ``plain_pages`` (page numbers, repeated headers), ``plain_tables`` (rows of fixed width), and here
the paragraphs, list entries and headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby

from ..blocks import Block
from ..drafts import SHORT, Draft, block_of, drop_initials, over_pages, settle_entries
from ..markers import FOOTNOTE, SECTION, family
from ..tidy import ends_sentence, is_cjk_end, is_cjk_start, join, join_lines, tidy, vocabulary, width
from .layout import LABEL, Line, Wrap, lines_of, marker_of, wrap_of
from .pages import set_pages
from .tables import rows_of, table_spans

_NO_HEADING_END = re.compile(r"[.:;,!?。：；，、！？—-][\"'”’)）」]?\Z|\b(?:and|or|of|the|to|in|for|by|with)\Z")
_NO_HEADING = re.compile(r"See\s|[^\s:：][^:：]{0,50}[:：]\s*\S")


@dataclass(slots=True)
class Piece(Draft):
    """Lines that belong together."""

    lines: list[Line] = field(default_factory=list)
    underlined: bool = False
    starts_group: bool = False
    ends_group: bool = False


def blocks_of(text: str) -> list[Block]:
    """The blocks of a text in reading order.

    ``page`` is set where the text has form feeds, <PAGE> tags or page numbers on lines of their own; it is the printed
    number where pages carry one.
    """
    lines = lines_of(text)
    pages = set_pages(lines)
    wrap = wrap_of(lines)
    known = vocabulary(line.text for line in lines)
    pieces = [piece for piece in _pieces(lines, wrap, known) if piece.text]

    def cut(first: Draft, second: Draft) -> bool:
        return isinstance(first, Piece) and isinstance(second, Piece) and _cut(first, second, wrap)

    drop_initials(pieces)
    drafts = over_pages(pieces, pages, cut, partial(join, known=known))
    _name_headings([d for d in drafts if isinstance(d, Piece)], wrap)
    settle_entries(drafts)
    return [block_of(d, pages) for d in drafts]


def _pieces(lines: Sequence[Line], wrap: Wrap, known: Set[str]) -> Iterator[Piece]:
    """Rows, paragraphs, list entries and what is set aside, in order."""
    for (blank, aside, *_), run in groupby(lines, key=lambda n: (n.blank, n.aside, n.segment, n.in_table)):
        group = list(run)
        if aside:
            for line in group:
                yield Piece(tidy(line.text), "furniture", segment=line.segment, last_segment=line.segment)
        elif not blank:
            for piece in _of_group(group, wrap):
                piece.text = piece.text or _joined(piece.lines, known)
                piece.segment = piece.last_segment = group[0].segment
                yield piece


def _of_group(group: list[Line], wrap: Wrap) -> list[Piece]:
    """Pieces of lines without a blank line between them."""
    position = 0
    pieces: list[Piece] = []
    for start, end in [*table_spans(group, wrap), (len(group), len(group))]:
        pieces += _paragraphs(group[position:start], wrap)
        pieces += [Piece(row, "row") for row in rows_of(group[start:end])]
        position = end
    if pieces:
        pieces[0].starts_group = pieces[-1].ends_group = True
    return pieces


def _paragraphs(lines: Sequence[Line], wrap: Wrap) -> list[Piece]:
    """Lines cut where one does not go on in the next; a rule below a line underlines it."""
    pieces: list[Piece] = []
    families: set[str] = set()
    previous: Line | None = None
    for i, line in enumerate(lines):
        if line.rule:
            whole = previous is None or line.right - line.indent > 0.6 * (previous.right - previous.indent)
            if pieces and whole:
                pieces[-1].underlined = previous is not None and len(pieces[-1].lines) <= 2
                previous = None
            continue
        marker = marker_of(line)
        own = family(marker["marker"]) if marker else ""
        after = lines[i + 1] if i + 1 < len(lines) else None
        if previous is None or _begins(previous, line, after, pieces[-1], wrap, own in families):
            pieces.append(Piece("", "item" if own else "paragraph", lines=[line]))
            families |= {own} if own else set()
        else:
            pieces[-1].lines.append(line)
        previous = line
    return pieces


def _begins(previous: Line, line: Line, after: Line | None, piece: Piece, wrap: Wrap, listed: bool) -> bool:
    """Whether a line begins a paragraph or entry; ``listed`` says that an entry with such a marker came before."""
    if not wrap.goes_on(previous, line) or (LABEL.match(line.text) and LABEL.match(piece.lines[0].text)):
        return True
    ended = ends_sentence(previous.text) or previous.text.endswith((";", ":", "；", "：", ", and", ", or"))
    if marker_of(line) and (ended or listed or (line.indent > previous.indent and piece.kind != "item")):
        return True
    return ended and (bool(FOOTNOTE.match(line.text.lstrip())) or _first_line_indented(previous, line, after))


def _first_line_indented(previous: Line, line: Line, after: Line | None) -> bool:
    """Whether a line is the first of a paragraph whose other lines begin further left."""
    return line.indent > previous.indent + 1 and (after is None or after.indent < line.indent)


def _joined(lines: Sequence[Line], known: Set[str]) -> str:
    return join_lines((tidy(line.text) for line in lines), known)


def _cut(first: Piece, second: Piece, wrap: Wrap) -> bool:
    """Whether the second piece, at the top of a page, goes on with the first, at the bottom of the one before."""
    if second.kind != "paragraph" or not second.starts_group or ends_sentence(first.text):
        return False
    if first.text.endswith((":", "：")) or first.underlined or second.underlined:
        return False
    last = first.lines[-1]
    if is_cjk_end(first.text) and is_cjk_start(second.text):
        return wrap.full(last)
    whole = len(second.lines) > 1 or ends_sentence(second.text)
    runs_on = len(first.lines) > 2 and first.text[-1].isalnum() and whole
    return second.text[0].islower() or runs_on or (wrap.goes_on(last, second.lines[0]) and len(first.lines) > 1)


def _name_headings(pieces: Sequence[Piece], wrap: Wrap) -> None:
    """Find the headings among paragraphs; one that nothing but another heading follows is none."""
    following = ""
    for piece in reversed(pieces):
        level = _heading_level(piece, wrap) if piece.kind in ("paragraph", "item") else 0
        if level and (following != "heading" or level == 1 or piece.underlined):
            piece.kind, piece.level = "heading", level
        if piece.kind != "furniture":
            following = piece.kind


def _heading_level(piece: Piece, wrap: Wrap) -> int:
    """The level of a heading: 1 for parts, items and capitals, 2 underlined, 3 a short line on its own; else 0."""
    text = piece.text
    alone = piece.starts_group and (piece.ends_group or len(piece.lines) == 1)
    room = 200 if alone and wrap.column else SHORT
    if len(piece.lines) > 3 or width(text) > room or not any(c.isalpha() for c in text):
        return 0
    if SECTION.match(text) and not ends_sentence(text):
        return 1
    if piece.underlined and not text.endswith((",", ";")):
        return 2
    starts_well = text[0].isupper() or is_cjk_start(text) or text[0].isdigit()
    if piece.kind == "item" or not starts_well or _NO_HEADING_END.search(text) or _NO_HEADING.match(text):
        return 0
    if text.isupper() and not is_cjk_start(text):
        return 1
    return 3 if alone or not wrap.column else 0
