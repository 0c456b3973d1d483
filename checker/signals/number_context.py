"""What stands around the numbers of a text: sentences and clauses, concepts, markers, years and proper names."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from operator import attrgetter

from .number_words import LANGUAGES, Found, concept_kinds, concepts, lower, markers

_SENTENCE_END = re.compile(
    r"[。！？!?；;\n]+|(?<![A-Z])(?<!\b(?:Mio|Mrd|bzw|Art|Abs|Fig|etc|Nos))(?<!\b(?:ca|Nr|no|vs|St|Dr|Mr|Ms))\.(?=\s|$)"
)
_CLAUSE_END = re.compile(
    r"(?<!\d)[,，、]|,(?!\d)|[:：()（）—]| [-–] |\b(?:while|whereas|but|although|während|aber|wovon|davon|tandis que|"
    r"dont|mientras|pero|enquanto|of which|of whom)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d.,])(?:FY ?)?((?:19|20)\d\d)(?:(?=[^\d.,%])|(?=[.,](?!\d))|$)")
_YEAR_SPAN = re.compile(r"(?<!\d)((?:19|20)\d\d) ?[-–/] ?(\d\d)(?!\d)")
_NAME = re.compile(
    r"(?<![.!?:;\"“„»(\n] )(?<=[\s，。、；：（「(])[A-Z][a-zà-ÿ]{2,}[A-Za-zÀ-ÿ]*"
    r"|(?<=[\u3040-\u9fff])[A-Z][a-z]+"
)
_KANA, _HANGUL, _HAN = re.compile(r"[\u3040-\u30ff]"), re.compile(r"[\uac00-\ud7af]"), re.compile(r"[\u4e00-\u9fff]")
_COMMON_WORDS = {
    "de": "der die das und ist nicht wir mit von für im den auf ein eine unsere",
    "fr": "le la les de des et est nous dans une pour sur pas du que nos aux",
    "es": "el los las y en una de del por con es fue fueron que nuestra nuestros para se",
    "pt": "o os a as e em é uma de do da dos das com foi foram que não nossa para na no",
    "en": "the of and to in is we our are was for with a on by",
}
_COMMON = {lang: frozenset(words.split()) for lang, words in _COMMON_WORDS.items()}


class Context:
    """A text and what was found in it; made once for a text."""

    def __init__(self, text: str, lang: str) -> None:
        self.text = text
        self.lang = lang
        self.low = lower(text)

    @cached_property
    def concepts(self) -> list[Found]:
        """The concepts, from left to right."""
        return list(concepts(self.lang).scan(self.text, self.low))

    @cached_property
    def markers(self) -> list[Found]:
        """The words around numbers, from left to right."""
        return list(markers().scan(self.text, self.low))

    @cached_property
    def marker_at(self) -> dict[int, Found]:
        """Markers by where they start."""
        return {m.start: m for m in self.markers}

    @cached_property
    def marker_before(self) -> dict[int, Found]:
        """Markers by where they end."""
        return {m.end: m for m in self.markers}

    @cached_property
    def sized_changes(self) -> list[Found]:
        """The markers of a change that name its size: doubled, halved, unchanged."""
        return [m for m in self.markers if any(label[:7] == "change." and label[-1].isdigit() for label in m.labels)]

    @cached_property
    def sentence_ends(self) -> list[int]:
        """Where sentences end."""
        return [m.end() for m in _SENTENCE_END.finditer(self.text)]

    @cached_property
    def clause_ends(self) -> list[int]:
        """Where clauses end, sentences included."""
        return sorted(self.sentence_ends + [m.start() for m in _CLAUSE_END.finditer(self.text)])

    def sentence(self, at: int) -> tuple[int, int]:
        """The sentence around a character."""
        return _around(self.sentence_ends, at, len(self.text))

    def clause(self, at: int) -> tuple[int, int]:
        """The clause around a character."""
        return _around(self.clause_ends, at, len(self.text))

    def concepts_in(self, span: tuple[int, int], kind: str) -> Iterator[tuple[Found, str]]:
        """The concepts of a kind in a span, with their names."""
        for found in within(self.concepts, span):
            for name in found.labels:
                if concept_kinds()[name] == kind:
                    yield found, name

    def labels_in(self, span: tuple[int, int], section: str) -> frozenset[str]:
        """What markers of a section of numbers.toml stand in a span."""
        prefix = section + "."
        return frozenset(
            label.removeprefix(prefix)
            for found in within(self.markers, span)
            for label in found.labels
            if label.startswith(prefix)
        )

    def years(self, span: tuple[int, int]) -> frozenset[int]:
        """The years named in a span."""
        part = self.text[span[0] : span[1]]
        years = {int(m[1]) for m in _YEAR.finditer(part)}
        for match in _YEAR_SPAN.finditer(part):
            years |= {int(match[1]), int(match[1][:2] + match[2])}
        return frozenset(years)

    def names(self, span: tuple[int, int]) -> frozenset[str]:
        """Proper names in a span; none in German, where every noun has a capital."""
        if self.lang == "de":
            return frozenset()
        known = {c.start for c in self.concepts} | {m.start for m in self.markers}
        named = {
            m.group().lower()
            for m in _NAME.finditer(self.text, span[0], span[1])
            if m.start() not in known and m.start() > span[0] + 1
        }
        return frozenset(named | {m.group() for m in _SITE.finditer(self.text, span[0], span[1])})


def context(text: str, lang: str | None) -> Context:
    """The context of a text, its language guessed where it is not given."""
    text = text.translate(_WIDE)
    return Context(text, _language(text, lang))


_SITE = re.compile(  # 四日市工場, 惠州工厂: a plant by its name
    r"(?<![\u4e00-\u9fff])(?!各|全|本|我|每|两|多|新|該|该|这|那|其)[\u4e00-\u9fff\u30a0-\u30ff]{2,5}?(?:工場|工厂|製造所|事業所|厂区)"
)
_WIDE = {ord(w): n for w, n in zip("０１２３４５６７８９％．－＋", "0123456789%.-+", strict=True)}


def within(found: list[Found], span: tuple[int, int]) -> Iterator[Found]:
    """What lies in a span, of what is sorted from left to right."""
    for i in range(bisect_left(found, span[0], key=attrgetter("start")), len(found)):
        if found[i].end > span[1]:
            return
        yield found[i]


def _around(ends: list[int], at: int, length: int) -> tuple[int, int]:
    i = bisect_right(ends, at)
    return (ends[i - 1] if i else 0), (ends[i] if i < len(ends) else length)


def _language(text: str, lang: str | None) -> str:
    base = (lang or "").split("-")[0]
    if base in LANGUAGES:
        return base
    for script, code in ((_KANA, "ja"), (_HANGUL, "ko"), (_HAN, "zh")):
        if script.search(text):
            return code
    words = text.lower().split()[:200]
    return max(_COMMON, key=lambda code: sum(w in _COMMON[code] for w in words)) if base == "" else "en"
