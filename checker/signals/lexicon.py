"""Word lists of a data file as compiled patterns: what the period and time signals share in reading their lexicons."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@cache
def lexicon(name: str) -> dict[str, Any]:
    """The tables of ``data/<name>.toml``."""
    return tomllib.loads((Path(__file__).parent / "data" / f"{name}.toml").read_text(encoding="utf-8"))


def words(table: Mapping[str, Iterable[str]] | Iterable[str], *keys: str) -> list[str]:
    """The words of a table (of the given keys, or of all), variants parted, the longest first, each once."""
    lists = [table] if not isinstance(table, Mapping) else [table[k] for k in keys or tuple(table) if k in table]
    found = {variant for entries in lists for entry in entries for variant in entry.split("|")}
    return sorted(found, key=lambda word: (-len(word), word))


def alternation(entries: Iterable[str]) -> str:
    """A group that matches any of the words; a blank in a word matches up to three blanks."""
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s{1,3}") for word in entries) + ")"


def fold(word: str) -> str:
    """A matched word as it stands in the data file: lower case, single blanks."""
    return " ".join(word.lower().split())
