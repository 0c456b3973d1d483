"""Lines of one column as paragraphs.

A paragraph ends where the next line stands lower than its lines do, is set differently, begins with a marker or is
indented, and where a line is left shorter than the first word of the next one would have made it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ..lines import Line
from ..tidy import ends_sentence
from .breaks import INDENT, NOTE, Paragraph, begins, goes_on_plainly, marker_of
from .regions import Region
from .tables import Table

LOWER = 1.25  # of the usual distance between lines: a line that stands lower begins a paragraph
LOOSEST = 2.6  # of the size of the type: lines of one paragraph stand no farther apart
SMALLER = 0.93  # of the size of the body: notes at the foot of a page are set smaller


@dataclass(slots=True)
class Measures:
    """What is usual in a document: the size of its body type, and the distance of lines in that size."""

    size: float = 10.0
    leading: float = 1.25


def measure(pages: Sequence[Sequence[Line]]) -> Measures:
    """The measures of a document, from all of its lines of some length."""
    weight: dict[float, int] = {}
    for lines in pages:
        for x in lines:
            size = round(2 * x.size) / 2
            weight[size] = weight.get(size, 0) + len(x.text)
    if not weight:
        return Measures()
    body = max(weight, key=lambda size: (weight[size], size))
    steps = [
        (b.y1 - a.y1) / body
        for lines in pages[:200]
        for a, b in pairwise(lines)
        if abs(a.size - body) < 0.3 and abs(b.size - body) < 0.3 and 0.8 < (b.y1 - a.y1) / body < LOOSEST
    ]
    return Measures(body, median(steps) if steps else 1.25)


def paragraphs(region: Region, measures: Measures, notes_below: float) -> list[Paragraph | Table]:
    """The paragraphs and tables of a region; notes are looked for below a height of the page."""
    found: list[Paragraph | Table] = []
    for run in _runs(region.items):
        if isinstance(run, Table):
            found.append(run)
            continue
        among = [
            p for chunk in _chunks(run, measures, region.right) for p in _split(chunk, measures, notes_below, region)
        ]
        _settle_notes(among)
        texts = [p for p in among if not p.note]
        if texts:
            texts[0].first = texts[-1].last = True
        found += among
    return found


def _settle_notes(among: list[Paragraph]) -> None:
    """What stands below a note in its type is a note, too; what begins with a small letter is the rest of one."""
    first = next((n for n, p in enumerate(among) if p.note), len(among))
    for n in range(len(among) - 1, first, -1):
        above, paragraph = among[n - 1], among[n]
        if not paragraph.note and abs(paragraph.size - among[first].size) < 0.5:
            if paragraph.lines[0].text[:1].islower() and not paragraph.marker:
                above.lines += among.pop(n).lines
            else:
                paragraph.note = True


def _runs(items: Sequence[Line | Table]) -> Iterator[list[Line] | Table]:
    run: list[Line] = []
    for item in items:
        if isinstance(item, Line):
            run.append(item)
            continue
        if run:
            yield run
            run = []
        yield item
    if run:
        yield run


def _chunks(lines: list[Line], measures: Measures, edge: float) -> Iterator[list[Line]]:
    """Lines that follow each other closely, in type of one size."""
    leads = _leads(lines, measures)
    steps = [b.y1 - a.y1 for a, b in pairwise(lines)]
    chunk = [lines[0]]
    for n, (a, b) in enumerate(pairwise(lines)):
        step, size = steps[n], a.size
        close = 0 < step <= LOWER * leads(size)
        if not close or b.size != size:
            least = max(min(size, b.size), 1.0)
            other = abs(size - b.size) > max(0.6, 0.07 * least)
            wide = not close and step > 0 and not _runs_on(a, steps, n, edge)
            if other or wide or step < -least or step > LOOSEST * least:
                yield chunk
                chunk = []
        chunk.append(b)
    yield chunk


def _runs_on(line: Line, steps: list[float], n: int, edge: float) -> bool:
    """Whether a line in text with wide spaces between its lines goes on in the next one."""
    if line.x1 < edge - 2 * line.size or ends_sentence(line.text):
        return False
    return any(abs(step - steps[n]) < 0.1 * steps[n] for step in (*steps[max(n - 1, 0) : n], *steps[n + 1 : n + 2]))


def _leads(lines: list[Line], measures: Measures) -> Callable[[float], float]:
    """How far apart lines of a size are in a column: as a third of them are at most, else as in the document."""
    steps: dict[float, list[float]] = {}
    for a, b in pairwise(lines):
        if a.size == b.size and 0.7 * a.size < b.y1 - a.y1 < LOOSEST * a.size:
            steps.setdefault(a.size, []).append(b.y1 - a.y1)
    leads: dict[float, float] = {}

    def lead(size: float) -> float:
        if size not in leads:
            of_document = max(measures.leading, 1.15) * size
            found = sorted(steps.get(size, ()))
            usual = found[len(found) // 3] if len(found) > 3 else of_document
            leads[size] = min(usual, 1.15 * max(of_document, 1.3 * size))
        return leads[size]

    return lead


def _split(lines: list[Line], measures: Measures, notes_below: float, region: Region) -> list[Paragraph]:
    """A chunk as paragraphs."""
    right, left = max(x.x1 for x in lines), min(x.x0 for x in lines)
    note = lines[0].size < SMALLER * measures.size and lines[0].y0 > notes_below and bool(NOTE.match(lines[0].text))
    result = [_begin(lines[0], left, right, note)]
    for n, (last, line) in enumerate(pairwise(lines), 2):
        above = result[-1]
        if last.x1 > right - line.size and -0.5 < line.x0 - last.x0 < 0.5 and goes_on_plainly(last, line):
            above.lines.append(line)
        elif begins(above, line, lines[n] if n < len(lines) else None, note, region):
            result.append(_begin(line, left, right, note))
        else:
            above.lines.append(line)
    for paragraph in result:
        end = paragraph.lines[-1]
        edge = right if len(lines) > 1 else max(right, region.right)
        paragraph.room = edge - end.x1 if end.x0 < region.left + 5 * end.size else edge
        paragraph.indented = paragraph.lines[0].x0 > left + INDENT * paragraph.size
    return result


def _begin(line: Line, left: float, right: float, note: bool) -> Paragraph:
    is_note = note and bool(NOTE.match(line.text))
    return Paragraph([line], "" if is_note else marker_of(line), right, left, note=is_note)
