"""Corpora in, problems out: each file is read once, line by line, and nothing but a little of each line remembered."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence

from ..files import find_corpora
from . import characters
from .memory import REMEMBERED
from .reading import Read, read_lines
from .records import Flaw, Level, Line, LintResult, Places, Problem, Settings, silenced
from .rules import BY_CODE, RULES, WATCHERS, choose, is_silenced
from .schema import check_silencing

LISTED = 10_000  # problems of one code that are kept; the rest is counted
AT_END = ("U003", "C004")  # codes that are told when all lines are read, of lines that are gone by then


def lint(
    names: Iterable[str], select: Sequence[str] = (), ignore: Sequence[str] = (), today: datetime.date | None = None
) -> LintResult:
    """Check files, folders, globs or "-" together; ``today`` is the day after which a date is in the future.

    Raises UnreadableError for a file that cannot be read to its end, ConfigError for a code that is none.
    """
    codes = choose(select, ignore)
    settings = Settings(today or datetime.datetime.now(datetime.UTC).date(), Places())
    run = _Run(codes, settings)
    for path in find_corpora(names):
        run.file(path)
    return run.result()


class _Run:
    """The checks of a run, and what they have found."""

    def __init__(self, codes: frozenset[str], settings: Settings) -> None:
        self.codes, self.settings = codes, settings
        chosen = [rule for rule in RULES if rule.check and rule.code in codes]
        self.checks = tuple(rule.check for rule in chosen if rule.check and rule not in characters.RULES)
        self.of_odd = tuple(rule.check for rule in chosen if rule.check and rule in characters.RULES)
        self.watchers = tuple(make(settings) for told, make in WATCHERS if codes.intersection(told))
        self.counts: Counter[str] = Counter()
        self.mendable: Counter[str] = Counter()
        self.found: list[tuple[int, Problem]] = []
        self.quiet_at_end: dict[int, tuple[str, ...]] = {}
        self.lines = 0

    def file(self, path: str) -> None:
        """Check all lines of a file."""
        places = self.settings.places
        places.begin(path)
        before = self.lines
        for read in read_lines(path, places.at(1)):
            self.lines += 1
            self.line(read, places.at(read.number))
        if self.lines == before:
            self.report(places.at(1), Flaw("S010", "", "holds no statement; is it the right file?"), ())

    def line(self, read: Read, place: int) -> None:
        """Report what is wrong with a line, and show it to those who remember."""
        quiet: tuple[str, ...] = ()
        if "meta" in read.row:
            quiet = tuple(silenced(read.row))
            if quiet and is_silenced(AT_END, quiet):
                self.quiet_at_end[place] = quiet
            for flaw in check_silencing(read.row, BY_CODE.keys()):
                self.report(place, flaw, quiet)
        for flaw in read.flaws:
            self.report(place, flaw, quiet)
        if read.line is not None:
            self.check(read.line, quiet)

    def check(self, line: Line, quiet: Sequence[str]) -> None:
        """Report what the checks say of a line that can be read."""
        for check in (*self.checks, *self.of_odd) if line.odd else self.checks:
            for flaw in check(line):
                self.report(line.place, flaw, quiet)
        for watcher in self.watchers:
            for flaw in watcher.see(line):
                self.report(line.place, flaw, quiet)

    def report(self, place: int, flaw: Flaw, quiet: Sequence[str]) -> None:
        """Count a flaw and list it, unless its code is not looked for, or silenced by the line."""
        code = flaw.code
        if code not in self.codes or is_silenced((code,), quiet):
            return
        self.counts[code] += 1
        self.mendable[code] += flaw.mendable
        if self.counts[code] <= LISTED:
            path, line = self.settings.places.of(place)
            shown_path = path.encode("utf-8", "replace").decode()
            level: Level = "error" if flaw.stops else BY_CODE[code].level
            problem = Problem(path=shown_path, line=line, field=flaw.field, code=code, level=level,
                              message=flaw.message, mendable=flaw.mendable)  # fmt: skip
            self.found.append((place, problem))

    def result(self) -> LintResult:
        """What is left to be told when all lines are read, and all of it in order."""
        for watcher in self.watchers:
            for place, flaw in watcher.end():
                self.report(place, flaw, self.quiet_at_end.get(place, ()))
        ordered = sorted(self.found, key=lambda found: (found[0], found[1].code, found[1].field))
        problems = tuple(problem for _, problem in ordered)
        full = any(memory.is_full for memory in self.settings.memories)
        notes = (f"only the first {REMEMBERED:,} lines were compared with each other (families U, C, S005, D006)",)
        files = len(self.settings.places.files)
        return LintResult(problems, self.counts, +self.mendable, files, self.lines, notes if full else ())
