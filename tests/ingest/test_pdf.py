"""What the PDF reader promises: whole paragraphs in reading order, furniture and tables apart, pages without text named."""

from __future__ import annotations

import re
import subprocess
import sys
from contextlib import suppress

import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_pdf import BODY, ligated, make_report
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from checker.errors import InputError
from checker.ingest.blocks import Limits
from checker.ingest.markers import is_bullet
from checker.ingest.ocr import missing
from checker.ingest.pdf import read
from checker.ingest.pdf.text import join_lines, known_words

LIMITS = Limits()
PROSE = ("paragraph", "item")
WORDS = [
    "every",
    "plant",
    "of",
    "the",
    "group",
    "reports",
    "how",
    "much",
    "water",
    "it",
    "took",
    "from",
    "rivers",
    "and",
    "how",
    "much",
    "of",
    "it",
    "went",
    "back",
    "clean",
]


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A report of 100 pages in two columns, and what it holds."""
    path = tmp_path_factory.mktemp("pdf") / "report.pdf"
    return path, make_report(path)


@pytest.fixture(scope="session")
def extract(made):
    return read(made[0], LIMITS)


def texts(extract, *kinds):
    return [b.text for b in extract.blocks if b.kind in kinds]


def shares(found, expected):
    """Recall and precision of sets."""
    found, expected = set(found), set(expected)
    return len(found & expected) / len(expected), len(found & expected) / len(found)


def sentences(paragraphs):
    return [s for text in paragraphs for s in re.split(r"(?<=\.) ", text)]


@pytest.fixture
def draw(tmp_path):
    """Draw a PDF with a function that gets a canvas with Helvetica 10, and read it."""

    def make(drawing, limits=LIMITS, **more):
        path = tmp_path / "drawn.pdf"
        canvas = Canvas(str(path), pagesize=more.pop("pagesize", (600, 800)), invariant=1, **more)
        canvas.setFont("Helvetica", 10)
        drawing(canvas)
        canvas.save()
        return read(path, limits)

    return make


def write(canvas, x, y, *lines, leading=12):
    """Lines from a place at the page's top left corner."""
    for n, line in enumerate(lines):
        canvas.drawString(x, canvas._pagesize[1] - y - n * leading, line)


def prose(words=60, width=38, start=0):
    """Lines of a sentence of so many words."""
    chosen = [WORDS[(start + n) % len(WORDS)] for n in range(words)]
    lines = [""]
    for word in chosen:
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    lines[0] = lines[0].capitalize()
    return [*lines[:-1], lines[-1] + "."]


def test_paragraphs_of_two_columns_come_out_whole(made, extract):
    """At least 97 % of paragraphs and entries, and of their sentences, come out as they are, and hardly any other."""
    expected = made[1].paragraphs + made[1].items
    for found, sought in ((texts(extract, *PROSE), expected), (sentences(texts(extract, *PROSE)), sentences(expected))):
        recall, precision = shares(found, sought)
        assert recall >= 0.97 and precision >= 0.97, (recall, precision)


@pytest.mark.parametrize(
    ("kind", "what"), [("item", "items"), ("heading", "headings"), ("footnote", "notes"), ("row", "rows")]
)
def test_what_is_no_paragraph_is_told_apart(made, extract, kind, what):
    """Entries of lists, headings, notes at the foot of columns and rows of tables have their own kinds."""
    recall, precision = shares(texts(extract, kind), getattr(made[1], what))
    assert recall >= 0.97 and precision >= 0.97, (recall, precision)


def test_furniture_stands_in_no_paragraph(extract):
    """Running headers, footers and page numbers are furniture, once on each page, and nothing else holds them."""
    furniture = [b for b in extract.blocks if b.kind == "furniture"]
    assert [b.page for b in furniture] == list(range(1, 101))
    assert all("Sustainability Statement 2023" in b.text and f"{b.page} / 100" in b.text for b in furniture)
    others = " ".join(b.text for b in extract.blocks if b.kind != "furniture")
    assert "Sustainability Statement 2023" not in others and "/ 100" not in others


def test_every_block_knows_its_pages(made, extract):
    """A paragraph is on the page on which it begins; ``breaks`` say where it goes on on the next one."""
    pages = made[1].pages
    found = [b for b in extract.blocks if b.text in pages]
    assert len(found) > 1_000
    assert [b.page for b in found] == [pages[b.text] for b in found]
    cut = [b for b in found if b.breaks]
    assert len(cut) > 20
    for block in cut:
        [(offset, page)] = block.breaks
        assert page == block.page + 1 and 0 < offset < len(block.text)


def test_hyphens_at_line_ends_are_undone_and_others_stay(extract):
    """Words cut by line ends are whole; "long-term", cut after its hyphen, keeps it; ligatures are letters."""
    text = " ".join(texts(extract, *PROSE))
    assert "long-term" in text and "short-term" in text and "longterm" not in text
    assert not re.search(r"\w-\s|[\ufffe\x02\xadﬁﬂ\uf000-\uf0ff]", text)
    assert set(re.findall(r"\w+-\w+", text)) == {"long-term", "short-term", "non-financial"}


def test_marks_of_notes_are_no_part_of_a_word(made, extract):
    """A raised mark at the end of a sentence is gone, the note itself has it as its marker."""
    assert not [t for t in texts(extract, "paragraph") if t[-1].isdigit()]
    markers = [b.marker for b in extract.blocks if b.kind == "footnote"]
    assert len(set(markers)) == len(markers) == len(made[1].notes) and all(map(str.isdigit, markers))


def test_entries_have_their_marker_apart(extract):
    """Bullets and numbers are markers of entries."""
    items = [b for b in extract.blocks if b.kind == "item"]
    assert {b.marker for b in items} == {"•", "1.", "2.", "3.", "4."}
    assert any(is_bullet(b.marker) for b in items) and not any(b.text.startswith(("•", "1.")) for b in items)


def test_headings_have_levels(extract):
    """Larger headings are on a higher level than bold ones in the size of the text."""
    levels = {b.level for b in extract.blocks if b.kind == "heading" and b.text.startswith("Topic")}
    assert levels == {2}
    assert {b.level for b in extract.blocks if b.kind == "heading" and "Findings" in b.text} == {1}


ROUNDS = """
import sys, time
from pathlib import Path
import pypdfium2 as pdfium
from checker.ingest.blocks import Limits
from checker.ingest.pdf import read

path = Path(sys.argv[1])

def plain():
    for page in pdfium.PdfDocument(path):
        page.get_textpage().get_text_range()

def seconds(run):
    began = time.process_time()
    run()
    return time.process_time() - began

read(path, Limits())
for _ in range(25):
    base = seconds(plain)
    print(seconds(lambda: read(path, Limits())) / base)
"""


def test_reading_takes_at_most_three_times_plain_extraction(made):
    """The whole of reading, layout included, beside PDFium's bare text: the best of a few rounds, in CPU time.

    In a process of its own, as `ingest` reads: what other tests left in memory is not to be walked through.
    """
    done = subprocess.run([sys.executable, "-c", ROUNDS, str(made[0])], capture_output=True, text=True, check=True)
    rounds = [float(line) for line in done.stdout.split()]
    assert min(rounds) <= 3, rounds


def test_reading_is_repeatable(draw):
    """The same file gives the same extract."""
    first, second = (draw(lambda c: write(c, 50, 100, *prose(200, 80))) for _ in range(2))
    assert first == second


def test_metadata_is_taken_but_not_what_programs_put_there(draw):
    """Title, author, date and language come from the file; the name of a source file is no title."""

    def describe(title):
        def drawing(canvas):
            canvas.setTitle(title)
            canvas.setAuthor("Example Works")
            canvas.setCatalogEntry("Lang", "en-GB")
            write(canvas, 50, 100, *prose())

        return drawing

    found = draw(describe("Annual Statement"))
    assert (found.title, found.author, found.lang, found.date) == (
        "Annual Statement",
        "Example Works",
        "en",
        "2000-01-01",
    )
    for junk in ("Microsoft Word - final.docx", "untitled", "statement_v3.indd"):
        assert draw(describe(junk)).title is None


def test_three_columns_below_a_heading_across(draw):
    """Columns are read one after the other, below the heading that spans them."""

    def drawing(canvas):
        canvas.setFont("Helvetica-Bold", 20)
        write(canvas, 40, 60, "A heading that runs across all of the columns")
        canvas.setFont("Helvetica", 9)
        for n in range(3):
            write(canvas, 40 + n * 180, 100, *prose(80, 34, 5 * n))

    found = draw(drawing)
    assert texts(found, "heading") == ["A heading that runs across all of the columns"]
    assert texts(found, "paragraph") == [" ".join(prose(80, 34, 5 * n)) for n in range(3)]


def test_a_landscape_spread_is_read_page_by_page(draw):
    """Two pages on one sheet, each with a heading and two columns."""

    def drawing(canvas):
        for side in (0, 600):
            canvas.setFont("Helvetica-Bold", 16)
            write(canvas, side + 40, 60, f"Side {1 if side else 0} of the sheet")
            canvas.setFont("Helvetica", 9)
            for n in range(2):
                write(canvas, side + 40 + n * 270, 100, *prose(90, 48, 3 * n + side))

    found = draw(drawing, pagesize=(1200, 800))
    expected = [" ".join(prose(90, 48, 3 * n + side)) for side in (0, 600) for n in range(2)]
    assert texts(found, "paragraph") == expected
    order = [b.text[:6] for b in found.blocks if b.kind == "heading" or b.text in expected]
    assert order[0] == "Side 0" and order[3] == "Side 1"


def test_columns_off_the_same_grid_are_not_mixed(draw):
    """Lines that stand half a line lower in the other column do not come between those of the first."""

    def drawing(canvas):
        write(canvas, 40, 100, *prose(120, 46))
        write(canvas, 310, 106, *prose(120, 46, 7))

    assert texts(draw(drawing), "paragraph") == [" ".join(prose(120, 46)), " ".join(prose(120, 46, 7))]


def test_a_paragraph_goes_on_in_the_next_column(draw):
    """What the end of a column cuts in mid-sentence is one paragraph, also where a page number stands between."""
    lines = prose(150, 46)

    def drawing(canvas):
        write(canvas, 40, 100, *prose(20, 46, 3), *lines[:9])
        write(canvas, 310, 100, *lines[9:], "Another paragraph follows it.")

    assert " ".join(lines) in " ".join(texts(draw(drawing), "paragraph"))


def test_a_word_cut_at_the_end_of_a_column_goes_on_over_a_label(draw):
    """A label of a diagram below it does not keep a paragraph that breaks off within a word from the next column."""
    lines = prose(100, 46)
    lines[8] = "and so the plants share one way of communica-"

    def drawing(canvas):
        write(canvas, 40, 100, *prose(60, 46, 3), *lines[:9])
        canvas.setFont("Helvetica", 12)
        write(canvas, 90, 100 + 12 * (len(prose(60, 46, 3)) + 12), "The board")
        canvas.setFont("Helvetica", 10)
        write(canvas, 310, 100, "tion among them, and that is all.", *prose(80, 46, 5))

    assert "one way of communication among them" in " ".join(texts(draw(drawing), "paragraph"))


def test_a_sentence_goes_on_below_a_picture_beside_it(draw):
    """Lines end where a picture begins; the first wide one below it goes on with their sentence."""
    beside = ["Every plant of the group reports on water", "it takes from rivers in the north and on", "how much of it goes back there, clean or"]  # fmt: skip
    wide = ["Ardwell, where the group has had a mill since 1950, reports on more than that, as its river is"]

    def drawing(canvas):
        for n, line in enumerate([*beside, "else, as the mill has shown in trials at"]):
            spread = canvas.beginText(40, 700 - 12 * n)
            spread.setFont("Helvetica", 10)
            spread.setWordSpace((200 - canvas.stringWidth(line)) / line.count(" "))
            spread.textOut(line)
            canvas.drawText(spread)
        write(
            canvas, 40, 100 + 48, *wide, "small, and it says so in each of its reports to the public and to the state."
        )

    assert any("in trials at Ardwell, where" in text for text in texts(draw(drawing), "paragraph"))


def test_a_dash_within_a_sentence_is_no_bullet(draw):
    """A line may begin with a dash that the end of the one above has cut from its sentence."""
    lines = ["Every plant of the group reports how much water it took", "– and how much of it went back clean into the river and"]  # fmt: skip

    def drawing(canvas):
        write(canvas, 40, 100, *lines, "the lakes around it.")

    assert texts(draw(drawing), *PROSE) == [" ".join([*lines, "the lakes around it."])]


def test_a_turned_page_is_read_as_it_is_shown(draw):
    """A page with a rotation of 90 degrees has its text upright, and so it is read."""

    def drawing(canvas):
        canvas.setPageRotation(90)
        canvas.saveState()
        canvas.translate(600, 0)
        canvas.rotate(90)
        for n, line in enumerate(prose(100, 60)):
            canvas.drawString(60, 500 - 12 * n, line)
        canvas.restoreState()

    assert texts(draw(drawing), "paragraph") == [" ".join(prose(100, 60))]


def test_text_on_end_at_the_side_is_furniture(draw):
    """A title that runs up the side of a page is kept out of its paragraphs."""

    def drawing(canvas):
        write(canvas, 60, 100, *prose(120, 70))
        canvas.saveState()
        canvas.translate(580, 300)
        canvas.rotate(90)
        canvas.drawString(0, 0, "Statement of the year")
        canvas.restoreState()

    found = draw(drawing)
    assert texts(found, "furniture") == ["Statement of the year"]
    assert texts(found, "paragraph") == [" ".join(prose(120, 70))]


def test_raised_digits_are_no_part_of_a_number(draw):
    """The mark of a note behind a year is dropped; the exponent of a unit stays."""

    def drawing(canvas):
        canvas.drawString(50, 700, "Water use fell to 300 m")
        canvas.setFont("Helvetica", 6)
        canvas.drawString(50 + pdfmetrics.stringWidth("Water use fell to 300 m", "Helvetica", 10), 704, "3")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(50, 640, "This was the case in 2017")
        end = 50 + pdfmetrics.stringWidth("This was the case in 2017", "Helvetica", 10)
        canvas.setFont("Helvetica", 6)
        canvas.drawString(end, 644, "11")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(end + 7, 640, ".")

    assert texts(draw(drawing), "paragraph") == ["Water use fell to 300 m3", "This was the case in 2017."]


def test_cells_between_rules_are_rows(draw):
    """A grid of rules makes rows of cells, also where a cell has several lines; text around it is not drawn in."""

    def drawing(canvas):
        write(canvas, 50, 100, "The table below shows what was agreed.")
        for y in (120, 140, 180, 220):
            canvas.line(50, 800 - y, 450, 800 - y)
        for x in (50, 150, 300, 450):
            canvas.line(x, 680, x, 580)
        for x, head in ((55, "Topic"), (155, "Aim"), (305, "State")):
            write(canvas, x, 133, head)
        for y, row in (
            (153, ("Water", "use less of it|by 2030", "on course")),
            (193, ("Waste", "send none|to landfill", "late")),
        ):
            for x, cell in zip((55, 155, 305), row, strict=True):
                write(canvas, x, y, *cell.split("|"))

    found = draw(drawing)
    assert texts(found, "row") == [
        "Topic | Aim | State", "Water | use less of it by 2030 | on course", "Waste | send none to landfill | late",
    ]  # fmt: skip
    assert texts(found, "paragraph") == ["The table below shows what was agreed."]


def test_numbers_beside_labels_are_rows_without_any_rule(draw):
    """Labels with columns of numbers that stand level are a table."""

    def drawing(canvas):
        for n, (label, *cells) in enumerate(
            [("Revenue", "120", "130"), ("Cost of sales", "80", "85"), ("Profit", "40", "45")]
        ):
            write(canvas, 50, 100 + 14 * n, label)
            for x, cell in zip((300, 360), cells, strict=True):
                canvas.drawRightString(x, 700 - 14 * n, cell)

    assert texts(draw(drawing), "row") == ["Revenue | 120 | 130", "Cost of sales | 80 | 85", "Profit | 40 | 45"]


def test_bullets_may_be_drawn(draw):
    """Small discs before lines make them entries of a list."""

    def drawing(canvas):
        write(canvas, 50, 80, "We commit to:")
        for n, entry in enumerate(("less water in all plants", "less waste in all offices", "fewer flights")):
            canvas.circle(60, 703 - 20 * n, 2, fill=1)
            write(canvas, 70, 100 + 20 * n, entry)

    found = draw(drawing)
    assert [(b.marker, b.text) for b in found.blocks if b.kind == "item"] == [
        ("•", "less water in all plants"), ("•", "less waste in all offices"), ("•", "fewer flights"),
    ]  # fmt: skip


def test_what_a_clipped_part_hides_is_not_read(draw):
    """Labels of a drawing that lie beyond the edges of the part shown are left out."""

    def drawing(canvas):
        canvas.beginForm("chart", 0, 0, 100, 100)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(10, 50, "Shown label")
        canvas.drawString(10, 300, "Hidden label of another chart")
        canvas.endForm()
        canvas.translate(50, 100)
        canvas.doForm("chart")
        canvas.translate(-50, -100)
        write(canvas, 50, 100, *prose())

    text = " ".join(b.text for b in draw(drawing).blocks)
    assert "Shown label" in text and "Hidden" not in text


def test_lines_of_chinese_are_joined_without_a_space(draw):
    """Lines of a paragraph in Chinese follow each other directly; an indented line begins the next paragraph."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    lines = [
        "公司始终坚持品质为先的经营理念并持续加大研发投入，完善人才激励机",
        "制和后期管理培养体系，营业收入同比增长。",
    ]

    def drawing(canvas):
        canvas.setFont("STSong-Light", 11)
        for n, (x, line) in enumerate([(82, lines[0]), (60, lines[1]), (82, "报告期内，公司主要完成以下工作。")]):
            canvas.drawString(x, 700 - 16 * n, line)

    assert texts(draw(drawing), "paragraph") == ["".join(lines), "报告期内，公司主要完成以下工作。"]


def test_pages_without_text_are_named(draw):
    """Pictures, garbage and blank pages are told apart, and the warnings say which pages were not read."""
    picture = ImageReader(_picture())

    def drawing(canvas):
        write(canvas, 50, 100, *prose(120, 70))
        canvas.showPage()
        canvas.drawImage(picture, 0, 0, 600, 800)
        canvas.showPage()
        canvas.showPage()
        canvas.setFont("Helvetica", 10)
        shifted = ["".join(chr(ord(c) + 3) if c.isalpha() else c for c in line) for line in prose(120, 70)]
        write(canvas, 50, 100, *shifted)

    found = draw(drawing)
    assert [p.state for p in found.pages] == ["read", "no text", "read", "garbled"]
    assert found.pages[2].why == "blank" and found.pages[3].why
    assert {b.page for b in found.blocks} == {1}
    assert found.warnings[0].startswith("1 of 4 pages hold no text (2): scanned? --ocr reads them")
    assert found.warnings[1].startswith("1 of 4 pages have a text layer that is garbage (4: ")


@pytest.mark.skipif(bool(missing()), reason=str(missing()))
def test_ocr_reads_pictures_of_text(draw, tmp_path):
    """With OCR the picture of a page is read as any other page, and its state says how."""
    draw(lambda canvas: write(canvas, 20, 30, *prose(40, 50)), pagesize=(340, 110))
    image = pdfium.PdfDocument(tmp_path / "drawn.pdf")[0].render(scale=3, grayscale=True).to_pil()
    found = draw(lambda c: c.drawImage(ImageReader(image), 0, 0, 340, 110), Limits(ocr=True), pagesize=(340, 110))
    assert [p.state for p in found.pages] == ["read by OCR"] and not found.warnings
    assert texts(found, "paragraph") == [" ".join(prose(40, 50))]


def _picture():
    from PIL import Image

    image = Image.new("L", (60, 80), 255)
    image.paste(0, (10, 10, 50, 40))
    return image


def test_a_document_of_blank_pages_says_so(draw):
    """Nothing to read is no error of the reader, but said plainly."""
    found = draw(lambda canvas: canvas.showPage())
    assert found.blocks == [] and found.warnings == ["no page could be read: all are blank; is the file damaged?"]


def test_files_that_cannot_be_read_say_how_to_mend_it(tmp_path, made):
    """Encrypted, cut off and missing files, and those over the limits, are errors in one line."""
    locked = Canvas(str(tmp_path / "locked.pdf"), encrypt=StandardEncryption("secret"))
    locked.drawString(50, 700, "Nobody reads this")
    locked.save()
    (tmp_path / "cut.pdf").write_bytes(made[0].read_bytes()[:2_000])
    (tmp_path / "text.pdf").write_bytes(b"%PDF-1.7 is not enough")
    for name, why in (
        ("locked", "protected by a password"), ("cut", "damaged or cut off"), ("text", "damaged"), ("none", "cannot be opened"),
    ):  # fmt: skip
        with pytest.raises(InputError, match=why) as error:
            read(tmp_path / f"{name}.pdf", LIMITS)
        assert "\n" not in str(error.value)
    for limits, why in (
        (Limits(pages=99), "100 pages, more than 99"), (Limits(characters=5_000), "more than 5,000 characters"),
        (Limits(bytes=1_000), "larger than 1,000 bytes"),
    ):  # fmt: skip
        with pytest.raises(InputError, match=why):
            read(made[0], limits)


@given(
    st.lists(st.sampled_from([*WORDS, "sustainability", "environment", "management"]), min_size=2, max_size=30),
    st.data(),
)
@settings(max_examples=50)
def test_cut_words_are_made_whole_wherever_they_are_cut(words, data):
    """A text broken into lines, with hyphens inside of words that it also holds whole, comes back as it was."""
    lines = [""]
    for word in words:
        cut = data.draw(st.integers(0, len(word)))
        if 1 < cut < len(word) - 1 and data.draw(st.booleans()):
            lines[-1] += f" {word[:cut]}-"
            lines.append(word[cut:])
        elif data.draw(st.booleans()):
            lines.append(word)
        else:
            lines[-1] += f" {word}"
    known = known_words([[line.strip() for line in lines if line.strip()], words])
    assert join_lines([line.strip() for line in lines if line.strip()], known) == " ".join(words)


@pytest.fixture(scope="module")
def short(tmp_path_factory):
    """The bytes of a report of two pages, and a place to write damaged ones to."""
    path = tmp_path_factory.mktemp("short") / "short.pdf"
    make_report(path, 2)
    return path.read_bytes(), path


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=8))
@settings(max_examples=50)
def test_damaged_bytes_are_read_or_refused(short, changes):
    """Whatever bytes of a file are changed, there are blocks or an error that says what is wrong, nothing else."""
    data, path = bytearray(short[0]), short[1]
    for place, byte in changes:
        data[int(place * (len(data) - 1))] = byte
    path.write_bytes(data)
    with suppress(InputError):
        assert len(read(path, LIMITS).pages) > 0


def test_the_report_has_what_makes_it_hard(made):
    """The made report is of 100 pages and holds cut words and ligatures, or the tests above would show nothing."""
    document = pdfium.PdfDocument(made[0])
    text = "".join(document[n].get_textpage().get_text_range() for n in range(5))
    assert len(document) == 100 and text.count("\ufffe") > 50
    assert "ﬁ" in ligated("final") and pdfmetrics.getFont(BODY).face.charToGlyph[ord("ﬁ")]
