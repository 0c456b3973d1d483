"""Which side a title or an affiliation puts a speaker on."""

from __future__ import annotations

import re
from typing import Literal

from .words import fold, inside, is_eastern, pattern

Role = Literal["management", "analyst", "operator"]
_EVENT = re.compile(r"conference(?! call)|fireside|forum|summit|symposium|论坛|峰会|策略会")


def side_of(about: str, host: str = "") -> Role | None:
    """The side of whoever bears these titles and is from there; None where both sides have such (``weak_side_of``).

    ``host`` is text that names the company (the title of the call): a bank named in it holds the call itself.
    """
    if not about:
        return None
    if inside("analyst", about):
        return "analyst"
    if inside("management", about):
        return "management"
    if _is_outside_firm(about, host):
        return "analyst"
    return "management" if _is_from(about, host) else None


def weak_side_of(about: str) -> Role | None:
    """Management for titles that both sides bear, where nothing else is known of their bearer."""
    return "management" if about and inside("either", about) else None


def _is_outside_firm(about: str, host: str) -> bool:
    match = pattern("firm").search(fold(about))
    if not match:
        return False
    return not (_is_from(about, host) and not _EVENT.search(fold(host)))


def _is_from(about: str, host: str) -> bool:
    """Whether an affiliation's first name stands in the title of the call."""
    folded = fold(host)
    if not folded:
        return False
    if is_eastern(about):
        return any(len(word) >= 2 and word in folded for word in re.split(r"[\s\-(),，]+", fold(about))[:1])
    names = re.findall(r"[a-z0-9&']{3,}", fold(about.partition(" - ")[0]))
    return bool(names) and bool(re.search(rf"(?<![a-z0-9]){re.escape(names[0])}(?![a-z0-9])", folded))
