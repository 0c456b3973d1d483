"""What a gated run goes by: defaults, a configuration file, the command line - and where each value comes from.

``checker.toml``, or ``[tool.checker]`` in ``pyproject.toml``, in the nearest folder upwards within the repository.
Paths in it count from its folder. Unknown keys and wrong values are errors that name the file and the key.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from ..errors import ConfigError
from ..files import STDIN
from ..kinds import KINDS, UPDATE_KIND
from .results import Mode

FILE = "checker.toml"
PROJECT = "pyproject.toml"
TABLE = "[tool.checker]"
ANY = "contradiction"  # every kind but announced changes
FAIL_ON = (ANY, UPDATE_KIND, *KINDS)
FORMATS = ("text", "jsonl", "sarif", "junit", "github", "gitlab", "markdown")
COMMAND_LINE = "command line"
DEFAULT = "default"
MAX_BYTES = 1_000_000

Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Name = Annotated[str, msgspec.Meta(min_length=1)]
Format = Annotated[str, msgspec.Meta(pattern=rf"^({'|'.join(FORMATS)})(:.+)?$")]


class Config(msgspec.Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """How a gated run compares and what it acts on.

    ``against``: what was said before; ``fail_on``: kinds that fail the run ("contradiction" is every kind but update);
    ``review_below``: findings less probable than this are marked as uncertain; ``format``: FORMAT or FORMAT:FILE.
    """

    against: list[Name] = []
    baseline: Name = ".checker/baseline.jsonl"
    mode: Mode = "block"
    fail_on: list[Literal[FAIL_ON]] = msgspec.field(default_factory=lambda: [ANY])  # type: ignore[valid-type]
    min_probability: Share = 0.5
    review_below: Share = 0.8
    company: str = ""
    neighbours: Annotated[int, msgspec.Meta(ge=1)] | None = None
    within_source: bool = False
    pack: list[Name] = []
    format: list[Format] = msgspec.field(default_factory=lambda: ["text"])
    cache: Name | None = None


PATHS = ("against", "baseline", "pack", "cache")
KEYS = tuple(field.encode_name for field in msgspec.structs.fields(Config))
Origins = dict[str, str]


def load_config(
    start: Path, explicit: Path | None = None, told: Mapping[str, Any] | None = None
) -> tuple[Config, Origins]:
    """The configuration that holds in a folder, and for each key where it comes from.

    ``told`` are values of the command line by their key. Raises ConfigError for a file that cannot be read or is
    absent, an unknown key, and a value of the wrong kind.
    """
    told = told or {}
    _check(told, COMMAND_LINE)
    path = explicit or find(start)
    table, origins = _read(path) if path else ({}, {})
    merged = {**_from_here(table, path.parent if path else start), **told}
    config = msgspec.convert(merged, Config)
    return config, {key: COMMAND_LINE if key in told else origins.get(key, DEFAULT) for key in KEYS}


def find(start: Path) -> Path | None:
    """The nearest configuration file at or above a folder; the search ends at the root of the repository."""
    folder = start.resolve()
    for parent in (folder, *folder.parents):
        if (parent / FILE).is_file():
            return parent / FILE
        if (parent / PROJECT).is_file() and _project_table(_toml(parent / PROJECT)[0]) is not None:
            return parent / PROJECT
        if (parent / ".git").exists():
            return None
    return None


def _read(path: Path) -> tuple[dict[str, Any], Origins]:
    """The checked table of a file, and where in it each key stands."""
    data, text = _toml(path)
    where = _shown(path)
    if path.name != PROJECT:
        _check(data, where)
        return data, {key: _line_of(key, text, where) for key in data}
    table = _project_table(data)
    where = f"{where} {TABLE}"
    if not isinstance(table, dict):
        raise ConfigError(f"{where}: must be a table of keys and values")
    _check(table, where)
    return table, dict.fromkeys(table, where)


def _line_of(key: str, text: str, where: str) -> str:
    found = re.search(rf"""^[ \t]*["']?{re.escape(key)}["']?[ \t]*=""", text, re.MULTILINE)
    return f"{where}:{text.count(chr(10), 0, found.start()) + 1}" if found else where


def _project_table(data: Mapping[str, Any]) -> Any:
    """What is under [tool.checker]; None where there is no such table."""
    tools = data.get("tool")
    return tools.get("checker") if isinstance(tools, dict) else None


def _toml(path: Path) -> tuple[dict[str, Any], str]:
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise ConfigError(f"{_shown(path)}: cannot be read: {error.strerror}") from None
    try:
        if len(data) > MAX_BYTES:
            raise ValueError(f"more than {MAX_BYTES:,} bytes")
        text = data.decode("utf-8")
        return tomllib.loads(text), text
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{_shown(path)}: not TOML: {error}") from None


def _check(table: Mapping[str, Any], where: str) -> None:
    """Each key on its own, so that the error names it."""
    for key, value in table.items():
        if key not in KEYS:
            near = difflib.get_close_matches(key, KEYS, n=1)
            hint = f"; do you mean {near[0]!r}?" if near else f"; there are: {', '.join(KEYS)}"
            raise ConfigError(f"{where}: unknown key {key!r}{hint}")
        try:
            msgspec.convert({key: value}, Config)
        except msgspec.ValidationError as error:
            raise ConfigError(f"{where}: {key}: {_expected(key, str(error))}") from None


def _expected(key: str, error: str) -> str:
    if key == "fail-on":
        return f"each must be one of {', '.join(FAIL_ON)}"
    if key == "format":
        return f"each must be one of {', '.join(FORMATS)}, with :FILE to write it to a file"
    return error.partition(" - at ")[0].replace("`", "").replace("Expected", "expected")


def _from_here(table: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Paths as they count from the folder of the file, relative to the current one where they lie below it."""
    found = dict(table)
    for key in PATHS:
        if isinstance(value := found.get(key), str):
            found[key] = _resolved(value, folder)
        elif isinstance(value, list):
            found[key] = [_resolved(v, folder) for v in value]
    if "format" in found:
        named = [output.partition(":") for output in found["format"]]
        found["format"] = [f"{name}:{_resolved(file, folder)}" if file else name for name, _, file in named]
    return found


def _resolved(name: str, folder: Path) -> str:
    return name if name == STDIN else _shown(folder / name)


def _shown(path: Path) -> str:
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def toml_of(config: Config, origins: Origins) -> str:
    """The configuration as TOML, each key with a comment that says where it comes from."""
    values = msgspec.to_builtins(config)
    width = max(len(_line(key, values[key])) for key in KEYS)
    return "".join(f"{_line(key, values[key]):<{width}}  # {origins[key]}\n" for key in KEYS)


def _line(key: str, value: Any) -> str:
    return f"# {key} is not set" if value is None else f"{key} = {msgspec.json.encode(value).decode()}"
