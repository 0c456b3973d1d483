"""A cell that holds a whole document, as programs for OCR write them: plain text with headings and tables of Markdown.

What is between those is laid out by ``plain_lines``: such texts mark few of their headings, and a parser of Markdown
joins the lines of a list of contents to one paragraph. olmOCR says on which characters each page is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

import msgspec

from .blocks import Block
from .cells import row_text
from .plain.lines import blocks_of
from .tidy import ends_sentence, join, tidy

LONG, LINES = 5_000, 20  # characters and line breaks of a cell that is no paragraph
_SPANS = "attributes.pdf_page_numbers"
_ROW = re.compile(r"[ \t]*\|.*\|[ \t]*\Z")
_RULE = re.compile(r"[\s|:-]*\Z")
_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t#]*\Z")
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,300}?)(?<=\S)\1")
_BAR = re.compile(r"(?<!\\)\|")


def is_document(text: str) -> bool:
    """Whether a cell holds more than some paragraphs."""
    return len(text) > LONG and text.count("\n") > LINES


def blocks_of_cell(text: str, cells: Mapping[str, Any]) -> list[Block]:
    """The blocks of a document in a cell, with their pages where the other cells of its row tell them."""
    blocks: list[Block] = []
    for part, page in _pages(text, cells.get(_SPANS)):
        found = [msgspec.structs.replace(b, page=page) if page else b for b in _of_part(part)]
        if blocks and found and page and _goes_on(blocks[-1], found[0]):
            whole = join(blocks[-1].text, found[0].text)
            breaks = [*blocks[-1].breaks, (len(whole) - len(found[0].text), page)]
            kind = "item" if blocks[-1].kind == "item" else "paragraph"
            level = blocks[-1].level if kind == "item" else 0
            blocks[-1] = msgspec.structs.replace(blocks[-1], kind=kind, level=level, text=whole, breaks=breaks)
            found = found[1:]
        blocks += found
    return blocks


def _pages(text: str, spans: Any) -> Iterator[tuple[str, int | None]]:
    """The text of each page with its number; the whole text where the spans of pages do not cover it in order."""
    if not _are_sound(spans, len(text)):
        yield text, None
        return
    for start, end, page in spans:
        yield text[start:end], page


def _are_sound(spans: Any, size: int) -> bool:
    if not isinstance(spans, list) or not spans:
        return False
    position = 0
    for span in spans:
        if not isinstance(span, list) or len(span) != 3 or not all(type(x) is int for x in span):
            return False
        if span[0] != position or span[1] < span[0] or span[2] < 1:
            return False
        position = span[1]
    return position == size


def _of_part(text: str) -> list[Block]:
    """Rows and headings of Markdown, and the blocks of the lines between them."""
    blocks: list[Block] = []
    for kind, run in groupby(_STRONG.sub(r"\2", text).split("\n"), key=_kind):
        lines = list(run)
        if kind == "row":
            rows = (row_text(_BAR.split(line.strip().strip("|"))) for line in lines if not _RULE.match(line))
            blocks += [Block(kind="row", text=row) for row in rows if row]
        elif kind == "heading":
            found = [_HEADING.match(line) for line in lines]
            blocks += [Block(kind="heading", text=tidy(m[2]), level=len(m[1])) for m in found if m and tidy(m[2])]
        else:
            blocks += blocks_of("\n".join(lines))
    return blocks


def _kind(line: str) -> str:
    return "row" if _ROW.match(line) else ("heading" if _HEADING.match(line) else "")


def _goes_on(first: Block, second: Block) -> bool:
    """Whether a paragraph goes on at the top of a page; the first line of one looks like a heading at the bottom."""
    if (
        first.kind not in ("paragraph", "item", "heading")
        or second.kind != "paragraph"
        or ends_sentence(first.text)
        or first.text[-1] in ":："
    ):
        return False
    return second.text[0].islower() and len(first.text) > 40
