"""Word documents: what a reader of the page sees comes out as blocks, what it does not show stays out."""

from __future__ import annotations

import datetime
import zipfile

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.errors import InputError
from checker.ingest.blocks import Limits
from checker.ingest.docx import read
from checker.ingest.tidy import tidy

NAMESPACES = nsdecls("w", "r") + (
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


@pytest.fixture
def document():
    return docx.Document()


@pytest.fixture
def blocks(document, tmp_path):
    def of(**limits):
        path = tmp_path / "made.docx"
        document.save(path)
        return read(path, Limits(**limits)).blocks

    return of


def insert(document, xml):
    """Raw elements at the end of the body."""
    root = parse_xml(f"<w:body {NAMESPACES}>{xml}</w:body>")
    for element in list(root):
        document.element.body.insert_element_before(element, "w:sectPr")


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(content, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def shown(blocks):
    return [(b.kind, b.level, b.marker, b.text) for b in blocks]


def texts(blocks):
    return [b.text for b in blocks]


def test_headings_lists_and_tables_keep_their_order(document, blocks):
    """Headings with their levels, entries with marker and nesting, rows with their cells, in the order of the page."""
    document.add_heading("Policy", 0)
    document.add_heading("Scope", 1)
    document.add_paragraph("It holds for all suppliers.")
    document.add_paragraph("No forced labour.", style="List Bullet")
    document.add_paragraph("Not by anybody.", style="List Bullet 2")
    document.add_paragraph("We ask.", style="List Number")
    document.add_paragraph("We check.", style="List Number")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ["Year", "Share", "2024", "12 %"], strict=True):
        cell.text = text
    document.add_paragraph("Table 1: shares", style="Caption")
    assert shown(blocks()) == [
        ("heading", 1, "", "Policy"), ("heading", 1, "", "Scope"), ("paragraph", 0, "", "It holds for all suppliers."),
        ("item", 1, "•", "No forced labour."), ("item", 1, "•", "Not by anybody."), ("item", 1, "1.", "We ask."),
        ("item", 1, "2.", "We check."), ("row", 0, "", "Year | Share"), ("row", 0, "", "2024 | 12 %"),
        ("caption", 0, "", "Table 1: shares"),
    ]  # fmt: skip


def add_list(document, levels, starts=()):
    """A list with levels of (form, pattern) under the id 78; under 79 the same list, begun anew at other numbers."""
    numbering = document.part.numbering_part.element
    xml = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (form, text) in enumerate(levels)
    )
    again = "".join(
        f'<w:lvlOverride w:ilvl="{i}"><w:startOverride w:val="{n}"/></w:lvlOverride>' for i, n in enumerate(starts)
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{xml}</w:abstractNum>'))
    for number, overrides in [(78, ""), (79, again)]:
        inner = f'<w:abstractNumId w:val="77"/>{overrides}'
        numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}">{inner}</w:num>'))


def entry(text, level=0, number=78):
    return paragraph(run(text), f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def test_numbers_of_nested_lists_are_counted_as_word_counts(document, blocks):
    """Deeper levels start anew below each entry, and show the numbers above them; a list may begin at another number."""
    add_list(document, [("decimal", "%1."), ("decimal", "%1.%2"), ("lowerRoman", "(%3)")], starts=[7])
    entries = [("We pay.", 0), ("We pay all.", 1), ("We pay soon.", 1), ("Within days.", 2), ("We hire.", 0)]
    insert(document, "".join(entry(text, level) for text, level in entries) + entry("We hire all.", 1))
    insert(document, entry("We train.", 0, 79) + entry("We teach.", 0, 79))
    assert [(b.marker, b.level) for b in blocks()] == [
        ("1.", 1), ("1.1", 2), ("1.2", 2), ("(i)", 3), ("2.", 1), ("2.1", 2), ("7.", 1), ("8.", 1)
    ]  # fmt: skip


def test_numbered_titles_are_headings_as_if_their_numbers_were_typed(document, blocks):
    """A short numbered paragraph that stands alone heads what follows it."""
    add_list(document, [("decimal", "%1.")])
    insert(
        document, entry("Purpose") + paragraph(run("It holds for all.")) + entry("Scope") + paragraph(run("All of us."))
    )
    assert [(b.kind, b.text) for b in blocks()] == [
        ("heading", "1. Purpose"), ("paragraph", "It holds for all."), ("heading", "2. Scope"), ("paragraph", "All of us.")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("Überschrift 2", 2),
        ("Titre 3", 3),
        ("标题 1", 1),
        ("見出し 2", 2),
        ("Título 1", 1),
        ("标题", 1),
        ("Untertitel", 2),
    ],
)
def test_headings_are_told_by_their_names_in_other_languages(document, blocks, name, level):
    """Programs other than Word name the styles of headings in the language of their user."""
    document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("Goals", style=name)
    document.add_paragraph("We set goals.")
    assert shown(blocks())[0] == ("heading", level, "", "Goals")


def test_outline_levels_make_headings_and_unmake_them(document, blocks):
    """What a paragraph says of its place in the outline holds more than its style."""
    insert(document, paragraph(run("Water"), '<w:outlineLvl w:val="2"/>'))
    document.styles.add_style("heading 1 plain", WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("Waste", style="heading 1 plain")
    body = document.add_paragraph("no heading", style="heading 1 plain")
    body.paragraph_format.element.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="9"/>'))
    assert shown(blocks()) == [
        ("heading", 3, "", "Water"),
        ("heading", 1, "", "Waste"),
        ("paragraph", 0, "", "no heading"),
    ]


def test_a_style_based_on_a_heading_is_one_and_prose_in_it_is_none(document, blocks):
    """Styles inherit; a whole paragraph in the style of a heading stays a paragraph."""
    document.styles.add_style("House head", WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles["Heading 2"]
    document.add_paragraph("Energy", style="House head")
    prose = "We will use electricity from renewable sources only at every site of ours by the end of 2030."
    document.add_paragraph(prose, style="House head")
    assert shown(blocks()) == [("heading", 2, "", "Energy"), ("paragraph", 0, "", prose)]


def test_bold_lines_are_headings_by_their_look(document, blocks):
    """Short bold lines head what follows, also numbered ones and those with a colon; what leads in a list does not."""
    for text, bold in [("Our promise", True), ("We pay a living wage.", False), ("2. Pay", True), ("We pay on time.", False),
                       ("Rights:", True), ("You may object.", False), ("We commit to:", True)]:  # fmt: skip
        document.add_paragraph().add_run(text).bold = bold
    document.add_paragraph("paying on time", style="List Bullet")
    assert [(b.kind, b.text) for b in blocks()] == [
        ("heading", "Our promise"), ("paragraph", "We pay a living wage."), ("heading", "2. Pay"),
        ("paragraph", "We pay on time."), ("heading", "Rights:"), ("paragraph", "You may object."),
        ("paragraph", "We commit to:"), ("item", "paying on time"),
    ]  # fmt: skip


def test_split_runs_breaks_and_soft_hyphens(document, blocks):
    """A paragraph is one line of text, however many runs, line breaks, tabs and hyphenation points are in it."""
    p = document.add_paragraph("We pay ")
    p.add_run("a liv")
    p.add_run("ing wage").bold = True
    p.add_run().add_break()
    p.add_run("to every\u00adbody\tin our supply")
    insert(
        document, paragraph("<w:r><w:t>well</w:t><w:noBreakHyphen/><w:t>be</w:t><w:softHyphen/><w:t>ing</w:t></w:r>")
    )
    assert texts(blocks()) == ["We pay a living wage to everybody in our supply", "well-being"]


def test_tracked_changes_are_read_as_accepted(document, blocks):
    """Inserted and moved-in text is kept, deleted and moved-out text is not, and a deleted end joins two paragraphs."""
    insert(
        document,
        paragraph(
            run("We ")
            + f'<w:del w:id="1"><w:r><w:delText>never </w:delText></w:r></w:del><w:ins w:id="2">{run("always ")}</w:ins>'
            + f'<w:moveFrom w:id="3">{run("once ")}</w:moveFrom><w:moveTo w:id="4">{run("fully ")}</w:moveTo>{run("pay")}',
            '<w:rPr><w:del w:id="5"/></w:rPr>',
        )
        + paragraph(run("on time."))
        + "<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc>"
        + f"{paragraph(run('a'))}</w:tc><w:tc>{paragraph(run('b'))}</w:tc></w:tr><w:tr><w:trPr><w:del w:id='6'/></w:trPr>"
        + f"<w:tc>{paragraph(run('gone'))}</w:tc><w:tc>{paragraph(run('too'))}</w:tc></w:tr></w:tbl>",
    )
    assert texts(blocks()) == ["We always fully pay on time.", "a | b"]


def test_hidden_and_struck_text_and_comments_are_left_out(document, blocks):
    """What a reader does not see, what was struck out, and what was said about the text is no part of it."""
    p = document.add_paragraph("We pay. ")
    p.add_run("secretly").font.hidden = True
    p.add_run("late").font.strike = True
    document.add_comment(p.runs, text="Is that so?", author="A")
    assert texts(blocks()) == ["We pay."]


def test_fields_show_their_result(document, blocks):
    """Instructions of fields stay out, nested ones too; their results are text, also of simple fields."""

    def mark(kind):
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    inner = mark("begin") + "<w:r><w:instrText>X</w:instrText></w:r>" + mark("separate") + run("inner") + mark("end")
    insert(
        document,
        paragraph(
            run("See ")
            + mark("begin") + "<w:r><w:instrText>HYPERLINK </w:instrText></w:r>" + inner + mark("separate")
            + run("our site") + mark("end")
            + f'<w:fldSimple w:instr="DATE">{run(" of May")}</w:fldSimple>'
            + f'<w:hyperlink r:id="rId1">{run(" here")}</w:hyperlink>' + mark("end") + run(".")
        )
        + paragraph(mark("begin") + run("swallowed")) + paragraph(run("not swallowed")),
    )  # fmt: skip
    assert texts(blocks()) == ["See our site of May here.", "not swallowed"]


def test_content_controls_boxes_formulas_and_readings(document, blocks):
    """Controls are read, their placeholders not; a box written twice is read once; the reading of a character is not."""
    box = f"<w:txbxContent>{paragraph(run('In the box.'))}</w:txbxContent>"
    insert(
        document,
        f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph(run('Filled in.'))}</w:sdtContent></w:sdt>"
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{paragraph(run('Click here'))}</w:sdtContent></w:sdt>"
        + paragraph(
            "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
            + box + "</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>" + box
            + "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
            + f"<w:sdt><w:sdtContent>{run('Anchor')}</w:sdtContent></w:sdt>"
            + f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('[date]')}</w:sdtContent></w:sdt>"
            + "<m:oMath><m:r><m:t> x=2</m:t></m:r></m:oMath>"
            + f"<w:r><w:ruby><w:rt>{run('かん')}</w:rt><w:rubyBase>{run('漢')}</w:rubyBase></w:ruby></w:r>"
        ),
    )  # fmt: skip
    assert texts(blocks()) == ["Filled in.", "Anchor x=2漢", "In the box."]


def test_symbols_of_the_symbol_font_that_change_a_figure(document, blocks):
    """Signs such as "at least" are kept; pictures of other fonts are not."""
    insert(
        document,
        paragraph(
            '<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t> 40 %</w:t><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
        ),
    )
    assert texts(blocks()) == ["≥ 40 %"]


def test_merged_cells_count_once_and_layout_tables_are_paragraphs(document, blocks):
    """Cells merged across and down appear where they begin; a table of one column, or of prose, only lays out text."""
    table = document.add_table(3, 3)
    for i, cell in enumerate(table._cells):
        cell.text = str(i)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "wide"
    table.cell(1, 2).merge(table.cell(2, 2)).text = "high"
    table._tbl.tr_lst[2].tc_lst[-1].p_lst[0].append(parse_xml(f"<w:r {nsdecls('w')}><w:t>old</w:t></w:r>"))
    box = document.add_table(2, 1)
    box.cell(0, 0).text = "A framed statement."
    box.cell(1, 0).text = "Another one."
    assert [(b.kind, b.text) for b in blocks()] == [
        ("row", "wide | 2"), ("row", "3 | 4 | high"), ("row", "6 | 7"),
        ("paragraph", "A framed statement."), ("paragraph", "Another one."),
    ]  # fmt: skip


def test_headers_footers_and_contents_are_furniture(document, blocks):
    """What runs on every page is set aside, each text once, and so is a table of contents."""
    document.sections[0].header.paragraphs[0].text = "Acme plc"
    document.sections[0].footer.paragraphs[0].text = "Page 1"
    document.add_section().header.is_linked_to_previous = False
    document.sections[1].header.paragraphs[0].text = "Acme plc"
    contents = paragraph(run("1 Scope 3"), '<w:pStyle w:val="Heading1"/>')
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    insert(document, f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{contents}</w:sdtContent></w:sdt>")
    document.styles.add_style("toc 2", WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("2 Aims 4", style="toc 2")
    document.add_paragraph("We pay.")
    assert [(b.kind, b.text) for b in blocks()] == [
        ("furniture", "Acme plc"), ("furniture", "1 Scope 3"), ("furniture", "2 Aims 4"), ("paragraph", "We pay."),
        ("furniture", "Page 1"),
    ]  # fmt: skip


def add_notes(document, kind, notes):
    content = "".join(f'<w:{kind} w:id="{i}">{paragraph(run(text))}</w:{kind}>' for i, text in notes.items())
    blob = f"<w:{kind}s {nsdecls('w')}><w:{kind} w:type='separator' w:id='-1'><w:p/></w:{kind}>{content}</w:{kind}s>"
    name = PackURI(f"/word/{kind}s.xml")
    media = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml"
    part = Part(name, media, blob.encode(), document.part.package)
    document.part.relate_to(part, RT.FOOTNOTES if kind == "footnote" else RT.ENDNOTES)


def test_notes_stand_at_the_end_of_the_section_that_calls_them(document, blocks):
    """Footnotes and endnotes are blocks with their number; the mark that calls them is not in the text."""
    add_notes(document, "footnote", {5: "Except in Peru.", 6: "Since 2020.", 7: "Never called."})
    add_notes(document, "endnote", {2: "See annex."})
    insert(
        document,
        paragraph(run("We pay.") + '<w:r><w:footnoteReference w:id="6"/></w:r>' + run(" We do."))
        + paragraph(run("All of us.") + '<w:r><w:footnoteReference w:id="5"/></w:r>')
        + paragraph(run("Next"), '<w:pStyle w:val="Heading1"/>')
        + paragraph(run("More.") + '<w:r><w:endnoteReference w:id="2"/></w:r>'),
    )
    assert shown(blocks()) == [
        ("paragraph", 0, "", "We pay. We do."), ("paragraph", 0, "", "All of us."),
        ("footnote", 0, "1", "Since 2020."), ("footnote", 0, "2", "Except in Peru."),
        ("heading", 1, "", "Next"), ("paragraph", 0, "", "More."), ("footnote", 0, "1", "See annex."),
    ]  # fmt: skip


def test_what_the_file_says_of_itself(document, tmp_path):
    """Title, date of the last change, language and author; what python-docx puts into every file is not believed."""
    document.add_paragraph("We pay.")
    path = tmp_path / "a.docx"
    document.save(path)
    made = read(path, Limits())
    assert (made.title, made.date, made.author, made.lang) == (None, None, None, None)
    core = document.core_properties
    core.title, core.author, core.language = "Supplier policy", "Acme plc", "en-GB"
    core.created, core.modified = datetime.datetime(2021, 5, 6), datetime.datetime(2023, 1, 2)
    document.save(path)
    said = read(path, Limits())
    assert (said.format, said.title, said.date, said.lang, said.author) == (
        "docx", "Supplier policy", "2023-01-02", "en-GB", "Acme plc"
    )  # fmt: skip
    assert all(b.page is None for b in said.blocks)


def test_documents_with_macros_are_read(document, tmp_path):
    """A .docm or .dotx is the same document under another content type."""
    document.add_paragraph("We pay.")
    document.save(tmp_path / "a.docx")
    plain, macro = "openxmlformats-officedocument.wordprocessingml.document", "ms-word.document.macroEnabled"
    with zipfile.ZipFile(tmp_path / "a.docx") as old, zipfile.ZipFile(tmp_path / "a.docm", "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "[Content_Types].xml":
                data = data.replace(f"{plain}.main".encode(), f"{macro}.main".encode())
            new.writestr(name, data)
    assert texts(read(tmp_path / "a.docm", Limits()).blocks) == ["We pay."]


def test_errors_say_what_is_wrong(document, blocks, tmp_path):
    """Empty, too large, damaged and foreign files are an InputError in one line, never an empty result."""
    with pytest.raises(InputError, match="holds no text"):
        blocks()
    document.add_paragraph("We pay a living wage.")
    with pytest.raises(InputError, match="more than 5 characters"):
        blocks(characters=5)
    cut = tmp_path / "cut.docx"
    cut.write_bytes((tmp_path / "made.docx").read_bytes()[:3000])
    with pytest.raises(InputError, match="damaged") as caught:
        read(cut, Limits())
    assert "\n" not in str(caught.value)
    broken = tmp_path / "broken.docx"
    with zipfile.ZipFile(tmp_path / "made.docx") as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name)[:200] if name == "word/document.xml" else old.read(name))
    with pytest.raises(InputError, match="cannot be read as a Word document"):
        read(broken, Limits())


def test_deep_nesting_is_bounded(document, blocks):
    """Tables within tables end in an error, not in a crash."""
    inner = paragraph(run("deep"))
    for _ in range(60):
        inner = f"<w:tbl><w:tr><w:tc>{inner}<w:p/></w:tc></w:tr></w:tbl>"
    insert(document, inner)
    with pytest.raises(InputError, match="more than 40 deep"):
        blocks()


LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn"))


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(LETTERS, min_size=1, max_size=60), min_size=1, max_size=8))
def test_every_text_comes_back(tmp_path, written):
    """Whatever is written into paragraphs is in the blocks, in order, but for spaces and characters without meaning."""
    document = docx.Document()
    for text in written:
        document.add_paragraph(text)
    document.add_paragraph("The end.")
    document.save(tmp_path / "any.docx")
    found = "".join(b.marker + b.text for b in read(tmp_path / "any.docx", Limits()).blocks)
    assert "".join(found.split()) == "".join("".join(map(tidy, [*written, "The end."])).split())
