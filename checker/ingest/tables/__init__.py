"""Tables of texts (CSV, TSV, JSON Lines, JSON) to blocks: a paragraph a row, with what its other columns say of it.

Rows come from ``table_rows``, the meaning of columns from ``table_columns``; a cell that holds a whole document is laid
out by ``cell_documents``. A call as JSON, with its turns in lists of objects, is such a table too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import msgspec

from ...errors import InputError
from ..blocks import Block, Extract, Limits, Turn
from ..cell_documents import blocks_of_cell, is_document
from ..textfile import check_size
from ..tidy import join_lines, tidy
from . import columns as table_columns
from .rows import Row, Rows, read_rows

MAX_NAME = 1_000  # characters of a company, a title, …, as statements may have them
NO_SECTION = "(no section)"
_FIELDS = ("company", "source", "date", "document", "url")
_FORMS = {"date": "2024-05-31", "page": "a number", "lang": "a code such as en"}
_PARAGRAPHS = re.compile(r"\n[ \t]*\n")
_ISO = re.compile(r"((?:19|20)\d\d)(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2}))?)?[年月日]?(?:[T ]\d\d?:.*)?\Z")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)\Z")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)\Z")
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-]((?:19|20)\d\d)\Z")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z0-9]{2,8}))?\Z")
_PAGE = re.compile(r"(?:p\.?|pp\.?|page|S\.?|Seite)? ?(\d{1,5})(?:\.0+)?(?:\D.*)?\Z", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+\Z")
_PREPARED = re.compile(r"prepared|presentation|remarks|opening|speeches", re.IGNORECASE)
_QUESTIONS = re.compile(r"q_?(?:and|n|&)?_?a\Z|question|answer", re.IGNORECASE)
_REFERENCE = "reference"  # the role of what somebody else says, in corpora


@dataclass
class Reader:
    """Rows on their way to blocks: the columns, where the last row stood, what could not be understood."""

    columns: Mapping[str, str]
    path: Path
    common: dict[str, str] = field(default_factory=dict)
    place: tuple[str, str] = ("", "")
    empty: int = 0
    odd: dict[str, Counter[str]] = field(default_factory=dict)

    def of(self, row: Row) -> Iterator[Block]:
        """The blocks of a row: a heading where section or document change, then the paragraphs of its text."""
        text = self._text(row)
        if not text.strip():
            self.empty += 1
            return
        values = {ours: as_text(row.cells.get(theirs)) for ours, theirs in self.columns.items() if ours != "text"}
        fields = self.common | self._fields(values, row)
        yield from self._heading(values.get("section", ""), fields.get("document", ""))
        turn, page, lang = self._turn(values, row.part), self._page(values), self._lang(values)
        if is_document(text):
            for block in blocks_of_cell(text, row.cells):
                yield msgspec.structs.replace(block, page=page or block.page, lang=lang, turn=turn, fields=fields)
            return
        for paragraph in _PARAGRAPHS.split(text):
            if line := join_lines(map(tidy, paragraph.split("\n"))):
                yield Block(kind="paragraph", text=line, page=page, lang=lang, turn=turn, fields=fields)

    def warnings(self) -> Iterator[str]:
        """What of the rows could not be taken over."""
        if self.empty:
            yield f"rows without a text: {self.empty:,}"
        for ours, values in self.odd.items():
            example, _ = values.most_common(1)[0]
            what = f"{ours} not understood in {values.total():,} rows, such as {example[:60]!r}"
            yield f"{what}; write it as {_FORMS[ours]}"

    def _text(self, row: Row) -> str:
        value = row.cells.get(self.columns["text"])
        if isinstance(value, list) and all(isinstance(x, str) for x in value):
            return "\n\n".join(value)
        if value is not None and not isinstance(value, str):
            why = f"{self.columns['text']!r} is no text but {type(value).__name__}; say --column text=NAME"
            raise InputError(why, str(self.path), row.line)
        return value or ""

    def _fields(self, values: Mapping[str, str], row: Row) -> dict[str, str]:
        fields = {ours: values[ours] for ours in _FIELDS if values.get(ours)}
        for ours, value in fields.items():
            if len(value) > MAX_NAME:
                why = f"{ours} of more than {MAX_NAME:,} characters; is {self.columns[ours]!r} the right column?"
                raise InputError(why, str(self.path), row.line)
        if _ADDRESS.match(fields.get("source", "")):
            fields.setdefault("url", fields["source"])
            del fields["source"]
        if "date" in fields:
            date = as_date(fields.pop("date"))
            fields |= {"date": date} if date else {}
            if not date:
                self._note("date", values["date"])
        if values.get("role", "").casefold() == _REFERENCE:
            fields["role"] = _REFERENCE
        return fields

    def _heading(self, section: str, document: str) -> Iterator[Block]:
        before, self.place = self.place, (document, section)
        if self.place == before:
            return
        if section or document != before[0]:
            yield Block(kind="heading", text=section or document or NO_SECTION, level=1)
        elif before[1]:
            yield Block(kind="heading", text=NO_SECTION, level=1)

    def _turn(self, values: Mapping[str, str], part: str) -> Turn | None:
        from ..transcripts.sides import side_of

        speaker, said = values.get("speaker") or None, values.get("role", "").casefold()
        if not speaker and (not said or said == _REFERENCE):
            return None
        role = said if said in ("management", "analyst", "operator") else (side_of(said) if said else None)
        return Turn(speaker=speaker, role=role, part=_part(part))  # type: ignore[arg-type]

    def _page(self, values: Mapping[str, str]) -> int | None:
        if not (text := values.get("page", "")):
            return None
        found = _PAGE.match(text)
        if found and int(found[1]):
            return int(found[1])
        self._note("page", text)
        return None

    def _lang(self, values: Mapping[str, str]) -> str | None:
        if not (text := values.get("lang", "")):
            return None
        found = as_language(text)
        if not found:
            self._note("lang", text)
        return found

    def _note(self, ours: str, value: str) -> None:
        self.odd.setdefault(ours, Counter())[value] += 1


def read(path: Path, limits: Limits, columns: Mapping[str, str] | None = None) -> Extract:
    """The blocks of a table of texts; ``columns`` maps our names (``table_columns.OURS``) to those of the file.

    Raises InputError where the file is no sound table, is too large, holds no text, or its columns cannot be told.
    """
    rows = read_rows(path, limits, (columns or {}).get("text"))
    chosen, guessed = table_columns.choose(rows.names, columns, path)
    about = _about(rows)
    reader = Reader(chosen, path, common={"company": about["company"]} if about.get("company") else {})
    blocks = list(_people(rows))
    characters = 0
    for row in rows.rows:
        for block in reader.of(row):
            characters += len(block.text)
            blocks.append(block)
        check_size(characters, path, limits)
    if not characters:
        raise InputError(f"no row has a text in {chosen['text']!r}; say --column text=NAME", str(path))
    warnings = [*rows.warnings, *guessed, *reader.warnings(), *_broken(rows, blocks)]
    return Extract(
        format=rows.format, blocks=blocks, title=about.get("document"), date=as_date(about.get("date", "")),
        lang=as_language(about.get("lang", "")), warnings=warnings,
    )  # fmt: skip


def _broken(rows: Rows, blocks: list[Block]) -> Iterator[str]:
    """A warning of texts that are garbage; of CSV the file as a whole has been looked at."""
    from ..garbled import text_problem

    problem = None if rows.format == "csv" else text_problem("\n".join(block.text for block in blocks))
    if problem:
        yield f"its text looks broken: {problem}"


def _about(rows: Rows) -> dict[str, str]:
    """What a JSON value says beside its rows, by our names."""
    said = {name: as_text(value) for name, value in rows.about.items() if not isinstance(value, list)}
    names = table_columns.guess([name for name, value in said.items() if value and len(value) <= MAX_NAME])
    return {ours: said[theirs] for ours, theirs in names.items()}


def _people(rows: Rows) -> Iterator[Block]:
    """The lists of who takes part in a call, below their headings."""
    for key, names in rows.people.items():
        yield Block(kind="heading", text=tidy(key.replace("_", " ")).capitalize(), level=2)
        yield from (Block(kind="item", text=text, level=1) for name in names if (text := tidy(name)[:MAX_NAME]))


def _part(key: str) -> Literal["prepared remarks", "questions and answers"] | None:
    """The part of a call that a list of turns is, by its key."""
    if _QUESTIONS.search(key):
        return "questions and answers"
    return "prepared remarks" if _PREPARED.search(key) else None


def as_text(value: Any) -> str:
    """A cell as one line of text; nothing for what is no single value."""
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def as_language(text: str) -> str | None:
    """A code of a language as statements write it."""
    found = _LANGUAGE.match(text)
    return "-".join(part for part in (found[1].lower(), found[2]) if part) if found else None


def as_date(text: str) -> str | None:
    """A date as YYYY-MM-DD, YYYY-MM or YYYY; None for what is none, or could be one of two days (3/4/2024)."""
    if not text:
        return None
    if found := _ISO.match(text) or _COMPACT.match(text):
        return _valid(*found.groups())
    if found := _DOTTED.match(text):
        return _valid(found[3], found[2], found[1])
    if found := _SLASHED.match(text):
        first, second = int(found[1]), int(found[2])
        if first == second or max(first, second) > 12:
            day, month = max(first, second), min(first, second)
            return _valid(found[3], str(month), str(day))
        return None
    return _in_words(text)


def _valid(year: str, month: str | None, day: str | None) -> str | None:
    import datetime

    try:
        datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return "-".join([year, *(f"{int(part):02d}" for part in (month, day) if part)])


def _in_words(text: str) -> str | None:
    """A day in words ("May 31, 2024", "31. Mai 2024")."""
    from ...signals.dates import periods

    found = periods(text[:100], None, None)
    days = {p.first for p in found if p.first == p.last}
    return days.pop().isoformat() if len(days) == 1 else None
