"""A gated run as JSON Lines: the run, each finding with what the gate makes of it, the end."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from ..gate.results import GateResult, Mode, Place, State
from ..records import Finding, Run


class GatedLine(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="gated"):
    """A finding with its state; ``a`` and ``b`` are the places of its statements, ``new_side`` what the new files say.

    ``fails`` is whether the mode acts on it, ``uncertain`` whether it lies below the bar of certainty, ``why`` the
    reason of an accepted or ignored one.
    """

    state: State
    fails: bool
    uncertain: bool
    new_side: Literal["a", "b", "both"]
    a: Place
    b: Place
    why: str
    finding: Finding


class GateEnd(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="gate-end"):
    """The last line: what the mode made of it, and the sums; a file without it is not whole."""

    mode: Mode
    fail_on: list[str]
    exit_code: int
    findings: int
    failing: int
    states: dict[State, int]
    stale: list[str]
    complete: bool = True


Line = Run | GatedLine | GateEnd


def render(result: GateResult) -> bytes:
    """All lines, in bytes that are the same for the same result."""
    lines: list[Line] = [result.report.run]
    lines += [
        GatedLine(
            state=g.state, fails=g.fails, uncertain=g.uncertain, new_side=g.new_side, a=g.a, b=g.b, why=g.why,
            finding=g.finding,
        )
        for g in result.findings
    ]  # fmt: skip
    states: tuple[State, ...] = ("new", "accepted", "ignored")
    lines.append(
        GateEnd(
            mode=result.mode, fail_on=list(result.fail_on), exit_code=result.exit_code, findings=len(result.findings),
            failing=len(result.failing), states={s: sum(g.state == s for g in result.findings) for s in states},
            stale=list(result.stale),
        )
    )  # fmt: skip
    return b"".join(msgspec.json.encode(line) + b"\n" for line in lines)


def schema() -> dict[str, Any]:
    """JSON Schema of a line."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(Line)}
