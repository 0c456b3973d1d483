"""Is the later of two statements an openly announced change of position? Then they are an update, no contradiction.

Looked for in the later statement (in either where the order is unknown): words that say that something changed, and
dates of a change that fall between the two statements. "Since January 2024" is an announcement to a statement of 2023
and none to one of March 2024, "since 2015 we have always" to neither. The signal is called ``time``; this module is
not, so that nobody takes it for the one of the standard library.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Literal

from ..records import Mark, Signal, Statement
from .date_days import Span, span_of
from .dates import Period, periods
from .lexicon import CJK, lexicon
from .named_again import named_again

Relation = Literal["announced change", "weak marker", "same time", "months apart", "years apart", "unknown"]
Strength = Literal["strong", "dated", "weak"]
STRENGTHS: tuple[Strength, ...] = ("strong", "dated", "weak")
_SAME_TIME = timedelta(days=45)
_YEAR = timedelta(days=365)
_SHORT = 100  # days: a quarter dates a change, a year does not
_AHEAD = timedelta(days=550)  # a change announced for later than this is a plan, not a change of what holds
_MOST = 40  # markers of a text that are told apart; more say nothing more
_WITHIN = r"(?:[^.。;；!！?？\n]|\.\d){1,60}?"
_FROM = re.compile(
    r"(?:as\s(?:of|from)|from|starting|beginning|effective|ab|vom|von|à|dès|a\spartir|由|自|从|with)", re.IGNORECASE
)
_BALANCE = re.compile(r"(?:as\sof|as\sat|at)\s", re.IGNORECASE)
_KEPT = {"correction", "announced"}  # hold whatever dates the text names: they speak of what was said before


@dataclass(frozen=True, slots=True)
class Marker:
    """Words ``text[at[0]:at[1]]`` by which a change is announced, how strongly, and of what sort it is."""

    at: tuple[int, int]
    strength: Strength
    sort: str


def relation(a: Statement, b: Statement) -> Relation:
    """Announced change, or how far the two statements lie apart in time."""
    return _judged(a, b)[0]


def compare(a: Statement, b: Statement) -> Signal:
    """``conflict``: the later statement announces a change; ``agree``: both speak of one time and none does."""
    related, ours, theirs = _judged(a, b)
    if related == "announced change":
        said = [f'"{s.text[m[0].start : m[0].end]}"' for s, m in ((a, ours), (b, theirs)) if m]
        note = f"announced change: {' and '.join(said)}"
        left, right = _named_again(a, b, bool(ours), bool(theirs))
        text, again = (b.text, right) if theirs else (a.text, left)
        note += "".join(f', which names "{text[m.start : m.end]}" again' for m in again)
        ours, theirs = sorted(ours + left, key=_place), sorted(theirs + right, key=_place)
        return Signal(name="time", verdict="conflict", relation=related, note=note, a=ours, b=theirs)
    if related == "same time":
        return Signal(name="time", verdict="agree", relation=related, note=f"same time: {_days_apart(a, b)}")
    return Signal(name="time", verdict="not comparable", relation=related)


def _named_again(a: Statement, b: Statement, by_a: bool, by_b: bool) -> tuple[list[Mark], list[Mark]]:
    """What the statement that announces the change names of the other one; nothing where both announce one."""
    if by_a and by_b:
        return [], []
    if by_b:
        return named_again(a, b)
    right, left = named_again(b, a)
    return left, right


def _place(mark: Mark) -> tuple[int, int]:
    return mark.start, mark.end


def _days_apart(a: Statement, b: Statement) -> str:
    days = _distance(span_of(a.date), span_of(b.date)) or timedelta(0)
    return "same day" if not days else f"{days.days} days apart" if days.days > 1 else "1 day apart"


def _distance(ours: Span | None, theirs: Span | None) -> timedelta | None:
    """Days between the dates of two statements, at the most where they are given to the month or year."""
    if ours is None or theirs is None:
        return None
    return max(abs(ours[0] - theirs[1]), abs(theirs[0] - ours[1]))


def _judged(a: Statement, b: Statement) -> tuple[Relation, list[Mark], list[Mark]]:
    """The relation, and the marks on either side that it rests on."""
    ours, theirs = span_of(a.date), span_of(b.date)
    sides = (_announces(a, theirs, ours), _announces(b, ours, theirs))
    if ours and theirs and ours[1] < theirs[0]:
        sides = ((None, []), sides[1])
    elif ours and theirs and theirs[1] < ours[0]:
        sides = (sides[0], (None, []))
    strengths = {sides[0][0], sides[1][0]}
    same_day = ours is not None and ours == theirs and ours[0] == ours[1]
    if "strong" in strengths and not same_day:
        left, right = (marks if strength == "strong" else [] for strength, marks in sides)
        return "announced change", left, right
    if strengths & {"strong", "weak"}:
        return "weak marker", [], []
    apart = _distance(ours, theirs)
    if apart is None:
        return "unknown", [], []
    return "same time" if apart <= _SAME_TIME else "months apart" if apart <= _YEAR else "years apart", [], []


def _announces(said: Statement, earlier: Span | None, spoken: Span | None) -> tuple[Strength | None, list[Mark]]:
    """How strongly a statement announces a change to what was said at ``earlier``, and by which words."""
    found = markers(said.text)
    named = [p for p in periods(said.text, said.lang, said.date) if p.role != "base"]
    fresh = [p for p in named if earlier and spoken and _between(p, earlier[1], spoken[1])]
    since = [p for p in fresh if _is_start(said.text, p)]
    stale = any(earlier and _holds_since(said.text, p, earlier[0]) for p in named)
    stale = stale and not any(earlier and p.first > earlier[1] for p in named)
    strong = [m for m in found if m.strength == "strong" and (not stale or m.sort in _KEPT)]
    when = [p for p in fresh if (p.last - p.first).days < _SHORT]
    dated = [m for m in found if m.strength == "dated"] if when else []
    if strong or since or dated:
        spans = {m.at: m.sort for m in (*strong, *dated)} | {p.at: "since when" for p in since}
        if not strong and not since:
            spans |= {p.at: "when" for p in when}
        return "strong", [Mark(*at, what) for at, what in sorted(spans.items())]
    undated = not (earlier and spoken) and any(_is_start(said.text, p) for p in named)
    weak = undated or any(m.strength == "weak" or (m.strength == "strong" and not stale) for m in found)
    return ("weak" if weak else None), []


def _holds_since(text: str, period: Period, earlier: date) -> bool:
    """Whether the text dates its matter before the earlier statement: what it says held already then."""
    range_from = _FROM.match(text[period.at[0] : period.at[1]]) and text[period.at[1] : period.at[1] + 1] != "起"
    return period.last <= earlier and period.role in {"since", "event", "fact"} and not range_from


def _between(period: Period, earlier: date, spoken: date) -> bool:
    """Whether a period begins after the earlier statement, and not long after the later one."""
    return earlier < period.first <= spoken + _AHEAD and period.role != "until"


def _is_start(text: str, period: Period) -> bool:
    """Whether the period says since or from when something holds; "as of 31 December" says as at which day."""
    said = text[period.at[0] : period.at[1]]
    if period.first == period.last and (period.last + timedelta(days=1)).day == 1 and _BALANCE.match(said):
        return False
    return period.role == "since" or (period.role == "deadline" and _FROM.match(said) is not None)


def _grouped(entries: list[str]) -> str:
    """Words as one pattern; "…" is whatever stands between, within the sentence.

    Those that share what stands before the "…" are searched for it once: many hundred words stay fast that way.
    """
    tails: dict[str, list[str]] = {}
    for entry in sorted(entries, key=lambda entry: (-len(entry), entry)):
        head, _, tail = entry.partition("…")
        tails.setdefault(head.strip(), []).append(tail.strip())
    patterns: dict[str, list[str]] = {}
    for head, rest in sorted(tails.items(), key=lambda item: -len(item[0])):
        gap = rf"\s?{_WITHIN}\s?" if CJK.search(head) else rf"(?:(?<=['’])|\s){_WITHIN}\s"
        longer = [tail for tail in rest if tail]
        word = re.escape(head).replace(r"\ ", r"\s{1,3}")
        alike = patterns.setdefault(head[0].lower(), [])
        alike += [rf"{word}{gap}(?:{_grouped(longer)})"] if longer else []
        alike += [word] if "" in rest else []
    return "|".join(rf"(?={re.escape(first)})(?:{'|'.join(alike)})" for first, alike in patterns.items())


def _compiled(entries: list[str]) -> re.Pattern[str]:
    """One pattern over all words; those in Latin script are matched whole."""
    latin, cjk = ([e for e in entries if (CJK.search(e) is not None) == is_cjk] for is_cjk in (False, True))
    firsts = re.escape(
        "".join(sorted({entry[0] for entry in cjk}))
    )  # most places of a text begin no word: seen at once
    return re.compile(
        rf"(?<!\w)(?:{_grouped(latin)})(?!\w)" + (rf"|(?=[{firsts}])(?:{_grouped(cjk)})" if cjk else ""), re.IGNORECASE
    )


@cache
def _lexicon() -> tuple[tuple[Strength, str, re.Pattern[str]], ...]:
    """Strength, sort and pattern of each table of the lexicon, the strong ones first."""
    data = lexicon("time")
    return tuple(
        (strength, sort, _compiled([word for words in table.values() for word in words]))
        for strength in STRENGTHS
        for sort, table in data[strength].items()
    )


@cache
def _no_markers() -> re.Pattern[str]:
    return _compiled([word for table in lexicon("time")["no_marker"].values() for word in table])


@lru_cache(maxsize=16_384)
def markers(text: str) -> tuple[Marker, ...]:
    """The words of a text that announce a change or may do so, in order, the strongest at each place."""
    taken = [match.span() for match in _no_markers().finditer(text)]
    found: list[Marker] = []
    for strength in STRENGTHS:
        matches = (
            Marker(match.span(), strength, sort)
            for level, sort, pattern in _lexicon()
            for match in pattern.finditer(text)
            if level == strength
        )
        for marker in sorted(matches, key=lambda m: (m.at[0], -m.at[1]))[:_MOST]:
            start, end = marker.at
            if not any(start < high and low < end for low, high in taken):
                found.append(marker)
                if strength != "dated":  # "now" is found as weak, too: it counts as such where no date goes with it
                    taken.append(marker.at)
    return tuple(sorted(found, key=lambda marker: marker.at))
