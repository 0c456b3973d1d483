"""Web pages: what is the text of the page, and what surrounds it.

Blocks come from the walk over all elements, so that none is lost and order and structure are kept; what is navigation,
cookie notice, teaser or footer is told by elements, roles and class names, by links, and by Trafilatura's opinion of
where the article is. Measured on seven made-up pages with 79 blocks of text: Trafilatura alone, told to favour recall,
loses 5 (titles, a caption, a question of a list of questions) and takes in 6 pieces of furniture; jusText with English
stop words, which wants long paragraphs, loses 77. Where elements and class names say nothing, it is Trafilatura's
opinion that finds footers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from ..blocks import Block
from ..drafts import block_of, drop_initials, settle_entries
from ..markers import is_bullet, split_marker
from ..tidy import ends_sentence
from .chunks import Chunk
from .filing import heading_level
from .style import Style
from .tree import Element, is_ordinary

ASIDE = 0.4  # of the text of a page at most is in an element that stands beside the article
MAX_GUARDS = 60  # elements whose share of the text is measured
LINKS = 0.6  # of the characters of a block that leads elsewhere
PROSE = 200  # characters that an element has that is not named after its looks but after its topic
SHINGLE = 5  # words
_FURNITURE_TAGS = {"nav": "navigation", "footer": "footer", "header": "header", "aside": "aside", "form": "form",
                   "dialog": "dialog", "button": "button", "menu": "navigation"}  # fmt: skip
_ROLE_NAMES = "navigation banner contentinfo search complementary dialog alertdialog menu menubar toolbar"
_APART_NAMES = """
    ads advert adverts banner breadcrumb breadcrumbs comments consent cookie cookiebot cookies disqus footer gdpr login
    masthead menu modal nav navbar navigation newsletter onetrust pager pagination popup promo recommended related
    search share sharing sidebar signup skip social subscribe subscription topbar usercentrics"""
_AMBIGUOUS_NAMES = """
    aside banner consent cookie cookies promo recommended related search share sharing sidebar social subscription"""
_TEXT_NAMES = "article body container content entry layout main page policy post statement text wrapper"
_ROLES = frozenset(_ROLE_NAMES.split())
_APART = frozenset(_APART_NAMES.split())
_AMBIGUOUS = frozenset(_AMBIGUOUS_NAMES.split())  # "social" names links, and the part of a report on employees
_OF_TEXT = frozenset(_TEXT_NAMES.split())
_DOUBTFUL = ("aside", "form", "header", "banner", "related", "promo")  # where parts of an article stand at times
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_FOLDS = re.compile(r"accordion|collaps|panel|tab|faq|toggle|expand|details", re.IGNORECASE)
_TOKENS = re.compile(r"\w+")


class Regions:
    """Which elements of a page stand beside its text: asked of each element, as it is walked.

    Scripts and styles are taken out of the page, for their text would count as text.
    """

    def __init__(self, root: Element) -> None:
        import lxml.etree

        lxml.etree.strip_elements(root, "script", "style", "noscript", "template", with_tail=False)
        self._total = max(1.0, _length(root))
        self._guards = MAX_GUARDS

    def __call__(self, element: Element, tag: str, style: Style) -> str:
        """Why an element is no part of the text; "" if nothing says so."""
        why = self._by_name(element, tag, style)
        if not why or tag == "button":
            return "" if why and any(True for _ in element.iterancestors(*_HEADINGS)) else why
        self._guards -= 1
        if self._guards < 0 or _length(element) > ASIDE * self._total:
            return ""
        return "" if why in _AMBIGUOUS and _is_prose(element) else why

    def _by_name(self, element: Element, tag: str, style: Style) -> str:
        if style.hidden or element.get("hidden") is not None:
            return "" if _is_folded(element) else "hidden"
        if tag in ("footer", "header") and any(True for _ in element.iterancestors("article", "main")):
            return ""
        if tag in _FURNITURE_TAGS:
            return _FURNITURE_TAGS[tag]
        if element.get("role") in _ROLES:
            return "navigation"
        names = f"{element.get('class') or ''} {element.get('id') or ''}"[:500]
        words = {w.lower() for w in _WORDS.findall(names)} if names != " " else set()
        return next(iter(sorted(words & _APART)), "") if not words & _OF_TEXT or words & {"cookie", "footer"} else ""


_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "summary")


def _length(element: Element) -> float:
    """How many characters of text an element holds."""
    return float(element.xpath("string-length()"))


def _is_prose(element: Element) -> bool:
    """Whether an element holds text to read, and not mainly links, nor anything to click or fill in."""
    size = _length(element)
    if size < PROSE or element.xpath("boolean(.//button | .//input | .//form)"):
        return False
    return sum(map(_length, element.iter("a"))) < 0.3 * size


def _is_folded(element: Element) -> bool:
    """Whether what is hidden unfolds at a click, as answers of a list of questions do."""
    parent = element.getparent()
    near = [element, parent] if parent is not None else [element]
    return any(_FOLDS.search(f"{e.get('class') or ''} {e.get('id') or ''}"[:500]) for e in near)


def outline(chunks: Sequence[Chunk], page: str) -> list[Block]:
    """The blocks of a web page; ``page`` is its HTML."""
    kept = [c for c in chunks if c.text]
    for chunk in kept:
        _name(chunk)
    _set_aside(kept, _opinion(page))
    drop_initials(kept)
    settle_entries(kept)
    return [block_of(c, []) for c in kept]


def _name(chunk: Chunk) -> None:
    if chunk.tag in ("h1", "h2", "h3", "h4", "h5", "h6", "dt", "summary", "legend", "th") and chunk.kind == "heading":
        if len(chunk.text) > 250 or (len(chunk.text) > 80 and ends_sentence(chunk.text)):
            chunk.kind, chunk.level = "paragraph", 0
    elif chunk.kind in ("paragraph", "item") and not is_bullet(chunk.lead) and chunk.bold > 0.9:
        level = heading_level(chunk, 0.0)
        if level:
            chunk.text = f"{chunk.marker} {chunk.text}".strip()
            chunk.kind, chunk.level, chunk.marker = "heading", max(level, 4), ""
    if chunk.kind == "paragraph" and chunk.tag != "pre" and split_marker(chunk.text)[0]:
        chunk.kind = "item"


def _set_aside(chunks: Sequence[Chunk], article: Set[str]) -> None:
    """Make furniture of what is no text of the page."""
    known = [_known(chunk, article) for chunk in chunks]
    for chunk, share in zip(chunks, known, strict=True):
        title = chunk.tag == "h1" and chunk.region in ("header", "banner", "masthead")
        if title or (share > 0.5 and chunk.region in _DOUBTFUL and chunk.links < LINKS):
            chunk.region = ""
    _leading_elsewhere(chunks)
    inside = [c for c, share in zip(chunks, known, strict=True) if share > 0.5 and not c.region]
    body = [c for c in chunks if not c.region]
    if 2 * _size(inside) > _size(body):
        within = _Within(_common(inside[0].element, inside[-1].element))
        for chunk in body:
            prose = len(chunk.text) > 150 and ends_sentence(chunk.text)
            if not prose and chunk.tag != "h1" and not within(chunk.element):
                chunk.region = "outside"
    for chunk in chunks:
        if chunk.region:
            chunk.kind, chunk.level, chunk.marker = "furniture", 0, ""


def _leading_elsewhere(chunks: Sequence[Chunk]) -> None:
    """Links that stand in a row, and short ones without a full stop, lead elsewhere; so do headings over them."""
    for chunk in chunks:
        short = len(chunk.text) < 80 and not ends_sentence(chunk.text)
        if chunk.links > LINKS and (short or chunk.kind in ("item", "row")) and chunk.kind != "heading":
            chunk.region = chunk.region or "links"
    for chunk, after in pairwise(chunks):
        if chunk.kind == "heading" and chunk.tag != "h1" and not chunk.region and after.region == "links":
            chunk.region = "links"


def _size(chunks: Sequence[Chunk]) -> int:
    return sum(len(c.text) for c in chunks)


def _shingles(text: str) -> Iterator[str]:
    """Five words at a time, letters only; Chinese and Japanese in tens of characters."""
    words = _TOKENS.findall(text.lower())
    if text and not text.isascii() and len(words) < len(text) / 10:
        joined = "".join(words)
        words = [joined[i : i + 2] for i in range(0, len(joined), 2)]
    if len(words) <= SHINGLE:
        yield " ".join(words)
    for i in range(len(words) - SHINGLE):
        yield " ".join(words[i : i + SHINGLE])


def _known(chunk: Chunk, article: Set[str]) -> float:
    """Which share of a block is in the article."""
    found = [s in article for s in _shingles(chunk.text)]
    return sum(found) / len(found) if found else 0.0


def _opinion(page: str) -> frozenset[str]:
    """What Trafilatura takes for the article, in shingles; nothing where it finds none, or the page is too large."""
    if not is_ordinary(page):
        return frozenset()
    import trafilatura

    text = trafilatura.extract(page, include_comments=False, include_tables=True, favor_recall=True) or ""
    return frozenset(s for line in text.splitlines() for s in _shingles(line.lstrip("- |")))


def _common(first: Element, last: Element) -> Element:
    """The innermost element that both lie in, and so all that stand between them."""
    around = {id(e): e for e in [last, *last.iterancestors()]}
    return next((e for e in [first, *first.iterancestors()] if id(e) in around), None)


class _Within:
    """Whether elements lie in one; what is known of their ancestors is remembered."""

    def __init__(self, home: Element) -> None:
        self._known: dict[Element, bool] = {} if home is None else {home: True}
        self._all = home is None

    def __call__(self, element: Element) -> bool:
        path: list[Element] = []
        while element is not None and element not in self._known:
            path.append(element)
            element = element.getparent()
        inside = self._all or (element is not None and self._known[element])
        self._known.update(dict.fromkeys(path, inside))
        return inside
