"""Which column of a table of texts is which: as the user says, else by what such columns are called."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from ...errors import InputError

OURS = ("text", "company", "source", "date", "document", "speaker", "role", "page", "section", "url", "lang")
_LISTED = 30  # columns that an error lists
_SEPARATORS = re.compile(r"[\s_.-]+")
_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])")  # "speakerName"
_OF_DATASETS = frozenset(("id", "added", "created"))  # beside these, "source" is the name of a collection (Dolma)


@cache
def _names() -> dict[str, list[str]]:
    return tomllib.loads(files("checker.ingest").joinpath("data/columns.toml").read_text("utf-8"))


def choose(names: Sequence[str], told: Mapping[str, str] | None, path: Path) -> tuple[dict[str, str], list[str]]:
    """Our names to those of the file, and a warning that says what was guessed.

    Raises InputError for a column that is told and absent, and where no column with the text can be told.
    """
    chosen = dict(told or {})
    for ours, theirs in chosen.items():
        if ours not in OURS:
            raise InputError(f"--column {ours}={theirs}: there is no {ours!r}; there are: {', '.join(OURS)}", str(path))
        if theirs not in names:
            raise InputError(f"--column {ours}={theirs}: {_listed(names)}", str(path))
    found = {
        ours: theirs for ours, theirs in guess(names).items() if ours not in chosen and theirs not in chosen.values()
    }
    chosen = {ours: {**found, **chosen}[ours] for ours in OURS if ours in found or ours in chosen}
    if "text" not in chosen:
        raise InputError(f"which column holds the text? {_listed(names)}; say --column text=NAME", str(path))
    for name in chosen.values():
        if names.count(name) > 1:
            raise InputError(f"has {names.count(name)} columns named {name!r}; give each a name of its own", str(path))
    guessed = [f"{ours} from {theirs!r}" for ours, theirs in found.items() if ours != theirs and ours in chosen]
    what = f"columns guessed: {', '.join(guessed)}; if that is wrong, say --column text=NAME and the like"
    return chosen, [what] if guessed else []


def guess(names: Sequence[str]) -> dict[str, str]:
    """Our names to those of the file, as far as what the columns are called tells."""
    whole: dict[str, str] = {}
    last: dict[str, str] = {}
    for name in names:
        whole.setdefault(_plain(name), name)
        if "." in name:
            last.setdefault(_plain(name.rpartition(".")[2]), name)
    lone = {plain: name for plain, name in last.items() if plain not in whole}
    found: dict[str, str] = {}
    for ours in OURS:
        known = _names()[ours]
        theirs = next((by[n] for by in (whole, lone) for n in known if n in by and by[n] not in found.values()), None)
        if theirs is not None:
            found[ours] = theirs
    if "speaker" in found and "role" not in found and _plain(found.get("document", "")).endswith("title"):
        found["role"] = found.pop("document")
    if frozenset(names) >= _OF_DATASETS:
        found.pop("source", None)
    return found


def known(names: Iterable[str], ours: str) -> str | None:
    """The first of names that is one of ours, for keys of JSON that are no columns."""
    return next((name for name in names if _plain(name) in _names()[ours]), None)


def _plain(name: str) -> str:
    return _SEPARATORS.sub(" ", _WORDS.sub(" ", name)).strip(" :：*").casefold()


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(repr(name[:60]) for name in names[:_LISTED])
    return f"the file has the columns {shown}{', …' if len(names) > _LISTED else ''}"
