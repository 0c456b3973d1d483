"""What passes between the checks: lines, flaws in them, the rules that name the flaws, and the result."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, Protocol

import msgspec

from ..records import Statement
from .memory import Memory

Level = Literal["error", "warning"]
"""error: ``checker run`` stops at such a line; warning: the run goes on, and its report may mislead."""

NAMES = ("company", "source", "document", "section", "speaker")
TEXTS = ("text", "before", "after")


class Line(NamedTuple):
    """A corpus line that holds a statement: its place, what was written, and what was read of it.

    ``odd`` are the names and texts, by field, that hold more than plainly spaced ordinary characters; ``dropped`` the
    optional fields that could not be read and are left out of ``statement``.
    """

    place: int
    row: Mapping[str, Any]
    statement: Statement
    odd: Sequence[tuple[str, str]] = ()
    dropped: frozenset[str] = frozenset()


class Flaw(NamedTuple):
    """What is wrong with a field of a line (of the whole line where ``field`` is empty), under the code of a rule.

    ``stops``: a run would stop here, whatever the level of the rule.
    """

    code: str
    field: str
    message: str
    mendable: bool = False
    stops: bool = False


class Placed(NamedTuple):
    """A flaw that shows only when all lines are read, and the place it belongs to."""

    place: int
    flaw: Flaw


Check = Callable[[Line], Iterable[Flaw]]


class Watcher(Protocol):
    """A check that remembers lines, in bounded memory."""

    def see(self, line: Line) -> Iterable[Flaw]:
        """What is wrong with a line in view of those before it."""
        ...

    def end(self) -> Iterable[Placed]:
        """What is wrong in view of all lines."""
        ...


@dataclass(frozen=True, slots=True)
class Rule:
    """A code that never changes, and what it means; ``mends`` says whether ``--fix`` can mend what it finds.

    ``check`` is the rule where one line is enough to tell; other rules are told while a file is read, or by a watcher.
    """

    code: str
    what: str
    why: str
    example: str
    level: Level = "warning"
    mends: bool = False
    default: bool = True
    check: Check | None = None


@dataclass(slots=True)
class Places:
    """Where lines stand: a place is a number that a file of the run and a line in it make, and sorts like both."""

    files: list[str] = field(default_factory=list)

    def begin(self, path: str) -> None:
        """Go on to the next file."""
        self.files.append(path)

    def at(self, number: int) -> int:
        """The place of a line of the current file."""
        return (len(self.files) - 1) << 40 | number

    def of(self, place: int) -> tuple[str, int]:
        """File and line of a place."""
        return self.files[self.file_of(place)], place & ((1 << 40) - 1)

    def file_of(self, place: int) -> int:
        """The number of the file of a place."""
        return place >> 40

    def named(self, place: int) -> str:
        """A place as a message names it: file:line, or the line alone in the current file."""
        path, line = self.of(place)
        return f"line {line}" if self.file_of(place) == len(self.files) - 1 else f"{path}:{line}"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the checks of a run share: the day that counts as today, where lines stand, and what is remembered."""

    today: datetime.date
    places: Places
    memories: list[Memory[Any]] = field(default_factory=list)

    def memory(self) -> Memory[Any]:
        """A memory of bounded size."""
        self.memories.append(Memory())
        return self.memories[-1]


class Problem(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="problem"):
    """A flaw with its place, as it is reported."""

    path: str
    line: int
    field: str
    code: str
    level: Level
    message: str
    mendable: bool = False


@dataclass(frozen=True)
class LintResult:
    """What is wrong with corpora, in the order of files and lines.

    ``counts`` are of all problems by code, ``mendable`` of those among them that ``--fix`` mends; ``problems`` holds of
    each code the first ones only where there are very many. ``notes`` say what could not be checked.
    """

    problems: tuple[Problem, ...]
    counts: Counter[str]
    mendable: Counter[str]
    files: int
    lines: int
    notes: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """0: no problem, 1: problems. Corpora that cannot be read have no result at all."""
        return 1 if self.counts.total() else 0

    @property
    def unlisted(self) -> int:
        """How many problems are counted but not listed."""
        return self.counts.total() - len(self.problems)


def shown(value: str, width: int = 40) -> str:
    """A value as a message quotes it: on one line and not too long."""
    body = value if len(value) <= width else value[: width - 1] + "…"
    return f"'{body}'"


def silenced(row: Mapping[str, Any]) -> Iterator[str]:
    """The codes, or beginnings of codes, that a line itself silences: ``meta.checker.lint_ignore``."""
    meta = row.get("meta")
    told = meta.get("checker") if isinstance(meta, dict) else None
    codes = told.get("lint_ignore") if isinstance(told, dict) else None
    if isinstance(codes, list):
        yield from (code for code in codes if isinstance(code, str) and code)
