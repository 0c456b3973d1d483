"""The report for a person at a terminal: the funnel, warnings, and the first findings as cards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console, Group
from rich.markup import escape
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from ..context import needs_context
from ..kinds import UPDATE_KIND
from ..records import Echo, Finding, Report, Run, Span, Statement
from ..text import plain

CARDS = 10
ALSO = 5  # further findings of a matter that are listed below its card
ECHOES = 10
BAD_LINES = 20
SEVERITY_STYLE = {"high": "red", "medium": "yellow", "low": "cyan"}


def show(report: Report, console: Console, path: str | None, funnel: bool = False, cards: int = CARDS) -> None:
    """Print the summary of a report; ``path`` is where its JSONL lies, if anywhere.

    The first finding of each matter is a card, the others of the same matter are listed below it.
    """
    for number, (finding, others) in enumerate(by_matter(report.findings)[:cards], 1):
        console.print(card(number, finding))
        console.print(also(others)) if others else None
    for echo in report.echoes[:ECHOES]:
        console.print(_echo(echo))
    if len(report.echoes) > ECHOES:
        console.print(f"and {len(report.echoes) - ECHOES:,} more echoes in the report (-o)")
    if funnel:
        console.print(lost(report))
    console.print(summary(report, cards, path))


def by_matter(findings: Sequence[Finding]) -> list[tuple[Finding, list[Finding]]]:
    """The first finding of each issue with the others of it; a finding without an issue stands alone."""
    matters: dict[str, tuple[Finding, list[Finding]]] = {}
    for finding in findings:
        key = finding.issue or finding.fingerprint
        if key in matters:
            matters[key][1].append(finding)
        else:
            matters[key] = (finding, [])
    return list(matters.values())


def also(findings: Sequence[Finding]) -> Padding:
    """Further findings about a matter, a line each."""
    lines = [Text("about the same matter:", style="dim")]
    for f in findings[:ALSO]:
        where = " · ".join(plain(str(w)) for s in (f.a, f.b) for w in (s.source, s.date) if w)
        texts = " | ".join(_short(plain(s.text)) for s in (f.a, f.b))
        lines.append(Text(f"{f.probability:.2f} {f.kind} · {where} · {f.fingerprint}: {texts}"))
    if len(findings) > ALSO:
        lines.append(Text(f"and {len(findings) - ALSO:,} more in the report", style="dim"))
    return Padding(Group(*lines), (0, 0, 0, 2))


def _short(text: str, width: int = 60) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def _echo(echo: Echo) -> Text:
    since = f" since {echo.since}" if echo.since else ""
    return Text.assemble(
        ("echo ", "bold"), f"{echo.probability:.2f} {plain(echo.company)} takes over {plain(echo.party)}{since}: ",
        f"{plain(echo.statement.text)} | {plain(echo.reference.text)}",
    )  # fmt: skip


def lost(report: Report) -> Table:
    """Where pairs were lost: candidates by rule, then judged pairs by probability."""
    table = Table("where pairs are lost", "pairs", "share", box=None, pad_edge=False)
    for stage in report.run.funnel:
        for reason, number in stage.dropped.items():
            table.add_row(f"{stage.name}: {plain(reason)}", f"{number:,}", _share(number, stage.entered))
        for rule, number in stage.rules.items():
            table.add_row(f"{stage.name}: proposed by {rule}", f"{number:,}", _share(number, stage.left))
    return table


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else ""


def summary(report: Report, cards: int, path: str | None) -> Group:
    """What was compared, what was found, and what was not looked at."""
    run, found, matters = report.run, len(report.findings), len(by_matter(report.findings))
    parts: list[Text | Table] = [_funnel(run)]
    parts += [Text(f"warning: {plain(w)}", style="yellow") for w in run.warnings]
    parts += [Text(line, style="yellow") for line in _bad_lines(run)]
    updates = sum(f.kind == UPDATE_KIND for f in report.findings)
    about = f" about {matters} matter{'s' * (matters != 1)}" if matters < found else ""
    changes = f", {updates} of them announced change{'s' * (updates != 1)} over time" if updates else ""
    more = f", the first {cards} shown above" if matters > cards else ""
    where = f"; report: {plain(path)}" if path else ""
    number = f"{found} finding{'s' * (found != 1)}" if found else _none(run)
    parts.append(Text(f"{number}{about}{changes}{more}{where}", style="bold"))
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
    title = f"[bold]{number}[/]  {_chance(finding, style)}  {escape(plain(_company(finding)))}"
    sides = _side("A", finding.a, finding.highlights.a, style), _side("B", finding.b, finding.highlights.b, style)
    why = Text(plain(finding.explanation), style="dim"), Text(_weights(finding), style="dim")
    claim = [Text(""), *_side("C", finding.claim, [], style)] if finding.claim else []
    body = Group(*sides[0], Text(""), *sides[1], *claim, Text(""), *why)
    subtitle = f"{finding.severity} · {finding.kind} · {finding.fingerprint}"
    return Panel(body, title=title, title_align="left", subtitle=subtitle, subtitle_align="right", padding=(0, 1))


def _chance(finding: Finding, style: str) -> str:
    if finding.kind == UPDATE_KIND:
        return f"announced change [bold {style}]{finding.update:.2f}[/], contradiction {finding.probability:.2f}"
    return f"probability [bold {style}]{finding.probability:.2f}[/]"


def _company(finding: Finding) -> str:
    return finding.b.company if finding.a.is_reference else finding.a.company


def _side(name: str, statement: Statement, spans: Sequence[Span], style: str) -> list[Text | Padding]:
    s = statement
    page = f"p. {s.page}" if s.page is not None else None
    where = [s.source, s.document, s.date, s.speaker, s.role, s.section, page, s.lang]
    text = Text(plain(s.text))
    for span in spans:
        text.stylize(f"bold {style}", span.start, span.end)
    if needs_context(s):
        text = Text.assemble((f"{plain(s.before or '')} ", "dim"), text)  # what "it" and "they" are
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
