"""Where a paragraph ends: whether a line goes on with the one above it, or begins anew."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..lines import Line
from ..markers import MARKER, is_bullet
from ..tidy import ends_sentence, is_cjk_end, is_cjk_start
from .regions import Region
from .tables import is_numeric

SLACK = 1.0  # of the size of the type: ragged lines are not filled to the last letter
PROSE = 35  # characters: a shorter line may be of a list of names or labels
INDENT = 0.7  # of the size of the type
NOTE = re.compile(
    r"(?:\d{1,3}\s{0,3}|\*{1,3}\s?|[†‡§]\s?|\(\d{1,2}\)\s|\[\d{1,2}\]\s?)"
    r"(?=[A-ZÀ-Þ\u3040-\u9fff\"“«(\[]|https?:|www|[a-z]{2})"
)
_NUMBERED = re.compile(r"\d{1,3}\s+[A-ZÀ-Þ]")
_LEADERS = re.compile(r"(?:\.{4,}|(?:\. ){4,}|…{2,})\s*\d{1,4}\s*\Z")
_LABEL = re.compile(r"[^\W\d_][^.:]{0,40}:\s")
_BOXES = "□☐■☑☒√✓✔"
_DASHES = ("-", "–", "—")  # within a sentence, too
_GO_ON = (",", "-", "–", "，", "、")


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together.

    ``room`` is what its last line leaves free at its end; ``first`` and ``last``: nothing but tables and notes stands
    above it or below it in its column; ``indented``: its first line is set in; ``note``: it is a note at the foot of a
    page.
    """

    lines: list[Line]
    marker: str = ""
    right: float = 0.0
    left: float = 0.0
    room: float = 0.0
    first: bool = False
    last: bool = False
    indented: bool = False
    note: bool = False

    @property
    def size(self) -> float:
        """The size of most of its type."""
        return self.lines[len(self.lines) // 2].size

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(x.bold for x in self.lines)


def begins(above: Paragraph, line: Line, after: Line | None, note: bool, region: Region) -> bool:
    """Whether a line begins a new paragraph below another one of the same region."""
    last, edge = above.lines[-1], region.right
    right = edge if is_cjk_end(last.text) else above.right  # Chinese and Japanese fill their lines
    ended = ends_sentence(last.text)
    short = _leaves_room(last, line, right) and (ended or not _meets_picture(last, line, region))
    if _is_set_off(above, line, note) or _is_marked(above, line, short or ended):
        return True
    if line.text[0].islower() and not ended and not last.text.endswith((":", ";")):
        return False
    if _turns_bold(above, line, after, edge, short or ended) or _ends_capitals(above, line):
        return True
    if above.marker or above.note:
        return _leaves_entry(above, line, short, ended)
    return _is_set_in(above, line, after, short or ended) or (short and _reads_as_beginning(above, line, ended))


def marker_of(line: Line) -> str:
    """The marker that a line begins with, unless it is one of several boxes to tick."""
    if line.text[:6].isalpha() and line.text.isascii():
        return ""
    found = MARKER.match(line.text)
    if not found or (found["marker"] in _BOXES and any(c in _BOXES for c in line.text[1:])):
        return ""
    return found["marker"]


def goes_on_plainly(last: Line, line: Line) -> bool:
    """Whether a line right below a filled one cannot but go on with it: it begins with a word, set in the same type."""
    text = line.text
    if len(last.text) < PROSE or last.text[-1].isdigit() or last.bold != line.bold:
        return False
    return text[:3].isalpha() and text[0] < "\u2e80"


def _is_set_off(above: Paragraph, line: Line, note: bool) -> bool:
    """Whether a line is an entry of contents, has boxes to tick, or begins a note or an entry as the one above does."""
    first, text = above.lines[0].text, line.text
    if text[-1].isdigit() and _LEADERS.search(text) and _LEADERS.search(above.lines[-1].text):
        return True
    if is_numeric(text) and is_numeric(above.lines[-1].text):
        return True
    if text[0] in _BOXES or (note and _is_next_note(first, text)):
        return True
    if ":" in text[:45] and _LABEL.match(text) and _LABEL.match(first):
        return True
    return text[0].isdigit() and first[0].isdigit() and bool(_NUMBERED.match(text) and _NUMBERED.match(first))


def _is_next_note(first: str, text: str) -> bool:
    """Whether a text begins the note that follows another one: with the next number, or with a sign."""
    found, before = NOTE.match(text), NOTE.match(first)
    if not found:
        return False
    number, last = (re.sub(r"\D", "", m[0]) if m else "" for m in (found, before))
    return not number or not last or int(number) == int(last) + 1


def _is_marked(above: Paragraph, line: Line, ended: bool) -> bool:
    """Whether a line begins with a bullet, or with a number or letter where an entry may begin."""
    marker = marker_of(line)
    if not marker:
        return False
    sure = is_bullet(marker) and marker not in _DASHES
    return ended or sure or bool(above.marker) or above.lines[-1].text.endswith((";", ":", ","))


def _turns_bold(above: Paragraph, line: Line, after: Line | None, edge: float, ended: bool) -> bool:
    """Whether one of two lines is a bold one that stands alone: a heading, and no words that are stressed."""
    last = above.lines[-1]
    if last.bold == line.bold:
        return False
    if line.bold:
        alone = (after is None or not after.bold) and line.x1 < edge - 2 * line.size
        return ended or (alone and last.x1 < above.right - 1.5 * last.size)
    if above.marker:
        return ended and above.bold
    return above.bold and (ended or line.text[0].isupper() or last.x1 < edge - 2 * last.size)


def _ends_capitals(above: Paragraph, line: Line) -> bool:
    """Whether a heading in capitals ends above a line that is in none."""
    if len(above.lines) > 3 or not line.text[0].isupper() or line.text.isupper():
        return False
    return all(len(x.text) > 3 and x.text.isupper() for x in above.lines)


def _is_centred(a: Line, b: Line) -> bool:
    return abs(a.x0 + a.x1 - b.x0 - b.x1) < 0.6 * b.size and abs(a.x0 - b.x0) > 0.3 * b.size


def _leaves_room(last: Line, line: Line, right: float) -> bool:
    """Whether the first word of a line would have fitted at the end of the one above."""
    if abs(last.x1 - line.x1) < 1 and len(line.text) > 15:
        return False  # lines beside a picture end where it begins
    first = line.text.split(maxsplit=1)[0]
    word = line.x1 - line.x0
    if any(map(is_cjk_start, first[:8])):
        word = line.size * (1 if is_cjk_start(first) else 3)
    elif len(line.text) > len(first):
        word *= (len(first) + 0.6) / len(line.text)
    return last.x1 + word + SLACK * line.size < right


def _meets_picture(last: Line, line: Line, region: Region) -> bool:
    """Whether a line ends where others do, above one that is wide again: beside the foot of a picture."""
    if len(last.text) < PROSE or last.bold != line.bold or last.text.endswith((":", ";", "：", "；")):
        return False
    return line.x1 > last.x1 + 2 * line.size and region.is_shared_end(last.x1)


def _leaves_entry(above: Paragraph, line: Line, short: bool, ended: bool) -> bool:
    """Whether a line goes back to where the text around a list stands."""
    first, second = above.lines[0], above.lines[1] if len(above.lines) > 1 else None
    size = max(line.size, 1.0)
    if short and _reads_as_beginning(above, line, ended):
        return True
    if second and second.x0 > first.x0 + 0.5 * size:  # its lines hang below its first word
        return line.x0 < second.x0 - 0.5 * size
    if second and abs(line.x0 - second.x0) < 0.5 * size:
        return False
    return line.x0 < first.x0 - 0.5 * size and (short or ended)


def _is_set_in(above: Paragraph, line: Line, after: Line | None, done: bool) -> bool:
    """Whether a line is indented, as the first of a paragraph; ``done``: the one above may be the last of one."""
    size, last = max(line.size, 1.0), above.lines[-1]
    if line.x0 - last.x0 <= INDENT * size or _is_centred(last, line):
        return False
    hanging = after is not None and abs(after.x0 - line.x0) < 0.3 * size and len(above.lines) == 1
    return (done or is_cjk_start(line.text)) and not hanging


def _reads_as_beginning(above: Paragraph, line: Line, ended: bool) -> bool:
    """Whether a line below one that leaves room starts anew, by its letters and by the mark above."""
    last, text = above.lines[-1], line.text.lstrip("\"'“‘«¿¡([")
    if ended or last.text.endswith((":", ";", "：", "；")):
        return not text[:1].islower() or last.text.endswith((":", ";"))
    centred = _is_centred(last, line)
    if _is_prose(above) or last.text.endswith(_GO_ON):
        return False
    if is_cjk_end(last.text) or is_numeric(line.text):
        return not centred
    capital = text[:1].isupper() or is_cjk_start(text) or not text[:1].isalnum()
    return capital and not centred and not _is_large(last, line)


def _is_prose(above: Paragraph) -> bool:
    """Whether a paragraph has run over several lines, the last of them filled for the most part."""
    return len(above.lines) > 2 and above.lines[-1].x1 > above.left + 0.6 * (above.right - above.left)


def _is_large(last: Line, line: Line) -> bool:
    """Whether two lines are set like one heading."""
    return last.size > 11.9 and last.bold and line.bold and abs(last.size - line.size) < 0.3
