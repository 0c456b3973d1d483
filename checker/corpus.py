"""Statements from corpus lines: validation, ids, languages, and what is set aside."""

from __future__ import annotations

import datetime
import difflib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import msgspec

from .errors import InputError
from .files import find_corpora, read_objects
from .records import MAX_TEXT, BadLine, DocumentInfo, Statement
from .remembering import remembered
from .text import digest, normalise, same_company

if TYPE_CHECKING:
    from lingua import LanguageDetector

    from .store import Store

FIELDS = frozenset(Statement.__struct_fields__)
MAX_STATEMENTS = 200_000
MAX_BYTES = 500_000_000  # of all statements together: what a laptop's memory holds with room to spare
MAX_BAD = 10_000  # bad lines that keep_going puts up with
MAX_NAMES = 1_000  # other companies that are counted by name
LANGUAGES = ("en", "zh", "de", "fr", "es", "ja", "ko", "pt", "it", "nl", "sv", "da", "fi", "pl", "ru", "ar")
_HINTS = {
    "date": "use YYYY-MM-DD, YYYY-MM or YYYY",
    "lang": "use an ISO 639-1 code such as en or zh",
    "text": f"a statement has 1 to {MAX_TEXT:,} characters; split a longer one",
    "company": "name the company that speaks",
    "source": "name the kind of document, such as investor-call or esg-report",
}


@dataclass(slots=True)
class Corpus:
    """Statements of one run, and what was read but set aside."""

    statements: list[Statement] = field(default_factory=list)
    lines: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    bad: list[BadLine] = field(default_factory=list)
    documents: list[DocumentInfo] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    places: dict[str, tuple[str, int]] = field(default_factory=dict)  # by id: file and line


def read_corpus(
    names: Iterable[str], company: str | None = None, keep_going: bool = False, limit: int = MAX_STATEMENTS
) -> Corpus:
    """Read files, folders, globs or "-" into one corpus.

    Raises InputError at the first bad line, or, with ``keep_going``, collects bad lines and goes on. Statements of
    companies other than ``company`` are dropped while reading, references are not, so a large file needs little memory.
    """
    corpus = Corpus()
    builder = _Builder(corpus, keep_going)
    wanted = same_company(company) if company is not None else None
    others: Counter[str] = Counter()
    size = 0
    for path in find_corpora(names):
        for line, row in read_objects(path, builder.problem):
            statement = builder.parse(path, line, row)
            if statement is None:
                continue
            if wanted not in (None, same_company(statement.company)) and not statement.is_reference:
                others[statement.company if len(others) < MAX_NAMES else "…"] += 1
            elif kept := builder.identify(statement, path, line):
                corpus.statements.append(kept)
                size += len(msgspec.json.encode(kept))
                _check_size(len(corpus.statements), size, limit, path, line)
    corpus.dropped["other company"] = others.total()
    corpus.lines = len(corpus.statements) + others.total() + len(corpus.bad)
    if company is not None and others and all(s.is_reference for s in corpus.statements):
        raise InputError(_unknown_company(company, others))
    return corpus


def _check_size(statements: int, size: int, limit: int, path: str, line: int) -> None:
    if statements > limit:
        why = f"more than {limit:,} statements in one run; choose one with --company or raise --max-statements"
        raise InputError(why, path, line)
    if size > MAX_BYTES:
        why = f"more than {MAX_BYTES:,} bytes of statements in one run; choose one company with --company"
        raise InputError(why, path, line)


def _unknown_company(company: str, others: Counter[str]) -> str:
    near = difflib.get_close_matches(company, others, n=3, cutoff=0.5) or [name for name, _ in others.most_common(5)]
    return f"no statement of the company {company!r}; there are: {', '.join(near)}"


class _Builder:
    """Turns rows into statements, one by one, remembering ids and where they came from."""

    def __init__(self, corpus: Corpus, keep_going: bool) -> None:
        self.corpus, self.keep_going = corpus, keep_going
        self.ids = corpus.places
        self.occurrences: Counter[str] = Counter()

    def problem(self, error: InputError) -> None:
        """Raise, or note and go on; a file in which almost nothing is a statement is given up all the same."""
        if not self.keep_going:
            raise error
        if len(self.corpus.bad) == MAX_BAD:
            raise InputError(f"more than {MAX_BAD:,} bad lines so far; is this a corpus?", error.path, error.line)
        path = error.path.encode("utf-8", "replace").decode()
        self.corpus.bad.append(BadLine(path, error.line, error.field, error.message))

    def parse(self, path: str, line: int, row: dict[str, Any]) -> Statement | None:
        """The statement of a line, or None where it is a bad one."""
        try:
            return parse_statement(row)
        except InputError as error:
            self.problem(InputError(error.message, path, line, error.field))
            return None

    def identify(self, statement: Statement, path: str, line: int) -> Statement | None:
        """The statement with an id of its own, or None where that is taken."""
        if not statement.id:
            key = digest([same_company(statement.company), statement.document, normalise(statement.text)])
            self.occurrences[key] += 1
            statement = msgspec.structs.replace(statement, id=f"{key}-{self.occurrences[key]}")
        if statement.id in self.ids:
            where = "{}:{}".format(*self.ids[statement.id])
            why = f"{statement.id!r} is already the id of {where}; give each its own, or none"
            self.problem(InputError(why, path, line, "id"))
            return None
        self.ids[statement.id] = (path, line)
        return statement


def parse_statement(row: dict[str, Any]) -> Statement:
    """A validated statement from one JSON object; unknown keys go into ``meta``, a missing document is derived."""
    if row.get("type") in ("run", "finding", "issue", "echo", "end"):
        raise InputError("a line of a report, not a statement; take the report out of the corpus", field="type")
    known = {key: value for key, value in row.items() if key in FIELDS}
    unknown = {key: value for key, value in row.items() if key not in FIELDS}
    meta = known.get("meta", {})
    if unknown and isinstance(meta, dict):
        known["meta"] = {**meta, **unknown}
    try:
        statement = msgspec.convert(known, Statement)
    except msgspec.ValidationError as error:
        raise _readable(error) from None
    _check(statement)
    return _with_document(statement)


def _with_document(statement: Statement) -> Statement:
    """A statement without a document is of the one that its source and date name."""
    if statement.document:
        return statement
    document = f"{statement.source} {statement.date}" if statement.date else statement.source
    return msgspec.structs.replace(statement, document=document)


def _check(statement: Statement) -> None:
    """What a type cannot say: texts with something in them, and days that are in the calendar."""
    for name in ("company", "source", "text"):
        value: str = getattr(statement, name)
        if "\0" in value:
            raise InputError("holds a NUL character; remove it", field=name)
        if not normalise(value):
            raise InputError(f"has no letter or digit; {_HINTS[name]}", field=name)
    if statement.lang is not None and statement.lang.strip() != statement.lang:
        raise InputError(f"ends with a line break; {_HINTS['lang']}", field="lang")
    if statement.date is not None:
        try:
            datetime.date.fromisoformat(f"{statement.date}-01-01"[: max(10, len(statement.date))])
        except ValueError:
            raise InputError(f"{statement.date!r} is not in the calendar; {_HINTS['date']}", field="date") from None


def _readable(error: msgspec.ValidationError) -> InputError:
    """msgspec's message as field and mending hint: "Expected `str`, got `int` - at `$.text`"."""
    message = str(error)
    missing = re.search(r"missing required field `(\w+)`", message)
    if missing:
        return InputError(f"is missing; {_HINTS[missing[1]]}", field=missing[1])
    what, _, where = message.partition(" - at ")
    name = where.strip("`").removeprefix("$.").removeprefix("$")
    if "matching regex" in what:
        what = "has an unknown form"
    hint = _HINTS.get(name)
    what = what.replace("`", "").replace("Expected", "expected", 1)
    return InputError(f"{what}; {hint}" if hint else what, field=name)


def as_corpus(statements: Iterable[Statement]) -> Corpus:
    """A corpus of statements made in Python: documents and ids are derived where they are empty.

    Raises InputError for an id that occurs twice.
    """
    corpus = Corpus()
    builder = _Builder(corpus, keep_going=False)
    for number, statement in enumerate(statements, 1):
        _check(statement)
        if kept := builder.identify(_with_document(statement), "statement", number):
            corpus.statements.append(kept)
    corpus.lines = len(corpus.statements)
    return corpus


def with_languages(statements: Iterable[Statement], store: Store | None = None) -> list[Statement]:
    """Statements with ``lang`` filled in where it was absent, by lingua among ``LANGUAGES``; a store keeps its word."""
    given = list(statements)
    texts = [s.text for s in given if s.lang is None]
    made_by = " ".join((version("lingua-language-detector"), *LANGUAGES)) if texts else ""
    found = iter(remembered(store, "language", made_by, [(t,) for t in texts], lambda i: _language(texts[i]), str))
    return [s if s.lang is not None else msgspec.structs.replace(s, lang=next(found)) for s in given]


def _language(text: str) -> str:
    language = _detector().detect_language_of(text)
    return language.iso_code_639_1.name.lower() if language else "und"


@cache
def _detector() -> LanguageDetector:
    from lingua import IsoCode639_1, LanguageDetectorBuilder

    return LanguageDetectorBuilder.from_iso_codes_639_1(*(IsoCode639_1.from_str(code) for code in LANGUAGES)).build()


def schema() -> dict[str, Any]:
    """JSON Schema of a corpus line."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(Statement)}
