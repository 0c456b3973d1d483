"""Statements from corpus lines: validation, ids, languages, and what is set aside."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec

from .errors import InputError
from .files import find_corpora, read_objects
from .records import MAX_TEXT, BadLine, Statement
from .text import digest, normalise, same_company

if TYPE_CHECKING:
    from lingua import LanguageDetector

FIELDS = frozenset(Statement.__struct_fields__)
MAX_STATEMENTS = 200_000
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


def read_corpus(
    names: Iterable[str], company: str | None = None, keep_going: bool = False, limit: int = MAX_STATEMENTS
) -> Corpus:
    """Read files, folders, globs or "-" into one corpus.

    Raises InputError at the first bad line, or, with ``keep_going``, collects bad lines and goes on. Statements of
    companies other than ``company`` are dropped while reading, so that a large file needs little memory.
    """
    corpus = Corpus()
    builder = _Builder(corpus, keep_going)
    wanted = same_company(company) if company else None
    others: Counter[str] = Counter()
    for path in find_corpora(names):
        for line, row in read_objects(path, builder.problem):
            statement = builder.build(path, line, row)
            if statement is None:
                continue
            if wanted and same_company(statement.company) != wanted:
                others[statement.company] += 1
                continue
            corpus.statements.append(statement)
            if len(corpus.statements) > limit:
                raise InputError(
                    f"more than {limit:,} statements in one run; choose one with --company or raise --max-statements",
                    path, line,
                )  # fmt: skip
    corpus.dropped["other company"] = others.total()
    corpus.lines = len(corpus.statements) + others.total() + len(corpus.bad)
    if company and not corpus.statements and others:
        raise InputError(_unknown_company(company, others))
    return corpus


def _unknown_company(company: str, others: Counter[str]) -> str:
    near = difflib.get_close_matches(company, others, n=3, cutoff=0.5) or [name for name, _ in others.most_common(5)]
    return f"no statement of the company {company!r}; there are: {', '.join(near)}"


class _Builder:
    """Turns rows into statements, one by one, remembering ids and where they came from."""

    def __init__(self, corpus: Corpus, keep_going: bool) -> None:
        self.corpus, self.keep_going = corpus, keep_going
        self.ids: dict[str, tuple[str, int]] = {}
        self.occurrences: Counter[str] = Counter()

    def problem(self, error: InputError) -> None:
        if not self.keep_going:
            raise error
        self.corpus.bad.append(BadLine(error.path, error.line, error.field, error.message))

    def build(self, path: str, line: int, row: dict[str, Any]) -> Statement | None:
        try:
            statement = parse_statement(row)
            statement = self._with_id(statement, path, line)
        except InputError as error:
            self.problem(InputError(error.message, path, line, error.field))
            return None
        return statement

    def _with_id(self, statement: Statement, path: str, line: int) -> Statement:
        if not statement.id:
            key = digest([same_company(statement.company), statement.document, normalise(statement.text)])
            self.occurrences[key] += 1
            statement = msgspec.structs.replace(statement, id=f"{key}-{self.occurrences[key]}")
        if statement.id in self.ids:
            first_path, first_line = self.ids[statement.id]
            raise InputError(
                f"{statement.id!r} is already the id of {first_path}:{first_line}; give each its own, or none",
                field="id",
            )
        self.ids[statement.id] = (path, line)
        return statement


def parse_statement(row: dict[str, Any]) -> Statement:
    """A validated statement from one JSON object; unknown keys go into ``meta``, a missing document is derived."""
    known = {key: value for key, value in row.items() if key in FIELDS}
    unknown = {key: value for key, value in row.items() if key not in FIELDS}
    meta = known.get("meta", {})
    if unknown and isinstance(meta, dict):
        known["meta"] = {**meta, **unknown}
    try:
        statement = msgspec.convert(known, Statement)
    except msgspec.ValidationError as error:
        raise _readable(error) from None
    _check_text(statement)
    if not statement.document:
        document = f"{statement.source} {statement.date}" if statement.date else statement.source
        statement = msgspec.structs.replace(statement, document=document)
    return statement


def _check_text(statement: Statement) -> None:
    for name in ("company", "source", "text"):
        value: str = getattr(statement, name)
        if "\0" in value:
            raise InputError("holds a NUL character; remove it", field=name)
        if not normalise(value):
            raise InputError(f"has no letter or digit; {_HINTS[name]}", field=name)


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


def with_languages(statements: Iterable[Statement]) -> Iterator[Statement]:
    """Statements with ``lang`` filled in where it was absent, by lingua among ``LANGUAGES``."""
    detector = None
    for statement in statements:
        if statement.lang is not None:
            yield statement
            continue
        detector = detector or _detector()
        language = detector.detect_language_of(statement.text)
        code = language.iso_code_639_1.name.lower() if language else "und"
        yield msgspec.structs.replace(statement, lang=code)


def _detector() -> LanguageDetector:
    from lingua import IsoCode639_1, LanguageDetectorBuilder

    return LanguageDetectorBuilder.from_iso_codes_639_1(*(IsoCode639_1.from_str(code) for code in LANGUAGES)).build()


def schema() -> dict[str, Any]:
    """JSON Schema of a corpus line."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(Statement)}
