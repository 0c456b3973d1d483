"""Small sound files of every format that is read, as bytes, to be mutated."""

from __future__ import annotations

import io
import zipfile
from functools import lru_cache

HTML = """<!DOCTYPE html>
<html lang="en-GB"><head><title>Policy of Acme</title><meta name="date" content="2021-03-04"></head><body>
<nav><a href="/">Home</a></nav><main><h1>Child labour</h1><p>We do not <b>tolerate</b> child&nbsp;labour &amp; we pay.</p>
<ul><li>Suppliers sign.<ol><li>All of them.</li></ol></li></ul>
<table><tr><th>Year</th><th>Audits</th></tr><tr><td rowspan="2">2020</td><td>12</td></tr><tr><td colspan="2">13</td></tr></table>
<p lang="de">Wir zahlen Löhne,<br>die zum Leben reichen.<sup>1</sup></p><pre>We audit
  every year.</pre><p style="display:none">hidden</p><script>var a = "<p>";</script></main><footer>© Acme</footer></body></html>
"""
IXBRL = """<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"><head><title>10-K</title></head>
<body><div style="display:none"><ix:header><ix:hidden><ix:nonNumeric name="dei:DocumentPeriodEndDate" contextRef="c">2021-12-31
</ix:nonNumeric></ix:hidden></ix:header></div><p style="font-weight:bold">Item 1A. Risk Factors</p><p><ix:nonNumeric name="x:y"
contextRef="c" continuedAt="k">We depend on suppliers.</ix:nonNumeric></p><ix:continuation id="k"><p>Revenue was
<ix:nonFraction name="us-gaap:Revenues" contextRef="c" scale="6">12</ix:nonFraction> million.</p></ix:continuation>
<table><tr><td>$</td><td>12</td></tr></table><hr style="page-break-after:always"/><p>14</p></body></html>
"""
TEXT = """ACME PLC
Sustainability Report 2021

1. Our people
We pay a living wage to every worker in our supply
chain, and we have done so since 2015. We con-
tinue to audit.

  • Suppliers sign the code.
  • We visit them.
        a) once a year;

Year      Audits     Findings
2020          12            3
2021          14            1

\f                      Page 2
1 Measured at the end of the year.
"""
CALL = """Acme PLC Q4 2021 Earnings Call

Company Participants
Ada Example - Chief Executive Officer
Ben Sample - Chief Financial Officer

Operator
Good morning, and welcome to the call.

Ada Example - Chief Executive Officer
Thank you. We do not expect to close any plant.

Question-and-Answer Session

Q - Cleo Specimen, Example Bank
Will you close a plant?

A - Ben Sample
We will close one.
"""
MARKDOWN = """---
title: Policy
date: 2021-03-04
---
# Child labour

We do not **tolerate** child labour, see [the code](https://example.com/code "Code").

- Suppliers *sign*.
  1. All of them.

| Year | Audits |
|------|-------:|
| 2020 | 12     |

> We audit.

```
code
```
![logo](a.png) <b>We</b> pay.[^1]

[^1]: Since 2015.
"""
SRT = """1
00:00:01,000 --> 00:00:03,500
<i>ADA EXAMPLE:</i> We do not tolerate

2
00:00:03,500 --> 00:00:06,000 X1:40 X2:600
child labour. {\\an8}- Will you
- audit?
"""
VTT = """WEBVTT Kind: captions; Language: en

NOTE made by hand

STYLE
::cue { color: red }

intro
00:01.000 --> 00:03.500 align:start
<v Ada Example>We do not <00:02.000>tolerate</v>

00:03.500 --> 00:06.000
<v.loud Ben Sample>child labour.
"""
JSONL = """{"company": "Acme", "source": "policy", "text": "We do not tolerate child labour.", "date": "2021-03-04"}
{"company": "Acme", "source": "press", "text": "We pay a living wage.\\nAll of us.", "url": "https://example.com", "n": 1}
"""
CSV = """company,source,text,date
Acme,policy,"We do not tolerate child labour, and say ""no"".",2021-03-04
Acme,press,"We pay
a living wage.",2021
"""


@lru_cache(maxsize=1)
def sound_files() -> dict[str, list[bytes]]:
    """Format to small files of it; made, not kept, so that they are what the libraries of today write."""
    return {
        "pdf": [_pdf(compressed=False), _pdf(compressed=True)],
        "html": [HTML.encode(), IXBRL.encode()],
        "docx": [_docx()],
        "pptx": [_pptx()],
        "text": [TEXT.encode(), CALL.encode(), TEXT.encode("utf-16"), "当社は賃金を支払います。\n".encode("cp932")],
        "markdown": [MARKDOWN.encode()],
        "srt": [SRT.encode()],
        "vtt": [VTT.encode()],
        "jsonl": [JSONL.encode()],
        "csv": [CSV.encode(), CSV.replace(",", ";").encode("cp1252")],
    }


def _pdf(compressed: bool) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, pageCompression=int(compressed), invariant=1)
    canvas.setTitle("Policy of Acme")
    for number in (1, 2):
        canvas.setFont("Helvetica-Bold", 16)
        canvas.drawString(72, 760, "Child labour")
        canvas.setFont("Helvetica", 10)
        for row, line in enumerate(TEXT.splitlines()[3:16]):
            canvas.drawString(72, 730 - 12 * row, line)
            canvas.drawString(320, 730 - 12 * row, line)
        canvas.bookmarkPage(f"p{number}")
        canvas.addOutlineEntry("Child labour", f"p{number}")
        canvas.rect(72, 300, 200, 20)
        canvas.drawString(300, 30, str(number))
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _docx() -> bytes:
    from docx import Document

    document = Document()
    document.add_heading("Child labour", 1)
    paragraph = document.add_paragraph("We do not ")
    paragraph.add_run("tolerate").bold = True
    paragraph.add_run(" child labour.")
    document.add_paragraph("Suppliers sign.", style="List Bullet")
    document.add_paragraph("All of them.", style="List Number 2")
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Audits"
    table.cell(1, 0).text, table.cell(1, 1).text = "2020", "12"
    document.sections[0].header.paragraphs[0].text = "Acme"
    return _saved(document)


def _pptx() -> bytes:
    from pptx import Presentation
    from pptx.util import Inches

    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Child labour"
    slide.placeholders[1].text = "We do not tolerate it.\nSuppliers sign."
    slide.shapes.add_table(2, 2, 0, 0, Inches(2), Inches(1)).table.cell(1, 1).text = "12"
    slide.notes_slide.notes_text_frame.text = "We audit every year."
    return _saved(deck)


def _saved(document: object) -> bytes:
    stream = io.BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def with_member(archive: bytes, name: str, content: bytes) -> bytes:
    """A zip-based file with the content of one member replaced, its checksums sound."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(stream, "w") as new:
        for member in old.namelist():
            new.writestr(zipfile.ZipInfo(member), content if member == name else old.read(member))
    return stream.getvalue()


def member(archive: bytes, name: str) -> bytes:
    """The content of one member of a zip-based file."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return opened.read(name)
