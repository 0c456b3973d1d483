"""Suspicious characters (E): what decoding, copying or a disguise has left in names and texts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from html.entities import html5

from ..records import MAX_TEXT, Statement
from .mending import NFC, SPACES, UNSEEN, composed, is_pinned, mend, spaced, unseen
from .records import NAMES, Flaw, Line, Rule, shown

# What a rule below may object to; a text with none of it is not looked at again
_ODD = re.compile(
    r"^\s|\s\s|\s\Z|[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u0100-\u0602\u061c\u07c0-\u07ff\u10a0-\u1cff\u1d00-\u1fff]"
    r"|[\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2c60-\u2dff\ua640-\uabff\ud7b0-\uf8ff\ufe00-\ufeff\ufff0-\U0001efff]"
    r"|[\U000e0000-\U0010ffff\u9225\u9286\u951b\u9428\u9359\u93c4\u9366]|[\x80-\u2dff]{2}|锟斤|烫烫|屯屯"
    r"|&#?\w+;|</?[A-Za-z]|\\[nrtux]|[A-Za-z][\[\\\]^`{|}][A-Za-z]"
)
_HEAD = MAX_TEXT  # characters of a text that are looked at for what takes time; ``before`` and ``after`` may be longer
_MOJIBAKE = re.compile(
    "[\x80-\xff][\x80-\u2fff]|[\u0100-\u2fff][\x80-\xff]|[\u0400-\u04ff][\u0080-\u00bf\u2010-\u2122]"
)
_AS_GBK = re.compile("[\u9225\u9286\u951b\u9428\u9359\u93c4\u9366]")  # what frequent Chinese in UTF-8 becomes in GBK
_LOST_CHINESE = re.compile("锟斤拷|烫烫烫|屯屯屯")
_SHIFTED = re.compile(r"[A-Za-z][\[\\\]^`{|}][A-Za-z]")  # letters of a font that counts them otherwise
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_EMBEDDING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_MARK = re.compile("[\u061c\u200e\u200f]")
_FROM_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_BEYOND_WESTERN = re.compile("[\u0100-\u058f\u10a0-\u10ff\u13a0-\u13ff\u1d00-\u1fff\u2c60-\u2dff\ua640-\uabff]")
_BEYOND_LATIN = re.compile("[\u0300-\U0010ffff]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|([A-Za-z][A-Za-z0-9]{1,30}));")
_TAG = re.compile(
    r"</?(?:a|b|br|div|em|font|h[1-6]|i|img|li|ol|p|script|span|strong|style|sub|sup|table|t[dhr]|u|ul)"
    r"(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)
_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[nrt](?![A-Za-z]))")
_HIDDEN_BY_ENCODING = "take it from the source again"


def odd_parts(statement: Statement) -> tuple[tuple[str, str], ...]:
    """The names and texts of a statement that the rules of this family have to look at, by field."""
    s = statement
    odd = _odd_names(s.company, s.source, s.document, s.section, s.speaker)
    if _is_odd(s.text):
        odd = (*odd, ("text", s.text))
    if s.before is None and s.after is None:
        return odd
    return (*odd, *((f, v) for f, v in (("before", s.before), ("after", s.after)) if v and _is_odd(v)))


@lru_cache(maxsize=4096)
def _odd_names(*names: str | None) -> tuple[tuple[str, str], ...]:
    """Those of the names that statements of a document share."""
    return tuple((field, name) for field, name in zip(NAMES, names, strict=True) if name and _is_odd(name))


def _is_odd(value: str) -> bool:
    return bool(_ODD.search(value)) or not unicodedata.is_normalized("NFC", value)


def check_mojibake(line: Line) -> Iterator[Flaw]:
    """Text that was decoded with the wrong encoding."""
    for field, value in line.odd:
        if found := _mojibake(value[:_HEAD]):
            yield Flaw("E001", field, found)


def _mojibake(value: str) -> str | None:
    if lost := _LOST_CHINESE.search(value):
        return f"{lost[0]} is what is left of Chinese that went through a wrong encoding; {_HIDDEN_BY_ENCODING}"
    if len(_AS_GBK.findall(value)) > 1:
        right = value.encode("gb18030", "ignore").decode("utf-8", "ignore")
        return f"UTF-8 read as GBK: {shown(value, 16)} for {shown(right, 16)}; read the source again as UTF-8"
    if _SHIFTED.search(value):
        from ..ingest.garbled import page_problem

        return page_problem(value)
    if not _MOJIBAKE.search(value):
        return None
    from ftfy import fix_encoding
    from ftfy.badness import BADNESS_RE

    bad = BADNESS_RE.search(value)
    if not bad or (right := fix_encoding(value)) == value:
        return None
    return f"decoded with the wrong encoding ({shown(bad[0])} in it); it may have been {shown(right)}"


def check_lost(line: Line) -> Iterator[Flaw]:
    """Replacement characters, which stand for letters that are lost."""
    for field, value in line.odd:
        if lost := value.count("\ufffd"):
            yield Flaw("E002", field, f"{_counted(lost, 'replacement character')} (U+FFFD) where letters were lost; "
                                      f"{_HIDDEN_BY_ENCODING}")  # fmt: skip


def check_steering(line: Line) -> Iterator[Flaw]:
    """Characters that steer a terminal or turn the direction of text, so that it is not read as it is written."""
    for field, value in line.odd:
        control, turning = _CONTROL.findall(value), _EMBEDDING.findall(value)
        if not _FROM_RIGHT.search(value):
            turning += _MARK.findall(value)
        if control:
            yield Flaw("E003", field, f"{_counted(len(control), 'control character')} ({_code(control[0])}); remove it")
        if turning:
            what = _counted(len(turning), "bidirectional character")
            yield Flaw("E003", field, f"{what} ({_code(turning[0])}): shown in another order than read; remove it")


def check_composed(line: Line) -> Iterator[Flaw]:
    """Letters in pieces, such as e and a combining accent."""
    for field, value in line.odd:
        if not unicodedata.is_normalized("NFC", value):
            at = next((i for i, (a, b) in enumerate(zip(value, composed(value), strict=False)) if a != b), 0)
            piece = value[at : at + 2]
            yield _mendable(NFC, line, field, value, f"letters in pieces, as in {shown(piece)}; not in Unicode NFC")


def check_spaces(line: Line) -> Iterator[Flaw]:
    """White space around a text, doubled, or of a kind that lays out pages."""
    for field, value in line.odd:
        if spaced(value) != value:
            where = "around it" if value != value.strip() else "doubled, or tabs and breaks"
            yield _mendable(SPACES, line, field, value, f"white space: {where}")


def check_disguise(line: Line) -> Iterator[Flaw]:
    """Words in which letters of another alphabet stand for those they look like."""
    for field, value in line.odd:
        if words := _disguised(value[:_HEAD]):
            more = f" and {len(words) - 1} more" if len(words) > 1 else ""
            yield Flaw(
                "E006", field, f"letters of other alphabets inside a word: {shown(words[0])}{more}; type it again"
            )


def _disguised(value: str) -> list[str]:
    if not _BEYOND_WESTERN.search(value):
        return []
    from ..ingest.garbled import broken_words
    from ..ingest.letters import FOREIGN, flaw

    return [word for word in broken_words(value) if flaw(word) == FOREIGN]


def check_unseen(line: Line) -> Iterator[Flaw]:
    """Soft hyphens and zero-width characters: nobody sees that they part a word in two."""
    for field, value in line.odd:
        if lost := len(value) - len(unseen(value)):
            what = f"{_counted(lost, 'character')} that nobody sees ({_code(_first_unseen(value))})"
            yield _mendable(UNSEEN, line, field, value, what)


def _first_unseen(value: str) -> str:
    rest = unseen(value)
    at = next((i for i, (a, b) in enumerate(zip(value, rest, strict=False)) if a != b), len(rest))
    return value[at]


def check_meaningless(line: Line) -> Iterator[Flaw]:
    """Characters of private use or without a meaning, as fonts with symbols of their own leave them."""
    for field, value in line.odd:
        if _BEYOND_LATIN.search(value):
            found = [c for c in value if unicodedata.category(c) in ("Co", "Cn")]
            if found:
                yield Flaw("E008", field, f"{_counted(len(found), 'character')} without a meaning ({_code(found[0])}); "
                                          "remove it, or type what it looked like")  # fmt: skip


def check_markup(line: Line) -> Iterator[Flaw]:
    """Entities and tags of HTML."""
    for field, value in line.odd:
        found = [m[0] for m in _ENTITY.finditer(value) if not m[1] or f"{m[1]};" in html5]
        found += [m[0] for m in _TAG.finditer(value)]
        if found:
            yield Flaw("E009", field, f"HTML is left in it: {shown(found[0])}; write the character, without the tag")


def check_escapes(line: Line) -> Iterator[Flaw]:
    """Escapes of a programming language, as text has that was encoded twice."""
    for field, value in line.odd:
        if found := _ESCAPE.search(value):
            yield Flaw("E010", field, f"an escape is left in it: {shown(found[0])}; it was encoded twice")


def _mendable(code: str, line: Line, field: str, value: str, message: str) -> Flaw:
    """A flaw that ``--fix`` mends, unless the text would not be the same to the rest of checker."""
    if field == "text" and is_pinned(line.row):
        return Flaw(code, field, f"{message}; it is in the extracted text too: mend the document and ingest it again")
    return Flaw(code, field, message, mend(field, value, {code}) != value)


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'s' * (count != 1)}"


RULES = (
    Rule("E001", "text decoded with the wrong encoding",
         "models read letters that nobody wrote, and the words of the statement are lost to them",
         '"text": "KinderarbeitÂ ist verboten â€“ Ã¼berall."', check=check_mojibake),
    Rule("E002", "a replacement character where letters were lost",
         "what stood there cannot be known; it may have been a figure or a word that decides",
         r'"text": "We cut emissions by \ufffd %."', check=check_lost),
    Rule("E003", "control or bidirectional characters",
         "they steer the terminal of whoever reads the report, or show a text in another order than it is read",
         r'"text": "We pay \u202e02\u202c % more."', check=check_steering),
    Rule("E004", "letters in pieces (not Unicode NFC)",
         "what looks the same is not found by a search, and other programs take it for another text",
         r'"text": "Cafe\u0301s are inspected."', mends=True, check=check_composed),
    Rule("E005", "white space around a text, doubled, or of layout",
         "it is left over from a page, and in names it makes two of one",
         '"document": "ESG  report 2023 "', mends=True, check=check_spaces),
    Rule("E006", "letters of other alphabets inside a word",
         "the word looks right and is another: models and searches do not know it",
         r'"text": "Our c\u043emp\u0430ny pays a living wage."', check=check_disguise),
    Rule("E007", "soft hyphens and zero-width characters",
         "nobody sees that they part a word in two",
         r'"text": "We pay\u200b a living wage."', mends=True, check=check_unseen),
    Rule("E008", "characters of private use or without a meaning",
         "symbols of one font: elsewhere they are boxes or other characters",
         r'"text": "\uf0b7 We pay a living wage."', check=check_meaningless),
    Rule("E009", "HTML left in a text",
         "tags and entities are read as words",
         '"text": "Health &amp; safety come <b>first</b>."', check=check_markup),
    Rule("E010", "escapes left in a text",
         "the text was encoded twice; models read the escapes as words",
         r'"text": "We pay\\na living wage."', check=check_escapes),
)  # fmt: skip
