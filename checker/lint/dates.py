"""Dates (D): without them nobody knows what was said first, and an announced change looks like a contradiction."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from .memory import Memory, document_of
from .records import Flaw, Line, Placed, Rule, Settings

EARLIEST = 1900
_EPOCHS = frozenset({"1899-12-30", "1899-12-31", "1900-01-01", "1904-01-01", "1970-01-01", "1980-01-01"})
_DAY = datetime.timedelta(days=1)


def check_missing(line: Line) -> Iterator[Flaw]:
    """No date."""
    if line.statement.date is None and "date" not in line.dropped:
        yield Flaw("D001", "date", "is missing: nothing tells what was said first; give YYYY-MM-DD, YYYY-MM or YYYY")


def check_only_year(line: Line) -> Iterator[Flaw]:
    """A year alone."""
    date = line.statement.date
    if date is not None and len(date) == 4:
        yield Flaw("D004", "date", f"{date} is a year only: statements of that year are in no order; give the day")


def check_old(line: Line) -> Iterator[Flaw]:
    """A date that no company's statement has, or one that software writes where it knows none."""
    date = line.statement.date
    if date is None or line.statement.is_reference:
        return
    if date in _EPOCHS:
        yield Flaw("D005", "date", f"{date} is what software writes for no date; give the day of the document")
    elif int(date[:4]) < EARLIEST:
        yield Flaw("D005", "date", f"{date} is before {EARLIEST}; give the day of the document")


class Future:
    """Dates after today. A day later is let pass: it is tomorrow already in some time zone."""

    def __init__(self, settings: Settings) -> None:
        self.last = (settings.today + _DAY).isoformat()

    def see(self, line: Line) -> Iterator[Flaw]:
        """D003."""
        date = line.statement.date
        if date is not None and date > self.last[: len(date)]:
            yield Flaw(
                "D003", "date", f"{date} is in the future; give the day of the document, not of what it is about"
            )

    def end(self) -> Iterator[Placed]:
        """Nothing more."""
        yield from ()


class OneDate:
    """Documents with two dates."""

    def __init__(self, settings: Settings) -> None:
        self.places = settings.places
        self.first: Memory[tuple[str, int]] = settings.memory()
        self.told: Memory[bool] = settings.memory()

    def see(self, line: Line) -> Iterator[Flaw]:
        """D006, once for each further date of a document."""
        s = line.statement
        if not s.document or s.date is None:
            return
        key = document_of(s)
        date, place = self.first.first(key, (s.date, line.place)) or (s.date, line.place)
        short = min(len(date), len(s.date))
        if date[:short] != s.date[:short] and self.told.first((key, s.date), True) is None:
            why = "statements of one document are not compared: mend the date, or give each version its own title"
            yield Flaw("D006", "date", f"this document is dated {date} in {self.places.named(place)}; {why}")

    def end(self) -> Iterator[Placed]:
        """Nothing more."""
        yield from ()


RULES = (
    Rule("D001", "no date",
         "nothing tells what was said first, so an announced change looks like a contradiction",
         '{"company": "Acme", "source": "policy", "text": "We pay a living wage."}', check=check_missing),
    Rule("D002", "a date that is in no calendar, or of another form",
         "a run stops here", '"date": "2023-02-30"', level="error"),
    Rule("D003", "a date in the future",
         "a document is dated by when it was published, not by the year it is about",
         '"date": "2999-01-01"'),
    Rule("D004", "a year without month and day",
         "statements of that year are in no order",
         '"date": "2023"', default=False, check=check_only_year),
    Rule("D005", "an implausibly old date",
         "software writes 1970-01-01 or 1900-01-01 where it knows no date",
         '"date": "1970-01-01"', check=check_old),
    Rule("D006", "one document with two dates",
         "statements of one document are not compared: two versions under one title hide what changed between them",
         '"document": "Policy", "date": "2021-01-01" … "document": "Policy", "date": "2023-01-01"'),
)  # fmt: skip
