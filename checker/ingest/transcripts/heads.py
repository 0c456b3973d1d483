"""What a label says: the speaker's name, and what stands with it (title, bank, side)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from .names import is_chinese_name, is_name, strip_honorific
from .words import fold, inside, is_eastern, pattern, plain, whole

Kind = Literal["person", "operator", "asks", "company", "nobody", "interpreter"]
_KINDS: tuple[Kind, ...] = ("operator", "asks", "company", "nobody", "interpreter")
_TITLES = ("management", "analyst", "either")
_SEPARATOR = re.compile(
    r"\s*(?:--+|[–—|;]|,(?=\s|$)|,(?=[^\d\s])|\s-+\s|\s/\s|:\s)\s*"
    r"|\s*[(\[](?=[^()\[\]]*[)\]])|(?<=[)\]])\s*|(?<=[\u4e00-\u9fff])[-/](?=[\u4e00-\u9fff])"
)
_NOTE = re.compile(r"[\[(]\s*(?:ph|phonetic|sp|inaudible|indiscernible|foreign language)\s*[\])]", re.IGNORECASE)
_CLAUSE = re.compile(
    r"\b(?:who|which|is|are|was|were|said|says|this|that|we|I|you|has|have|had|will|sagt|sagte|ist|sind|dit|est|dijo|es)\b"
    r"|[^\W\d_]{4,}[.!?]\s(?!-)"
)
_DECORATION = " \t*_#•·>-–—:|,;"
MAX_HEAD = 220


@dataclass(frozen=True, slots=True)
class Head:
    """Who a label names. ``sure``: its words alone say that it is a label (a title, a bank, "Operator")."""

    speaker: str
    about: str = ""
    kind: Kind = "person"
    sure: bool = False
    interpreted: bool = False


def parse_head(text: str, *, single: bool = False) -> Head | None:
    """The head that a label's text gives, or None where it is no label.

    ``single`` allows one Latin word as a name ("Anna:"), which only a transcript that has other signs may hold.
    """
    text = _NOTE.sub("", plain(text)).strip().strip(_DECORATION)
    if not 0 < len(text) <= MAX_HEAD or whole("question", text) or whole("answer", text):
        return None
    if _CLAUSE.search(text):
        return None
    parts = [part.strip(" ()[]\t") for part in _SEPARATOR.split(text)]
    parts = [part for part in parts if re.search(r"\w", part)]
    if not parts:
        return None
    interpreted = any(whole("interpreter", part) for part in parts)
    if interpreted and len(parts) > 1:
        parts = [part for part in parts if not whole("interpreter", part)] or parts
    head = _by_word(parts) or (_eastern(parts) if is_eastern(parts[0]) else _latin(parts, single))
    return replace(head, interpreted=True) if head and interpreted else head


def has_title(text: str) -> bool:
    """Whether the text holds a title or the name of a bank, broker or fund."""
    return any(inside(section, text) for section in (*_TITLES, "firm"))


def _by_word(parts: list[str]) -> Head | None:
    """A word for a side: "Operator", "Unidentified Analyst - Bank", "投资者3", "Moderator Ann Example"."""
    for kind in _KINDS:
        if whole(kind, parts[0]):
            named = next((part for part in parts[1:] if is_name(part)), "") if kind in ("operator", "asks") else ""
            return Head(named or parts[0], " - ".join(parts[1:]), kind, sure=True)
    for kind in ("operator", "asks"):
        match = pattern(kind).match(fold(parts[0]))
        name = parts[0][match.end() :].strip() if match and len(fold(parts[0])) == len(parts[0]) else ""
        if name and is_name(name) and not has_title(name):
            return Head(name, " - ".join(parts), "operator" if kind == "operator" else "asks", sure=True)
    return None


def _latin(parts: list[str], single: bool) -> Head | None:
    titled = _title_first(parts[0], parts[1:], single)
    if titled:
        return titled
    rest = parts[1:]
    if len(rest) > 1 and whole("suffixes", rest[0]):
        rest = rest[1:]
    about = " - ".join(rest)
    sure = has_title(about)
    if about[:1].islower() and not sure:
        return None
    if not is_name(parts[0], single=single or sure) or (len(rest) > 2 and not sure):
        return None
    return Head(parts[0], about, sure=sure)


def _title_first(first: str, rest: list[str], single: bool) -> Head | None:
    """A title before the name: "CEO - Jane Roe", "Chief Financial Officer Jane Roe"; or a title alone ("CEO")."""
    end = _title_end(first)
    if not end:
        return None
    name = first[end:].strip(" -:,")
    if is_name(name, single=single):
        return Head(name, " - ".join([first[:end], *rest]), sure=True)
    if rest and is_name(rest[0]) and not has_title(rest[0]):
        return Head(rest[0], " - ".join([first, *rest[1:]]), sure=True)
    return None if name else Head(first, " - ".join([first, *rest]))


def _title_end(text: str) -> int:
    """How far the titles at the head of a text reach: "President and CEO Jane Roe" -> 17."""
    folded, end = fold(text), 0
    while len(folded) == len(text):
        ends = [match.end() for section in _TITLES if (match := pattern(section).match(folded, end))]
        if not ends:
            break
        end = max(ends)
        joint = re.compile(r"\s*(?:&|and|und|et|y|e)?\s+").match(folded, end)
        end = joint.end() if joint else end
    return len(text[:end].rstrip())


def _eastern(parts: list[str]) -> Head | None:
    """张三 (董事长), 中信证券 李四, 田中 太郎, 张总; or a name and a title written as one word."""
    text = " ".join(parts)
    if len(text) > 60:
        return None
    tokens = text.split()
    options = [parts[0], *tokens] if len(tokens) > 1 else tokens
    name = next((t for t in options if is_name(t) and not has_title(strip_honorific(t))), "")
    about = text.replace(name, " ", 1).strip() if name else ""
    if not name or (about and not has_title(about)):
        return _glued(tokens, text)
    bare = strip_honorific(name)
    return Head(bare if len(bare) > 1 else name, about, sure=bool(about))


def _glued(tokens: list[str], text: str) -> Head | None:
    """董事长张三, 公司董秘李四先生, 中信证券分析师王五, 田中社長; and a title or a bank alone (董秘, 新华社记者)."""
    for index, token in enumerate(tokens):
        bare = strip_honorific(token)
        for cut in range(min(len(bare) - 2, 24), 1, -1):
            if _ends_in_title(bare[:cut]) and _is_remainder(bare[cut:]):
                return Head(bare[cut:], " ".join([bare[:cut], *tokens[:index], *tokens[index + 1 :]]), sure=True)
        for cut in range(1, min(len(bare) - 1, 8)):
            if _starts_with_title(bare[cut:]) and _is_remainder(bare[:cut]):
                return Head(bare[:cut], " ".join([bare[cut:], *tokens[:index], *tokens[index + 1 :]]), sure=True)
    if _ends_in_title(text) and (len(tokens) == 1 or inside("analyst", text)):
        return Head(text, text, "asks" if inside("analyst", text) else "person")
    return None


def _is_remainder(name: str) -> bool:
    """Whether what a title leaves over is a name; beside a title a rare surname is one too."""
    if has_title(name) or whole("not_names", name):
        return False
    return is_chinese_name(name) or is_name(name) or bool(re.fullmatch(r"[\u4e00-\u9fff々]{2,4}", name))


def _ends_in_title(text: str) -> bool:
    folded = fold(text)
    return any(
        match.end() == len(folded) for section in (*_TITLES, "firm") for match in pattern(section).finditer(folded)
    )


def _starts_with_title(text: str) -> bool:
    return any(pattern(section).match(fold(text)) for section in _TITLES)
