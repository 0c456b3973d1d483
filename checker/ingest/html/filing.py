"""Filings as HTML: what of their look makes a heading, a footnote, a page, a running header.

edgartools and sec-parser know the outline of US forms by heart; those of other countries have others, and annual
reports have none. So here only what a page looks like counts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from ..drafts import Draft, drop_initials, over_pages, settle_entries
from ..markers import SECTION, is_bullet, split_marker
from ..plain.pages import page_numbers, printed_number, sequence
from ..tidy import ends_sentence, is_cjk_end, is_cjk_start, join, width
from .chunks import Chunk

HEADING_AT_MOST = 200  # columns
FURNITURE_AT_MOST = 150  # characters of a header or footer
_EDGE = 2  # chunks at the top and bottom of a page that may be its header or footer
_NO_HEADING_END = re.compile(r"[,;:.、，；：][\"'”’]?\Z")
_LAST_NUMBER = re.compile(r"(?:\A|[\s|–—-])(\d{1,4})\s*\Z|\A(\d{1,4})\s")
_BACK = frozenset(("table of contents", "index", "back to top", "index to financial statements"))
_NOTE = re.compile(r"(\(?(?:\d{1,2}|[a-z])\)|\d{1,2}(?=\s[A-Z])|\(?\*{1,4}\)?|[†‡]|（?[※注]\d{0,2}）?)\s?(?=\S)")


def outline(chunks: Sequence[Chunk]) -> tuple[list[Draft], list[int | None]]:
    """Chunks with their kinds settled, paragraphs that a page cuts joined; and the page of each segment."""
    kept = [c for c in chunks if c.text]
    pages = _pages(kept)
    size = _body_size(kept)
    for chunk in kept:
        if chunk.kind not in ("furniture", "row"):
            _name(chunk, size)
    _name_short_lines(kept)
    drop_initials(kept)
    _name_notes(kept)
    joined = over_pages(kept, pages, _cut, _glue)
    settle_entries(joined)
    return joined, pages


def _body_size(chunks: Sequence[Chunk]) -> float:
    sizes = Counter[float]()
    for chunk in chunks:
        sizes[chunk.size] += len(chunk.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _name(chunk: Chunk, body: float) -> None:
    """Headings and entries by what they look like and begin with."""
    if (level := heading_level(chunk, body)) and not (chunk.kind == "item" and is_bullet(chunk.lead)):
        chunk.text = f"{chunk.marker} {chunk.text}".strip()
        chunk.kind, chunk.level, chunk.marker = "heading", level, ""
    elif chunk.kind == "heading":
        chunk.kind, chunk.level = "paragraph", 0
    if chunk.kind == "paragraph" and split_marker(chunk.text)[0]:
        chunk.kind = "item"


def heading_level(chunk: Chunk, body: float) -> int:
    """The level of a heading: as its element says, 1 or 2 for parts and items of a form, 3 to 5 by its look, or 0."""
    text = chunk.text
    section = SECTION.match(text)
    if section and text[section.end() :] in ("", ".", ":"):
        return 1 if text[:4].upper() == "PART" else 2
    if width(text) > HEADING_AT_MOST or ends_sentence(text) or not any(c.isalpha() for c in text):
        return 0
    if chunk.kind == "heading":
        return chunk.level or 6
    if _NO_HEADING_END.search(text):
        return 0
    if section and (chunk.bold > 0.5 or chunk.centred or len(text) <= 80):
        return 1 if text[:4].upper() == "PART" else 2
    return _level_by_look(chunk, body)


def _level_by_look(chunk: Chunk, body: float) -> int:
    text = chunk.text
    large = 0.0 < body * 1.2 < chunk.size
    if chunk.bold > 0.9:
        return 3 if chunk.centred or text.isupper() or large else (5 if chunk.italic > 0.9 else 4)
    starts_well = text[0].isupper() or text[0].isdigit() or is_cjk_start(text) or text[1:2].isupper()
    if not starts_well or len(text) > 100:
        return 0
    if large or (chunk.centred and text.isupper()):
        return 3
    return 5 if chunk.italic > 0.9 or chunk.underlined > 0.9 else 0


def _name_short_lines(chunks: Sequence[Chunk]) -> None:
    """Short Chinese and Japanese lines without a full stop, right above a paragraph with one, are headings."""
    for chunk, after in pairwise(chunks):
        short = chunk.kind == "paragraph" and len(chunk.text) <= 30 and is_cjk_start(chunk.text.lstrip("(["))
        above = after.kind == "paragraph" and ends_sentence(after.text) and is_cjk_start(after.text)
        if short and above and not ends_sentence(chunk.text) and not _NO_HEADING_END.search(chunk.text):
            chunk.kind, chunk.level = "heading", 5


def _name_notes(chunks: Sequence[Chunk]) -> None:
    """Entries right after the rows of a table are its notes."""
    before = ""
    for chunk in chunks:
        if chunk.kind == "furniture":
            continue
        if chunk.kind in ("item", "paragraph") and before in ("row", "footnote"):
            note = _NOTE.match(f"{chunk.marker} {chunk.text}".strip())
            if note:
                chunk.text = chunk.text if chunk.marker else chunk.text[note.end() :]
                chunk.kind, chunk.marker = "footnote", note[1]
        before = chunk.kind


def _pages(chunks: list[Chunk]) -> list[int | None]:
    """Set headers, footers and page numbers aside; the page of each segment, none without page breaks."""
    if chunks and not chunks[-1].segment:
        _part(chunks)
    if not chunks or not chunks[-1].segment:
        return []
    pages: list[list[Chunk]] = [[] for _ in range(chunks[-1].segment + 1)]
    for chunk in chunks:
        pages[chunk.segment].append(chunk)
    edges = [[c for i, c in enumerate(p) if min(i, len(p) - 1 - i) < _EDGE and _may_repeat(c)] for p in pages]
    counts = Counter(shape for edge in edges for shape in {_shape(c) for c in edge})
    printed: list[str | None] = []
    for edge in edges:
        aside = [c for c in edge if _is_aside(c, counts[_shape(c)], len(pages))]
        for chunk in aside:
            chunk.kind, chunk.marker, chunk.level = "furniture", "", 0
        printed.append(next((n for c in reversed(aside) if (n := _number_in(c.text))), None))
    return page_numbers(printed)


def _may_repeat(chunk: Chunk) -> bool:
    return len(chunk.text) <= FURNITURE_AT_MOST and chunk.kind != "item"


def _is_aside(chunk: Chunk, pages: int, of: int) -> bool:
    """Whether a chunk at the edge of a page is no part of the text."""
    if printed_number(chunk.text):
        return chunk.kind != "row" and pages > 2
    return (chunk.text.lower() in _BACK and chunk.links > 0.9) or pages >= max(3, of // 10)


def _shape(chunk: Chunk) -> str:
    return "0" if printed_number(chunk.text) else re.sub(r"\d+", "0", chunk.text)


def _number_in(text: str) -> str | None:
    if number := printed_number(text):
        return number[0]
    found = _LAST_NUMBER.search(text)
    return (found[1] or found[2]) if found else None


def _part(chunks: Sequence[Chunk]) -> None:
    """Where no style says where pages end, numbers that count up do, each at the foot of its page."""
    numbers = [(i, n[0]) for i, c in enumerate(chunks) if c.kind == "paragraph" and (n := printed_number(c.text))]
    ends = {i for i, _ in sequence(numbers)}
    segment = 0
    for i, chunk in enumerate(chunks):
        chunk.segment = chunk.last_segment = segment
        segment += i in ends


def _glue(first: str, second: str) -> str:
    """Two halves of a paragraph as one; a hyphen that HTML ends in belongs to its word."""
    return first + second if first.endswith("-") else join(first, second)


def _cut(first: Draft, second: Draft) -> bool:
    """Whether a paragraph at the top of a page goes on with the one at the bottom of the page before."""
    above, below = first.text, second.text
    if second.kind != "paragraph" or ends_sentence(above) or above.endswith((":", ";", "：", "；")):
        return False
    if is_cjk_end(above) and is_cjk_start(below):
        return len(above) > 30
    return below[0].islower() or (len(above) > 80 and (above[-1].isalnum() or above[-1] in ",-") and len(below) > 40)
