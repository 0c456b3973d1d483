"""What a page or filing says of itself: title, date, language, and whose it is.

htmldate and Trafilatura read meta elements, JSON-LD and time elements; the publisher, the facts of Inline XBRL and the
cover of older filings are read here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice, pairwise
from typing import Any, NamedTuple

from ..blocks import Block
from ..tidy import tidy
from .tree import Element, is_ordinary, tag_of

MAX_FACTS = 20_000  # elements of Inline XBRL that are looked through for the document's own
# What htmldate raises where control characters, or dates with impossible time zones, stand in a page
_LIBRARY_ERRORS = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
COVER = 80  # blocks of a filing that its cover takes at most
_DATE = r"(?:[A-Z][a-z]+\.?\s+\d{1,2},?\s+\d{4}|\d{1,2}\.?\s+[A-Z][a-z]+\s+\d{4}|\d{4}-\d{2}-\d{2})"
_PERIOD = re.compile(rf"\b(?:year|period|quarter)\s+ended:?\s+({_DATE})", re.IGNORECASE)
_EXACT = re.compile(r"\(?exact name of", re.IGNORECASE)
_FORM = re.compile(r"\bform\s+(\d{1,2}-[KQF](?:/A)?|\d{1,2}K|[1-9]{1,2}-[A-Z]{1,3})", re.IGNORECASE)
_EAST_ASIAN_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_LANG = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,2}\Z")
_FILE_NAME = re.compile(r"\S*\.html?\Z|[\w.-]*\d{4,}[\w.-]*\Z", re.IGNORECASE)
_NAMES = ("entityregistrantname", "filernameinjapanesedei", "filernameinenglishdei")
_ENDS = ("documentperiodenddate", "currentperiodenddatedei")
_TYPES = ("documenttype", "documenttypedei")


class About(NamedTuple):
    """What a document states of itself."""

    title: str | None = None
    date: str | None = None
    lang: str | None = None
    author: str | None = None


def of_filing(root: Element, blocks: Sequence[Block]) -> About:
    """The facts of a filing: its own in Inline XBRL, else what its cover says."""
    facts, cover = _document_facts(root), of_cover(blocks)
    name = facts["name"].text if "name" in facts else cover.author
    date = _day(*facts["end"]) if "end" in facts else cover.date
    named = " ".join(part for part in (name, facts["type"].text, date) if part) if "type" in facts else cover.title
    return About(_title(root) or named, date, _lang(root), name)


class _Fact(NamedTuple):
    """The text of a fact, and how its tag says that it is written."""

    text: str
    form: str


def _document_facts(root: Element) -> dict[str, _Fact]:
    """Registrant, end of period and type of the document."""
    facts: dict[str, _Fact] = {}
    for element in islice(root.iter("ix:nonnumeric"), MAX_FACTS):
        name = (element.get("name") or "").lower().rpartition(":")[2]
        for key, names in (("name", _NAMES), ("end", _ENDS), ("type", _TYPES)):
            if name in names and key not in facts and (text := tidy("".join(element.itertext()))[:200]):
                facts[key] = _Fact(text, (element.get("format") or "").lower())
    return facts


def of_cover(blocks: Sequence[Block]) -> About:
    """What the first page of a filing says: the name above "(Exact name of registrant …)", the form, the period."""
    first = [b for b in blocks[:COVER] if b.kind != "furniture"]
    name = next((a.text for a, b in pairwise(first) if _EXACT.match(b.text)), None)
    text = "\n".join(b.text for b in first)
    form, ended = _FORM.search(text), _PERIOD.search(text)
    date = _day(ended[1], "") if ended else None
    title = " ".join(part for part in (name, form and form[1].upper(), date) if part) if form and name else None
    return About(title, date, None, name[:200] if name else None)


def of_page(root: Element, page: str) -> About:
    """The facts of a web page; ``author`` is the organisation that publishes it, never a person who wrote it."""
    if not is_ordinary(page):
        return About(_title(root), None, _lang(root), _publisher(root))
    import trafilatura
    from htmldate import find_date

    found = date = None
    with suppress(*_LIBRARY_ERRORS):
        found = trafilatura.extract_metadata(page)
    with suppress(*_LIBRARY_ERRORS):
        date = find_date(page, original_date=True, extensive_search=False)
    return About((found.title if found else None) or _title(root), date, _lang(root), _publisher(root))


def _publisher(root: Element) -> str | None:
    for item in _linked_data(root):
        kinds = item.get("@type")
        for key in ("publisher", "author", "sourceOrganization"):
            value = item.get(key)
            value = value[0] if isinstance(value, list) and value else value
            if isinstance(value, dict) and value.get("@type") != "Person" and isinstance(value.get("name"), str):
                return tidy(value["name"]) or None
        if kinds in ("Organization", "Corporation") and isinstance(item.get("name"), str):
            return tidy(item["name"]) or None
    return _meta(root, "og:site_name") or _meta(root, "publisher") or _meta(root, "copyright-holder")


def _linked_data(root: Element) -> Iterator[dict[str, Any]]:
    """The objects of the JSON-LD of a page, those of a graph one by one."""
    for script in list(root.iter("script"))[:200]:
        if (script.get("type") or "").lower() != "application/ld+json" or len(script.text or "") > 1_000_000:
            continue
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for item in data if isinstance(data, list) else [data]:
            graph = item.get("@graph") if isinstance(item, dict) else None
            yield from (g for g in (graph if isinstance(graph, list) else [item]) if isinstance(g, dict))


def _meta(root: Element, name: str) -> str | None:
    for meta in root.iter("meta"):
        if (meta.get("property") or meta.get("name") or meta.get("http-equiv") or "").lower() == name:
            return tidy(meta.get("content") or "") or None
    return None


def _title(root: Element) -> str | None:
    """The title in the head, unless it is the name of a file."""
    title = next((tidy("".join(t.itertext())) for t in root.iter("title")), "")
    return title if title and not _FILE_NAME.match(title) else None


def _lang(root: Element) -> str | None:
    """The language that the page declares, such as "en" of "en-US"."""
    html = root if tag_of(root) == "html" else next(iter(root.iter("html")), root)
    said = [html.get("lang"), html.get("xml:lang"), _meta(root, "content-language"), _meta(root, "og:locale")]
    for value in said:
        if value and _LANG.match(value.strip()):
            code, _, region = value.strip().replace("_", "-").partition("-")
            return f"{code.lower()}-{region}" if code.lower() == "zh" and region else code.lower()
    return None


def _day(text: str, form: str) -> str | None:
    """A date as YYYY-MM-DD; ``form`` names how it is written, where it is Inline XBRL that says it."""
    if found := _EAST_ASIAN_DATE.search(text):
        return f"{int(found[1]):04}-{int(found[2]):02}-{int(found[3]):02}"
    from dateutil import parser

    day_first = "day-month" in form or "daymonth" in form
    try:
        return str(parser.parse(text, dayfirst=day_first).date())
    except (ValueError, OverflowError):
        return None
