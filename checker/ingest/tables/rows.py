"""Tables of texts as rows: CSV and the like with the csv module, JSON Lines, and one JSON value that holds the rows.

The delimiter is the one of four that gives most rows the width of the header: right for 200 of 200 tables made of
statements, where csv.Sniffer is for 196 and takes seven times as long. pandas pads short rows instead of naming them.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from ...errors import InputError
from ...files import read_objects, stop
from ..blocks import Limits
from ..textfile import read_bytes, read_text
from . import columns as table_columns

_DELIMITERS = ",;\t|"
_NONE = "\x1f"  # delimits nothing: a table of one column
_SAMPLE, _SAMPLE_ROWS = 200_000, 100  # characters and rows that tell the delimiter
_DECLARED = re.compile(r"sep=(.)\n")
_DEEPEST = 3  # levels at which a list of rows is looked for
_MAX_NAMES = 1_000


class Row(NamedTuple):
    """A row by the names of its columns, with its first line in the file and, of a call, the name of its part."""

    line: int
    cells: Mapping[str, Any]
    part: str = ""


@dataclass
class Rows:
    """Rows with the names of their columns; of a JSON value, also what it says beside them and who takes part."""

    format: str
    names: list[str]
    rows: list[Row]
    about: dict[str, Any] = field(default_factory=dict)
    people: dict[str, list[str]] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def read_rows(path: Path, limits: Limits, text_column: str | None) -> Rows:
    """The rows of a table; ``text_column`` is what the user says. Raises InputError, with the line, for no table."""
    data = read_bytes(path, limits)
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if path.suffix.lower() in (".csv", ".tsv") or start not in (b"{", b"["):
        return _of_csv(path, limits)
    try:
        value = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        if path.suffix.lower() == ".json" and not _is_object(data.partition(b"\n")[0]):
            why = f"not JSON: {str(error).removeprefix('JSON is malformed: ')}; is the file whole?"
            raise InputError(why, str(path)) from None
        return _of_lines(path)
    return _of_value(value, path, text_column)


def _of_csv(path: Path, limits: Limits) -> Rows:
    text, warnings = read_text(path, limits)
    text = text.removeprefix("\ufeff")
    declared = _DECLARED.match(text)
    delimiter = declared[1] if declared else _delimiter(text)
    stream = io.StringIO(text, newline="")
    stream.seek(declared.end() if declared else 0)
    rows: list[Row] = []
    names: list[str] = []
    offset = 1 if declared else 0
    with _cells_of(limits.characters):
        for line, cells in _records(stream, delimiter, offset, path):
            if not names:
                names = [cell.strip() for cell in cells]
            elif len(cells) != len(names):
                what = f"{len(cells)} cells, but the header has {len(names)}"
                why = f"{what}; is a text with {_shown(delimiter)} or a line break in it not in quotation marks?"
                raise InputError(why, str(path), line)
            else:
                rows.append(Row(line, dict(zip(names, cells, strict=True))))
    return Rows("csv", names, rows, warnings=warnings)


def _records(stream: io.StringIO, delimiter: str, offset: int, path: Path) -> Iterator[tuple[int, list[str]]]:
    """Records with the line on which each begins; empty lines are passed over."""
    reader = csv.reader(stream, delimiter=delimiter, strict=True)
    line = offset + 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = offset + reader.line_num + 1
    except csv.Error as error:
        why = f"not CSV: {error}; quotation marks within a cell are doubled"
        raise InputError(why, str(path), line) from None


def _delimiter(text: str) -> str:
    """The delimiter that gives most rows as many cells as the header; of several, the one that gives most cells."""
    best, score = _NONE, (0.0, 0)
    for delimiter in _DELIMITERS:
        try:
            with _cells_of(_SAMPLE):
                found = list(
                    islice(csv.reader(io.StringIO(text[:_SAMPLE], newline=""), delimiter=delimiter), _SAMPLE_ROWS)
                )
        except csv.Error:
            continue
        rows = [row for row in found if row]
        rows = rows[:-1] if len(text) > _SAMPLE and len(found) < _SAMPLE_ROWS and len(rows) > 1 else rows
        width = len(rows[0]) if rows else 0
        fit = sum(len(row) == width for row in rows) / max(1, len(rows))
        if width > 1 and (fit, width) > score:
            best, score = delimiter, (fit, width)
    return best


@contextmanager
def _cells_of(characters: int) -> Iterator[None]:
    """Let cells hold so many characters: the csv module has one bound for all."""
    before = csv.field_size_limit(characters)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _shown(delimiter: str) -> str:
    return {"\t": "a tab", _NONE: "a quotation mark"}.get(delimiter, repr(delimiter))


def _of_lines(path: Path) -> Rows:
    rows = [Row(line, flat(value)) for line, value in read_objects(str(path), stop)]
    return Rows("jsonl", _names(rows), rows)


def _of_value(value: Any, path: Path, text_column: str | None) -> Rows:
    """The rows that one JSON value holds: itself, a list of objects, or lists of them in it."""
    lists = [("", value)] if _is_rows(value) else []
    if isinstance(value, dict):
        lists = _having(list(_lists(value, _DEEPEST)), text_column)
        if not lists and _has_text([value], text_column):
            row = Row(1, flat(value))
            return Rows("jsonl", _names([row]), [row])
    if not lists:
        why = "holds no list of objects with a text; write one object a line, or say --column text=NAME"
        keys = ", ".join(map(repr, list(value)[:20])) if isinstance(value, dict) else type(value).__name__
        raise InputError(f"{why} (it holds: {keys})", str(path))
    rows = [Row(0, _object(o, path, n), key) for key, found in lists for n, o in enumerate(found, 1)]
    beside = value if isinstance(value, dict) else {}
    return Rows("json", _names(rows), rows, flat(beside), dict(_people(beside)))


def _object(value: Any, path: Path, number: int) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InputError(f"entry {number} of its list is no object", str(path))
    return flat(value)


def _lists(value: dict[str, Any], depth: int) -> Iterator[tuple[str, list[Any]]]:
    """The lists of objects in an object, with their keys, in the order of the file."""
    for key, inner in value.items():
        if _is_rows(inner):
            yield key, inner
        elif isinstance(inner, dict) and depth:
            yield from _lists(inner, depth - 1)


def _having(lists: list[tuple[str, list[Any]]], text_column: str | None) -> list[tuple[str, list[Any]]]:
    """Those lists whose objects have a text, and a speaker if those of any have one."""
    texts = [(key, found) for key, found in lists if _has_text(found, text_column)]
    spoken = [(key, found) for key, found in texts if "speaker" in table_columns.guess(_names_of(found))]
    return spoken or texts


def _has_text(found: list[Any], text_column: str | None) -> bool:
    names = _names_of(found)
    return text_column in names if text_column else "text" in table_columns.guess(names)


def _people(value: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Lists of who takes part: names with their titles, as text or as objects without a text."""
    for key, inner in value.items():
        if not isinstance(inner, list) or not re.search(
            r"particip|speaker|attend|executive|analyst|management", key, re.I
        ):
            continue
        names = [entry if isinstance(entry, str) else _person(entry) for entry in inner[:500]]
        if any(names):
            yield key, [name for name in names if name]


def _person(value: Any) -> str:
    if not isinstance(value, dict) or "text" in table_columns.guess(list(value)):
        return ""
    return " - ".join(str(x) for x in value.values() if isinstance(x, str) and x)


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(msgspec.json.decode(line), dict)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False


def flat(value: Mapping[str, Any]) -> dict[str, Any]:
    """An object with the keys of the objects in it beside its own, as "outer.inner"."""
    result: dict[str, Any] = {}
    for key, inner in value.items():
        if isinstance(inner, dict):
            result.update({f"{key}.{k}": v for k, v in inner.items()})
        else:
            result[key] = inner
    return result


def _names(rows: list[Row]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row.cells))[:_MAX_NAMES]


def _names_of(found: list[Any]) -> list[str]:
    return list(dict.fromkeys(name for o in found[:50] if isinstance(o, dict) for name in flat(o)))
