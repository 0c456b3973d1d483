"""Quantities of a text: number, unit, bounds, direction and what is measured, in eight languages.

Units, words and concepts are in ``data/numbers.toml`` and ``data/numbers_concepts.toml``. quantulum3 (1.3 s to load,
2.2 ms a text, English only) reads 1.2bn as 1.2 bit newton and the 14001 of ISO 14001 as a quantity; Pint (86 ms to
import) would convert the few units that companies use, which stand in the data file.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from itertools import islice

import msgspec
from msgspec.structs import replace

from .number_changes import change_of, directions, zeros
from .number_context import Context, context
from .number_drafts import Draft, drafts
from .number_fractions import MAX_NUMBERS
from .number_words import Found, measure_units

_NEAR = 0.07  # how far "about 30%" reaches on either side, as a part of the number
_NEAR_SIDE = 0.1  # how far "nearly" reaches down and "just over" up
_YEARLY = {"time 365.25": ""}  # an amount a year is the amount of the year
_NO_NOUN = re.compile(  # what follows a number that says by itself what it counts
    r"\s*(?:$|[.,;:!?。，；：、)）]|(?:people|persons?|personen|menschen|personnes|personas|pessoas|in|im|at|by|on|as|en|"
    r"à|au|em|und|and)\b|です|で|に|と|だ|입니다|이|으로|에)",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\s*(?:of (?:the|our|its|these|those|them|which)|der|unserer|davon|des|de (?:nos|los|nuestr[ao]s)|d[ao]s)\b", re.I
)
_PART_BEFORE = re.compile(
    r"(?:其中|当中|中有|of which|of whom|davon|dont|de los cuales|dos quais|das quais|うち|이 중|그중)[^,，。.]{0,12}$"
)
_WHOLE = re.compile(
    r"(?:\bof (?:our|the|its|these)|\ball|\beach of|unserer|\baller?|de nos|de los|de nuestr[ao]s|d[oa]s noss[ao]s"
    r"|全部|所有)\s*$",
    re.IGNORECASE,
)
_OWN_YEAR = re.compile(r"((?:19|20)\d\d): ?$")
_NOUN_FAR, _NOUN_FAR_ASIAN = 30, 8  # characters between a number and what it counts


class Quantity(msgspec.Struct, frozen=True, kw_only=True):
    """A number at ``text[start:end]`` and what it measures.

    ``low`` and ``high`` bound what the text can mean, in the basic unit of ``dimension``; ``value`` is the number.
    ``change`` is true of growth and decline, whose values are signed; ``former`` where the text says that the number no
    longer holds; ``part`` where it counts some of more and ``whole`` where it is what some are of; ``none`` where the
    text says that there is none. ``measure`` is the nearest measure that takes the unit, ``measures`` are all that do
    in the clause (in the sentence, where the clause has none); ``topics`` are all measures and things there.
    """

    start: int
    end: int
    value: float
    low: float
    high: float
    dimension: str
    change: bool = False
    former: bool = False
    none: bool = False
    per: str = ""
    counted: str = ""
    part: bool = False
    whole: bool = False
    measure: str = ""
    measures: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    aspects: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    relative_years: frozenset[str] = frozenset()
    periods: frozenset[str] = frozenset()
    moods: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()


@lru_cache(maxsize=16_384)
def quantities(text: str, lang: str | None) -> tuple[Quantity, ...]:
    """The quantities of a text from left to right."""
    around = context(text, lang)
    made = drafts(around)
    found = [_about(around, _measured(around, draft), draft) for draft in made]
    taken = [(q.start, q.end) for q in found]
    for start, end, name in islice(zeros(around, taken), MAX_NUMBERS):
        none = Quantity(start=start, end=end, value=0.0, low=0.0, high=0.0, dimension="none", none=True, measure=name)
        found.append(_about(around, none))
    for start, end, value, low, high in islice(directions(around, taken), MAX_NUMBERS):
        sized = Quantity(start=start, end=end, value=value, low=low, high=high, dimension="percent", change=True)
        found.append(_about(around, sized))
    return tuple(sorted(found, key=lambda q: (q.start, q.end)))


def _measured(around: Context, draft: Draft) -> Quantity:
    """The number of a draft with its bounds, and its sign where it is a change."""
    value, labels = draft.value, draft.labels
    numeral = draft.numeral
    half = numeral.step * draft.factor / 2
    low, high = value - half, (draft.high if draft.high is not None else value) + half
    if numeral.low is not None and numeral.high is not None:
        low, high = numeral.low * draft.factor, numeral.high * draft.factor
    low, high = _bounded(labels, value, low, high)
    if "before.minus" in labels:
        value, low, high = -value, -high, -low
    sign = change_of(around, draft)
    if sign is not None and draft.dimension == "times":
        return Quantity(
            start=draft.start, end=draft.end, value=100 * (value - 1), low=100 * (low - 1), high=100 * (high - 1),
            dimension="percent", change=True,
        )  # fmt: skip
    if sign is not None and sign < 0 <= value:
        value, low, high = -value, -high, -low
    return Quantity(
        start=draft.start, end=draft.end, value=value, low=low, high=high, dimension=draft.dimension,
        change=sign is not None, former=draft.former, per=_YEARLY.get(draft.per, draft.per),
        part=_is_part(around, draft),
        whole=bool(_WHOLE.search(around.text[max(0, draft.start - 20) : draft.start])),
    )  # fmt: skip


def _is_part(around: Context, draft: Draft) -> bool:
    """Whether the number is of a part: six of our ships, 其中六起."""
    before = around.text[max(0, draft.start - 20) : draft.start]
    return bool(_PART.match(around.text, draft.end) or _PART_BEFORE.search(before))


def _bounded(labels: set[str], value: float, low: float, high: float) -> tuple[float, float]:
    """What "about", "nearly", "at least" and the like make of the bounds of a number."""
    words = {label.split(".")[1] for label in labels}
    size = abs(value)
    if "approx" in words:
        low, high = min(low, value - _NEAR * size), max(high, value + _NEAR * size)
    if "near_below" in words:
        low = min(low, value - _NEAR_SIDE * size)
    if "near_above" in words:
        high = max(high, value + _NEAR_SIDE * size, value + 2 * (high - value))
    if words & {"at_least", "over"}:
        return (low if "at_least" in words else value), math.inf
    if words & {"at_most", "under"}:
        return -math.inf, (high if "at_most" in words else value)
    return low, high


def _about(around: Context, quantity: Quantity, draft: Draft | None = None) -> Quantity:
    """With what the quantity measures and the limits that the text sets to it."""
    clause, sentence = around.clause(quantity.start), around.sentence(quantity.start)
    dimension = quantity.dimension
    counted = _counted(around, draft, clause) if draft and dimension == "count" else ""
    measures = _measures(around, quantity, clause, sentence)
    measure = quantity.measure or (min(measures, key=lambda f: _distance(quantity, f)).labels[0] if measures else "")
    named = counted or (draft and draft.counter)
    if dimension == "count" and measure and not named and "money" in measure_units()[measure]:
        dimension = "money"
    if measure and "loss.terms" in _labels_at(around, quantity, measures) and not quantity.change:
        quantity = replace(quantity, value=-quantity.value, low=-quantity.high, high=-quantity.low)
    topics = _names(around, clause, "measure") | _names(around, clause, "thing")
    return replace(
        quantity,
        dimension=dimension,
        counted=counted,
        measure=measure,
        measures=frozenset(f.labels[0] for f in measures) | ({measure} if measure else set()),
        topics=topics or _names(around, sentence, "measure") | _names(around, sentence, "thing"),
        groups=_names(around, sentence, "group"),
        aspects=_names(around, sentence, "aspect"),
        places=_names(around, sentence, "place"),
        years=_years(around, quantity, clause, sentence),
        relative_years=around.labels_in(sentence, "relative_year"),
        periods=around.labels_in(sentence, "period"),
        moods=_moods(around, clause, sentence),
        names=around.names(sentence),
    )


def _years(around: Context, quantity: Quantity, *spans: tuple[int, int]) -> frozenset[int]:
    """The year just before the number (2023: 22.8%), else those of the first span that names any, else of the text."""
    match = _OWN_YEAR.search(around.text[max(0, quantity.start - 6) : quantity.start])
    if match:
        return frozenset((int(match[1]),))
    named = (around.years(span) for span in (*spans, (0, len(around.text))))
    return next((years for years in named if years), frozenset())


def _names(around: Context, span: tuple[int, int], kind: str) -> frozenset[str]:
    return frozenset(name for _, name in around.concepts_in(span, kind))


def _moods(around: Context, clause: tuple[int, int], sentence: tuple[int, int]) -> frozenset[str]:
    """Whether the number is planned, conditional, denied, asked for, claimed by others or about others."""
    moods = around.labels_in(sentence, "context") & {"claimed", "others"}
    moods |= around.labels_in(clause, "context") & {"future", "condition", "negation"}
    asked = around.text[sentence[1] - 1 : sentence[1]] in ("?", "？")
    return moods | {"question"} if asked else moods


def _takes(name: str, quantity: Quantity) -> bool:
    """Whether a measure takes the unit of a quantity."""
    accepted = measure_units()[name]
    if quantity.none:
        return True
    if quantity.change:
        return "change" in accepted
    dimension = quantity.dimension.split(":")[0]
    return dimension in accepted or (dimension == "count" and "money" in accepted)


def _measures(around: Context, quantity: Quantity, *spans: tuple[int, int]) -> list[Found]:
    """The measures of the first span that has any which take the unit."""
    for span in spans:
        found = [f for f, name in around.concepts_in(span, "measure") if _takes(name, quantity)]
        if found:
            return found
    return []


def _counted(around: Context, draft: Draft, clause: tuple[int, int]) -> str:
    """The thing or event that a number counts: the next noun after it, close by, else the only one of its clause."""
    text, start = around.text, draft.numeral.end
    far = _NOUN_FAR_ASIAN if around.lang in ("zh", "ja") else _NOUN_FAR
    nouns = _countable(around, (start, clause[1]))
    near = [(f, name) for f, name in nouns if f.start - start <= far and len(text[start : f.start].split()) <= 3]
    if near:
        return min(near, key=lambda pair: pair[0].start)[1]
    things = _names(around, clause, "thing")
    alone = len(things) == 1 and _NO_NOUN.match(text, draft.end)
    return next(iter(things)) if alone else ""


def _countable(around: Context, span: tuple[int, int]) -> list[tuple[Found, str]]:
    """The concepts of a span that can be counted."""
    measures = [(f, name) for f, name in around.concepts_in(span, "measure") if "count" in measure_units()[name]]
    return measures + list(around.concepts_in(span, "thing"))


def _labels_at(around: Context, quantity: Quantity, measures: list[Found]) -> tuple[str, ...]:
    """The labels of the marker that is also the nearest measure, such as "net loss"."""
    nearest = min(measures, key=lambda f: _distance(quantity, f), default=None)
    marker = around.marker_at.get(nearest.start) if nearest else None
    return marker.labels if marker and nearest and marker.end == nearest.end else ()


def _distance(quantity: Quantity, found: Found) -> int:
    return max(found.start - quantity.end, quantity.start - found.end, 0)
