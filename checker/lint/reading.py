"""Lines of a corpus as the checks see them: every problem for which a run would stop, and what is left to be checked.

The reader of a run has the last word: a line is wrong here exactly where ``corpus.parse_statement`` refuses it, which
is asked only of lines that a quick look does not know to be sound.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from ..corpus import FIELDS, parse_statement
from ..errors import InputError
from ..files import read_objects
from ..records import MAX_TEXT, Statement
from .characters import odd_parts
from .records import Flaw, Line

_REQUIRED = {"company": "company", "source": "source", "text": "text"}  # with what stands in for a bad one
_LETTER = re.compile(r"[^\W_]")
_REPORT_LINE = "S008"


class Read(NamedTuple):
    """What became of a line: its number, the object, the line to be checked further if there is one, and its flaws."""

    number: int
    row: Mapping[str, Any]
    line: Line | None
    flaws: list[Flaw]


def read_lines(path: str, first: int) -> Iterator[Read]:
    """Every line of a file that is not blank; ``first`` is the place of its first line.

    Raises UnreadableError for a file that cannot be read to its end.
    """
    refused: list[InputError] = []
    for number, row in read_objects(path, refused.append):
        yield from _refused(refused)
        yield _read(number, row, first + number - 1)
    yield from _refused(refused)


def _refused(errors: list[InputError]) -> Iterator[Read]:
    """Lines that hold no object at all."""
    for error in errors:
        code = "S007" if error.message.startswith("line of more than") else "S001"
        yield Read(error.line, {}, None, [Flaw(code, "", error.message, stops=True)])
    errors.clear()


def _read(number: int, row: Mapping[str, Any], place: int) -> Read:
    statement = _sound(row)
    if statement is not None:
        return Read(number, row, Line(place, row, statement, odd_parts(statement)), [])
    mended, flaws, dropped = _examined(row)
    if mended is None:
        return Read(number, row, None, flaws)
    return Read(number, row, Line(place, row, mended, odd_parts(mended), dropped), flaws)


def _sound(row: Mapping[str, Any]) -> Statement | None:
    """The statement of a line in which nothing is wrong by a quick look; None where the reader must be asked."""
    if "type" in row:
        return None
    try:
        statement = msgspec.convert(row if row.keys() <= FIELDS else _known(row), Statement)
    except msgspec.ValidationError:
        return None
    text = statement.text
    if not _LETTER.search(text) or "\0" in text or not (_is_name(statement.company) and _is_name(statement.source)):
        return None
    return statement if _is_day(statement.date) and (statement.lang or "").isprintable() else None


def _known(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key in FIELDS}


@lru_cache(maxsize=4096)
def _is_name(name: str) -> bool:
    return bool(_LETTER.search(name)) and "\0" not in name


@lru_cache(maxsize=4096)
def _is_day(date: str | None) -> bool:
    if date is None:
        return True
    try:
        datetime.date.fromisoformat(f"{date}-01-01"[: max(10, len(date))])
    except ValueError:
        return False
    return True


def _examined(row: Mapping[str, Any]) -> tuple[Statement | None, list[Flaw], frozenset[str]]:
    """The reader's complaints one after the other, each bad field left out before it is asked again.

    Gives a statement without the bad optional fields, or None where a required one is bad.
    """
    left, flaws = dict(row), list[Flaw]()
    while True:
        try:
            statement = parse_statement(left)
        except InputError as error:
            flaw = _flaw(error, left)
            flaws.append(flaw)
            if flaw.code == _REPORT_LINE or flaw.field not in FIELDS:
                return None, flaws, frozenset()
            left.pop(flaw.field, None)
            left |= {flaw.field: _REQUIRED[flaw.field]} if flaw.field in _REQUIRED else {}
        else:
            bad = frozenset(flaw.field for flaw in flaws)
            return (None if bad & _REQUIRED.keys() else statement), flaws, bad


def _flaw(error: InputError, row: Mapping[str, Any]) -> Flaw:
    """The reader's complaint with the code of what it is about."""
    name = error.field.partition(".")[0].partition("[")[0]
    value = row.get(name)
    if name == "type":
        code = _REPORT_LINE
    elif name not in row:
        code = "S002"
    elif isinstance(value, str) and name in _REQUIRED:
        code = _code_of_text(name, value)
    elif isinstance(value, str) and name in ("date", "lang"):
        code = "D002" if name == "date" else "L002"
    else:
        code = "S003"
    return Flaw(code, name, error.message, stops=True)


def _code_of_text(name: str, value: str) -> str:
    if "\0" in value:
        return "E003"
    if len(value) > (MAX_TEXT if name == "text" else 1_000):
        return "S007"
    return "S006"
