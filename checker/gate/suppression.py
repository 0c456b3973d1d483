"""Findings suppressed in the corpus itself: ``"meta": {"checker": {"ignore": [...], "reason": "..."}}``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from ..errors import InputError
from ..records import Finding, Statement
from .config import ANY, FAIL_ON

Places = Mapping[str, tuple[str, int]]


class Ignored(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a statement says of its own findings: fingerprints or kinds not to act on, and why."""

    ignore: list[str] = []
    reason: str = ""
    lint_ignore: list[str] = []


def suppressions(statements: Sequence[Statement], places: Places) -> dict[str, Ignored]:
    """By id of the statement. Raises InputError, with file and line, for one without a reason or in another form."""
    found = {}
    for s in statements:
        if "checker" in s.meta:
            where = places.get(s.id, ("", 0))
            try:
                ignored = msgspec.convert(s.meta["checker"], Ignored)
            except msgspec.ValidationError as error:
                raise InputError(f"cannot be read: {error}; write {_FORM}", *where, "meta.checker") from None
            _check(ignored, where)
            if ignored.ignore:
                found[s.id] = ignored
    return found


_FORM = '{"ignore": ["fingerprint or kind"], "reason": "…"}'


def _check(ignored: Ignored, where: tuple[str, int]) -> None:
    if ignored.ignore and not ignored.reason.strip():
        raise InputError(f"has no reason; write {_FORM}", *where, "meta.checker")
    wrong = [name for name in ignored.ignore if name not in FAIL_ON and not is_fingerprint(name)]
    if wrong:
        raise InputError(f"{wrong[0]!r} is neither a fingerprint nor a kind; write {_FORM}", *where, "meta.checker")


def is_fingerprint(name: str) -> bool:
    """Whether a name has the form of a fingerprint: 16 hexadecimal digits."""
    return len(name) == 16 and all(c in "0123456789abcdef" for c in name)


def reason_of(finding: Finding, found: Mapping[str, Ignored]) -> str:
    """Why a finding is suppressed by either of its statements; "" where it is not."""
    names = {finding.fingerprint, finding.kind} | ({ANY} if finding.kind != "update" else set())
    return next(
        (found[s.id].reason for s in (finding.a, finding.b) if s.id in found and names & {*found[s.id].ignore}), ""
    )
