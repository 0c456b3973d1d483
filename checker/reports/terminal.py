"""The report for a person at a terminal: the funnel, warnings, and the first findings as cards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console, Group
from rich.markup import escape
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from ..records import Finding, Report, Run, Span, Statement
from ..text import plain

CARDS = 10
BAD_LINES = 20
SEVERITY_STYLE = {"high": "red", "medium": "yellow", "low": "cyan"}


def show(report: Report, console: Console, path: str | None, cards: int = CARDS) -> None:
    """Print the summary of a report; ``path`` is where its JSONL lies, if anywhere."""
    for number, finding in enumerate(report.findings[:cards], 1):
        console.print(card(number, finding))
    console.print(summary(report, cards, path))


def summary(report: Report, cards: int, path: str | None) -> Group:
    """What was compared, what was found, and what was not looked at."""
    run, found = report.run, len(report.findings)
    parts: list[Text | Table] = [_funnel(run)]
    parts += [Text(f"warning: {plain(w)}", style="yellow") for w in run.warnings]
    parts += [Text(line, style="yellow") for line in _bad_lines(run)]
    more = f", the first {cards} shown above" if found > cards else ""
    where = f"; report: {plain(path)}" if path else ""
    number = f"{found} finding{'s' * (found != 1)}" if found else _none(run)
    parts.append(Text(f"{number}{more}{where}", style="bold"))
    return Group(*parts)


def _bad_lines(run: Run) -> Iterator[str]:
    if run.bad_lines:
        yield f"warning: {len(run.bad_lines):,} bad lines were left out:"
    for b in run.bad_lines[:BAD_LINES]:
        yield f"  {plain(':'.join(str(part) for part in (b.path, b.line, b.field) if part))}: {plain(b.message)}"
    if len(run.bad_lines) > BAD_LINES:
        yield f"  and {len(run.bad_lines) - BAD_LINES:,} more, listed in the first line of the report (-o)"


def _none(run: Run) -> str:
    judged = next(s.left for s in run.funnel if s.name == "judged")
    least = run.parameters["min_probability"]
    return (
        f"no finding: {judged:,} pairs were judged, none has a probability of {least:g} or more (see --min-probability)"
    )


def _funnel(run: Run) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    for stage in run.funnel:
        reasons = ", ".join(f"{n:,} {plain(reason)}" for reason, n in stage.dropped.items())
        table.add_row(stage.name, f"{stage.entered:,} → {stage.left:,}", Text(reasons, style="dim"))
    return table


def card(number: int, finding: Finding) -> Panel:
    """One finding: both texts whole, who said them, where and when, and why it is ranked so."""
    style = SEVERITY_STYLE.get(finding.severity, "white")
    title = (
        f"[bold]{number}[/]  probability [bold {style}]{finding.probability:.2f}[/]  {escape(plain(finding.a.company))}"
    )
    sides = _side("A", finding.a, finding.highlights.a, style), _side("B", finding.b, finding.highlights.b, style)
    why = Text(plain(finding.explanation), style="dim"), Text(_weights(finding), style="dim")
    body = Group(*sides[0], Text(""), *sides[1], Text(""), *why)
    subtitle = f"{finding.severity} · {finding.kind} · {finding.fingerprint}"
    return Panel(body, title=title, title_align="left", subtitle=subtitle, subtitle_align="right", padding=(0, 1))


def _side(name: str, statement: Statement, spans: Sequence[Span], style: str) -> list[Text | Padding]:
    s = statement
    page = f"p. {s.page}" if s.page is not None else None
    where = [s.source, s.document, s.date, s.speaker, s.role, s.section, page, s.lang]
    text = Text(plain(s.text))
    for span in spans:
        text.stylize(f"bold {style}", span.start, span.end)
    place = " · ".join(plain(str(w)) for w in dict.fromkeys(where) if w)
    return [Text.assemble((f"{name} ", "bold"), (place, "italic")), Padding(text, (0, 0, 0, 2))]


def _weights(finding: Finding) -> str:
    """The base rate and the three weightiest contributions."""
    shown = finding.contributions[:4]
    rest = sum(c.log_odds for c in finding.contributions[4:])
    parts = [f"{c.feature} {c.log_odds:+.1f}" for c in shown] + (
        [f"the rest {rest:+.1f}"] if finding.contributions[4:] else []
    )
    return "log-odds: " + ", ".join(parts)
