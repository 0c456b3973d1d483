"""Signals beside the judge: what numbers, periods, scope, modality, stance, standards and dates say of a pair.

Each module has a pure function ``compare(a, b) -> Signal`` over two statements; ``compare(b, a)`` is its mirror image.
"""

from __future__ import annotations

import msgspec

from ..packs import Packs, default_packs
from ..records import Signal, Statement
from . import change, modality, numbers, period, scope, stance, standard

SIGNALS = ("numbers", "period", "scope", "modality", "stance", "standard", "time")


def compare(a: Statement, b: Statement, packs: Packs | None = None) -> tuple[Signal, ...]:
    """What every signal says of two statements, in the order of ``SIGNALS``."""
    return (
        numbers.compare(a, b),
        period.compare(a, b),
        scope.compare(a, b),
        modality.compare(a, b),
        stance.compare(_as_said(a), _as_said(b)),
        standard.compare(a, b, packs or default_packs()),
        change.compare(a, b),
    )


def _as_said(statement: Statement) -> Statement:
    """A reference speaks for itself: set against it, it is nobody's reported view."""
    return msgspec.structs.replace(statement, role=None) if statement.is_reference else statement
