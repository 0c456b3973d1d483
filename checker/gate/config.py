"""What a gated run goes by: defaults, a configuration file, the command line - and where each value comes from.

``checker.toml``, or ``[tool.checker]`` in ``pyproject.toml``, in the nearest folder upwards within the repository.
Paths in it count from its folder. Unknown keys and wrong values are errors that name the file and the key.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from ..errors import ConfigError
from ..kinds import KINDS, UPDATE_KIND
from .results import Mode

FILE = "checker.toml"
PROJECT = "pyproject.toml"
TABLE = "[tool.checker]"
ANY = "contradiction"  # every kind but announced changes
FAIL_ON = (ANY, UPDATE_KIND, *KINDS)
FORMATS = ("text", "jsonl", "sarif", "junit", "github", "gitlab", "markdown")
COMMAND_LINE = "command line"
MAX_BYTES = 1_000_000

Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Format = Annotated[str, msgspec.Meta(pattern=rf"^({'|'.join(FORMATS)})(:.+)?$")]


class Config(msgspec.Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """How a gated run compares and what it acts on.

    ``against``: what was said before; ``fail_on``: kinds that fail the run ("contradiction" is every kind but update);
    ``review_below``: findings less probable than this are marked as uncertain; ``format``: FORMAT or FORMAT:FILE.
    """

    against: list[str] = []
    baseline: str = ".checker/baseline.jsonl"
    mode: Mode = "block"
    fail_on: list[Literal[FAIL_ON]] = msgspec.field(default_factory=lambda: [ANY])  # type: ignore[valid-type]
    min_probability: Share = 0.5
    review_below: Share = 0.8
    company: str = ""
    neighbours: Annotated[int, msgspec.Meta(ge=1)] | None = None
    within_source: bool = False
    pack: list[str] = []
    format: list[Format] = msgspec.field(default_factory=lambda: ["text"])
    cache: str | None = None


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
    path = explicit or find(start)
    table = _table(path) if path else {}
    where = str(path) if path and path.name != PROJECT else f"{path} {TABLE}"
    _check(table, where)
    merged = {**_from_here(table, path.parent if path else start), **(told or {})}
    _check(told or {}, COMMAND_LINE)
    config = msgspec.convert(merged, Config)
    origins = {key: COMMAND_LINE if key in (told or {}) else where if key in table else "default" for key in KEYS}
    return config, origins


def find(start: Path) -> Path | None:
    """The nearest configuration file at or above a folder; the search ends at the root of the repository."""
    folder = start.resolve()
    for parent in (folder, *folder.parents):
        if (parent / FILE).is_file():
            return parent / FILE
        if (parent / PROJECT).is_file() and "tool" in (data := _toml(parent / PROJECT)) and "checker" in data["tool"]:
            return parent / PROJECT
        if (parent / ".git").exists():
            return None
    return None


def _table(path: Path) -> dict[str, Any]:
    data = _toml(path)
    if path.name == PROJECT:
        data = data.get("tool", {}).get("checker", {})
    if not isinstance(data, dict):
        raise ConfigError(f"{path}: {TABLE} must be a table")
    return data


def _toml(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as stream:
            text = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    try:
        if len(text) > MAX_BYTES:
            raise ValueError(f"more than {MAX_BYTES:,} bytes")
        return tomllib.loads(text.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: not TOML: {error}") from None


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
    return found


def _resolved(name: str, folder: Path) -> str:
    path = folder / name
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def toml_of(config: Config, origins: Origins) -> str:
    """The configuration as TOML, each key with a comment that says where it comes from."""
    values = msgspec.to_builtins(config)
    width = max(len(_line(key, values[key])) for key in KEYS)
    return "".join(f"{_line(key, values[key]):<{width}}  # {origins[key]}\n" for key in KEYS)


def _line(key: str, value: Any) -> str:
    return f"# {key} is not set" if value is None else f"{key} = {msgspec.json.encode(value).decode()}"
