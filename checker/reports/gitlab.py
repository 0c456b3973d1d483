"""A gated run as a code quality report of GitLab: new findings only, since GitLab knows no suppression."""

from __future__ import annotations

from typing import Any

import msgspec

from ..gate.results import Gated, GateResult
from .gate_words import heading, level, of_state, origin, path_of, quote, sides

SEVERITIES = {
    "error": {"high": "blocker", "medium": "critical", "low": "major"},
    "warning": {"high": "major", "medium": "minor"},
}


def render(result: GateResult) -> bytes:
    """A JSON array, one object a finding; a merge request shows those that its target branch does not have."""
    rows = [_issue(gated, result) for gated in of_state(result, "new")]
    return msgspec.json.format(msgspec.json.encode(rows)) + b"\n"


def _issue(gated: Gated, result: GateResult) -> dict[str, Any]:
    finding = gated.finding
    first, second = sides(gated)
    texts = " ".join(f"{s.age} ({origin(s.statement)}): “{quote(s.statement)}”" for s in (first, second))
    return {
        "description": f"{heading(finding)}. {texts}",
        "check_name": f"checker/{finding.kind}",
        "fingerprint": finding.fingerprint,
        "severity": SEVERITIES.get(level(gated, result), {}).get(finding.severity, "info"),
        "location": {"path": path_of(first.place) or "stdin", "lines": {"begin": max(first.place.line, 1)}},
    }
