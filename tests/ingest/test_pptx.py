"""Presentations: slides as pages, their shapes in reading order, with the bullets that a viewer shows."""

from __future__ import annotations

import pptx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.util import Inches

from checker.errors import InputError
from checker.ingest.blocks import Limits, Page
from checker.ingest.pptx import read
from checker.ingest.pptx.order import Box, in_order
from checker.ingest.tidy import tidy

TITLE, CONTENT, TITLE_ONLY, BLANK = 0, 1, 5, 6
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
SPACES = (
    f'xmlns:a="{DRAWING}" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
)


@pytest.fixture
def deck():
    return pptx.Presentation()


@pytest.fixture
def extract(deck, tmp_path):
    def of(**limits):
        deck.save(tmp_path / "made.pptx")
        return read(tmp_path / "made.pptx", Limits(**limits))

    return of


def slide(deck, layout=BLANK, title=""):
    added = deck.slides.add_slide(deck.slide_layouts[layout])
    if title:
        added.shapes.title.text = title
    return added


def box(where, text, x, y, width=3.0, height=0.5):
    added = where.shapes.add_textbox(Inches(x), Inches(y), Inches(width), Inches(height))
    added.text_frame.text = text
    return added


def shown(extract):
    return [(b.page, b.kind, b.level, b.marker, b.text) for b in extract.blocks]


def texts(extract):
    return [b.text for b in extract.blocks]


def test_titles_bullets_and_notes(deck, extract):
    """Titles are headings, the paragraphs of a body entries with the bullet of its layout, notes are marked as such."""
    first = slide(deck, TITLE, "Our plan")
    first.placeholders[1].text = "For investors"
    second = slide(deck, CONTENT, "Targets\vfor 2030")
    frame = second.placeholders[1].text_frame
    frame.text = "We halve emissions."
    inner = frame.add_paragraph()
    inner.text, inner.level = "At all sites.", 1
    frame.add_paragraph().text = ""
    second.notes_slide.notes_text_frame.text = "Say it slowly.\nWe mean it."
    found = extract()
    assert shown(found) == [
        (1, "heading", 1, "", "Our plan"), (1, "heading", 2, "", "For investors"),
        (2, "heading", 1, "", "Targets for 2030"), (2, "item", 1, "•", "We halve emissions."),
        (2, "item", 2, "–", "At all sites."), (2, "paragraph", 0, "notes", "Say it slowly."),
        (2, "paragraph", 0, "notes", "We mean it."),
    ]  # fmt: skip
    assert found.format == "pptx"
    assert found.pages[0] == Page(1, "read", len("Our planFor investors"))


def properties(paragraph, xml):
    paragraph._p.get_or_add_pPr().append(parse_xml(f"<a:{xml} {SPACES}/>"))


def test_numbers_of_entries_are_counted(deck, extract):
    """Automatic numbers go on over deeper entries and begin anew after text without a number; a bullet can be off."""
    frame = slide(deck, CONTENT).placeholders[1].text_frame
    for text, bullet, level in [
        ("We cut waste.", 'buAutoNum type="alphaLcParenR"', 0), ("Deeper it goes.", 'buChar char="-"', 1),
        ("We save water.", 'buAutoNum type="alphaLcParenR"', 0), ("Only a text.", "buNone", 0),
        ("We plant trees.", 'buAutoNum type="romanUcPeriod" startAt="4"', 0),
    ]:  # fmt: skip
        paragraph = frame.paragraphs[0] if not frame.text else frame.add_paragraph()
        paragraph.text, paragraph.level = text, level
        properties(paragraph, bullet)
    assert [(b.kind, b.marker, b.text) for b in extract().blocks] == [
        ("item", "a)", "We cut waste."), ("item", "-", "Deeper it goes."), ("item", "b)", "We save water."),
        ("paragraph", "", "Only a text."), ("item", "IV.", "We plant trees."),
    ]  # fmt: skip


def test_columns_are_read_one_after_the_other(deck, extract):
    """A short head stays with the text below it, also where the column beside it begins at the same height."""
    s = slide(deck)
    for args in [("right text", 5, 2.6, 4, 3), ("left text", 0.5, 2.6, 4, 3), ("Right", 5, 2), ("Left", 0.5, 2),
                 ("Across both", 0.5, 0.5, 8)]:  # fmt: skip
        box(s, *args)
    assert texts(extract()) == ["Across both", "Left", "left text", "Right", "right text"]


def test_rows_of_cards_are_read_row_by_row():
    """Where rows stand further apart than columns, rows are read; boxes that overlap come from top to bottom."""
    cards = [Box(x, y, x + 2, y + 1, key) for key, (x, y) in enumerate([(3, 5), (0, 5), (3, 0), (0, 0)])]
    assert in_order(cards) == [3, 2, 1, 0]
    assert in_order([Box(0, 2, 9, 6, 0), Box(1, 1, 8, 5, 1)]) == [1, 0]
    assert in_order([]) == []


def test_tables_groups_and_pictures(deck, extract):
    """Rows with merged cells once, shapes in groups at their place; a table of one column is paragraphs."""
    s = slide(deck, TITLE_ONLY, "Figures")
    table = s.shapes.add_table(2, 3, Inches(1), Inches(4), Inches(6), Inches(1)).table
    for cell, text in zip(table.iter_cells(), ["Year", "Share", "", "2024", "12 %", "yes"], strict=True):
        cell.text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 2).text = "covered"
    group = s.shapes.add_group_shape()
    for text, y in [("lower", 3.0), ("upper", 2.0)]:
        group.shapes.add_textbox(Inches(1), Inches(y), Inches(2), Inches(0.5)).text_frame.text = text
    single = s.shapes.add_table(2, 1, Inches(1), Inches(6), Inches(6), Inches(1)).table
    single.cell(0, 0).text, single.cell(1, 0).text = "We pay.", "We care."
    assert [(b.kind, b.text) for b in extract().blocks] == [
        ("heading", "Figures"), ("paragraph", "upper"), ("paragraph", "lower"), ("row", "Year | Share"),
        ("row", "2024 | 12 % | yes"), ("paragraph", "We pay."), ("paragraph", "We care."),
    ]  # fmt: skip


def test_what_stands_on_every_slide_is_furniture(deck, extract):
    """Slide numbers and short texts of most slides are set aside, what stands on one slide is not."""
    for number in range(1, 5):
        s = slide(deck)
        box(s, f"Statement number {number} of ours.", 1, 1)
        box(s, "Confidential - Acme plc", 1, 6)
        box(s, str(number), 8, 7)
    kinds = {b.text: b.kind for b in extract().blocks}
    assert kinds["Confidential - Acme plc"] == kinds["3"] == "furniture"
    assert kinds["Statement number 3 of ours."] == "paragraph"


def test_footer_placeholders_are_furniture(deck, extract):
    """Placeholders for footer, date and slide number say themselves that they are no text of the slide."""
    s = slide(deck, CONTENT, "Aims")
    for idx, kind, text in [(21, "ftr", "Acme plc"), (22, "sldNum", "7"), (23, "dt", "May 2024")]:
        shape = box(s, text, 1, 7)
        shape.element.nvSpPr.nvPr.append(parse_xml(f'<p:ph {SPACES} type="{kind}" idx="{idx}"/>'))
    assert {b.text: b.kind for b in extract().blocks} == {
        "Aims": "heading", "Acme plc": "furniture", "7": "furniture", "May 2024": "furniture"
    }  # fmt: skip


def test_shapes_written_in_two_ways_are_read_once(deck, extract):
    """A text box with a formula is written for newer and for older programs; python-pptx shows neither."""
    s = slide(deck)
    box(s, "First.", 1, 1)
    element = box(s, "With a formula.", 1, 2).element
    twice = parse_xml(f"<mc:AlternateContent {SPACES}><mc:Choice Requires='a14'/><mc:Fallback/></mc:AlternateContent>")
    element.addprevious(twice)
    twice[0].append(element)
    twice[1].append(parse_xml(b"<p:sp %s/>" % SPACES.encode()))
    assert texts(extract()) == ["First.", "With a formula."]


def test_diagrams_are_read(deck, extract):
    """The texts of a SmartArt diagram, which its slide only refers to."""
    s = slide(deck, TITLE_ONLY, "Steps")
    points = "".join(
        f"<dgm:pt modelId='{i}' type='{kind}'><dgm:prSet {placeholder}/><dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>"
        for i, (kind, placeholder, text) in enumerate(
            [
                ("doc", "", "no"),
                ("node", "", "We ask."),
                ("parTrans", "", "no"),
                ("node", "phldr='1'", "[Text]"),
                ("node", "", "We act."),
            ]
        )
    )
    blob = f"<dgm:dataModel {SPACES}><dgm:ptLst>{points}</dgm:ptLst></dgm:dataModel>".encode()
    name = PackURI("/ppt/diagrams/data1.xml")
    part = Part(name, "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml", s.part.package, blob)
    relation = s.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/diagramData")
    frame = s.shapes.add_table(1, 1, 0, 0, 9, 9)._element
    data = frame.graphic.graphicData
    data.remove(data[0])
    data.set("uri", "http://schemas.openxmlformats.org/drawingml/2006/diagram")
    data.append(parse_xml(f"<dgm:relIds {SPACES} r:dm='{relation}'/>"))
    assert texts(extract()) == ["Steps", "We ask.", "We act."]


def test_hidden_slides_struck_text_and_slides_without_text(deck, extract):
    """Hidden slides are read with a warning, struck text is not; a slide without text says so."""
    run = box(slide(deck), "We pay. ", 1, 1).text_frame.paragraphs[0].add_run()
    run.text = "Late."
    run._r.get_or_add_rPr().set("strike", "sngStrike")
    slide(deck).element.set("show", "0")
    found = extract()
    assert texts(found) == ["We pay."]
    assert [(page.number, page.state) for page in found.pages] == [(1, "read"), (2, "no text")]
    assert "1 of 2 slides are hidden" in found.warnings[0]


def test_what_the_file_says_of_itself(deck, extract):
    """What python-pptx puts into every file is not believed; what somebody wrote is."""
    box(slide(deck), "We pay.", 1, 1)
    found = extract()
    assert (found.title, found.date, found.author) == (None, None, None)
    deck.core_properties.title, deck.core_properties.author = "Strategy 2030", "Acme plc"
    found = extract()
    assert (found.title, found.author) == ("Strategy 2030", "Acme plc")


def test_errors_say_what_is_wrong(deck, extract, tmp_path):
    """No text, too many slides or characters, and damage are an InputError, never an empty result."""
    slide(deck)
    with pytest.raises(InputError, match="holds no text"):
        extract()
    box(slide(deck), "We pay a living wage.", 1, 1)
    with pytest.raises(InputError, match="2 slides, more than the 1"):
        extract(pages=1)
    with pytest.raises(InputError, match="more than 5 characters"):
        extract(characters=5)
    (tmp_path / "cut.pptx").write_bytes((tmp_path / "made.pptx").read_bytes()[:9000])
    with pytest.raises(InputError, match="damaged"):
        read(tmp_path / "cut.pptx", Limits())


LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn"))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(LETTERS, min_size=1, max_size=60), min_size=1, max_size=4))
def test_every_text_comes_back(tmp_path, written):
    """Whatever is written into text boxes below one another is in the blocks, in order."""
    deck = pptx.Presentation()
    s = slide(deck)
    for i, text in enumerate([*written, "The end."]):
        box(s, text, 1, 0.2 + i)
    deck.save(tmp_path / "any.pptx")
    found = "".join(b.marker + b.text for b in read(tmp_path / "any.pptx", Limits()).blocks)
    assert "".join(found.split()) == "".join("".join(map(tidy, [*written, "The end."])).split())
