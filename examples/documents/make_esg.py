"""Make esg.pdf, the report of an invented company: two columns, running header and footer, a list, a table, a footnote.

python examples/documents/make_esg.py
"""

from __future__ import annotations

from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Spacer, Table, TableStyle

BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=10, leading=13, spaceAfter=6)
HEAD = ParagraphStyle("head", fontName="Helvetica-Bold", fontSize=13, leading=17, spaceBefore=8, spaceAfter=4)
TITLE = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=20, leading=26, spaceAfter=12)
ITEM = ParagraphStyle("item", parent=BODY, leftIndent=10, bulletIndent=0, spaceAfter=3)
NOTE = ParagraphStyle("note", fontName="Times-Roman", fontSize=7, leading=9)

TEXT = """# Sustainability Report 2023
Northmoor Ltd. makes garden tools in two plants, at Alder and at Fenwick, and sells them in eleven countries.
This report covers the year from January to December 2023 and both plants.

## Water
Both plants lie beside wetlands that are protected by law. Our plants draw no water from protected areas, in
no season and for no purpose. Process water comes from the public network alone and is used three times before
it is treated.

## Suppliers
We buy steel and ash wood from forty-two suppliers, most of them small firms that cannot wait for their money.
We pay every supplier within thirty days of delivery. We commit to:
- visit every supplier at least once in two years;
- publish the list of our suppliers every spring;
- raise no objection where a supplier's workers want to form a union.

## People
There is no child labour in our plants or at any of our sub-contractors. Every worker has a written contract
and is paid at least the living wage of the region. In 2023 we employed 612 people, of whom 41 percent are
women.

## Energy
Since 2021 both plants have run on electricity from renewable sources. It covers their whole demand. Gas is
still used to harden blades; we plan to end this by 2028.
| Energy in MWh | 2022 | 2023
| Electricity | 9,120 | 8,870
| Gas | 3,400 | 3,310

## About this report
The figures were checked by an independent auditor. Questions are answered at report@northmoor.example. This
report contains forward-looking statements; actual results may differ materially from them.
"""


def flowables() -> list[Flowable]:
    """The text as reportlab's building blocks."""
    styles = {"# ": TITLE, "## ": HEAD}
    made: list[Flowable] = []
    for part in TEXT.split("\n\n"):
        lines, prose = part.splitlines(), []
        rows = [[cell.strip() for cell in line.strip("| ").split("|")] for line in lines if line.startswith("|")]
        for line in lines:
            style = next((s for mark, s in styles.items() if line.startswith(mark)), None)
            if style:
                made.append(Paragraph(line.lstrip("# "), style))
            elif line.startswith("- "):
                made += [Paragraph(" ".join(prose), BODY)] if prose else []
                prose = []
                made.append(Paragraph(line[2:], ITEM, bulletText="•"))
            elif not line.startswith("|"):
                prose.append(line)
        made += [Paragraph(" ".join(prose), BODY)] if prose else []
        if rows:
            made += [Table(rows, style=TableStyle([("GRID", (0, 0), (-1, -1), 0.4, colors.grey)])), Spacer(1, 8)]
    return made


def _furniture(canvas: Canvas, document: BaseDocTemplate) -> None:
    canvas.setFont("Helvetica", 8)
    canvas.drawString(20 * mm, 285 * mm, "Northmoor Ltd.   Sustainability Report 2023")
    canvas.drawCentredString(105 * mm, 10 * mm, str(canvas.getPageNumber()))


def main() -> None:
    """Write the PDF beside this file."""
    document = BaseDocTemplate(
        str(Path(__file__).with_name("esg.pdf")), pagesize=A4, title="Sustainability Report 2023",
        author="Northmoor Ltd.", invariant=1,
    )  # fmt: skip
    columns = [Frame(x * mm, 20 * mm, 80 * mm, 255 * mm, id=f"column{x}", showBoundary=0) for x in (20, 110)]
    document.addPageTemplates(PageTemplate(frames=columns, onPage=_furniture))
    document.build(flowables())


if __name__ == "__main__":
    main()
