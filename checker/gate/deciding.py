"""What the gate makes of each finding: new, accepted or ignored; whether the run fails on it."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from typing import Literal

from ..kinds import UPDATE_KIND
from ..records import Finding, Report, Statement
from ..score import weight
from .baseline import Entry, stale
from .config import ANY, Config
from .results import Gated, GateResult, Place, State
from .suppression import Places, Suppressed, reason_of


def decide(
    report: Report, statements: Collection[Statement], places: Places, new: Collection[str], config: Config,
    baseline: Mapping[str, Entry], suppressed: Suppressed, today: datetime.date,
) -> GateResult:  # fmt: skip
    """Every finding of a report with its state; ``statements`` are all that were compared, ``new`` ids of new ones."""
    gated = tuple(_gated(f, places, new, config, baseline, suppressed, today) for f in report.findings)
    return GateResult(
        report, gated, config.mode, tuple(config.fail_on), tuple(stale(baseline, statements, config.company))
    )


def _gated(
    finding: Finding, places: Places, new: Collection[str], config: Config, baseline: Mapping[str, Entry],
    suppressed: Suppressed, today: datetime.date,
) -> Gated:  # fmt: skip
    state, why = _state(finding, baseline, suppressed, today)
    likely = finding.update if finding.kind == UPDATE_KIND else finding.probability
    return Gated(
        finding=finding, state=state, a=_place(finding.a, places), b=_place(finding.b, places),
        new_side=_new_side(finding, new), fails=config.mode == "block" and state == "new" and acts_on(finding, config),
        why=why, uncertain=likely < config.review_below,
    )  # fmt: skip


def _state(
    finding: Finding, baseline: Mapping[str, Entry], suppressed: Suppressed, today: datetime.date
) -> tuple[State, str]:
    """The corpus's own word goes first; an entry that has expired accepts nothing more, and says so."""
    if why := reason_of(finding, suppressed):
        return "ignored", why
    entry = baseline.get(finding.fingerprint)
    if entry is None:
        return "new", ""
    if entry.accepts(today):
        return "accepted", entry.why
    return "new", f"accepted until {entry.expires}: {entry.why}" if entry.is_expired(today) else entry.why


def acts_on(finding: Finding, config: Config) -> bool:
    """Whether a finding of this kind and probability fails a run in mode block."""
    is_update = finding.kind == UPDATE_KIND
    likely = weight(finding.probability, finding.update)
    named = finding.kind in config.fail_on or (ANY in config.fail_on and not is_update)
    return named and likely >= config.min_probability


def _place(statement: Statement, places: Places) -> Place:
    return Place(*places.get(statement.id, ("", 0)))


def _new_side(finding: Finding, new: Collection[str]) -> Literal["a", "b", "both"]:
    a, b = finding.a.id in new, finding.b.id in new
    return "both" if a and b else "a" if a else "b"
