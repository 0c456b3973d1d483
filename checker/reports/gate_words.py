"""What the outputs of a gated run say alike: the sides of a finding, where they stand, how much it matters, sums."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ..files import STDIN
from ..gate.results import Gated, GateResult, Place
from ..kinds import UPDATE_KIND
from ..records import Finding, Run, Statement
from ..text import plain

Level = Literal["error", "warning", "note"]
QUOTED = 1_000  # characters of a statement that are quoted; a paragraph has fewer
NAMED = 60  # characters of a statement where it only names a finding
STALE = 10  # entries of the baseline that are listed by name
NO_LONGER = "is in the baseline, but one of its statements is no longer said"
COMMAND = re.compile(r"##(?=\w*\[)|^(\s*):(?=:)")  # what a CI service takes for a command in the log of a job


@dataclass(frozen=True, slots=True)
class Side:
    """One statement of a finding: A or B, whether the new files say it, and where it stands."""

    letter: Literal["A", "B"]
    new: bool
    statement: Statement
    place: Place

    @property
    def age(self) -> str:
        """What the author of the new files calls it."""
        return "new" if self.new else "before"


def sides(gated: Gated) -> tuple[Side, Side]:
    """The side that the new files say and the other; A first where both are new."""
    a = Side("A", gated.new_side != "b", gated.finding.a, gated.a)
    b = Side("B", gated.new_side != "a", gated.finding.b, gated.b)
    return (b, a) if gated.new_side == "b" else (a, b)


def level(gated: Gated, result: GateResult) -> Level:
    """error: the run fails on it; warning: it should be read; note: accepted, ignored, uncertain, low, or on record."""
    if gated.fails:
        return "error"
    quiet = gated.state != "new" or gated.uncertain or result.mode == "monitor" or gated.finding.severity == "low"
    return "note" if quiet else "warning"


def company(finding: Finding) -> str:
    """Whose statements these are; an instrument has no say in it."""
    return plain(finding.b.company if finding.a.is_reference else finding.a.company)


def likely(finding: Finding) -> float:
    """The probability of what a finding is said to be: a contradiction, or an announced change."""
    return finding.update if finding.kind == UPDATE_KIND else finding.probability


def heading(finding: Finding) -> str:
    """Company, kind and probability."""
    if finding.kind == UPDATE_KIND:
        return f"{company(finding)}: announced change {finding.update:.2f}, contradiction {finding.probability:.2f}"
    return f"{company(finding)}: {plain(finding.kind)}, probability {finding.probability:.2f}"


def marks(gated: Gated) -> str:
    """Whether the run fails on it, and whether it is uncertain, in brackets."""
    words = [word for word, holds in (("fails", gated.fails), ("uncertain", gated.uncertain)) if holds]
    return f" ({', '.join(words)})" if words else ""


def name(gated: Gated) -> str:
    """Both statements in few words, the new one first."""
    return " | ".join(quote(side.statement, NAMED) for side in sides(gated))


def reasons(gated: Gated) -> list[str]:
    """Why it is a finding, and, where its acceptance is over, what was said for it."""
    over = [short(gated.why)] if gated.state == "new" and gated.why else []
    return [short(gated.finding.explanation), *over]


def quote(statement: Statement, width: int = QUOTED) -> str:
    """The text of a statement for a person, cut where it is longer than ``width``."""
    return short(statement.text, width)


def short(text: str, width: int = QUOTED) -> str:
    """Text without control characters, cut where it is longer than ``width``."""
    return plain(text) if len(text) <= width else plain(text[: width - 1]) + "…"


def origin(statement: Statement) -> str:
    """Source, document, date, speaker and page, as far as they are known."""
    s = statement
    page = f"p. {s.page}" if s.page is not None else None
    return " · ".join(plain(str(w)) for w in dict.fromkeys((s.source, s.document, s.date, s.speaker, page)) if w)


def path_of(place: Place) -> str:
    """The path from the working folder with forward slashes; empty where the statement stands in no file."""
    if place.file in ("", STDIN):
        return ""
    path = Path(place.file)
    if path.is_absolute() and path.is_relative_to(Path.cwd()):
        path = path.relative_to(Path.cwd())
    return Path(os.path.normpath(path)).as_posix()


def located(place: Place) -> str:
    """``path:line`` for a person, the path alone where no line is known."""
    path = plain(path_of(place)) or ("standard input" if place.file == STDIN else "no file")
    return f"{path}:{place.line}" if place.line else path


def of_state(result: GateResult, state: str) -> list[Gated]:
    """Findings in this state, the most probable first."""
    return [g for g in result.findings if g.state == state]


def by_matter(findings: Sequence[Gated]) -> list[list[Gated]]:
    """Findings about one matter together, in the order of the first of each."""
    matters: dict[str, list[Gated]] = {}
    for gated in findings:
        matters.setdefault(gated.finding.issue or gated.finding.fingerprint, []).append(gated)
    return list(matters.values())


def pairs_compared(run: Run) -> int:
    """How many pairs the judge read."""
    return next((stage.left for stage in run.funnel if stage.name == "judged"), 0)


def warnings(run: Run) -> list[str]:
    """What the run warned of, and that lines were left out."""
    shown = [plain(w) for w in run.warnings]
    if run.bad_lines:
        first = run.bad_lines[0]
        where = ":".join(plain(str(part)) for part in (first.path, first.line, first.field) if part)
        bad = counted(len(run.bad_lines), "bad line")
        shown.append(f"{bad} left out and not compared, the first: {where}: {plain(first.message)}")
    return shown


def counted(number: int, what: str) -> str:
    """``1 finding``, ``2 findings``."""
    return f"{number:,} {what}{'s' * (number != 1)}"


def tally(result: GateResult) -> str:
    """Pairs compared, findings by state, stale entries of the baseline."""
    accepted, ignored = len(of_state(result, "accepted")), len(of_state(result, "ignored"))
    return (
        f"{counted(pairs_compared(result.report.run), 'pair')} compared: "
        f"{counted(len(of_state(result, 'new')), 'new finding')}, {accepted:,} accepted, {ignored:,} ignored, "
        f"{len(result.stale):,} stale in the baseline"
    )


def verdict(result: GateResult) -> str:
    """What the mode makes of it."""
    if result.mode == "monitor":
        return "mode monitor: for the record, no finding fails the run"
    if result.mode == "comment":
        return "mode comment: for the author to read, no finding fails the run"
    bar, acts = plain(", ".join(result.fail_on)) or "nothing", counted(len(result.failing), "finding")
    return f"mode block (fails on {bar}): {acts} to act on, exit code {result.exit_code}"


def acceptance(finding: Finding) -> str:
    """The command that takes a finding into the baseline."""
    return f'checker baseline add {finding.fingerprint} --reason "…"'


def inert(line: str) -> str:
    """A line of a log in which CI services find no command of theirs (``::error``, ``##[error]``, ``##vso[…]``)."""
    return COMMAND.sub(lambda m: "# #" if m[0] == "##" else f"{m[1]}: ", line)
