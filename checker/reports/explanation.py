"""The reasoning for one pair, for a person at a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..explaining import Explanation
from ..records import Finding, Signal
from ..text import plain
from .terminal import card

BAR = 24  # characters of the longest bar


def show(explanation: Explanation, console: Console) -> None:
    """Print the pair, then stage by stage what was made of it."""
    finding = explanation.finding
    console.print(card(1, finding))
    console.print(
        Text.assemble(("candidate  ", "bold"), "yes" if explanation.candidate else "no", f" - {explanation.proposed}")
    )
    console.print(_judge(finding))
    console.print(_signals(finding))
    console.print(_waterfall(finding))
    console.print(Text(explanation.verdict, style="bold"))


def _judge(finding: Finding) -> Table:
    table = Table("judge", "entailment", "neutral", "contradiction", "update", box=None, pad_edge=False)
    for way, name in (("a_to_b", "A as premise"), ("b_to_a", "B as premise")):
        table.add_row(name, *(f"{p:.2f}" for p in finding.judge[way]))
    return table


def _signals(finding: Finding) -> Table:
    table = Table("signal", "verdict", "relation", "facts", "A", "B", box=None, pad_edge=False)
    for s in finding.signals:
        table.add_row(s.name, s.verdict, s.relation, plain(s.note), _quoted(s, "a", finding), _quoted(s, "b", finding))
    if not finding.signals:
        table.add_row("none speaks", "", "", "", "", "")
    return table


def _quoted(signal: Signal, side: str, finding: Finding) -> str:
    text = finding.a.text if side == "a" else finding.b.text
    return plain("; ".join(text[m.start : m.end] for m in getattr(signal, side)))


def _waterfall(finding: Finding) -> Table:
    """Every contribution with a bar, and their sum."""
    table = Table("log-odds", "", "feature", "value", box=None, pad_edge=False)
    most = max(abs(c.log_odds) for c in finding.contributions) or 1.0
    for c in finding.contributions:
        bar = "█" * round(BAR * abs(c.log_odds) / most)
        table.add_row(
            f"{c.log_odds:+.2f}", Text(bar, style="red" if c.log_odds > 0 else "cyan"), c.feature, f"{c.value:g}"
        )
    total = sum(c.log_odds for c in finding.contributions)
    table.add_row(f"{total:+.2f}", "", f"sum: probability {finding.probability:.2f}", "")
    return table
