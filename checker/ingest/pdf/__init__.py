"""PDF to blocks: text layer to lines, lines in reading order to paragraphs, these over columns and pages to blocks.

pypdfium2 reads the characters and where they stand, in 2 to 3 times the time that it takes for bare text. The layout is
own code: of the libraries with a permissive licence pypdf (6 times the time of PDFium) knows no layout, pdfminer.six
(27 times) finds half of the paragraphs of a report in two columns whole, docling and marker bring PyTorch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import InputError
from ..blocks import Block, Extract, Limits, Page
from ..lines import Line
from .blocks import block_of, drop_initials, joined, set_levels
from .document import about, open_pdf
from .entries import with_markers
from .furniture import part_furniture
from .lines import read_lines
from .pages import Content, page_drafts
from .paragraphs import measure
from .rules import Rule, drawings, read_rules
from .scans import evened
from .states import page_state
from .tables import Table, ruled_tables
from .text import known_words

if TYPE_CHECKING:
    import pypdfium2 as pdfium


_SHARE = re.compile(r"\s+in \d+\s?% of the text|\s+\(.*\)")


@dataclass(slots=True)
class _Sheet:
    """A page as it was read: its state, its lines, the tables that rules draw on it."""

    page: Page
    height: float = 0.0
    lines: list[Line] = field(default_factory=list)
    turned: list[Line] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    across: list[Rule] = field(default_factory=list)


def read(path: Path, limits: Limits) -> Extract:
    """The blocks of a PDF; what pages could not be read is in the warnings.

    Raises InputError for a file that is damaged, protected or over the limits.
    """
    document = open_pdf(path, limits)
    try:
        facts = about(document)
        sheets = list(_sheets(document, path, limits))
    finally:
        document.close()
    blocks = _blocks(sheets)
    return Extract(
        format="pdf", blocks=blocks, pages=[s.page for s in sheets], title=facts["title"], date=facts["date"],
        lang=facts["lang"], author=facts["author"], warnings=_warnings([s.page for s in sheets], limits),
    )  # fmt: skip


def _blocks(sheets: Sequence[_Sheet]) -> list[Block]:
    parted = part_furniture([s.lines for s in sheets], [s.height for s in sheets])
    rest = [found.rest for found in parted]
    measures, known = measure(rest), known_words([x.text for x in lines] for lines in rest)
    drafts = [
        draft
        for s, found in zip(sheets, parted, strict=True)
        for draft in page_drafts(
            Content(s.page.number, found.rest, s.turned, s.tables, s.across, found.furniture, s.height), measures, known
        )
    ]
    drop_initials(drafts)
    drafts = joined(drafts, known)
    set_levels(drafts, measures)
    return [block_of(d) for d in drafts]


def _sheets(document: pdfium.PdfDocument, path: Path, limits: Limits) -> Iterator[_Sheet]:
    import pypdfium2 as pdfium

    left = limits.characters
    for number in range(1, len(document) + 1):
        try:
            page = document[number - 1]
            textpage = page.get_textpage()
        except pdfium.PdfiumError:
            yield _Sheet(Page(number, "no text", 0, "cannot be read: damaged"))
            continue
        left -= textpage.count_chars()
        if left < 0:
            why = f"more than {limits.characters:,} characters of text; split it, or raise the limit"
            raise InputError(why, str(path))
        yield _sheet(number, page, textpage, path, limits)
        textpage.close()
        page.close()


def _sheet(number: int, page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, path: Path, limits: Limits) -> _Sheet:
    drawn = drawings(page)
    found = read_lines(page, textpage, drawn.forms)
    state, why = page_state(page, found)
    characters = len(found.text.strip())
    if state != "read":
        if not limits.ocr:
            return _Sheet(Page(number, state, characters, why))
        try:
            return _Sheet(Page(number, "read by OCR", characters, why), found.height, _by_ocr(page, path))
        except _UncertainError as error:
            return _Sheet(Page(number, state, characters, f"{why}; OCR: {error}"))
    rules = read_rules(page, drawn.paths)
    lines, tables = ruled_tables(with_markers(found.lines, rules.dots), rules)
    return _Sheet(Page(number, "read", characters, why), found.height, lines, found.turned, tables, rules.across)


def _by_ocr(page: pdfium.PdfPage, path: Path) -> list[Line]:
    from ..ocr import missing, read_page

    if why := missing():
        raise InputError(f"OCR is asked for, but {why}", str(path))
    try:
        return with_markers(evened(read_page(page)))
    except InputError as error:
        raise _UncertainError(error.message) from None


class _UncertainError(Exception):
    """OCR could not read a page; the others may still be read."""


def _warnings(pages: Sequence[Page], limits: Limits) -> list[str]:
    """What of a document was not read, and how to read it."""
    hint = "" if limits.ocr else "; --ocr reads them"
    warnings = []
    textless = [p.number for p in pages if p.state == "no text"]
    garbled = [p for p in pages if p.state == "garbled"]
    blank = sum(p.why == "blank" for p in pages)
    if textless:
        warnings.append(f"{_of(textless, pages)} hold no text ({_ranges(textless)}): scanned?{hint.removeprefix(';')}")
    if garbled:
        numbers = [p.number for p in garbled]
        reasons = ", ".join(dict.fromkeys(_SHARE.sub("", p.why) for p in garbled))
        warnings.append(
            f"{_of(numbers, pages)} have a text layer that is garbage ({_ranges(numbers)}: {reasons}){hint}"
        )
    if blank == len(pages):
        warnings.append("no page could be read: all are blank; is the file damaged?")
    elif len(textless) + len(garbled) + blank == len(pages):
        warnings.append("no page could be read")
    return warnings


def _of(numbers: Sequence[int], pages: Sequence[Page]) -> str:
    return f"{len(numbers)} of {len(pages)} {'page' if len(pages) == 1 else 'pages'}"


def _ranges(numbers: Sequence[int]) -> str:
    """Page numbers in brief: 1-3, 7."""
    runs: list[list[int]] = []
    for n in numbers:
        if runs and n == runs[-1][1] + 1:
            runs[-1][1] = n
        else:
            runs.append([n, n])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)
