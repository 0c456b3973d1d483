"""Numbers with their units, bounds and ranges, before it is asked what they measure."""

from __future__ import annotations

import re
from itertools import zip_longest

import msgspec
from msgspec.structs import replace

from .number_context import Context
from .number_fractions import all_numerals
from .number_rates import base_near, bases_of
from .number_words import counters, scales, units
from .numerals import Numeral, is_year

RATE = "million"  # of what a rate is counted on: so rates on other numbers of it compare
_SPACES = " \u00a0\u202f"
_TENTH = re.compile("[一二三四五六七八九1-9](?![十百千万亿\\d家个名人])")  # 三成八: 38 %
_WINDOW = 24  # characters before a number in which its modifiers stand
_PER = re.compile(r" ?(?:(?:per|an?|each|every|pro|je|par|por|al|ao|à la|la|die|der) |/|／)")
_GAP = re.compile(r"[ \u00a0\u202f-]?")
_GAP_OF = re.compile(r" (?:de |d['’])|[ \u00a0\u202f-]?")  # millones de euros
_OF_EACH = re.compile(  # 55 cents of each dollar
    r" (?:of|in|from|out of) (?:every|each|the)\b| de (?:chaque|cada)\b| (?:von )?je(?:dem)?\b"
)
_PREFIX = re.compile(r"[A-Z$€£¥￥₩₹]+|人民币")  # currencies that may stand before the number
_PER_TIME = re.compile(r"\b(?:an?|per|each|every|pro|par|por|al|ao) (?=[a-zäöüéíê]{3,9}\b)")
_PER_FAR = 45  # characters between a number and "a day"
_SPAN = 8  # characters between "one week" and the hours in it
_PARTICLES = " )（の을를이가"  # what may stand between a number and the words after it
_NUMBERED = "月号월條章页期"  # 3月, 5号, 12页
_EACH = re.compile(r"[每毎](?:个|一)?|매(?=[년월주일])")
_RANGE = re.compile(r" ?(?:-|–|—|~|～|至|到|から|〜) ?| (?:to|bis|à|a|and|und|et|y|e|até|hasta) ")
_BETWEEN = re.compile(r"\b(?:between|from|zwischen|von|entre|de) [^\d]{0,4}$|(?:介于|在)$", re.IGNORECASE)
_AND = frozenset(("and", "und", "et", "y", "e"))


class Draft(msgspec.Struct):
    """A number with its unit: ``labels`` are the markers around it, ``per`` what it is measured by."""

    numeral: Numeral
    start: int
    end: int
    dimension: str
    factor: float
    labels: set[str]
    per: str = ""
    counter: str = ""
    former: bool = False
    high: float | None = None

    @property
    def value(self) -> float:
        """The number in the basic unit of its dimension."""
        return self.numeral.value * self.factor


def drafts(around: Context) -> list[Draft]:
    """The numbers of a text that may be quantities, ranges taken together, former values marked."""
    numerals = all_numerals(around.text, around.lang)
    bases = bases_of(around, numerals)
    counted_on = {base[0] for base in bases}
    found = [d for n in numerals if n.start not in counted_on and (d := _draft(around, n))]
    found = _ranges(around, _without_spans(found))
    for draft in found if bases else []:
        base = base_near(bases, draft.start, draft.numeral.end, around.clause(draft.start))
        if base and draft.dimension == "count" and not draft.high:
            draft.per, draft.factor = f"{RATE} {base[0]}", draft.factor * 1e6 / base[1]
    for i, draft in enumerate(found):
        if any(_same_unit(draft, other) for other in found[max(0, i - 2) : i + 3] if other is not draft) and (
            any(label.startswith("former.") for label in draft.labels)
        ):
            draft.former = True
    return found


def _without_spans(found: list[Draft]) -> list[Draft]:
    """Without the week of 一周干满七十个小时: a span that hours are counted in, no amount itself."""
    kept = []
    for draft, then in zip_longest(found, found[1:]):
        days = draft.dimension == "time" and draft.numeral.value == 1 and draft.factor >= 1
        hours = then is not None and then.dimension == "time" and then.factor < 1 and then.value < draft.value
        if not (days and hours and 0 <= then.start - draft.end <= _SPAN):
            kept.append(draft)
    return kept


def _draft(around: Context, numeral: Numeral) -> Draft | None:
    """The number with its unit and modifiers; nothing for years, codes, ordinals and stray numerals."""
    text, low = around.text, around.low
    start, labels = numeral.start, _before(around, numeral.start)
    sized = any(m.start <= start and numeral.end <= m.end for m in around.sized_changes)
    if sized or "context.code" in labels or text[start - 1 : start] in ("#", "§"):
        return None
    draft = Draft(numeral, start, numeral.end, "percent" if numeral.share else "count", 1.0, labels)
    currency = units().at(text, low, _currency_start(text, low, numeral.start))
    if currency and currency.labels[0].startswith("money") and not numeral.share:
        draft.dimension = currency.labels[0].split()[0]
        draft.start = min(draft.start, currency.start)
        _short_million(text, draft)
    if not numeral.share:
        _read_unit(around, draft)
    if not _counts(around, draft):
        return None
    _read_per(around, draft)
    _read_after(around, draft)
    return draft


def _before(around: Context, start: int) -> set[str]:
    """The markers that end where a number starts, up to three one before the other."""
    labels: set[str] = set()
    at = start
    for _ in range(3):
        edge = at
        while edge and around.text[edge - 1] in _SPACES + "-('\"":
            edge -= 1
        edge = _currency_start(around.text, around.low, edge) if at == start else edge
        while edge and around.text[edge - 1] in _SPACES:
            edge -= 1
        marker = around.marker_before.get(edge)
        if marker and labels and "context.code" in marker.labels:
            break
        if marker is None or not any(m.startswith(("before.", "former.b", "context.code")) for m in marker.labels):
            break
        labels |= {m for m in marker.labels if m != "former.after"}
        at = marker.start
    sign = around.text[start - 1 : start]
    if sign in ("-", "−") and not around.text[max(0, start - 2) : start - 1].strip().isalnum():
        labels.add("before.minus")
    return labels


def _currency_start(text: str, low: str, start: int) -> int:
    """Where a currency before the number starts, else where the number starts."""
    end = start - (text[start - 1 : start] in _SPACES and start > 0)
    for length in (3, 2, 1, 6):
        found = units().at(text, low, end - length) if end >= length else None
        money = found is not None and found.end == end and found.labels[0].startswith("money")
        if money and _PREFIX.fullmatch(text, end - length, end):
            return end - length
    return start


def _short_million(text: str, draft: Draft) -> None:
    """€5m is five million."""
    if text[draft.end : draft.end + 1] == "m" and not text[draft.end + 1 : draft.end + 2].isalnum():
        draft.numeral = replace(
            draft.numeral, value=draft.numeral.value * 1e6, step=draft.numeral.step * 1e6, scaled=True
        )
        draft.end += 1


def _read_unit(around: Context, draft: Draft) -> None:
    """The unit after the number, or the counter."""
    text, low = around.text, around.low
    gap = (_GAP_OF if draft.numeral.scaled else _GAP).match(text, draft.end)
    at = gap.end() if gap else draft.end
    while text[at : at + 1] in ("多", "余", "餘") or (text[at : at + 1] == "几" and at == draft.end):
        draft.labels.add("after.over")
        at += 1
        scale = scales().at(text, low, at)
        if scale and text[at : at + 1] in "万亿":
            at = scale.end
    unit, counter = units().at(text, low, at), counters().at(text, low, at)
    if unit and not (counter and counter.end > unit.end) and not draft.dimension.startswith("money"):
        draft.dimension, factor = unit.labels[0].split()
        draft.factor, draft.end = float(factor), unit.end
        if unit.labels[0] == "money 0.01" and (of_each := _OF_EACH.match(text, unit.end)):
            draft.dimension, draft.factor, draft.end = "percent", 1.0, of_each.end()
        elif text[unit.start : unit.end] in ("成", "割", "할"):
            _read_tenths(text, draft)
    elif counter:
        draft.counter, draft.end = counter.labels[0], counter.end


def _read_tenths(text: str, draft: Draft) -> None:
    """三成 is about 30 percent, 三成八 38 percent."""
    tenth = _TENTH.match(text, draft.end)
    if tenth:
        extra = "一二三四五六七八九".find(tenth[0]) + 1 or int(tenth[0])
        draft.numeral = replace(draft.numeral, value=draft.numeral.value + extra / 10, step=0.1)
        draft.end = tenth.end()
    elif draft.numeral.step >= 1:
        draft.numeral = replace(draft.numeral, step=0.5)


def _counts(around: Context, draft: Draft) -> bool:
    """Whether the number is a quantity at all."""
    return not (_is_calendar(around, draft) or _is_stray(around.text, draft))


def _is_calendar(around: Context, draft: Draft) -> bool:
    """Whether the number is a year, a month or a day, or the number of a chapter, page or issue."""
    numeral, text = draft.numeral, around.text
    following, before = text[numeral.end : numeral.end + 1], text[max(0, numeral.start - 1) : numeral.start]
    plain = draft.dimension == "count" and not draft.counter
    if is_year(numeral) and (plain or following in "年년" or draft.end == numeral.end):
        return True
    if (following and following in _NUMBERED) or (following in ("日", "일") and before in ("月", "월", " ")):
        return True
    return plain and _near_month(around, numeral)


def _is_stray(text: str, draft: Draft) -> bool:
    """Whether the number is part of a word or a code, or no more than an article."""
    numeral = draft.numeral
    plain = draft.dimension == "count" and not draft.counter
    digits, after = text[numeral.start : numeral.end], text[numeral.end : numeral.end + 1]
    if numeral.spelled and numeral.value == 1 and not numeral.share and draft.dimension == "count":
        return "before.only" not in draft.labels
    if plain and numeral.spelled and digits[0] > "\u2e80" and len(digits) < 3 and numeral.value < 100:
        return True
    glued = plain and after.isascii() and after.isalpha() and draft.end == numeral.end
    return glued or (digits.isdigit() and len(digits) > 1 and digits[0] == "0")


def _near_month(around: Context, numeral: Numeral) -> bool:
    """30 June, June 30, 30. Juni, 30 de junio."""
    edge = numeral.start - 1
    before = around.marker_before.get(edge)
    after = next((m for i in range(1, 5) if (m := around.marker_at.get(numeral.end + i))), None)
    gap = around.text[numeral.end : after.start] if after else ""
    return bool(before and "months.names" in before.labels) or bool(
        after and "months.names" in after.labels and gap.strip(". ") in ("", "de", "er", "of")
    )


def _read_per(around: Context, draft: Draft) -> None:
    """What the number is measured by: a month, an hour, a tonne."""
    text, low = around.text, around.low
    match = _PER.match(text, draft.end)
    unit = units().at(text, low, match.end()) if match else None
    if match and unit:
        draft.per, draft.end = unit.labels[0], unit.end
        return
    later = _PER_TIME.search(text, draft.end, min(draft.end + _PER_FAR, around.clause(draft.start)[1]))
    unit = units().at(text, low, later.end()) if later else None
    if unit and unit.labels[0].startswith("time"):
        draft.per = unit.labels[0]
        return
    shares = [f for f in around.concepts if "share_per" in f.labels and draft.start - _WINDOW < f.start < draft.end + 8]
    if match and match[0].strip() in ("per", "pro", "je", "par", "por", "/") and not shares:
        draft.per = "other"
        return
    for each in _EACH.finditer(text, max(0, draft.start - _WINDOW), draft.start):
        unit = units().at(text, low, each.end())
        draft.per = unit.labels[0] if unit else "" if text.startswith("股", each.end()) else "other"


def _read_after(around: Context, draft: Draft) -> None:
    """The markers just after the number."""
    for at in range(draft.end, min(draft.end + 4, len(around.text))):
        labels = getattr(around.marker_at.get(at), "labels", ())
        if any(m.startswith("after.") or m == "former.after" for m in labels):
            draft.labels |= {m for m in labels if m.startswith("after.") or m == "former.after"}
            return
        if around.text[at] not in _PARTICLES:
            return


def _ranges(around: Context, found: list[Draft]) -> list[Draft]:
    """With "8 to 10 percent" taken together; "from 30 to 14 days" stays two numbers, the first of them former."""
    out: list[Draft] = []
    for draft in found:
        last = out[-1] if out else None
        gap = around.text[last.end : draft.numeral.start] if last else "."
        match = _RANGE.fullmatch(gap) if len(gap) < 9 else None
        if last is None or match is None or not _fits(last, draft):
            out.append(draft)
            continue
        lead = around.text[max(0, last.start - 14) : last.start]
        between = bool(_BETWEEN.search(lead))
        changed = bool(around.labels_in(around.clause(last.start), "change") & {"up", "down"})
        low = last.numeral.value * (draft.factor if last.dimension == "count" else last.factor)
        if draft.numeral.scaled and not last.numeral.scaled and last.numeral.value < 1000:
            low *= max(scale for scale in (1.0, 1e3, 1e6, 1e9, 1e12) if scale <= max(1.0, draft.numeral.value))
        joined = gap.strip() in _AND
        if low >= draft.value or (joined and not between) or (changed and between and not joined):
            if changed or between:
                last.former = True
                last.dimension, last.factor = draft.dimension, draft.factor
            out.append(draft)
            continue
        draft.high = draft.value
        draft.numeral = replace(draft.numeral, start=last.numeral.start, value=low / draft.factor)
        draft.start = last.start
        draft.labels |= {m for m in last.labels if not m.startswith("former")}
        out[-1] = draft
    return out


def _fits(first: Draft, second: Draft) -> bool:
    """Whether two numbers may be the ends of a range: of one unit, or the first without a unit."""
    return not first.numeral.share and (first.dimension in ("count", second.dimension)) and not first.counter


def _same_unit(a: Draft, b: Draft) -> bool:
    return a.dimension == b.dimension or "count" in (a.dimension, b.dimension)
