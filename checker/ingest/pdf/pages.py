"""A page's lines as drafts of blocks, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from ..lines import Line
from ..tidy import tidy
from .blocks import Draft, draft_of
from .breaks import Paragraph
from .columns import reading_order
from .labels import with_whole_labels
from .paragraphs import Measures, paragraphs
from .regions import Region
from .rules import Rule
from .tables import Table

LABEL = 0.78  # of the size of a page's main type: smaller type is that of charts, pictures and fine print
MAIN = 0.2  # of the characters of a page that its main type has at least
FOOT = 0.5  # of the page's height: notes stand below it
MOST_LINES = 8_000  # a page with more is no text; its lines are taken as they come


@dataclass(slots=True)
class Content:
    """What a page holds: lines, those that stand on end, tables between rules, and its furniture."""

    number: int
    lines: list[Line]
    turned: list[Line]
    tables: list[Table]
    across: list[Rule]
    furniture: list[Line]
    height: float


def page_drafts(content: Content, measures: Measures, known: Set[str]) -> list[Draft]:
    """The drafts of a page: furniture first, then its text, then the labels of its charts and pictures."""
    drafts = [_aside(content.furniture, " | ", content.number), _aside(content.turned, " ", content.number)]
    large, small = _by_size(content.lines, measures)
    found = [d for d in drafts if d]
    regions = _regions(large, content.tables, content.across) if large or content.tables else []
    if small:
        regions += with_whole_labels(_regions(small, [], content.across))
    for region in regions:
        for part in paragraphs(region, measures, FOOT * content.height):
            found += _drafts(part, content.number, measures, known)
    return found


def _regions(lines: list[Line], tables: Sequence[Table], across: Sequence[Rule]) -> list[Region]:
    if len(lines) > MOST_LINES:
        return [Region([*lines, *tables], 0.0, max(x.x1 for x in lines))]
    return reading_order(lines, tables, across)


def _by_size(lines: list[Line], measures: Measures) -> tuple[list[Line], list[Line]]:
    """The lines of a page, and apart from them those in type much smaller than its main type."""
    weight: dict[int, int] = {}
    for x in lines:
        weight[round(x.size)] = weight.get(round(x.size), 0) + len(x.text)
    substantial = [size for size, count in weight.items() if count >= MAIN * sum(weight.values())]
    usual = [size for size in substantial if size <= round(measures.size)]
    least = LABEL * (max(usual) if usual else min(substantial, default=0))
    if all(x.size >= least for x in lines):
        return lines, []
    return [x for x in lines if x.size >= least], [x for x in lines if x.size < least]


def _drafts(part: Paragraph | Table, page: int, measures: Measures, known: Set[str]) -> list[Draft]:
    if isinstance(part, Paragraph):
        draft = draft_of(part, page, measures, known)
        return [draft] if draft else []
    rows = [" | ".join(cell for cell in map(tidy, row) if cell) for row in part.rows]
    return [Draft("row", row, page, 0.0) for row in rows if row]


def _aside(lines: list[Line], between: str, page: int) -> Draft | None:
    text = between.join(filter(None, (tidy(x.text) for x in lines)))
    return Draft("furniture", text, page, 0.0) if text else None
