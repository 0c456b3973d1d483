"""The report as JSON Lines: the run, a finding a line, issues, echoes, the end."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

import msgspec

from ..errors import InputError
from ..files import STDIN, read_objects, stop, write_atomically
from ..records import Echo, End, Finding, Issue, Report, Run

Line = Run | Finding | Issue | Echo | End


def render(report: Report) -> Iterator[bytes]:
    """The lines of a report, in bytes that are the same for the same report."""
    end = End(len(report.findings), len(report.issues), len(report.echoes))
    for line in (report.run, *report.findings, *report.issues, *report.echoes, end):
        yield msgspec.json.encode(line) + b"\n"


def write(report: Report, path: str) -> None:
    """Write to a file, which appears whole or not at all, or to standard output for "-"."""
    if path != STDIN:
        write_atomically(path, render(report))
        return
    try:
        sys.stdout.buffer.writelines(render(report))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left in the buffer goes nowhere
        raise InputError("closed by its reader before the report was whole", "standard output") from None


def read(path: str) -> Report:
    """Read a report back.

    Raises InputError for a line that is not part of a report, and for a report without its end.
    """
    rows: list[Line] = []
    for line, row in read_objects(path, stop):
        try:
            rows.append(msgspec.convert(row, Line))
        except msgspec.ValidationError as error:
            raise InputError(f"not a line of a report: {error}", path, line) from None
    if len(rows) < 2 or not isinstance(rows[0], Run) or not isinstance(rows[-1], End):
        raise InputError("not a whole report: it begins with a run and closes with an end line", path)
    findings = tuple(row for row in rows if isinstance(row, Finding))
    if rows[-1].findings != len(findings):
        raise InputError(f"holds {len(findings)} findings, its end line says {rows[-1].findings}", path)
    issues = tuple(row for row in rows if isinstance(row, Issue))
    return Report(rows[0], findings, issues, tuple(row for row in rows if isinstance(row, Echo)))


def schema() -> dict[str, Any]:
    """JSON Schema of a line of a report."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(Line)}
