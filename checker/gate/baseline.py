"""Accepted findings: a JSON Lines file, one a line, sorted by fingerprint, that a team keeps beside its corpora.

Merge-friendly: an entry is one line, nothing in the file changes but what is added or taken out, and no time is written
but the day of acceptance. A reviewer's verdict that a pair is no contradiction is an entry as well.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from ..errors import ConfigError, InputError
from ..files import read_objects, stop, write_atomically
from ..records import Date, Finding, Statement
from ..text import normalise
from .suppression import is_fingerprint

Fingerprint = str
_CONFLICT = (b"<<<<<<<", b"=======", b">>>>>>>")


class Said(msgspec.Struct, frozen=True):
    """One side of an accepted finding, as a person reads it and as it is found again."""

    source: str
    text: str


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An accepted finding. After ``expires`` it counts no more. ``status`` "dismissed" is a reviewer's verdict."""

    fingerprint: str
    status: Literal["accepted", "dismissed"] = "accepted"
    reason: str
    reviewer: str = ""
    date: Date | None = None
    expires: Date | None = None
    company: str = ""
    kind: str = ""
    a: Said | None = None
    b: Said | None = None

    def is_expired(self, today: datetime.date) -> bool:
        """Whether its last day is over; a year or month ends with its last day."""
        return self.expires is not None and today.isoformat()[: len(self.expires)] > self.expires


Baseline = dict[Fingerprint, Entry]


def read_baseline(path: Path) -> Baseline:
    """The entries by fingerprint; none where there is no file.

    Raises InputError with the line for one that is malformed, listed twice, or left over from a merge.
    """
    if not path.exists():
        return {}
    _refuse_conflicts(path)
    found: Baseline = {}
    for line, row in read_objects(str(path), stop):
        try:
            entry = msgspec.convert(row, Entry)
        except msgspec.ValidationError as error:
            raise InputError(f"not an entry of a baseline: {error}", str(path), line) from None
        if not is_fingerprint(entry.fingerprint):
            raise InputError("must be 16 hexadecimal digits", str(path), line, "fingerprint")
        if not entry.reason.strip():
            raise InputError("is empty; say why the finding is accepted", str(path), line, "reason")
        if entry.fingerprint in found:
            raise InputError(f"{entry.fingerprint} is listed twice; keep one", str(path), line)
        found[entry.fingerprint] = entry
    return found


def _refuse_conflicts(path: Path) -> None:
    with path.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            if line.startswith(_CONFLICT):
                raise InputError(
                    "a merge left its marks; keep the entries of both sides, one a line", str(path), number
                )


def write_baseline(path: Path, baseline: Mapping[Fingerprint, Entry]) -> None:
    """Write the entries, sorted; the same entries give the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (msgspec.json.encode(baseline[key]) + b"\n" for key in sorted(baseline))
    write_atomically(str(path), lines)


def entry_of(
    finding: Finding, reason: str, reviewer: str = "", date: str | None = None, expires: str | None = None
) -> Entry:
    """A finding as accepted."""
    company = finding.b.company if finding.a.is_reference else finding.a.company
    a, b = (Said(s.source, s.text) for s in (finding.a, finding.b))
    return Entry(fingerprint=finding.fingerprint, reason=reason, reviewer=reviewer, date=date, expires=expires,
                 company=company, kind=finding.kind, a=a, b=b)  # fmt: skip


def accept(
    fingerprints: Sequence[str], findings: Iterable[Finding], reason: str, reviewer: str, date: str, expires: str | None
) -> Baseline:
    """Entries for these fingerprints, with the texts of those that a report has.

    Raises ConfigError for what is no fingerprint, an empty reason, and a date in another form.
    """
    if not reason.strip():
        raise ConfigError("--reason is empty; say why the finding is accepted")
    for name, value in (("date", date), ("expires", expires)):
        if value is not None:
            _check_day(name, value)
    known = {f.fingerprint: f for f in findings}
    made = {}
    for name in fingerprints:
        if not is_fingerprint(name):
            raise ConfigError(f"{name!r} is no fingerprint; it has 16 hexadecimal digits")
        if name in known:
            made[name] = entry_of(known[name], reason, reviewer, date, expires)
        else:
            made[name] = Entry(fingerprint=name, reason=reason, reviewer=reviewer, date=date, expires=expires)
    return made


def _check_day(name: str, value: str) -> None:
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        raise ConfigError(f"--{name} {value!r}; write a day as YYYY-MM-DD") from None


def stale(baseline: Mapping[Fingerprint, Entry], statements: Iterable[Statement]) -> list[Fingerprint]:
    """Entries of whose two statements at least one is said no more; one without texts is never stale."""
    said = {_key(s.source, s.text) for s in statements}
    return sorted(
        e.fingerprint for e in baseline.values()
        if e.a is not None and e.b is not None and not {_key(s.source, s.text) for s in (e.a, e.b)} <= said
    )  # fmt: skip


def _key(source: str, text: str) -> tuple[str, str]:
    return source.casefold(), normalise(text)


class Difference(msgspec.Struct, frozen=True):
    """A report beside a baseline, by fingerprint: not in the baseline, not in the report, expired."""

    new: list[Fingerprint]
    gone: list[Fingerprint]
    expired: list[Fingerprint]


def difference(baseline: Mapping[Fingerprint, Entry], findings: Iterable[Finding], today: datetime.date) -> Difference:
    """What a report has that the baseline lacks, and the other way round."""
    met = [f.fingerprint for f in findings]
    return Difference(
        new=[f for f in met if f not in baseline],
        gone=sorted(set(baseline) - set(met)),
        expired=sorted(e.fingerprint for e in baseline.values() if e.is_expired(today)),
    )
