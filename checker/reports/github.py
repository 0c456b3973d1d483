"""A gated run as annotations of GitHub Actions: workflow commands that the runner finds in the log of a step."""

from __future__ import annotations

from collections.abc import Iterator

from ..gate.results import Gated, GateResult
from .gate_words import (
    Level,
    acceptance,
    counted,
    heading,
    inert,
    level,
    located,
    of_state,
    origin,
    path_of,
    quote,
    reasons,
    sides,
    tally,
    verdict,
    warnings,
)

SHOWN = 10  # annotations of one type that GitHub shows of a step
COMMANDS: dict[Level, str] = {"error": "error", "warning": "warning", "note": "notice"}


def render(result: GateResult) -> bytes:
    """The most probable new findings of each level as commands, then in words how many more there are, and sums."""
    lines = []
    more = []
    for grade, command in COMMANDS.items():
        found = [g for g in of_state(result, "new") if level(g, result) == grade]
        lines += [_annotation(command, g) for g in found[:SHOWN]]
        if len(found) > SHOWN:
            more.append(f"{counted(len(found) - SHOWN, f'more {command}')} than GitHub shows of one step")
    words = [*(f"warning: {w}" for w in warnings(result.report.run)), *more, tally(result), verdict(result)]
    return "".join(f"{line}\n" for line in [*lines, *(inert(w) for w in words)]).encode()


def _annotation(command: str, gated: Gated) -> str:
    place = sides(gated)[0].place
    path = path_of(place)
    known = {"file": path, "line": str(place.line) if path and place.line else "", "title": heading(gated.finding)}
    properties = ",".join(f"{key}={escape_property(value)}" for key, value in known.items() if value)
    return f"::{command} {properties}::{escape(chr(10).join(_message(gated)))}"


def _message(gated: Gated) -> Iterator[str]:
    for side in sides(gated):
        yield f"{side.age} ({origin(side.statement)}; {located(side.place)}): “{quote(side.statement)}”"
    yield from reasons(gated)
    yield f"Accept it: {acceptance(gated.finding)}"


def escape(text: str) -> str:
    """The message of a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escape_property(text: str) -> str:
    """The value of a property of a workflow command."""
    return escape(text).replace(":", "%3A").replace(",", "%2C")
