"""The outputs of a gated run: each format to standard output or to a file, and findings read back from them."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec

from ..errors import ConfigError, InputError
from ..files import STDIN, check_writable, read_objects, stop, write_atomically
from ..records import Finding
from .results import GateResult

MODULES = {"text": "gate", "jsonl": "gate_jsonl"}  # the others are named as their format
LINES = ("text", "github")  # formats that may follow each other in the log of a job
STDOUT = ("", STDIN)


def check_targets(formats: Sequence[str], inputs: Sequence[str]) -> None:
    """Raise ConfigError now for outputs that would end up in each other, and InputError for one not to be written.

    None is written over an input.
    """
    shown = [name for name, target in map(_parted, formats) if target in STDOUT]
    alone = [name for name in shown if name not in LINES]
    if alone and len(shown) > 1:
        raise ConfigError(
            f"standard output would get {' and '.join(shown)}; write {alone[0]} to a file: --format {alone[0]}:FILE"
        )
    written: set[Path] = set()
    for target in [target for _, target in map(_parted, formats) if target not in STDOUT]:
        check_writable(target, inputs)
        if Path(target).resolve() in written:
            raise ConfigError(f"two formats are to be written to {target}; give each a file of its own")
        written.add(Path(target).resolve())


def _parted(output: str) -> tuple[str, str]:
    name, _, target = output.partition(":")
    return name, target


def write_outputs(result: GateResult, formats: Sequence[str], stream: BinaryIO) -> None:
    """Write each format to its file, or to the stream; nothing is written before all are rendered."""
    rendered = [(target, _render(result, name)) for name, target in map(_parted, formats)]
    for target, data in rendered:
        if target in STDOUT:
            stream.write(data)
            stream.flush()
        else:
            write_atomically(target, [data])


def _render(result: GateResult, name: str) -> bytes:
    module = importlib.import_module(f"..reports.{MODULES.get(name, name)}", __package__)
    data: bytes = module.render(result)
    return data


def findings_of(path: str) -> list[Finding]:
    """The findings of a report of a run, or of a gated run in JSON Lines.

    Raises InputError for a line that is neither, and for a report without its end.
    """
    found, last = [], ""
    for line, row in read_objects(path, stop):
        last = str(row.get("type"))
        if last in ("finding", "gated"):
            try:
                found.append(msgspec.convert(row.get("finding", row), Finding))
            except msgspec.ValidationError as error:
                raise InputError(f"not a finding: {error}", path, line) from None
    if last not in ("end", "gate-end"):
        raise InputError("not a whole report: it closes with an end line", path)
    return found
