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
from ..text import normalise, same_company
from .suppression import is_fingerprint

Fingerprint = str
DISMISSING = ("dismissed", "compatible", "not about the same thing")  # decisions of a reviewer that accept a finding
_CONFLICT = (b"<<<<<<<", b"|||||||", b"=======", b">>>>>>>")


class Said(msgspec.Struct, frozen=True):
    """One side of an accepted finding, as a person reads it and as it is found again."""

    source: str
    text: str


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """An accepted finding. After ``expires`` it counts no more. ``status`` "dismissed" is a reviewer's verdict.

    A line may be a verdict with a ``decision`` instead of a status; those that do not dismiss the finding are kept in
    the file and accept nothing. ``company``, ``kind``, ``a`` and ``b`` are for the reader, and to see what is stale.
    """

    fingerprint: str
    status: Literal["accepted", "dismissed"] = "accepted"
    decision: str = ""
    reason: str = ""
    reviewer: str = ""
    date: Date | None = None
    expires: Date | None = None
    company: str = ""
    kind: str = ""
    a: Said | None = None
    b: Said | None = None

    @property
    def why(self) -> str:
        """The reason; that of a verdict without one is the verdict."""
        return self.reason or self.decision

    def is_expired(self, today: datetime.date) -> bool:
        """Whether its last day is over; a year or month ends with its last day."""
        return self.expires is not None and today.isoformat()[: len(self.expires)] > self.expires

    def accepts(self, today: datetime.date) -> bool:
        """Whether the finding is accepted on a day."""
        return self.decision.strip().casefold() in ("", *DISMISSING) and not self.is_expired(today)


Baseline = dict[Fingerprint, Entry]


def read_baseline(path: Path) -> Baseline:
    """The entries by fingerprint; none where there is no file.

    Raises InputError with the line for one that is malformed, listed twice, or left over from a merge.
    """
    if not path.exists():
        return {}
    _refuse_conflicts(path)
    found: Baseline = {}
    lines: dict[Fingerprint, int] = {}
    for line, row in read_objects(str(path), stop):
        entry = _entry(row, str(path), line)
        if entry.fingerprint in found:
            first = lines[entry.fingerprint]
            raise InputError(f"{entry.fingerprint} is on line {first} already; keep one of the two", str(path), line)
        found[entry.fingerprint], lines[entry.fingerprint] = entry, line
    return found


def _entry(row: Mapping[str, object], path: str, line: int) -> Entry:
    try:
        entry = msgspec.convert(row, Entry)
    except msgspec.ValidationError as error:
        raise InputError(f"not an entry of a baseline: {error}", path, line) from None
    if not is_fingerprint(entry.fingerprint):
        raise InputError("must be 16 hexadecimal digits", path, line, "fingerprint")
    if not entry.why.strip():
        raise InputError("is empty; say why the finding is accepted", path, line, "reason")
    return entry


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

    Raises ConfigError for what is no fingerprint, an empty reason, a date in another form, and a last day before it.
    """
    if not reason.strip():
        raise ConfigError("--reason is empty; say why the finding is accepted")
    date, expires = _day("date", date), expires if expires is None else _day("expires", expires)
    if expires is not None and expires < date:
        raise ConfigError(f"--expires {expires} lies before the day of acceptance, {date}")
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


def _day(name: str, value: str) -> str:
    try:
        return datetime.date.fromisoformat(value).isoformat()
    except ValueError:
        raise ConfigError(f"--{name} {value!r}; write a day as YYYY-MM-DD") from None


def merge(old: Mapping[Fingerprint, Entry], more: Mapping[Fingerprint, Entry]) -> Baseline:
    """The old entries, replaced by later ones, which keep the texts that were known where they bring none."""
    return {**old, **{name: _with_texts(entry, old.get(name)) for name, entry in more.items()}}


def _with_texts(entry: Entry, old: Entry | None) -> Entry:
    if old is None or entry.a is not None:
        return entry
    return msgspec.structs.replace(entry, company=old.company, kind=old.kind, a=old.a, b=old.b)


def stale(
    baseline: Mapping[Fingerprint, Entry], statements: Iterable[Statement], company: str = ""
) -> list[Fingerprint]:
    """Entries of whose two statements at least one is said no more; one without texts is never stale.

    With ``company`` the statements are those of one company, and nothing is said of the entries of others.
    """
    said = {_key(s.source, s.text) for s in statements}
    return sorted(
        e.fingerprint for e in baseline.values()
        if e.a is not None and e.b is not None and not {_key(s.source, s.text) for s in (e.a, e.b)} <= said
        and (not company or same_company(e.company) == same_company(company))
    )  # fmt: skip


def _key(source: str, text: str) -> tuple[str, str]:
    return source.casefold(), normalise(text)


class Difference(msgspec.Struct, frozen=True):
    """A report beside a baseline, by fingerprint: accepted by no entry, entries not in the report, expired ones."""

    new: list[Fingerprint]
    gone: list[Fingerprint]
    expired: list[Fingerprint]


def difference(baseline: Mapping[Fingerprint, Entry], findings: Iterable[Finding], today: datetime.date) -> Difference:
    """What a report has that the baseline lacks, and the other way round."""
    met = dict.fromkeys(f.fingerprint for f in findings)
    expired = expired_of(baseline, today)
    return Difference(
        new=[f for f in met if f not in expired and not (f in baseline and baseline[f].accepts(today))],
        gone=sorted(baseline.keys() - met.keys()),
        expired=expired,
    )


def expired_of(baseline: Mapping[Fingerprint, Entry], today: datetime.date) -> list[Fingerprint]:
    """Entries whose last day is over, sorted."""
    return sorted(e.fingerprint for e in baseline.values() if e.is_expired(today))
