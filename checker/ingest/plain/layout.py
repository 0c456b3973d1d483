"""Lines of a text of fixed width: where they begin and end, and whether a line goes on in the next one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from ..markers import MARKER
from ..tidy import ends_sentence, is_cjk_end, is_cjk_start, width

WRAPPED_AT_MOST = 130  # columns; nobody wraps text by hand any wider
WRAPPED_AT_LEAST = 40
MAX_TAGS = 60  # at the start of a line
MAX_GAP = 200  # spaces in a row; more say no more, and would cost time
FULL = 0.86  # of the width that a text is wrapped at: a line filled so far goes on in the next one
_GAP = re.compile(r"\S(?: {3,}|\t)\S")
LABEL = re.compile(r"[A-Z][\w .'’-]{0,40}:\s")
_BREAKS = re.compile(r"\r\n?|[\x0b\x85\u2028\u2029]")
_TAG = re.compile(r"\s*<(/?)(PAGE|TABLE|CAPTION|S|C|FN|F\d{1,2})>", re.IGNORECASE)
_SPACES = re.compile(rf" {{{MAX_GAP},}}")
_RULE = re.compile(r"[\s\-=_*~.+|–—─━═]{3,}\Z")


@dataclass(slots=True)
class Line:
    """A line of a text, with the number of the page break before it; ``text`` has no space at its end."""

    text: str
    segment: int
    in_table: bool = False
    aside: bool = False  # a page number, or a header or footer that pages repeat
    indent: int = 0
    right: int = 0

    def __post_init__(self) -> None:
        stripped = self.text.lstrip(" \u3000")
        self.indent = width(self.text[: len(self.text) - len(stripped)])
        self.right = self.indent + width(stripped)

    @property
    def blank(self) -> bool:
        """Whether nothing stands on it."""
        return not self.text

    @property
    def rule(self) -> bool:
        """Whether it is drawn: hyphens, equals signs or underscores only."""
        return bool(_RULE.match(self.text))


class Wrap(NamedTuple):
    """How a text is wrapped: at a column, or (0) not at all, a paragraph a line."""

    column: int

    def full(self, line: Line, room: float = FULL) -> bool:
        """Whether a line reaches the column that the text is wrapped at."""
        return self.column > 0 and line.right >= room * self.column

    def goes_on(self, line: Line, following: Line) -> bool:
        """Whether a line goes on in the following one: its first word did not fit any more."""
        if not self.column:
            return False
        end, start = line.text, following.text.lstrip()
        if ends_sentence(end) and (LABEL.match(start) or _outdented(line, following)):
            return False
        first = 2 if is_cjk_start(start) else 1 + width(start.split(maxsplit=1)[0])
        if line.right + first > FULL * self.column:
            return True
        return start[0].islower() and not end.endswith((".", ":", "!", "?")) and not is_cjk_end(end)


def _outdented(line: Line, following: Line) -> bool:
    return following.indent + 1 < line.indent


def lines_of(text: str) -> list[Line]:
    """The lines of a text; form feeds and the tags of old filings (<PAGE>, <TABLE>) become what they say of lines."""
    lines: list[Line] = []
    segment, in_table = 0, False
    escaped = bool(re.search(r"^- -{4,}\s*$", text, re.MULTILINE))  # privacy-enhanced mail writes "- " before a hyphen
    for raw in _BREAKS.sub("\n", text).split("\n"):
        for n, part in enumerate(raw.split("\f")):
            segment += n > 0
            content = part
            for _ in range(MAX_TAGS):
                if not (tag := _TAG.match(content)):
                    break
                segment += tag[2].upper() == "PAGE"
                in_table = tag[1] == "" if tag[2].upper() == "TABLE" else in_table
                content = " " * tag.start(1) + content[tag.end() :]
            if content is not part and not content.strip():
                continue
            content = content[2:] if escaped and content.startswith("- -") else content
            lines.append(Line(_spaced(content).rstrip(), segment, in_table))
    return lines


def _spaced(line: str) -> str:
    """Tabs at the start as indentation, tabs within as a gap between cells, no-break spaces as spaces."""
    line = _SPACES.sub(" " * MAX_GAP, line.replace("\u00a0", " "))
    if "\t" not in line:
        return line
    content = line.lstrip()
    start = line[: len(line) - len(content)].expandtabs(4)
    return start + content.replace("\t", "    ")


def wrap_of(lines: Sequence[Line]) -> Wrap:
    """The column at which a text is wrapped, from the lines that another line follows.

    Lines of most unwrapped texts end like sentences, or some of them are wider than any page.
    """
    followed = [a for a, b in _followed(lines) if not a.in_table and not _GAP.search(a.text.strip())]
    if not followed:
        return Wrap(0)
    widths = sorted(line.right for line in followed)
    column = widths[min(len(widths) - 1, int(0.95 * len(widths)))]
    ended = sum(ends_sentence(line.text) for line in followed)
    wrapped = column >= WRAPPED_AT_LEAST and widths[int(0.97 * (len(widths) - 1))] <= WRAPPED_AT_MOST
    return Wrap(column if wrapped and ended <= 0.6 * len(followed) else 0)


def _followed(lines: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
    """Lines of text and the line of text right below each."""
    for a, b in pairwise(lines):
        if not (a.blank or b.blank or a.aside or b.aside or a.rule or b.rule or a.segment != b.segment):
            yield a, b


def marker_of(line: Line) -> re.Match[str] | None:
    """The bullet, number or letter that a line begins with."""
    return MARKER.match(line.text.lstrip(" \u3000"))
