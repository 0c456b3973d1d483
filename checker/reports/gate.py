"""A gated run as text for a terminal or the log of a job: what is new, both statements each, and the sums."""

from __future__ import annotations

from collections.abc import Iterator

from ..gate.results import Gated, GateResult
from ..text import plain
from .gate_words import (
    NO_LONGER,
    STALE,
    Side,
    acceptance,
    company,
    inert,
    likely,
    located,
    marks,
    of_state,
    origin,
    quote,
    reasons,
    sides,
    tally,
    verdict,
    warnings,
)


def render(result: GateResult) -> bytes:
    """New findings one below the other, warnings, what is stale in the baseline, sums, what the mode makes of it."""
    lines = [line for gated in of_state(result, "new") for line in _finding(gated)]
    lines += [f"warning: {w}" for w in warnings(result.report.run)]
    lines += [f"stale: {plain(s)} {NO_LONGER}" for s in result.stale[:STALE]]
    if len(result.stale) > STALE:
        lines.append(f"stale: and {len(result.stale) - STALE:,} more")
    if of_state(result, "new"):
        lines.append(f"accept a finding: {acceptance(of_state(result, 'new')[0].finding)}")
    lines += [tally(result), verdict(result)]
    return "".join(inert(line) + "\n" for line in lines).encode()


def _finding(gated: Gated) -> Iterator[str]:
    f = gated.finding
    first, second = sides(gated)
    yield f"{located(first.place)}: {plain(f.kind)} {likely(f):.2f} {f.fingerprint} {company(f)}{marks(gated)}"
    yield from _side(first)
    yield from _side(second)
    yield from (f"  why     {reason}" for reason in reasons(gated))
    yield ""


def _side(side: Side) -> Iterator[str]:
    yield f"  {side.age:<7} {side.letter} {origin(side.statement)} ({located(side.place)})"
    yield f"          “{quote(side.statement)}”"
