"""Provenance (P): whether a statement can be found again where it says that it stands, and who said it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from ..files import STDIN
from .records import Flaw, Line, Placed, Rule, Settings, shown

ROLES = ("management", "analyst", "operator", "reference")
LARGEST = 50_000_000  # bytes of an extracted text
KEPT = 4  # texts held at once: the statements of a document stand together


class Found:
    """Statements against the extracted texts that they come from."""

    def __init__(self, settings: Settings) -> None:
        self.places = settings.places
        self.text = lru_cache(maxsize=KEPT)(_read)

    def see(self, line: Line) -> Iterator[Flaw]:
        """P001, P002."""
        s = line.statement
        name = s.meta.get("text")
        path, _ = self.places.of(line.place)
        if s.start is None or s.end is None or not isinstance(name, str) or path == STDIN:
            return
        text = self.text(Path(path).parent, name)
        if isinstance(text, _Unread):
            yield Flaw("P001", "meta", f"the extracted text {shown(name, 80)} {text}; ingest the documents again")
        elif text[max(0, s.start) : max(0, s.end)] != s.text:
            found = shown(text[max(0, s.start) : max(0, s.end)]) if s.start < len(text) else "nothing"
            why = f"characters {s.start} to {s.end} of {shown(name, 80)} are {found}; ingest the document again"
            yield Flaw("P002", "start", why)

    def end(self) -> Iterator[Placed]:
        """Nothing more."""
        yield from ()


class _Unread(str):
    """Why an extracted text cannot be read."""

    __slots__ = ()


def _read(folder: Path, name: str) -> str:
    """An extracted text below the folder of a corpus; nothing outside it is ever opened."""
    try:
        path = (folder / name).resolve()
        if not path.is_relative_to(folder.resolve()):
            return _Unread("lies outside the folder of the corpus")
        if not path.is_file():
            return _Unread("is missing")
        if path.stat().st_size > LARGEST:
            return _Unread(f"has more than {LARGEST:,} bytes")
        return path.read_text("utf-8")
    except (OSError, ValueError) as error:
        return _Unread(f"cannot be read ({getattr(error, 'strerror', None) or 'not UTF-8'})")


def check_role(line: Line) -> Iterator[Flaw]:
    """A role that is none of those that count."""
    role = line.statement.role
    if role is not None and role not in ROLES:
        near = difflib.get_close_matches(role.casefold(), ROLES, 1, 0.6)
        hint = f"did you mean {near[0]}?" if near else f"roles are {', '.join(ROLES)}"
        yield Flaw("P003", "role", f"{shown(role)} is unknown, and the statement counts as the company's own; {hint}")


def check_span(line: Line) -> Iterator[Flaw]:
    """Characters that are no span."""
    s = line.statement
    if (s.start is None) != (s.end is None):
        yield Flaw("P004", "end" if s.end is None else "start", "is missing: start and end are given together")
    elif s.start is not None and s.end is not None and not 0 <= s.start < s.end:
        yield Flaw("P004", "start", f"{s.start} to {s.end} are no characters of a text; start at 0, end behind it")


def check_url(line: Line) -> Iterator[Flaw]:
    """An address that nobody can open."""
    url = line.statement.url
    if url is not None and (not url.lower().startswith(("https://", "http://")) or any(map(str.isspace, url))):
        yield Flaw("P005", "url", f"{shown(url)} is no address of the web; begin with https://, or leave it out")


RULES = (
    Rule("P001", "an extracted text that is missing",
         "the statement cannot be found again in its source",
         '"start": 10, "end": 31, "meta": {"text": "acme.texts/absent.txt"}'),
    Rule("P002", "characters that are not the statement",
         "the text or the statement was changed afterwards: what is cited is not what stands in the source",
         '"start": 0, "end": 5, "text": "We pay a living wage.", "meta": {"text": "acme.texts/policy.txt"}'),
    Rule("P003", "an unknown role",
         "only analyst and operator speak for others; with any other role a question counts as the company's own word",
         '"role": "Analist"', check=check_role),
    Rule("P004", "start without end, or characters that are no span",
         "the statement cannot be found again in its source",
         '"start": 40, "end": 12', check=check_span),
    Rule("P005", "an address that is none",
         "whoever reads a finding cannot open its source",
         '"url": "www.example.com/policy.pdf "', check=check_url),
)  # fmt: skip
