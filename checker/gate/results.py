"""What a gated run found: each finding with its state, where its statements stand, and whether the run fails on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..records import Finding, Report

State = Literal["new", "accepted", "ignored"]
"""accepted: in the baseline; ignored: suppressed in the corpus itself."""

Mode = Literal["monitor", "comment", "block"]
"""monitor: exit 0 whatever is found; comment: likewise, but outputs speak to the author; block: exit 1."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a statement stands: the file of its corpus or document, and its line there (0: not known)."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Gated:
    """A finding and what the gate makes of it; ``a`` and ``b`` are the places of its statements.

    ``new_side`` is the side that the new files say ("both" where both do); ``fails`` whether the mode acts on it,
    ``why`` the reason of an accepted or ignored one, ``uncertain`` whether it lies below the bar of certainty.
    """

    finding: Finding
    state: State
    a: Place
    b: Place
    new_side: Literal["a", "b", "both"]
    fails: bool
    why: str = ""
    uncertain: bool = False


@dataclass(frozen=True)
class GateResult:
    """All findings of a gated run, the most probable first; ``stale``: fingerprints of the baseline said no more."""

    report: Report
    findings: tuple[Gated, ...]
    mode: Mode
    fail_on: tuple[str, ...]
    stale: tuple[str, ...] = ()

    @property
    def failing(self) -> tuple[Gated, ...]:
        """The findings that the mode acts on."""
        return tuple(g for g in self.findings if g.fails)

    @property
    def exit_code(self) -> int:
        """0: nothing to act on, 1: findings to act on. A run that could not be finished has no result at all."""
        return 1 if self.failing else 0
