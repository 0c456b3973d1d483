"""Paragraphs as blocks: what kind each is, and which of them a column or a page cuts in two."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from ..blocks import Block, BlockKind
from ..markers import SECTION, is_bullet
from ..tidy import ends_sentence, is_cjk_end, is_cjk_start, tidy
from .breaks import Paragraph
from .paragraphs import SMALLER, Measures
from .text import join_lines, join_two

LARGER = 1.12  # of the size of the body: headings are set larger
SMALL = 0.75  # of the size of the body: words in smaller type are labels
LONGEST_HEADING = 200
LONGEST_ENTRY = 500  # of a table of contents, with its dots
LONG = 60  # characters of a paragraph that is no label
_CAPTION = re.compile(
    r"(?:(?:fig(?:ure|ura|\.)?|table|tab(?:ella|elle|la|\.)|chart|graph|grafico|gráfico|abb(?:ildung|\.)|cuadro|exhibit)"
    r"\s*\d+[a-z]?\b|(?:source|fonte|fuente|quelle)s?\s*:|[图表図]\s*\d+)",
    re.IGNORECASE,
)
_CONTENTS = re.compile(r"([^.…](?:[^.…]|[.…](?![.…]|\s[.…]))*)[.…\s]{4,}(\d{1,4})")
_SPACED = re.compile(r"(?:\w ){3,}\w")
_ASKS = ("?", "？")
_BROKEN_OFF = (",", "-", "–", "、", "，")


@dataclass(slots=True)
class Draft:
    """A block in the making, with what tells whether it goes on in the next column or on the next page."""

    kind: BlockKind
    text: str
    page: int
    size: float
    bold: bool = False
    marker: str = ""
    level: int = 0
    room: float = 0.0
    first: bool = False
    last: bool = False
    indented: bool = False
    left: float = 0.0
    breaks: list[tuple[int, int]] = field(default_factory=list)


def draft_of(paragraph: Paragraph, page: int, measures: Measures, known: Set[str]) -> Draft | None:
    """A paragraph as a draft, of the kind that its type and its words speak for; None if it holds no words."""
    texts = [x.text for x in paragraph.lines]
    marker = ""
    if paragraph.marker:
        texts[0] = texts[0].lstrip()[len(paragraph.marker) :].lstrip()
        marker = tidy(paragraph.marker) or "•"  # those of symbol fonts are in the private use area
    text = tidy(join_lines([x for x in texts if x], known)) if any(texts) else ""
    if paragraph.note:
        marker, text = _note_marker(text)
    if not text:
        return None
    if entry := _entry_of_contents(text):
        return Draft("row", f"{marker} {entry}".lstrip(), page, paragraph.size)
    kind = _kind(paragraph, text, marker, measures)
    if kind == "heading":
        text = f"{marker} {text}" if marker and not is_bullet(marker) else text
        text, marker = (text.replace(" ", "") if _SPACED.fullmatch(text) else text), ""
    return Draft(
        kind, text, page, paragraph.size, paragraph.bold, marker, 0, paragraph.room, paragraph.first, paragraph.last,
        paragraph.indented, paragraph.lines[0].x0,
    )  # fmt: skip


def _note_marker(text: str) -> tuple[str, str]:
    found = re.match(r"[\d*†‡§()\[\]]+", text)
    return (found[0], text[found.end() :].lstrip()) if found else ("", text)


def _entry_of_contents(text: str) -> str:
    """An entry of a table of contents as a row: its title and its page, without the dots between them."""
    if not text[-1].isdigit() or len(text) > LONGEST_ENTRY or not any(dots in text for dots in ("....", ". . .", "……")):
        return ""
    found = _CONTENTS.fullmatch(text)
    return f"{found[1].rstrip()} | {found[2]}" if found else ""


def _kind(paragraph: Paragraph, text: str, marker: str, measures: Measures) -> BlockKind:
    if paragraph.note:
        return "footnote"
    if len(text) <= LONGEST_HEADING:
        if len(paragraph.lines) <= 2 and _CAPTION.match(text):
            return "caption"
        if _is_heading(paragraph, text, marker, measures) and _is_worded(text):
            return "heading"
        if paragraph.size < SMALL * measures.size and len(text) < 60 and not ends_sentence(text.replace(":", ".")):
            return "caption"
    return "item" if marker else "paragraph"


def _is_worded(text: str) -> bool:
    """Whether half of a text or more is letters."""
    return 2 * sum(map(str.isalpha, text)) >= len(text.replace(" ", ""))


def _is_heading(paragraph: Paragraph, text: str, marker: str, measures: Measures) -> bool:
    """Whether a paragraph is set like a heading: larger, bold or in capitals, short, and not as a sentence."""
    size, lines = paragraph.size, len(paragraph.lines)
    if lines > 4 or size < SMALLER * measures.size or (marker and is_bullet(marker)):
        return False
    if text.endswith((",", ";", "，", "；")) or text[0].islower():
        return False
    if ends_sentence(text) and not text.endswith(_ASKS) and len(text) > 40:
        return False
    if size >= LARGER * measures.size:
        return True
    if lines <= 3 and paragraph.bold and not (text.endswith(":") and len(text) > 90):
        return True
    capitals = text.isupper() and len(text) > 3
    return lines <= 2 and len(text) <= 100 and (capitals or bool(SECTION.match(text))) and not ends_sentence(text)


def set_levels(drafts: Sequence[Draft], measures: Measures) -> None:
    """Levels of headings by the size of their type, and of entries by how far they are set in."""
    sizes = sorted(
        {round(d.size) for d in drafts if d.kind == "heading" and d.size >= LARGER * measures.size}, reverse=True
    )
    rank = {size: min(n, 5) for n, size in enumerate(sizes, 1)}
    lefts: list[float] = []
    for draft in drafts:
        if draft.kind == "heading":
            draft.level = rank.get(round(draft.size), min(len(sizes) + 1, 6))
            lefts = []
        elif draft.kind == "item":
            lefts = [x for x in lefts if x < draft.left - 4]
            draft.level = len(lefts) + 1
            lefts.append(draft.left)
        elif draft.kind == "paragraph":
            lefts = []


def drop_initials(drafts: Sequence[Draft]) -> None:
    """A capital with a full stop begins an entry only where it continues a list: "A.", "B.", but not "F. Example"."""
    last = ""
    for draft in drafts:
        letter = draft.marker or (draft.text[:2] if draft.kind == "heading" else "")
        if len(letter) != 2 or letter[1] != "." or not letter[0].isupper():
            continue
        if letter[0] in ("A", "I", chr(ord(last) + 1) if last else "A"):
            last = letter[0]
        elif draft.kind == "item":
            draft.kind, draft.text, draft.marker = "paragraph", f"{letter} {draft.text}", ""


def joined(drafts: Sequence[Draft], known: Set[str]) -> list[Draft]:
    """Paragraphs that a column, a page, a picture or a note cuts, made whole."""
    result: list[Draft] = []
    open_: Draft | None = None
    over_table = False
    for draft in drafts:
        if draft.kind in ("paragraph", "item", "heading"):
            if open_ and draft.first and _goes_on(open_, draft, over_table):
                _append(open_, draft, known)
                open_.room, open_.last = draft.room, draft.last
                open_ = open_ if _is_open(open_) else None
                continue
            if draft.kind != "heading" or not (open_ and open_.text.endswith("-")):
                open_, over_table = draft if _is_open(draft) else None, False
        over_table = over_table or draft.kind == "row"
        result.append(draft)
    return result


def _is_open(draft: Draft) -> bool:
    """Whether a paragraph may go on elsewhere: at the foot of its column, or where it breaks off within a word."""
    return (
        draft.kind != "heading"
        and (draft.last or (draft.text.endswith("-") and draft.text[-2:-1].isalpha()))
        and not ends_sentence(draft.text)
        and not draft.text.endswith((":", "："))
    )


def _goes_on(above: Draft, draft: Draft, over_table: bool) -> bool:
    """Whether a paragraph at the top of a column is the rest of one at the foot of another."""
    if draft.marker or draft.kind == "heading" or abs(draft.size - above.size) > 0.6:
        return False
    if above.text.endswith((";", "；")) and (above.kind == "item" or len(above.text) < LONG):
        return False
    start = draft.text.lstrip("\"'“‘«([")[:1]
    word = 1.0 if is_cjk_start(draft.text) else 0.5 * len(draft.text.split(maxsplit=1)[0])
    full = above.room < (word + 1) * above.size
    if start.islower():
        return full or above.text.endswith(_BROKEN_OFF) or draft.page > above.page or len(above.text) > LONG
    if over_table or not full or (draft.indented and above.kind != "item") or draft.bold != above.bold:
        return False
    return is_cjk_end(above.text) or not is_cjk_start(draft.text)


def _append(above: Draft, draft: Draft, known: Set[str]) -> None:
    whole = join_two(above.text, draft.text, known)
    offset = len(whole) - len(draft.text)
    last = above.breaks[-1][1] if above.breaks else above.page
    if draft.page > last:
        above.breaks.append((offset, draft.page))
    above.breaks += [(offset + at, page) for at, page in draft.breaks]
    above.text = whole


def block_of(draft: Draft) -> Block:
    """The block that a draft has become."""
    return Block(
        kind=draft.kind, text=draft.text, page=draft.page, breaks=draft.breaks, level=draft.level, marker=draft.marker
    )
