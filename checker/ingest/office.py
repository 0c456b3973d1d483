"""What Word documents and presentations share: properties, numbers of lists, text of diagrams, errors of packages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from ..errors import InputError
from .tidy import tidy

Element: TypeAlias = Any  # lxml ships no types
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PROPERTIES = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_JUNK_TITLE = re.compile(
    r"(?:microsoft )?word document|microsoft word|.{0,20}power ?point.{0,20}\Z|"
    r"[\w.,() -]+\.(?:do[ct][xm]?|p[po][ts][xm]?|rtf|odt)\Z|(?:document|dokument|documento|presentation|présentation|"
    r"präsentation|presentación|slide|folie|untitled|unbenannt|title|titel|titre|título) ?\d*\Z",
    re.IGNORECASE,
)
_JUNK_AUTHOR = re.compile(r"python-docx|python-pptx|steve canny|microsoft|user|admin\w*|author|\W*", re.IGNORECASE)
_TEMPLATES = ("2013-12-23T23:15", "2013-01-27T09:1")  # of python-docx and python-pptx: dates of no document
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z0-9]{2,8}))?\Z")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_HAN = "〇一二三四五六七八九"


@contextmanager
def reading(path: Path, what: str) -> Iterator[None]:
    """Say of whatever a library raises about a package that its file cannot be read as ``what``."""
    try:
        yield
    except (InputError, MemoryError, ImportError):
        raise
    except Exception as error:  # the libraries raise KeyError, ValueError, AttributeError, XMLSyntaxError, …
        if "purl.oclc.org" in str(error):
            why = f"is {what} of the Strict kind, which is not read; save it as the usual kind, or as PDF"
        else:
            said = " ".join(f"{type(error).__name__}: {error}".split())[:120]
            why = f"cannot be read as {what} ({said}); open it in Office and save it anew, or save it as PDF"
        raise InputError(why, str(path)) from None


class About(NamedTuple):
    """What a document states of itself."""

    title: str | None = None
    date: str | None = None
    lang: str | None = None
    author: str | None = None


def about(package: Any) -> About:
    """Title, date, language and author, as far as a file states them and they are not what programs put there."""
    try:
        package.part_related_by(_PROPERTIES)
    except KeyError:
        return About()  # the libraries would invent them
    core = package.core_properties
    title, author = tidy(core.title or ""), tidy(core.author or "")
    return About(
        title=None if len(title) < 4 or _JUNK_TITLE.match(title) else title,
        date=_date(core.modified) or _date(core.created),
        lang=_language(core.language or ""),
        author=None if _JUNK_AUTHOR.fullmatch(author) else author,
    )


def _date(when: datetime | None) -> str | None:
    if when is None or when.year < 1990 or when.isoformat().startswith(_TEMPLATES):
        return None
    return when.date().isoformat()


def _language(name: str) -> str | None:
    found = _LANGUAGE.match(name.strip())
    if not found:
        return None
    return "-".join([found[1].lower(), *([found[2]] if found[2] else [])])


def diagram_texts(root: Element) -> list[str]:
    """The texts of a diagram (SmartArt), a shape each, in the order of its data; placeholders are left out."""
    texts = []
    for point in root.iter(f"{_DIAGRAM}pt"):
        properties = point.find(f"{_DIAGRAM}prSet")
        if point.get("type", "node") in ("node", "asst") and (properties is None or properties.get("phldr") != "1"):
            paragraphs = point.iter(f"{_DRAWING}p")
            texts += ["".join(t.text or "" for t in p.iter(f"{_DRAWING}t")) for p in paragraphs]
    return [text for text in map(tidy, texts) if text]


def number(value: int, form: str) -> str:
    """A number as lists show it; ``form`` is named as in Word ("lowerRoman") or PowerPoint ("romanLc")."""
    if not 0 < value < 4000:
        return str(value)
    kind = form.lower()
    upper = "upper" in kind or "uc" in kind.removeprefix("lc")
    if "roman" in kind:
        return _roman(value).upper() if upper else _roman(value)
    if "letter" in kind or "alpha" in kind:
        letter = chr(ord("a") + (value - 1) % 26) * min(1 + (value - 1) // 26, 5)
        return letter.upper() if upper else letter
    if "circle" in kind and value <= 20:
        return chr(ord("①") + value - 1)
    if value < 100 and any(word in kind for word in ("chinese", "japanese", "taiwanese", "ideograph", "ea1")):
        return _han(value)
    return str(value)


def _roman(value: int) -> str:
    signs = []
    for worth, sign in _ROMAN:
        times, value = divmod(value, worth)
        signs.append(sign * times)
    return "".join(signs)


def _han(value: int) -> str:
    tens, ones = divmod(value, 10)
    before = "" if not tens else ("十" if tens == 1 else _HAN[tens] + "十")
    return before + (_HAN[ones] if ones or not tens else "")
