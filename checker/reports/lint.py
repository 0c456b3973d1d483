"""Problems of corpora as text, JSON Lines and annotations of GitHub Actions; the rules; what ``--fix`` changes."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby

import msgspec

from ..gate.results import Place
from ..lint.fixing import Edit, Fixed
from ..lint.records import LintResult, Problem
from ..lint.rules import BY_CODE, RULES
from ..text import plain
from .gate_words import counted, inert, path_of
from .github import SHOWN, escape, escape_property

MENDABLE = "[*]"


class End(msgspec.Struct, frozen=True, tag_field="type", tag="end"):
    """The last line of the JSON Lines: how many problems there are by code, in how many lines of how many files."""

    problems: int
    mendable: int
    counts: dict[str, int]
    files: int
    lines: int
    notes: tuple[str, ...] = ()
    complete: bool = True


def text(result: LintResult, fixed: Fixed | None = None) -> Iterator[str]:
    """A line a problem, ``path:line:field: CODE message``, and a summary."""
    yield from (_line(problem) for problem in result.problems)
    yield from summary(result, fixed)


def statistics(result: LintResult, fixed: Fixed | None = None) -> Iterator[str]:
    """How many problems there are of each code, the most frequent first, and a summary."""
    width = len(f"{max(result.counts.values(), default=0):,}")
    for code, count in sorted(result.counts.items(), key=lambda item: (-item[1], item[0])):
        mark = MENDABLE if result.mendable[code] else " " * len(MENDABLE)
        yield f"{count:>{width},}  {code} {mark} {BY_CODE[code].what}"
    yield from summary(result, fixed)


def jsonl(result: LintResult) -> Iterator[str]:
    """A JSON object a problem, and an end line."""
    yield from (msgspec.json.encode(problem).decode() for problem in result.problems)
    counts = dict(sorted(result.counts.items()))
    end = End(sum(counts.values()), result.mendable.total(), counts, result.files, result.lines, result.notes)
    yield msgspec.json.encode(end).decode()


def github(result: LintResult, fixed: Fixed | None = None) -> Iterator[str]:
    """Annotations for as many problems of each level as GitHub shows of a step; the others as text, and a summary."""
    shown = {level: [p for p in result.problems if p.level == level][:SHOWN] for level in ("error", "warning")}
    for level, problems in shown.items():
        yield from (_annotation(level, problem) for problem in problems)
    annotated = {id(p) for problems in shown.values() for p in problems}
    yield from (_line(problem) for problem in result.problems if id(problem) not in annotated)
    yield from summary(result, fixed)


def _line(problem: Problem) -> str:
    where = [plain(problem.path), str(problem.line), problem.field]
    mark = f" {MENDABLE}" if problem.mendable else ""
    return inert(f"{':'.join(part for part in where if part)}: {problem.code}{mark} {plain(problem.message)}")


def _annotation(command: str, problem: Problem) -> str:
    path = path_of(Place(problem.path, problem.line))
    place = f"file={escape_property(path)},line={problem.line}," if path else ""
    message = f"{problem.field}: {problem.message}" if problem.field else problem.message
    return f"::{command} {place}title={escape_property(f'checker {problem.code}')}::{escape(plain(message))}"


def summary(result: LintResult, fixed: Fixed | None = None) -> Iterator[str]:
    """What was mended, what could not be checked or listed, and how many problems are left."""
    if fixed is not None:
        yield mended(fixed)
    yield from (f"note: {note}" for note in result.notes)
    if result.unlisted:
        yield f"{counted(result.unlisted, 'problem')} more than are listed"
    total, mendable = result.counts.total(), result.mendable.total()
    where = f"in {counted(result.lines, 'line')} of {counted(result.files, 'file')}"
    how = f" ({MENDABLE} {mendable:,} can be mended with --fix)" if mendable else ""
    yield f"{counted(total, 'problem')} {where}{how}" if total else f"no problem {where}"


def mended(fixed: Fixed) -> str:
    """How many lines were mended and left out."""
    changed, removed = fixed.changed.total(), fixed.removed.total()
    files = len({*fixed.changed, *fixed.removed})
    copies = f", {removed:,} {'copies' if removed != 1 else 'copy'} left out" if removed else ""
    return f"{counted(changed, 'line')} mended{copies}, in {counted(files, 'file')}"


def diff(changes: Iterable[tuple[str, Edit]]) -> Iterator[str]:
    """A unified diff without context, in which characters that nobody sees are shown as escapes."""
    for path, edits in groupby(changes, key=lambda change: change[0]):
        yield f"--- {plain(path)}"
        yield f"+++ {plain(path)}"
        gone = 0
        for _, edit in edits:
            gone += not edit.after
            yield f"@@ -{edit.number} +{edit.number - gone}{'' if edit.after else ',0'} @@"
            yield f"-{visible(edit.before.decode())}"
            if edit.after:
                yield f"+{visible(edit.after.decode())}"


def visible(line: str) -> str:
    """A line of JSON in which layout, control and loose combining characters are escaped as JSON escapes them."""
    line = line.rstrip("\r\n")
    hidden = ("C", "Zl", "Zp") if unicodedata.is_normalized("NFC", line) else ("C", "Zl", "Zp", "M")
    return "".join(
        c if c == " " or not (unicodedata.category(c).startswith(hidden) or c.isspace()) else _escaped(c) for c in line
    )


def _escaped(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))


def rules(codes: Collection[str]) -> Iterator[str]:
    """The rules with these codes: what each finds, why that matters, and an example."""
    for rule in RULES:
        if rule.code in codes:
            mark = f"{MENDABLE} " if rule.mends else ""
            about = [
                word
                for word, holds in (("error", rule.level == "error"), ("off by default", not rule.default))
                if holds
            ]
            yield f"{rule.code} {mark}{rule.what}" + (f" ({', '.join(about)})" if about else "")
            yield f"     why: {rule.why}"
            yield f"     example: {rule.example}"
    yield f"{MENDABLE}: --fix mends it; error: a run stops there. A line keeps quiet about codes that it names itself:"
    yield '"meta": {"checker": {"lint_ignore": ["T001"]}}'


def rules_jsonl(codes: Collection[str]) -> Iterator[str]:
    """The same as JSON Lines."""
    for rule in RULES:
        if rule.code in codes:
            row = {"type": "rule", "code": rule.code, "what": rule.what, "why": rule.why, "example": rule.example,
                   "level": rule.level, "mends": rule.mends, "default": rule.default}  # fmt: skip
            yield msgspec.json.encode(row).decode()
