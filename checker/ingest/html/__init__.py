"""HTML to blocks: web pages, filings in (Inline XBRL) HTML, filings of fixed-width text in a wrapper of HTML."""

from __future__ import annotations

import html
import re
from pathlib import Path

from ...errors import InputError
from ..blocks import Block, Extract, Limits
from ..drafts import block_of
from ..plain.lines import blocks_of
from ..textfile import check_size, read_bytes
from . import facts as html_facts
from . import filing as html_filing
from . import page as html_page
from .style import PLAIN, Style, rules
from .tree import Element, Source, decoded, parse
from .walk import Walk

FILING = re.compile(r"SECURITIES\s+AND\s+EXCHANGE\s+COMMISSION|有価証券報告書|xmlns:ix=|<ix:[a-z]", re.IGNORECASE)
HEAD = 60_000  # characters that are looked at to tell what a file is
TABLES = 30  # a page with so many tables is no article
_ANY_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9:]*)\b[^<>]{0,5000}>|<![^<>]{0,5000}>")
_TEXT_START, _TEXT_END = re.compile("<TEXT>", re.IGNORECASE), re.compile("</TEXT>", re.IGNORECASE)
_FOR_BROWSERS = re.compile(r"<(?:script|style|link)\b", re.IGNORECASE)
_WRAPPER_TAGS = frozenset(("html", "head", "title", "meta", "body", "pre"))
_KEPT_TAGS = frozenset(("page", "table", "caption", "s", "c", "fn", *(f"f{n}" for n in range(1, 10))))


def read(path: Path, limits: Limits) -> Extract:
    """The blocks of an HTML file. Raises InputError where it cannot be opened, is too large or holds no text."""
    source = decoded(read_bytes(path, limits))
    text, warnings = _first_document(source)
    if _is_fixed_width(text):
        blocks = blocks_of(_without_tags(text))
        about = html_facts.of_cover(blocks)
        check_size(sum(len(b.text) for b in blocks), path, limits)
    else:
        root = parse(text, str(path))
        blocks, about = (_filing if _is_filing(root, text) else _page)(root, text, path, limits)
    if not any(b.kind != "furniture" for b in blocks):
        raise InputError("holds no text that is shown; was the page saved before its scripts ran?", str(path))
    return Extract(
        format="html", blocks=blocks, title=about.title, date=about.date, lang=about.lang, author=about.author,
        warnings=warnings,
    )  # fmt: skip


def _first_document(source: Source) -> tuple[str, list[str]]:
    """The text of a file; of a submission to the SEC that holds several documents, the first."""
    if "<SEC-DOCUMENT>" not in source.text[:2000] and "<DOCUMENT>" not in source.text[:2000]:
        return source.text, source.warnings
    start = _TEXT_START.search(source.text)
    end = _TEXT_END.search(source.text, start.end()) if start else None
    if not start or not end:
        return source.text, source.warnings
    documents = source.text.count("<DOCUMENT>")
    others = [f"the first of {documents} documents in it was read"] if documents > 1 else []
    return source.text[start.end() : end.start()], [*source.warnings, *others]


def _is_fixed_width(text: str) -> bool:
    """Whether lines of the file, and not elements, lay out the text; scripts and styles are made for browsers only."""
    lines = text.count("\n") + text.count("\r")
    if lines <= 30 or _FOR_BROWSERS.search(text):
        return False
    tags = (m[1].lower() for m in _ANY_TAG.finditer(text) if m[1])
    return sum(tag not in _KEPT_TAGS and tag not in _WRAPPER_TAGS for tag in tags) < max(5, 0.05 * lines)


def _without_tags(text: str) -> str:
    def kept(match: re.Match[str]) -> str:
        return match[0] if match[1] and match[1].lower() in _KEPT_TAGS else ""

    return html.unescape(_ANY_TAG.sub(kept, text))


def _is_filing(root: Element, text: str) -> bool:
    if FILING.search(text[:HEAD]):
        return True
    return sum(1 for _ in root.iter("table")) >= TABLES and not any(True for _ in root.iter("article", "nav", "main"))


def _sheet(root: Element) -> dict[str, Style]:
    """Styles by class name."""
    sheet: dict[str, Style] = {}
    for element in root.iter("style"):
        for name, style in rules(element.text or ""):
            sheet[name] = style.over(sheet.get(name, PLAIN))
    return sheet


def _body(root: Element) -> Element:
    return next(iter(root.iter("body")), root)


def _filing(root: Element, text: str, path: Path, limits: Limits) -> tuple[list[Block], html_facts.About]:
    walk = Walk(_sheet(root), lambda *_: "", lambda _e, _t, style: bool(style.hidden), str(path), limits.characters)
    drafts, pages = html_filing.outline(walk.over(_body(root)))
    blocks = [block_of(d, pages) for d in drafts]
    return blocks, html_facts.of_filing(root, blocks)


def _page(root: Element, text: str, path: Path, limits: Limits) -> tuple[list[Block], html_facts.About]:
    body, sheet, about = _body(root), _sheet(root), html_facts.of_page(root, text)
    walk = Walk(sheet, html_page.Regions(body), lambda *_: False, str(path), limits.characters)
    return html_page.outline(walk.over(body), text), about
