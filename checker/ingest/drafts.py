"""Pieces of a text on their way to blocks: what neighbours say of them, and paragraphs that a page break cuts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from .blocks import Block, BlockKind
from .cells import UNITS
from .markers import FOOTNOTE, family, is_bullet, split_marker
from .tidy import ends_sentence, is_cjk_start, width

SHORT = 120  # columns; what a heading without other signs takes at most


@dataclass(slots=True)
class Draft:
    """A block before it is settled what kind it is. Its text has its marker, unless ``marker`` holds it.

    ``segment`` counts the page breaks before it, ``level`` is what the block's will be.
    """

    text: str
    kind: BlockKind = "paragraph"
    level: int = 0
    marker: str = ""
    segment: int = 0
    last_segment: int = 0
    breaks: list[tuple[int, int]] = field(default_factory=list)

    @property
    def lead(self) -> str:
        """The bullet, number or letter it begins with."""
        return self.marker or split_marker(self.text)[0]


def drop_initials(drafts: Sequence[Draft]) -> None:
    """A capital with a full stop begins an entry only where it continues a list: "A.", "B.", but not "J. Smith"."""
    last = ""
    for draft in drafts:
        if draft.kind != "item" or draft.marker:
            continue
        lead = draft.lead
        if family(lead) == "A." and len(lead) == 2:
            if lead[0] in ("A", "I", chr(ord(last) + 1) if last else "A"):
                last = lead[0]
            else:
                draft.kind = "paragraph"


def settle_entries(drafts: Sequence[Draft]) -> None:
    """Short numbered entries that stand alone are headings; what names the unit of a table below is its caption."""
    spoken = [d for d in drafts if d.kind != "furniture"]
    for i, draft in enumerate(spoken):
        after = spoken[i + 1] if i + 1 < len(spoken) else None
        if draft.kind == "item" and after and not draft.marker and _is_short_title(draft) and not _in_list(spoken, i):
            draft.kind, draft.level = "heading", 4
        elif draft.kind in ("paragraph", "heading") and after and after.kind == "row" and UNITS.match(draft.text):
            draft.kind, draft.level = "caption", 0


def _is_short_title(draft: Draft) -> bool:
    lead, rest = split_marker(draft.text)
    if not lead or is_bullet(lead) or width(draft.text) > SHORT or ends_sentence(rest):
        return False
    return rest[-1:] not in ",;:、，；：" and (rest[:1].isupper() or is_cjk_start(rest))


def _in_list(drafts: Sequence[Draft], i: int) -> bool:
    """Whether an entry of the same list stands beside an entry."""
    own = family(drafts[i].lead)
    beside = [drafts[j] for j in (i - 1, i + 1) if 0 <= j < len(drafts)]
    return any(d.kind == "item" and family(d.lead) == own for d in beside)


def over_pages(
    drafts: Sequence[Draft],
    pages: Sequence[int | None],
    cut: Callable[[Draft, Draft], bool],
    glue: Callable[[str, str], str],
) -> list[Draft]:
    """Join paragraphs that a page break cuts: ``cut`` says whether it does, ``glue`` makes one text of two.

    Furniture between the halves follows.
    """
    result: list[Draft] = []
    last: Draft | None = None
    for draft in drafts:
        if draft.kind == "furniture":
            result.append(draft)
        elif last is not None and draft.segment > last.last_segment and cut(last, draft):
            whole = glue(last.text, draft.text)
            page = pages[draft.segment] if pages else None
            if page is not None:
                last.breaks.append((len(whole) - len(draft.text), page))
            last.text, last.last_segment = whole, draft.last_segment
        else:
            result.append(draft)
            last = draft if draft.kind in ("paragraph", "item") else None
    return result


def block_of(draft: Draft, pages: Sequence[int | None]) -> Block:
    """The block that a draft has become; its marker is taken off the text."""
    text, marker, kind = draft.text, draft.marker, draft.kind
    if not marker and kind == "item":
        marker, text = split_marker(text)
    elif not marker and kind in ("paragraph", "footnote") and (note := FOOTNOTE.match(text)):
        kind, marker, text = "footnote", note["marker"], text[note.end() :]
    cut = len(draft.text) - len(text)
    page = pages[draft.segment] if pages else None
    level = draft.level if kind in ("heading", "item") else 0
    return Block(
        kind=kind, text=text, page=page, level=max(1, level) if kind == "item" else level,
        breaks=[(max(0, offset - cut), later) for offset, later in draft.breaks], marker=marker,
    )  # fmt: skip
