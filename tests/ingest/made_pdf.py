"""A report of two columns made with reportlab, and what a reader of it has to find.

It has what reports have: a running header and footer with page numbers, headings, justified paragraphs with words cut
at the ends of lines and ligatures, paragraphs that go on in the next column and on the next page, lists, tables, notes at
the foot of columns with raised marks in the text.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

import reportlab
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
MARGIN, GUTTER, TOP, BOTTOM = 50.0, 22.0, 80.0, 90.0
COLUMN = (WIDTH - 2 * MARGIN - GUTTER) / 2
SIZE, LEADING, NOTE = 9.5, 12.0, 7.5
BODY, BOLD = "Made", "MadeBold"
WHO = [
    "The company",
    "Our group",
    "Each plant",
    "The board",
    "The northern division",
    "Our office in Lisbon",
    "Every supplier",
    "The fleet",
]
DOES = [
    "reduced",
    "increased",
    "reported",
    "verified",
    "published",
    "classified",
    "financed",
    "finalised",
    "modified",
    "offset",
    "affirmed",
    "simplified",
    "confirmed",
    "reflected",
    "filed",
    "qualified",
]
WHAT = [
    "its final energy consumption",
    "the first certified inventory",
    "its official targets for water",
    "the workflow of five offices",
    "a sufficient reserve of effluent permits",
    "long-term benefits for families",
    "the efficient use of fibre",
    "all reflective surfaces",
    "its short-term financial commitments",
    "the difference between offers",
    "waste flows and refill stations",
    "its field offices",
    "a fluid market for certificates",
    "non-financial information of affiliates",
]
HOW = [
    "by {n} per cent compared with {y}",
    "in {y} under the finance framework",
    "for {n} sites before the end of {y}",
    "with {n} official partners since {y}",
    "after a review of {n} specific findings in {y}",
    "at a cost of {n} million in {y}",
    "according to the specifications of {y} for {n} fields",
]
WORDS = [
    "management",
    "environment",
    "responsibility",
    "development",
    "communication",
    "sustainability",
    "documentation",
    "information",
]
LIGATURES = (("ffi", "ﬃ"), ("ffl", "ﬄ"), ("ff", "ﬀ"), ("fi", "ﬁ"), ("fl", "ﬂ"))


@dataclass
class Expected:
    """The texts of a made PDF, by the kind of block that they are to come out as."""

    paragraphs: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    pages: dict[str, int] = field(default_factory=dict)


class Writer:
    """Sentences that differ from each other, always the same."""

    def __init__(self) -> None:
        self.random = random.Random(7)
        self.number = 0

    def sentence(self) -> str:
        pick = self.random.choice
        self.number += 1
        how = pick(HOW).format(n=self.number, y=pick(range(1990, 2024)))
        return f"{pick(WHO)} {pick(DOES)} {pick(WHAT)} {how}, with {pick(WORDS)} and {pick(WORDS)} in view."

    def paragraph(self) -> str:
        return " ".join(self.sentence() for _ in range(self.random.randint(2, 5)))


class Report:
    """Fills columns and pages from top to bottom."""

    def __init__(self, path: Path, pages: int) -> None:
        fonts = Path(reportlab.__file__).parent / "fonts"
        pdfmetrics.registerFont(TTFont(BODY, fonts / "Vera.ttf"))
        pdfmetrics.registerFont(TTFont(BOLD, fonts / "VeraBd.ttf"))
        self.canvas = Canvas(str(path), pagesize=A4, invariant=1)
        self.canvas.setTitle("Sustainability Statement of the Example Works")
        self.writer, self.expected = Writer(), Expected()
        self.pages, self.page, self.column, self.y = pages, 1, 0, TOP
        self.foot = HEIGHT - BOTTOM
        self.widths: dict[tuple[str, str, float], float] = {}

    @property
    def left(self) -> float:
        return MARGIN + self.column * (COLUMN + GUTTER)

    @property
    def done(self) -> bool:
        return self.page >= self.pages

    def width(self, text: str, font: str = BODY, size: float = SIZE) -> float:
        key = text, font, size
        if key not in self.widths:
            self.widths[key] = pdfmetrics.stringWidth(ligated(text), font, size)
        return self.widths[key]

    def room(self, lines: int, leading: float = LEADING) -> None:
        """Go on in the next column if the rest of this one does not hold so many lines."""
        if self.y + lines * leading > self.foot:
            self.next_column()

    def next_column(self) -> None:
        self.column, self.y, self.foot = self.column + 1, TOP, HEIGHT - BOTTOM
        if self.column > 1:
            self.furniture()
            self.canvas.showPage()
            self.page, self.column = self.page + 1, 0

    def furniture(self) -> None:
        self.canvas.setFont(BODY, 8)
        self.canvas.drawString(MARGIN, HEIGHT - 40, "Sustainability Statement 2023")
        self.canvas.drawRightString(WIDTH - MARGIN, HEIGHT - 40, f"Chapter {1 + self.page // 20}: Facts")
        self.canvas.drawCentredString(WIDTH / 2, 36, f"{self.page} / {self.pages}")

    def line(self, words: list[str], indent: float, spread: bool, font: str = BODY, size: float = SIZE) -> None:
        """Draw a line; a justified one fills the column."""
        text = self.canvas.beginText(self.left + indent, HEIGHT - self.y - size)
        text.setFont(font, size)
        if spread and len(words) > 1:
            space = COLUMN - indent - sum(self.width(w, font, size) for w in words)
            text.setWordSpace(space / (len(words) - 1) - pdfmetrics.stringWidth(" ", font, size))
        else:
            text.setWordSpace(0)
        text.textOut(ligated(" ".join(words)))
        text.setWordSpace(0)
        self.canvas.drawText(text)

    def flow(self, text: str, indent: float = 0.0, first: str = "", mark: int = 0) -> None:
        """Lines of justified text with words cut by hyphens; ``first`` is a marker, ``mark`` that of a note at the end."""
        words, line, used = text.split(), [], 0.0
        space = self.width(" ")
        while words:
            word = words.pop(0)
            wide = self.width(word)
            if used + wide <= COLUMN - indent:
                line.append(word)
                used += wide + space
                continue
            for head, tail in cuts(word):
                if used + self.width(head) <= COLUMN - indent:
                    line.append(head)
                    word = tail
                    break
            self.put(line, indent, True, first)
            first, line, used = "", [word], self.width(word) + space
        self.put(line, indent, False, first)
        if mark:
            self.canvas.setFont(BODY, 5.5)
            self.canvas.drawString(self.left + indent + used - space, HEIGHT - self.y - SIZE + LEADING + 4, str(mark))

    def put(self, line: list[str], indent: float, spread: bool, first: str) -> None:
        self.room(1)
        if first:
            self.canvas.setFont(BODY, SIZE)
            self.canvas.drawString(self.left, HEIGHT - self.y - SIZE, first)
        self.line(line, indent, spread)
        self.y += LEADING

    def heading(self, text: str, size: float) -> None:
        self.room(5)
        self.y += 8
        self.line(text.split(), 0, False, BOLD, size)
        self.y += size * 1.3 + 4
        self.expected.headings.append(text)

    def paragraph(self, mark: int = 0) -> None:
        text = self.writer.paragraph()
        self.room(1)
        self.expected.pages[text] = self.page
        self.flow(text, mark=mark)
        self.y += 5
        self.expected.paragraphs.append(text)

    def entries(self) -> None:
        for n in range(4):
            text = self.writer.sentence()
            self.room(1)
            self.expected.pages[text] = self.page
            self.flow(text, 14, "•" if self.page % 2 else f"{n + 1}.")
            self.expected.items.append(text)
        self.y += 5

    def table(self) -> None:
        self.room(8)
        rows = [["Site", "2021", "2022", "2023"]]
        rows += [[f"Plant {c}", *(f"{self.writer.random.randint(10, 9999):,}" for _ in range(3))] for c in "ABCDE"]
        self.canvas.setFont(BODY, 8)
        for row in rows:
            self.canvas.drawString(self.left, HEIGHT - self.y - 8, row[0])
            for n, cell in enumerate(row[1:], 1):
                self.canvas.drawRightString(self.left + 60 + n * 50, HEIGHT - self.y - 8, cell)
            self.y += LEADING
            self.expected.rows.append(" | ".join(row))
        self.y += 8

    def note(self, mark: int) -> None:
        """A note at the foot of the column that is being filled."""
        text = self.writer.sentence()
        lines: list[list[str]] = [[]]
        for word in text.split():
            if self.width(" ".join([*lines[-1], word]), BODY, NOTE) > COLUMN - 12:
                lines.append([])
            lines[-1].append(word)
        self.foot -= len(lines) * NOTE * 1.25 + 4
        y = HEIGHT - self.foot - 4 - NOTE
        self.canvas.setFont(BODY, 5)
        self.canvas.drawString(self.left, y + 3, str(mark))
        self.canvas.setFont(BODY, NOTE)
        for n, line in enumerate(lines):
            self.canvas.drawString(self.left + 7 * (n == 0), y - n * NOTE * 1.25, ligated(" ".join(line)))
        self.expected.notes.append(text)


def ligated(text: str) -> str:
    """A text with the ligatures that its font has."""
    for letters, ligature in LIGATURES[3:]:
        text = text.replace(letters, ligature)
    return text


def cuts(word: str) -> list[tuple[str, str]]:
    """Where the end of a line may cut a word, the longest part first: after its hyphen, else within letters."""
    if "-" in word:
        head, tail = word.split("-", 1)
        return [(f"{head}-", tail)]
    if not word.isalpha() or len(word) < 7:
        return []
    return [(f"{word[:n]}-", word[n:]) for n in range(len(word) - 3, 2, -1)]


def make_report(path: Path, pages: int = 100) -> Expected:
    """Write the report; gives what a reader has to find in it."""
    report = Report(path, pages)
    section = mark = 0
    while not report.done:
        section += 1
        if section % 6 == 1:
            report.heading(f"{section // 6 + 1}. Findings of chapter {section // 6 + 1}", 14)
        report.heading(f"Topic {section} in brief", 9.5)
        for n in range(3):
            mark += n == 1
            if n == 1 and report.y + 100 < report.foot:
                report.note(mark)
                report.paragraph(mark)
            else:
                report.paragraph()
        if section % 2:
            report.entries()
        if section % 5 == 0:
            report.table()
        report.paragraph()
    report.furniture()
    report.canvas.save()
    return report.expected
