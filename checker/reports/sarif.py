"""A gated run as SARIF 2.1.0, the format that code scanning services and editors read."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote as percent

import msgspec

from .. import __version__
from ..gate.results import Gated, GateResult, Place
from ..records import Run
from ..text import plain
from .gate_words import NO_LONGER, Side, company, heading, level, origin, pairs_compared, path_of, quote, reasons, sides
from .sarif_rules import RULES, rule, rule_number

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
OTHER = 1  # the id of the other side among the related locations of a result


def render(result: GateResult) -> bytes:
    """One run with all findings; what is accepted or ignored is suppressed, what is uncertain is there for review."""
    run = result.report.run
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "checker",
                        "semanticVersion": __version__,
                        "rules": [rule(kind) for kind in RULES],
                    }
                },
                "automationDetails": {"id": "checker/"},
                "language": "en",
                "invocations": [_invocation(result)],
                "results": [_result(gated, result) for gated in result.findings],
                "properties": {
                    "mode": result.mode,
                    "failOn": list(result.fail_on),
                    "pairsCompared": pairs_compared(run),
                    "models": {role: f"{m.name} {m.checksum}" for role, m in run.models.items()},
                },
            }
        ],
    }
    return msgspec.json.format(msgspec.json.encode(log)) + b"\n"


def _invocation(result: GateResult) -> dict[str, Any]:
    run = result.report.run
    started = {"startTimeUtc": run.started} if run.started else {}
    stale = [f"{s} {NO_LONGER}" for s in result.stale]
    return {
        "executionSuccessful": True,
        "exitCode": result.exit_code,
        **started,
        "toolExecutionNotifications": _warnings(run),
        "toolConfigurationNotifications": [{"level": "note", "message": _message(s)} for s in stale],
    }


def _warnings(run: Run) -> list[dict[str, Any]]:
    notes: list[dict[str, Any]] = [{"level": "warning", "message": _message(w)} for w in run.warnings]
    for bad in run.bad_lines:
        where = _location(Place(bad.path, bad.line))
        notes.append({"level": "warning", "message": _message(f"left out: {bad.message}"), "locations": [where]})
    return notes


def _result(gated: Gated, result: GateResult) -> dict[str, Any]:
    finding, number = gated.finding, rule_number(gated.finding.kind)
    first, second = sides(gated)
    return {
        "ruleId": RULES[number],
        "ruleIndex": number,
        "kind": "review" if gated.uncertain else "fail",
        "level": "none" if gated.uncertain else level(gated, result),  # what is there for review has none
        "message": {"text": _summary(gated)},
        "locations": [_location(first.place)],
        "relatedLocations": [{"id": OTHER, **_location(second.place), "message": _message(_said(second))}],
        "partialFingerprints": {"checkerFingerprint/v1": finding.fingerprint},
        "baselineState": "unchanged" if gated.state == "accepted" else "new",
        "suppressions": _suppressions(gated),
        "rank": round(finding.probability * 100, 2),
        "properties": _properties(gated),
    }


def _summary(gated: Gated) -> str:
    """What a viewer shows first, both statements, the other one as a link to where it stands, and why."""
    first, second = sides(gated)
    lines = [f"{heading(gated.finding)}.", _said(first), _said(second), *reasons(gated)]
    head, new, other, *why = (_escaped(line) for line in lines)
    return "\n".join([head, new, f"[{second.letter}]({OTHER}){other[1:]}", *why])


def _said(side: Side) -> str:
    return f"{side.letter} ({side.age}; {origin(side.statement)}): “{quote(side.statement)}”"


def _message(text: str) -> dict[str, str]:
    return {"text": _escaped(text)}


def _escaped(text: str) -> str:
    """Plain text of a message: no placeholder ({0}) and no link ([words](target)) comes from a statement."""
    return plain(text).replace("{", "{{").replace("}", "}}").replace("](", "] (")


def _location(place: Place) -> dict[str, Any]:
    """A file with the line, if it is known; none for standard input."""
    path = path_of(place)
    if not path:
        return {}
    uri = Path(path).as_uri() if Path(path).is_absolute() else percent(path)
    region = {"region": {"startLine": place.line}} if place.line else {}
    return {"physicalLocation": {"artifactLocation": {"uri": uri}, **region}}


def _suppressions(gated: Gated) -> list[dict[str, str]]:
    """Empty, not absent, for what is not suppressed: the standard wants all results to have the property or none."""
    if gated.state == "new":
        return []
    why = {"justification": plain(gated.why)} if gated.why else {}
    return [{"kind": "external" if gated.state == "accepted" else "inSource", "status": "accepted", **why}]


def _properties(gated: Gated) -> dict[str, Any]:
    finding = gated.finding
    return {
        "company": company(finding),
        "kind": finding.kind,
        "severity": finding.severity,
        "probability": finding.probability,
        "update": finding.update,
        "state": gated.state,
        "fails": gated.fails,
        "uncertain": gated.uncertain,
        "statements": {"a": finding.a.id, "b": finding.b.id},
        "contributions": {c.feature: c.log_odds for c in finding.contributions},
    }
