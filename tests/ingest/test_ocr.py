"""Pages without a text layer are read by tesseract; where it is missing, the user learns how to get it."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from checker.errors import InputError
from checker.ingest import ocr, tesseract
from checker.ingest.ocr import languages_available, missing, read_page

WIDTH, HEIGHT, SIZE = 430, 170, 12
ENGLISH = [
    "We have never dismissed an employee for reporting a concern.",
    "Net sales rose by 12.5% to $3,418 million in the year 2021.",
    "All of our suppliers are audited every second year.",
]
GERMAN = [
    "Wir verpflichten uns, größere Flächen für Grünanlagen zu schaffen.",
    "Künftig möchten wir über jede Änderung früher berichten.",
]
CHINESE = ["本公司承诺到2030年将单位产值能耗降低百分之四十。", "报告期内没有发生重大环境污染事故。"]


def needs(language: str = "en") -> pytest.MarkDecorator:
    reason = missing() or f"tesseract has no model of the language {language}"
    return pytest.mark.skipif(bool(missing()) or language not in languages_available(), reason=reason)


def written(lines: Sequence[str], font: str = "Helvetica", x: int = 30) -> bytes:
    """A PDF with a page of text."""
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=(WIDTH, HEIGHT))
    if font not in page.getAvailableFonts():
        pdfmetrics.registerFont(UnicodeCIDFont(font))
    page.setFont(font, SIZE)
    for i, line in enumerate(lines):
        page.drawString(x, HEIGHT - 40 - i * 20, line)
    page.showPage()
    page.save()
    return out.getvalue()


def photographed(pdf: bytes, turn: int = 0) -> pdfium.PdfPage:
    """The first page as a picture on a page, perhaps on its side, without a text layer."""
    picture = pdfium.PdfDocument(pdf)[0].render(scale=300 / 72, rotation=turn).to_pil()
    width, height = (HEIGHT, WIDTH) if turn in (90, 270) else (WIDTH, HEIGHT)
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=(width, height))
    page.drawImage(ImageReader(picture), 0, 0, width, height)
    page.save()
    result = pdfium.PdfDocument(out.getvalue())[0]
    assert result.get_textpage().get_text_bounded() == ""
    return result


@needs()
def test_english_page_is_read_with_its_place_and_size():
    """The words of a scanned page come back, one line a line, from the top, in points, with the size of their type."""
    lines = read_page(photographed(written(ENGLISH)))
    assert [line.text for line in lines] == ENGLISH
    for i, line in enumerate(lines):
        baseline = 40 + i * 20
        assert line.x0 == pytest.approx(30, abs=2)
        assert baseline - SIZE < line.y0 < line.y1 < baseline + SIZE / 2
        assert line.size == pytest.approx(SIZE, rel=0.15)
    assert lines[0].x1 == pytest.approx(30 + pdfmetrics.stringWidth(ENGLISH[0], "Helvetica", SIZE), abs=3)


@needs("zh")
def test_chinese_page_is_read_without_spaces():
    """Nobody says that a page is Chinese; its characters come back, and no spaces between them or beside figures."""
    assert [line.text for line in read_page(photographed(written(CHINESE, "STSong-Light")))] == CHINESE


@needs("zh")
def test_language_that_is_told_is_taken():
    """A page in a language that the caller knows is read in that at once, also where English comes with it."""
    page = photographed(written(CHINESE[:1], "STSong-Light"))
    assert [line.text for line in read_page(page, ["zh-CN", "en"])] == CHINESE[:1]


@needs("de")
def test_another_language_is_told_by_a_first_reading():
    """Umlauts, which the English model does not know, come back on a page that turns out to be German."""
    assert [line.text for line in read_page(photographed(written(GERMAN)))] == GERMAN


@needs()
@pytest.mark.parametrize("turn", [90, 270])
def test_page_on_its_side_is_turned(turn):
    """A scan that lies on either side is read, and measured, as if it stood upright."""
    lines = read_page(photographed(written(ENGLISH * 2), turn), ["en"])
    assert [line.text for line in lines] == ENGLISH * 2
    assert lines[0].x0 == pytest.approx(30, abs=2) and lines[0].y0 < lines[1].y0


@needs()
def test_label_on_end_is_left_out():
    """A line that stands on end beside the text does not upset the order of the rest."""
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=(WIDTH, HEIGHT))
    page.setFont("Helvetica", SIZE)
    for i, line in enumerate(ENGLISH):
        page.drawString(60, HEIGHT - 40 - i * 20, line)
    page.rotate(90)
    page.drawString(20, -20, "tonnes of carbon a year")
    page.save()
    assert [line.text for line in read_page(photographed(out.getvalue()), ["en"])] == ENGLISH


@needs()
def test_cells_of_a_row_are_lines_of_their_own():
    """Words far apart on one baseline do not run together."""
    pdf = written([f"{name}{' ' * 40}{figure}" for name, figure in (("Revenues", "1,204.6"), ("Net income", "318.5"))])
    assert [line.text for line in read_page(photographed(pdf), ["en"])] == [
        "Revenues",
        "1,204.6",
        "Net income",
        "318.5",
    ]


@needs()
def test_blank_and_tiny_pages_have_no_lines():
    """Nothing is read where nothing is."""
    assert read_page(photographed(written([])), ["en"]) == []
    assert read_page(pdfium.PdfDocument.new().new_page(1, 1)) == []


@needs()
def test_page_that_cannot_be_read_is_no_empty_page():
    """A page on which something is, but nothing that the language told can be read in, is not passed off as blank."""
    with pytest.raises(InputError, match="sure of nothing"):
        read_page(photographed(written(CHINESE * 3, "STSong-Light")), ["en"])


@needs()
def test_huge_page_is_read_at_a_lower_resolution(monkeypatch):
    """A poster of 100 by 40 m costs no more pixels than any page may."""
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=(280_000, 110_000))
    page.setFont("Helvetica", 8_000)
    page.drawString(20_000, 60_000, "We audit every supplier.")
    page.save()
    monkeypatch.setattr(ocr, "MAX_PIXELS", 1_500_000)
    lines = read_page(pdfium.PdfDocument(out.getvalue())[0], ["en"])
    assert [line.text for line in lines] == ["We audit every supplier."]
    assert lines[0].size == pytest.approx(8_000, rel=0.15)


@needs()
def test_language_without_a_model_is_an_error_that_names_the_package():
    """A page is not read in the wrong language; the message says what to install."""
    page = pdfium.PdfDocument(written(ENGLISH))[0]
    with pytest.raises(InputError, match=r"cannot read eo; .* apt install tesseract-ocr-epo"):
        read_page(page, ["eo"])
    assert read_page(page, ["eo", "en"])[0].text == ENGLISH[0]


def test_missing_tesseract_is_told_with_the_way_to_get_it(monkeypatch, tmp_path):
    """Without the program there is no OCR, and the reason says how to install it on each system."""
    monkeypatch.setenv("PATH", str(tmp_path))
    told = missing() or ""
    assert "not installed" in told and "apt install tesseract-ocr" in told and "brew install tesseract" in told
    assert languages_available() == []
    with pytest.raises(InputError, match="apt install tesseract-ocr"):
        read_page(pdfium.PdfDocument(written(ENGLISH))[0])


@pytest.fixture
def program(monkeypatch, tmp_path) -> Callable[[str], Any]:
    """Put a program called tesseract on PATH that has an English model and does something else than reading."""
    if not Path("/bin/sh").exists():
        pytest.skip("needs a shell")

    def make(does: str, models: str = "eng") -> None:
        path = tmp_path / "tesseract"
        path.write_text(f'#!/bin/sh\nif [ "$1" = --list-langs ]; then echo List; echo "{models}"; else {does}; fi\n')
        path.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)

    return make


def test_failing_tesseract_is_an_error_with_its_last_words(program):
    """What the program complains of reaches the user."""
    program("echo 'Warning' >&2; echo 'Error in pixRead: no memory' >&2; exit 1")
    with pytest.raises(InputError, match="tesseract failed: Error in pixRead: no memory"):
        read_page(pdfium.PdfDocument(written(ENGLISH))[0])


def test_endless_reading_is_stopped(program, monkeypatch):
    """A page that takes too long is an error, and its process is ended."""
    program("while :; do :; done")
    monkeypatch.setattr(tesseract, "TIMEOUT", 0.3)
    with pytest.raises(InputError, match="took longer than"):
        read_page(pdfium.PdfDocument(written(ENGLISH))[0])


def test_tesseract_without_models_is_missing_something(program):
    """A program without any language cannot read either."""
    program("exit 1", models="osd")
    assert "no language" in (missing() or "")
