"""Schema (S): lines at which a run would stop, keys that nobody reads, ids that are taken."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ..corpus import FIELDS
from ..files import MAX_LINE
from ..records import MAX_TEXT
from .memory import Memory
from .records import Flaw, Line, Placed, Rule, Settings, shown


def check_keys(line: Line) -> Iterator[Flaw]:
    """Keys that are no field of a statement."""
    if line.row.keys() <= FIELDS:
        return
    for key in line.row:
        if key not in FIELDS:
            near = difflib.get_close_matches(key.casefold(), sorted(FIELDS), 1, 0.7)
            hint = f"did you mean {near[0]}?" if near else "write it into meta"
            yield Flaw("S004", "", f"the key {shown(key)} is not read, and kept in meta; {hint}")


class Ids:
    """Ids that are used twice."""

    def __init__(self, settings: Settings) -> None:
        self.places = settings.places
        self.first: Memory[int] = settings.memory()

    def see(self, line: Line) -> Iterator[Flaw]:
        """S005."""
        name = line.statement.id
        known = self.first.first(name, line.place) if name else None
        if known is not None:
            where = self.places.named(known)
            yield Flaw("S005", "id", f"{shown(name)} is already the id of {where}; give each its own, or none")

    def end(self) -> Iterator[Placed]:
        """Nothing more."""
        yield from ()


def check_silencing(row: Mapping[str, Any], codes: Collection[str]) -> Iterator[Flaw]:
    """S009: what ``meta.checker.lint_ignore`` says beside codes, of which ``codes`` are all there are."""
    meta = row.get("meta")
    told = meta.get("checker") if isinstance(meta, dict) else None
    if not isinstance(told, dict) or "lint_ignore" not in told:
        return
    named = told["lint_ignore"]
    if not isinstance(named, list) or not all(isinstance(code, str) for code in named):
        yield Flaw("S009", "meta", 'checker.lint_ignore is no list of codes; write it as ["T001"]')
        return
    for code in named:
        if not code or not any(known.startswith(code) for known in codes):
            yield Flaw(
                "S009", "meta", f"checker.lint_ignore names {shown(code)}, which is no code; see checker lint --rules"
            )


RULES = (
    Rule("S001", "a line that is no JSON object",
         "a run stops here", '{"company": "Acme", "source": "policy", "text": "We pay', level="error"),
    Rule("S002", "a missing field",
         "a run stops here: company, source and text are required",
         '{"company": "Acme", "source": "policy"}', level="error"),
    Rule("S003", "a value of the wrong type, or out of bounds",
         "a run stops here", '"text": 7', level="error"),
    Rule("S004", "a key that is no field",
         "it is kept in meta and read by nobody; a slip of the pen loses a date or a role",
         '"speeker": "Chief executive"', check=check_keys),
    Rule("S005", "an id that is used twice",
         "a run stops here", '"id": "a1" … "id": "a1"', level="error"),
    Rule("S006", "a company, source or text without a letter or digit",
         "a run stops here", '"text": "…"', level="error"),
    Rule("S007", f"a line of more than {MAX_LINE:,} bytes, or a text of more than {MAX_TEXT:,} characters",
         "a run stops here: a statement is a sentence or a paragraph", '"text": "…" (a whole document)', level="error"),
    Rule("S008", "a line of a report",
         "a run stops here: findings are not what a company said",
         '{"type": "finding", "fingerprint": "…"}', level="error"),
    Rule("S009", "lint_ignore with something else than codes",
         "what it should silence is reported, or it silences nothing",
         '"meta": {"checker": {"lint_ignore": "T001"}}'),
    Rule("S010", "a file without a single statement",
         "nothing in it can be checked or compared", "(an empty file)"),
)  # fmt: skip
