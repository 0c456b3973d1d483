"""What every reader promises of any bytes whatever: an Extract that keeps the contract of blocks, or an InputError."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import msgspec

from checker.errors import InputError
from checker.ingest.blocks import Block, Extract, Limits
from checker.ingest.formats import READERS
from checker.ingest.transcripts import mark_turns

LIMITS = Limits(pages=20, characters=300_000, bytes=3_000_000)
_DATE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")
_LANG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")
_NEVER = ("Cc", "Co", "Cs", "Zl", "Zp")


def check_reading(name: str, data: bytes, folder: Path) -> str:
    """Read the bytes as a file of this format; "read" or "refused". Raises whatever the reader should not have raised."""
    path = folder / f"a.{name}"
    path.write_bytes(data)
    refused = ""
    try:
        extract = import_module(f"checker.ingest.{READERS[name]}").read(path, LIMITS)
    except InputError as error:
        refused = error.message or "without a message"
    if refused:
        assert len(refused.splitlines()) == 1, f"message of several lines: {refused!r}"
        return "refused"
    assert READERS[extract.format] == READERS[name], extract.format
    for fault in (*faults(extract), *faults(mark_turns(extract))):
        raise AssertionError(fault)
    return "read"


def faults(extract: Extract) -> Iterator[str]:
    """Where an extract breaks the contract."""
    for block in extract.blocks:
        yield from (f"{fault} in {block!r}"[:600] for fault in _faults_of_block(block))
    numbers = [page.number for page in extract.pages]
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"pages numbered {numbers}"
    if extract.date is not None and not _DATE.fullmatch(extract.date):
        yield f"date {extract.date!r}"
    if extract.lang is not None and not _LANG.fullmatch(extract.lang):
        yield f"language {extract.lang!r}"
    for text in (extract.title, extract.author, *extract.warnings):
        if text is not None and not _is_line(text):
            yield f"title, author or warning {text[:200]!r}"
    if msgspec.msgpack.decode(msgspec.msgpack.encode(extract), type=Extract) != extract:
        yield "is not the same when written and read again"


def _faults_of_block(block: Block) -> Iterator[str]:
    if not _is_line(block.text) or "  " in block.text:
        yield "text that is no line"
    if block.marker and not _is_line(block.marker):
        yield "marker that is no line"
    offsets = [offset for offset, _ in block.breaks]
    pages = [page for _, page in block.breaks]
    if offsets != sorted(offsets) or any(not 0 <= offset < len(block.text) for offset in offsets):
        yield "breaks out of order or outside"
    if block.page is not None and ([block.page, *pages] != sorted([block.page, *pages]) or block.page < 1):
        yield "pages out of order"
    if block.page is None and pages:
        yield "breaks without a page"
    if block.lang is not None and not _LANG.fullmatch(block.lang):
        yield f"language {block.lang!r}"


def _is_line(text: str) -> bool:
    """Whether a text is one line that neither begins nor ends with a space, without characters that are no text."""
    return text != "" and text == text.strip() and not any(unicodedata.category(c) in _NEVER for c in text)
