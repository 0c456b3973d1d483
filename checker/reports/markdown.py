"""A gated run as a comment in Markdown: each matter with both statements, what was accepted folded away."""

from __future__ import annotations

from collections.abc import Sequence

from ..gate.results import Gated, GateResult
from ..records import Statement
from .gate_words import (
    QUOTED,
    acceptance,
    by_matter,
    counted,
    heading,
    located,
    marks,
    name,
    of_state,
    origin,
    quote,
    reasons,
    short,
    sides,
    tally,
    warnings,
)
from .markdown_text import code, escape

MARKER = "<!-- checker -->"  # first in the comment, so that a workflow finds its own comment again
MOST = 60_000  # characters of a comment; GitHub takes 65,536
FOLDED = 6_000  # characters of a list that is folded away
ALSO = 5  # further findings of a matter that are listed below it
WARNINGS = 5
ACTS = {
    "monitor": "For the record: no finding fails this check.",
    "comment": "Please read each pair and say whether both can hold. No finding fails this check.",
    "block": "Where it says so, this check fails until a statement is mended or the finding accepted with a reason.",
}


def render(result: GateResult) -> bytes:
    """The comment, never longer than GitHub takes; what is left out is counted."""
    accepted = [_line(g) for g in of_state(result, "accepted")]
    ignored = [_line(g) for g in of_state(result, "ignored")]
    stale = [f"- {code(s)}" for s in result.stale]
    head = _head(result)
    tail = "".join(
        _fold(title, rows)
        for title, rows in (
            (f"{counted(len(accepted), 'accepted finding')}, by the baseline", accepted),
            (f"{counted(len(ignored), 'ignored finding')}, by a mark in the corpus", ignored),
            (f"{len(stale):,} of the baseline of which a statement is no longer said", stale),
        )
        if rows
    )
    matters = [_matter(n, group) for n, group in enumerate(by_matter(of_state(result, "new")), 1)]
    return (head + _bounded(matters, MOST - len(head) - len(tail), "\nAnd {:,} more, left out here.\n") + tail).encode()


def _head(result: GateResult) -> str:
    new = len(of_state(result, "new"))
    acts = f", {len(result.failing):,} to act on" if result.failing else ""
    title = f"{counted(new, 'new finding')}{acts}" if new else "no new finding"
    lines = [MARKER, f"## checker: {title}", "", f"{tally(result)}. {ACTS[result.mode] if new else ''}".strip()]
    warned = warnings(result.report.run)
    lines += ["", *(f"- Warning: {escape(short(w))}" for w in warned[:WARNINGS])] if warned else []
    if len(warned) > WARNINGS:
        lines.append(f"- and {len(warned) - WARNINGS:,} more warnings")
    return "\n".join(lines) + "\n"


def _matter(number: int, group: Sequence[Gated]) -> str:
    """The most probable finding of a matter whole, the others of it as a list."""
    gated, others = group[0], group[1:]
    f = gated.finding
    lines = ["", f"### {number}. {escape(heading(f))}{marks(gated)}", ""]
    for side in sides(gated):
        lines += _said(side.age, side.statement, code(located(side.place)))
    lines += _said("elsewhere", f.claim, "") if f.claim else []
    lines += [*(f"{escape(reason)}\n" for reason in reasons(gated)), f"Do both hold? Accept it: {code(acceptance(f))}"]
    if others:
        lines += ["", "About the same matter:", "", *(_line(g) for g in others[:ALSO])]
    if len(others) > ALSO:
        lines.append(f"- and {len(others) - ALSO:,} more")
    return "\n".join(lines) + "\n"


def _said(age: str, statement: Statement, place: str) -> list[str]:
    where = " · ".join(part for part in (f"**{age}**", escape(origin(statement)), place) if part)
    return [f"> {where}", ">", f"> {escape(quote(statement, QUOTED))}", ""]


def _line(gated: Gated) -> str:
    why = f" Reason: {escape(short(gated.why))}" if gated.why else ""
    return f"- {code(gated.finding.fingerprint)} {escape(heading(gated.finding))}: {escape(name(gated))}{why}"


def _fold(title: str, rows: Sequence[str]) -> str:
    """Rows that are shown on a click."""
    body = _bounded([f"{row}\n" for row in rows], FOLDED, "- and {:,} more\n")
    return f"\n<details><summary>{title}</summary>\n\n{body}\n</details>\n"


def _bounded(parts: Sequence[str], room: int, more: str) -> str:
    """As many parts as there is room for, and how many there would be more."""
    room -= len(more) + len(str(len(parts)))
    kept: list[str] = []
    for part in parts:
        room -= len(part)
        if room < 0:
            break
        kept.append(part)
    left = len(parts) - len(kept)
    return "".join(kept) + (more.format(left) if left else "")
