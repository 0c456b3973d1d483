"""All rules, and which of them ``--select`` and ``--ignore`` choose."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from ..errors import ConfigError
from . import characters, dates, duplicates, languages, names, provenance, schema, texts
from .records import Rule, Settings, Watcher

ALL = "ALL"
RULES: tuple[Rule, ...] = (
    *schema.RULES, *dates.RULES, *languages.RULES, *characters.RULES, *texts.RULES, *duplicates.RULES,
    *provenance.RULES, *names.RULES,
)  # fmt: skip
BY_CODE = {rule.code: rule for rule in RULES}
WATCHERS: tuple[tuple[tuple[str, ...], Callable[[Settings], Watcher]], ...] = (
    (("S005",), schema.Ids),
    (("D003",), dates.Future),
    (("D006",), dates.OneDate),
    (("U001", "U002"), duplicates.Repeats),
    (("U003",), duplicates.Copies),
    (("P001", "P002"), provenance.Found),
    (("C001", "C002", "C003"), names.Spelling),
    (("C004",), names.Alone),
)
"""What remembers lines, with the codes it tells."""


def choose(select: Sequence[str] = (), ignore: Sequence[str] = ()) -> frozenset[str]:
    """The codes to look for: those of the rules that are on by default, or that ``select`` names, without ``ignore``.

    Each is a code, the beginning of one, or ALL; the longer beginning has the last word. Raises ConfigError for one
    that no code begins with.
    """
    for prefix in (*select, *ignore):
        if prefix != ALL and not (prefix and any(code.startswith(prefix) for code in BY_CODE)):
            raise ConfigError(f"{prefix!r} is the beginning of no code; checker lint --rules lists them")
    chosen = []
    for rule in RULES:
        wanted = _longest(rule.code, select) if select else 0 if rule.default else -1
        if wanted > _longest(rule.code, ignore):
            chosen.append(rule.code)
    return frozenset(chosen)


def _longest(code: str, prefixes: Iterable[str]) -> int:
    """The length of the longest prefix that covers a code; ALL has none, -1 stands for no prefix at all."""
    return max((0 if p == ALL else len(p) for p in prefixes if p == ALL or code.startswith(p)), default=-1)


def is_silenced(codes: Iterable[str], prefixes: Collection[str]) -> bool:
    """Whether a line that names these codes, or beginnings of codes, silences any of the codes."""
    return bool(prefixes) and any(code.startswith(prefix) for code in codes for prefix in prefixes)
