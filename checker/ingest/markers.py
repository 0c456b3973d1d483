"""What list entries, footnotes and headings begin with: bullets, numbers, letters."""

from __future__ import annotations

import re

_SIGN = r"[•·‣⁃▪▫●○◦■□◆◇►▶➢➔✓✔\uf000-\uf0ff]|[*\-–—](?=\s)|\.(?=\s+[A-Z])|o(?=\s{2})"
_ROMAN = r"[ivx]{2,5}|[IVX]{2,5}"
_NUMBER = rf"\(?(?:\d{{1,2}}|[A-Za-z]|{_ROMAN})\)(?=\s|[A-Z])|(?:\d{{1,2}}|[A-Za-z]|{_ROMAN})\.(?=\s)"
_DECIMAL = r"\d{1,2}(?:\.\d{1,2}){1,4}\.?(?=\s+[A-ZÀ-Þ\u3040-\u9fff])"
_CJK = r"[①-⑳⑴-⒇]|[（(](?:[一二三四五六七八九十]{1,3}|[ア-ン]|\d{1,2})[）)]|[一二三四五六七八九十]{1,3}、|\d{1,2}[、．]"
MARKER = re.compile(rf"(?P<marker>{_CJK}|{_NUMBER}|{_DECIMAL}|{_SIGN})[\s\u3000]*(?=\S)")
FOOTNOTE = re.compile(
    r"(?P<marker>/\d{1,2}/|\(\*{1,3}\)|\*{1,3}(?=\s?[A-Z])|[†‡]|\[\d{1,2}\]|[¹²³⁴⁵⁶⁷⁸⁹]{1,2}|※\d{0,2})\s*(?=\S)"
)
SECTION = re.compile(
    r"(?:PART|Part)\s+[IVX]+\b|(?:ITEM|Item)\s+\d{1,2}[A-C]?\b|(?:CHAPTER|Chapter|SECTION|Section|ARTICLE|Article)\s+"
    r"(?:\d{1,3}|[IVXLC]+)\b|第[一二三四五六七八九十百\d]{1,4}[章节節部条條編编]"
)


def split_marker(text: str) -> tuple[str, str]:
    """The bullet, number or letter of a list entry, and the entry without it; "" if it has none."""
    found = MARKER.match(text)
    return (found["marker"], text[found.end() :]) if found else ("", text)


def is_marker(text: str) -> bool:
    """Whether a text is a bullet, number or letter of a list entry, and nothing else."""
    found = MARKER.match(text.strip() + "  x") if len(text) <= 12 else None
    return bool(found and found["marker"] == text.strip())


def family(marker: str) -> str:
    """What kind of marker it is: entries of one list have the same."""
    core = marker.strip("().．、（）")
    if not core or not core[0].isalnum() or is_bullet(marker):
        return marker
    kind = "1" if core[0].isdigit() else ("A" if core.isupper() else "a")
    return marker.replace(core, kind if core.isascii() else "一")


def is_bullet(marker: str) -> bool:
    """Whether a marker is a sign, and not a number or letter."""
    return marker == "o" or (bool(marker) and not any(c.isalnum() for c in marker))
