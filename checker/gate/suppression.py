"""Findings suppressed in the corpus itself: ``"meta": {"checker": {"ignore": [...], "reason": "..."}}``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from ..errors import InputError
from ..kinds import UPDATE_KIND
from ..records import Finding, Statement
from ..text import normalise, same_company
from .config import ANY, FAIL_ON

ALL = "all"  # every kind, announced changes too

Places = Mapping[str, tuple[str, int]]
Saying = tuple[str, str, str]


class Ignored(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a statement says of its own findings: fingerprints or kinds not to act on, and why."""

    ignore: list[str] = []
    reason: str = ""
    lint_ignore: list[str] = []


Suppressed = Mapping[Saying, list[Ignored]]


def suppressions(statements: Iterable[Statement], places: Places) -> Suppressed:
    """What is suppressed, by what is said: who says the same in the same kind of document has the same finding.

    Raises InputError, with file and line, for a suppression without a reason or in another form.
    """
    found = defaultdict(list)
    for s in statements:
        if "checker" in s.meta:
            where = places.get(s.id, ("", 0))
            try:
                ignored = msgspec.convert(s.meta["checker"], Ignored)
            except msgspec.ValidationError as error:
                raise InputError(f"cannot be read: {error}; write {_FORM}", *where, "meta.checker") from None
            _check(ignored, where)
            if ignored.ignore:
                found[saying(s)].append(ignored)
    return dict(found)


_FORM = '{"ignore": ["fingerprint or kind"], "reason": "…"}'


def _check(ignored: Ignored, where: tuple[str, int]) -> None:
    if ignored.ignore and not ignored.reason.strip():
        raise InputError(f"has no reason; write {_FORM}", *where, "meta.checker")
    wrong = [name for name in ignored.ignore if name not in (ALL, *FAIL_ON) and not is_fingerprint(name)]
    if wrong:
        known = ", ".join((ALL, *FAIL_ON))
        raise InputError(f"{wrong[0]!r} is neither a fingerprint nor one of {known}", *where, "meta.checker")


def saying(s: Statement) -> Saying:
    """Company, kind of document and text: what a fingerprint knows of a statement."""
    return same_company(s.company), s.source.casefold(), normalise(s.text)


def is_fingerprint(name: str) -> bool:
    """Whether a name has the form of a fingerprint: 16 hexadecimal digits."""
    return len(name) == 16 and all(c in "0123456789abcdef" for c in name)


def reason_of(finding: Finding, suppressed: Suppressed) -> str:
    """Why a finding is suppressed by either of its statements; "" where it is not."""
    names = {finding.fingerprint, finding.kind, ALL} | ({ANY} if finding.kind != UPDATE_KIND else set())
    told = (ignored for s in (finding.a, finding.b) for ignored in suppressed.get(saying(s), ()))
    return next((ignored.reason for ignored in told if names & {*ignored.ignore}), "")
