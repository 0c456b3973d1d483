"""Which days a mention of a period means: calendar arithmetic, given the date of the statement."""

from __future__ import annotations

from datetime import date, timedelta

from .date_forms import Mention

Span = tuple[date, date]
_PARTS = {
    "q1": (1, 3), "q2": (4, 6), "q3": (7, 9), "q4": (10, 12), "h1": (1, 6), "h2": (7, 12), "m9": (1, 9),
    "spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "christmas": (12, 12),
    "early": (1, 4), "mid": (5, 8), "late": (9, 12),
}  # fmt: skip
_NOW = timedelta(days=45)  # "currently" speaks of the weeks around the day
_EVERY_YEAR = frozenset({*_PARTS, "winter", "end"}) - {"early", "mid", "late"}


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def span_of(text: str | None) -> Span | None:
    """First and last day of a statement's date (YYYY, YYYY-MM or YYYY-MM-DD); None where it is no date."""
    try:
        year, month, day = (*(int(n) for n in (text or "").split("-")), 0, 0)[:3]
        first = date(year, month or 1, day or 1)
        return first, first if day else _month_end(year, month or 12)
    except (ValueError, OverflowError):
        return None


def _in_year(mention: Mention, year: int) -> Span | None:
    """The days of the mention in that year; None where there is no such day."""
    part, month = mention.part, mention.month
    if part == "term" and month:
        return date(year - 1 + month // 12, month % 12 + 1, 1), _month_end(year, month)
    if part == "split":
        return date(year, 7, 1), date(year + 1, 6, 30)
    if month:
        return _in_month(mention, year, month)
    if part == "winter":
        return date(year, 12, 1), _month_end(year + 1, 2)
    if part in {"begin", "end"}:
        day = date(year, 1, 1) if part == "begin" else date(year, 12, 31)
        return day, day
    low, high = _PARTS.get(part or "", (1, 12))
    return date(year, low, 1), _month_end(mention.until_year or year, high)


def _in_month(mention: Mention, year: int, month: int) -> Span | None:
    first, last = date(year, month, 1), _month_end(year, mention.until_month or month)
    if last < first:
        return None
    if mention.day:
        return (day, day) if (day := first + timedelta(days=mention.day - 1)) <= last else None
    tenth, twentieth = first + timedelta(days=9), first + timedelta(days=19)
    edges = {"end": (last, last), "begin": (first, first), "early": (first, tenth), "late": (twentieth, last)}
    return edges.get(mention.part or "", (tenth, twentieth) if mention.part == "mid" else (first, last))


def _shifted(mention: Mention, spoken: Span) -> Span | None:
    """A period relative to the day of the statement ("last year", "this quarter", "currently")."""
    day = spoken[1]
    if mention.relative == "now":
        return (spoken[0] - _NOW, day + _NOW) if spoken[0] == day else spoken
    unit, away = (mention.relative or "y0")[0], int((mention.relative or "y0")[1:])
    if unit == "y":
        return _in_year(mention, day.year + away) if spoken[0].year == day.year else None
    if spoken[0].month != day.month:
        return None
    months = 3 if unit == "q" else 1
    low = day.year * 12 + (day.month - 1) // months * months + away * months
    return date(low // 12, low % 12 + 1, 1), _month_end((low + months - 1) // 12, (low + months - 1) % 12 + 1)


def _nearest(mention: Mention, spoken: Span, ahead: bool | None) -> Span | None:
    """Which of the recurring days, months or quarters is meant: the last, the next or (None) the nearest."""
    day = spoken[1]
    if (spoken[1] - spoken[0]).days > 31 or not (mention.month or mention.part in _EVERY_YEAR):
        return None
    found = [s for year in (day.year - 1, day.year, day.year + 1) if (s := _in_year(mention, year))]
    if mention.nearest == 0:
        return next((s for s in found if s[0].year == day.year), None)
    if mention.nearest == -1:
        return max((s for s in found if s[1] < day), default=None)
    if mention.nearest == 1 or ahead:
        return min((s for s in found if (s[0] > day if mention.nearest else s[1] >= day)), default=None)
    if ahead is None:
        return min(found, key=lambda s: abs((s[0] - day).days), default=None)
    return max((s for s in found if s[0] <= day), default=None)


def resolve(mention: Mention, spoken: Span | None, ahead: bool | None) -> Span | None:
    """First and last day of a mention; None where it would take the date of the statement to tell."""
    if mention.year is not None:
        return _in_year(mention, mention.year)
    if spoken is None:
        return None
    if mention.years_back:
        year, day = spoken[0].year - mention.years_back, spoken[0].day
        return date(year, spoken[0].month, min(day, _month_end(year, spoken[0].month).day)), spoken[1]
    if mention.relative:
        return _shifted(mention, spoken)
    return _nearest(mention, spoken, ahead)
