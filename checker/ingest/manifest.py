"""Manifests: which files of a folder to read, and what is known of each.

``sources.toml`` holds a ``[[source]]`` a file, with an optional ``[defaults]`` table for all; a CSV one row a file.
Both have the same keys: path (relative to the manifest), company, source, document, date, lang, url; TOML also
``columns``.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from ..corpus import parse_statement
from ..errors import InputError
from .documents import UNTOLD, Entry, Facts

NAME = "sources.toml"
KEYS = frozenset(Facts.__struct_fields__)
MAX_BYTES = 10_000_000


def read_manifest(path: Path, told: Facts = UNTOLD) -> list[Entry]:
    """The entries of a manifest; what ``told`` says holds for all of them.

    Raises InputError with line or entry for an unknown key, a wrong value, a file that is absent or listed twice.
    """
    rows = list(_csv(path) if path.suffix.lower() == ".csv" else _toml(path))
    if not rows:
        raise InputError("lists no file; give each a [[source]] table (or a row) with a path", str(path))
    entries, seen = [], set()
    for where, row in rows:
        entry = _entry(path, where, row, told)
        if entry.path.resolve() in seen:
            raise InputError(f"{where}: {row['path']} is listed twice", str(path))
        seen.add(entry.path.resolve())
        entries.append(entry)
    return entries


def _entry(manifest: Path, where: str, row: dict[str, Any], told: Facts) -> Entry:
    unknown = sorted(set(row) - KEYS - {"path", "columns"})
    if unknown:
        known = ", ".join(["path", *sorted(KEYS), "columns"])
        raise InputError(f"{where}: unknown key {unknown[0]!r}; there are: {known}", str(manifest))
    name = row.get("path")
    if not isinstance(name, str) or not name:
        raise InputError(f"{where}: path is missing", str(manifest))
    file = (manifest.parent / name).resolve()
    if not file.is_relative_to(manifest.parent.resolve()):
        raise InputError(f"{where}: {name} lies outside the manifest's folder", str(manifest))
    if not file.is_file():
        raise InputError(f"{where}: {name}: no such file", str(manifest))
    columns = row.get("columns", {})
    if not isinstance(columns, dict) or not all(isinstance(v, str) for v in columns.values()):
        raise InputError(f"{where}: columns must map our names to the file's", str(manifest))
    facts = {k: str(v) for k, v in row.items() if k in KEYS and v not in (None, "")}
    _check(manifest, where, facts)
    facts |= {k: v for k, v in msgspec.structs.asdict(told).items() if v}
    return Entry(manifest.parent / name, Facts(**facts), columns)


def _check(manifest: Path, where: str, facts: dict[str, str]) -> None:
    """A date, language or name that no statement may have is said here, not after minutes of reading."""
    try:
        parse_statement({"company": "c", "source": "s", "text": "t"} | facts)
    except InputError as error:
        raise InputError(f"{where}: {error.field}: {error.message}", str(manifest)) from None


def check_facts(facts: Facts) -> None:
    """Raise InputError for a value that no statement may have."""
    told = {k: v for k, v in msgspec.structs.asdict(facts).items() if v}
    try:
        parse_statement({"company": "c", "source": "s", "text": "t"} | told)
    except InputError as error:
        raise InputError(f"--{error.field}: {error.message}") from None


def _toml(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        data = tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"not TOML: {error}", str(path)) from None
    unknown = sorted(set(data) - {"defaults", "source"})
    if unknown:
        raise InputError(f"unknown key {unknown[0]!r}; a manifest has [defaults] and [[source]] tables", str(path))
    defaults, sources = data.get("defaults", {}), data.get("source", [])
    if not isinstance(defaults, dict) or not isinstance(sources, list) or not all(isinstance(s, dict) for s in sources):
        raise InputError("a manifest has one [defaults] table and [[source]] tables", str(path))
    for number, source in enumerate(sources, 1):
        yield f"source {number}", defaults | source


def _csv(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    reader = csv.DictReader(io.StringIO(_text(path), newline=""), strict=True)
    try:
        for row in reader:
            if None in row or None in row.values():
                raise InputError("has more or fewer cells than the header", str(path), reader.line_num)
            yield f"line {reader.line_num}", dict(row)
    except csv.Error as error:
        raise InputError(f"not CSV: {error}", str(path), reader.line_num) from None


def _text(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(f"cannot be opened: {error.strerror}", str(path)) from None
    if len(data) > MAX_BYTES:
        raise InputError(f"more than {MAX_BYTES:,} bytes; is this a manifest?", str(path))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("not UTF-8; save it as UTF-8", str(path)) from None
