"""What a reader makes of a file: blocks in reading order, each with its place. Start reading here.

Every format has one reader, ``read(path, limits) -> Extract``. A reader knows layout and markup, nothing of sentences,
languages or companies; what follows (transcript turns, sentences, what is set aside) knows blocks, nothing of formats.
"""

from __future__ import annotations

from typing import Literal

import msgspec

BlockKind = Literal["heading", "paragraph", "item", "row", "footnote", "caption", "furniture"]
"""item: an entry of a list; row: a row of a table, its cells joined by " | "; furniture: running headers and footers,
page numbers, navigation."""

PageState = Literal["read", "no text", "garbled", "read by OCR"]


class Turn(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who speaks a block of a transcript."""

    speaker: str | None = None
    role: Literal["management", "analyst", "operator"] | None = None
    part: Literal["prepared remarks", "questions and answers"] | None = None


class Block(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A paragraph, heading, list entry, … as one line of text: single spaces, no hyphenation, no ligatures, no
    control or private-use characters.

    ``page`` is the 1-based page or slide on which it begins, ``breaks`` are (offset in the text, page) where it goes on
    on a later one. ``level`` is the level of a heading (1 the highest) or the nesting of a list entry; ``marker`` its
    bullet, number or letter, or that of a footnote, taken off the text. ``turn`` is who speaks, if it is a transcript.
    ``fields`` are values of a statement that a row of a table of texts brings along: company, source, date, document,
    url.
    """

    kind: BlockKind
    text: str
    page: int | None = None
    breaks: list[tuple[int, int]] = []
    level: int = 0
    marker: str = ""
    lang: str | None = None
    turn: Turn | None = None
    fields: dict[str, str] = {}


class Page(msgspec.Struct, frozen=True):
    """A page of a paged document, how it was read, and how many characters its text layer holds."""

    number: int
    state: PageState
    characters: int
    why: str = ""


class Extract(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A file's blocks in reading order; its pages, if it has any; what its metadata says; what a reader must know.

    ``title``, ``date`` (YYYY-MM-DD, YYYY-MM or YYYY), ``lang`` and ``author`` are what the file states of itself.
    """

    format: str
    blocks: list[Block]
    pages: list[Page] = []
    title: str | None = None
    date: str | None = None
    lang: str | None = None
    author: str | None = None
    warnings: list[str] = []


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What one file may cost; a reader stops at the first it meets, with an InputError that names it."""

    pages: int = 2_000
    characters: int = 20_000_000  # of extracted text
    bytes: int = 200_000_000  # of the file, and of what an archive unpacks to
    seconds: int = 300
    memory: int = 3 << 30  # bytes of address space of the process that reads
    ocr: bool = False
