"""Tables of texts: a paragraph a row, with what the other columns say of it; calls as JSON."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.errors import InputError
from checker.ingest.blocks import Block, Limits, Turn
from checker.ingest.tables import as_date, read
from checker.ingest.tables.columns import guess
from checker.ingest.tidy import tidy
from checker.ingest.transcripts import mark_turns


@pytest.fixture
def extract(tmp_path):
    def of(content, name="a.csv", columns=None, **limits):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read(path, Limits(**limits), columns)

    return of


def lines(*objects):
    return "".join(json.dumps(o, ensure_ascii=False) + "\n" for o in objects)


def texts(extract):
    return [b.text for b in extract.blocks]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_rows_become_paragraphs_with_their_fields(extract, delimiter, encoding):
    """Every delimiter and encoding that programs write, line breaks and quotation marks in cells."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(["company", "source", "date", "text", "url"])
    writer.writerow(
        [
            "Acme; Co, | Ltd",
            "policy",
            "2024-05-31",
            'We pay a "living" wage,\nin all; countries.\n\nWe do.',
            "https://a.b",
        ]
    )
    writer.writerow(["Beta", "press", "2024", "We pay | less.", ""])
    first = {"company": "Acme; Co, | Ltd", "source": "policy", "date": "2024-05-31", "url": "https://a.b"}
    assert extract(out.getvalue().encode(encoding)).blocks == [
        Block(kind="paragraph", text='We pay a "living" wage, in all; countries.', fields=first),
        Block(kind="paragraph", text="We do.", fields=first),
        Block(kind="paragraph", text="We pay | less.", fields={"company": "Beta", "source": "press", "date": "2024"}),
    ]


def test_speakers_pages_sections_and_languages(extract):
    """Who speaks becomes a turn, a title its side; a heading stands where the section or the document changes."""
    found = extract(
        lines(
            {
                "text": "We pay.",
                "speaker": "Jane Doe",
                "role": "Chief Executive Officer",
                "page": 3,
                "section": "Pay",
                "lang": "EN",
            },
            {
                "text": "We do.",
                "speaker": "Al Roe",
                "role": "analyst",
                "page": "4.0",
                "section": "Pay",
                "lang": "zh_CN",
            },
            {"text": "They pay.", "speaker": "", "role": "reference", "page": "p. 5", "section": ""},
            {"text": "Later.", "document": "Policy 2024", "section": None},
        ),
        "a.jsonl",
    )
    assert found.blocks == [
        Block(kind="heading", text="Pay", level=1),
        Block(kind="paragraph", text="We pay.", page=3, lang="en", turn=Turn(speaker="Jane Doe", role="management")),
        Block(kind="paragraph", text="We do.", page=4, lang="zh-CN", turn=Turn(speaker="Al Roe", role="analyst")),
        Block(kind="heading", text="(no section)", level=1),
        Block(kind="paragraph", text="They pay.", page=5, fields={"role": "reference"}),
        Block(kind="heading", text="Policy 2024", level=1),
        Block(kind="paragraph", text="Later.", fields={"document": "Policy 2024"}),
    ]
    assert found.warnings == []
    assert found.format == "jsonl"


@pytest.mark.parametrize(
    ("names", "known"),
    [
        (["ID", "Quote", "Firm", "Published"], {"text": "Quote", "company": "Firm", "date": "Published"}),
        (["发言人", "内容", "公司名称", "日期"], {"text": "内容", "speaker": "发言人", "company": "公司名称", "date": "日期"}),
        (["Aussage", "Unternehmen", "Seite"], {"text": "Aussage", "company": "Unternehmen", "page": "Seite"}),
        (["speaker.name", "speaker.title", "content"], {"text": "content", "speaker": "speaker.name", "role": "speaker.title"}),
        (["speakerName", "sentence_text", "text"], {"text": "text", "speaker": "speakerName"}),
        (["name", "title", "text"], {"text": "text", "speaker": "name", "role": "title"}),
        (["title", "text"], {"text": "text", "document": "title"}),
        (["text", "content"], {"text": "text"}),
        (["id", "text", "source", "added", "created"], {"text": "text"}),
        (["a", "b"], {}),
    ],
)  # fmt: skip
def test_columns_are_guessed_by_their_names(names, known):
    """The usual names in several languages and ways of writing; what a column holds is not looked at."""
    assert guess(names) == known


def test_guesses_are_said_and_yield_to_what_the_user_says(extract):
    """A warning names what was guessed; --column names any column, and the others are still guessed."""
    table = "Satz,Firma,Note\nWir zahlen.,Acme,We pay.\n"
    guessed = extract(table)
    assert texts(guessed) == ["Wir zahlen."]
    assert guessed.warnings == [
        "columns guessed: text from 'Satz', company from 'Firma'; if that is wrong, say --column text=NAME and the like"
    ]
    told = extract(table, columns={"text": "Note", "document": "Satz"})
    assert told.blocks[-1] == Block(
        kind="paragraph", text="We pay.", fields={"company": "Acme", "document": "Wir zahlen."}
    )
    assert told.warnings == [
        "columns guessed: company from 'Firma'; if that is wrong, say --column text=NAME and the like"
    ]


@pytest.mark.parametrize(
    ("content", "name", "columns", "why"),
    [
        ("a,b\n1,2\n", "a.csv", None, "which column holds the text.*'a', 'b'.*--column text=NAME"),
        ("a,b\n1,2\n", "a.csv", {"text": "c"}, "--column text=c: the file has the columns 'a', 'b'"),
        ("a,b\n1,2\n", "a.csv", {"txt": "a"}, "there is no 'txt'"),
        ("text,text\n1,2\n", "a.csv", None, "2 columns named 'text'"),
        ("text,page\nWe pay,,\n", "a.csv", None, "csv:2: 3 cells, but the header has 2"),
        ('text,page\n"We\npay.",1\n\nWe do, too,2\n', "a.csv", None, "csv:5: 3 cells"),
        ('text,page\nWe pay,1\n"We do,2\n', "a.csv", None, "csv:3: not CSV"),
        ("text,page\n ,1\n", "a.csv", None, "no row has a text"),
        ("text,page\n", "a.csv", None, "no row has a text"),
        (lines({"text": "We pay."}) + "[1]\n", "a.jsonl", None, "jsonl:2: expected one JSON object"),
        (lines({"text": "We pay."}) + "{\n", "a.jsonl", None, "jsonl:2: not JSON"),
        (lines({"text": "We pay."}, {"text": {"a": 1}}), "a.jsonl", None, "no row|text"),
        (lines({"text": "We pay."}, {"text": 5}), "a.jsonl", None, "jsonl:2: 'text' is no text but int"),
        (lines({"text": "We pay.", "company": "x" * 1001}), "a.jsonl", None, "company of more than 1,000"),
        ('{"a": [{"b": 1}]}', "a.json", None, "no list of objects with a text.*it holds: 'a'"),
        ('{"a": [1', "a.json", None, "not JSON.*whole"),
        ('[{"text": "We pay."}, 5]', "a.json", None, "entry 2 of its list is no object"),
        ("[" * 5000, "a.json", None, "not JSON"),
    ],
)  # fmt: skip
def test_errors_name_line_and_remedy(extract, content, name, columns, why):
    """What is no sound table is an InputError that says where and how to go on."""
    if why == "no row|text":
        assert texts(extract(content, name)) == ["We pay."]
        return
    with pytest.raises(InputError, match=why):
        extract(content, name, columns)


def test_limits_hold_for_text_and_file(extract):
    """Long cells are read up to the limits, and no further."""
    long = "text\n" + "word " * 60_000 + "\n"
    assert len(texts(extract(long))[0]) == 299_999
    with pytest.raises(InputError, match="more than 1,000 characters"):
        extract(long, characters=1_000)
    with pytest.raises(InputError, match="more than 5 characters"):
        extract(lines({"text": "We pay all."}), "a.jsonl", characters=5)
    with pytest.raises(InputError, match="larger than 9 bytes"):
        extract(long, bytes=9)
    assert csv.field_size_limit() == 131_072


def test_what_is_not_understood_is_counted_in_warnings(extract):
    """Dates, pages and languages that cannot be told are left out, and an example is named."""
    found = extract("text,date,page,lang\nWe pay.,3/4/2024,iv,English\nWe do.,soon,,\n,,,\n,2024,,\n")
    assert found.blocks == [Block(kind="paragraph", text="We pay."), Block(kind="paragraph", text="We do.")]
    assert found.warnings == [
        "rows without a text: 1",
        "date not understood in 2 rows, such as '3/4/2024'; write it as 2024-05-31",
        "page not understood in 1 rows, such as 'iv'; write it as a number",
        "lang not understood in 1 rows, such as 'English'; write it as a code such as en",
    ]


@pytest.mark.parametrize(
    ("text", "date"),
    [("2024-05-31", "2024-05-31"), ("2024-5", "2024-05"), ("2024", "2024"), ("20240531", "2024-05-31"), ("2024/05/31", "2024-05-31"),
     ("2024-05-31T10:00:00Z", "2024-05-31"), ("2024年5月31日", "2024-05-31"), ("31.05.2024", "2024-05-31"), ("5/31/2024", "2024-05-31"),
     ("31/5/2024", "2024-05-31"), ("3/3/2024", "2024-03-03"), ("3/4/2024", None), ("2024-13-01", None), ("2023-02-29", None),
     ("May 31, 2024", "2024-05-31"), ("31. Mai 2024", "2024-05-31"), ("soon", None), ("", None), ("99", None)],
)  # fmt: skip
def test_dates(text, date):
    """Dates as tables hold them; what could be one of two days is none."""
    assert as_date(text) == date


def test_a_source_that_is_an_address_is_one(extract):
    """A column of links is often called source."""
    assert extract("text,source\nWe pay.,https://a.b/c\n").blocks[0].fields == {"url": "https://a.b/c"}


def test_a_separator_may_be_declared_and_a_table_may_have_one_column(extract):
    """The first line that Excel understands; texts with commas and no quotation marks, one a line."""
    assert texts(extract("sep=;\ntext;page\nWe pay, all;1\n")) == ["We pay, all"]
    assert texts(extract("text\nWe pay, all of us.\nWe do; too.\n")) == ["We pay, all of us.", "We do; too."]


CALL = {
    "title": "Acme Q1 2024 earnings call", "date": "2024-05-02", "company": "Acme",
    "prepared_remarks": [
        {"speaker": "Operator", "speech": "Welcome to the call."},
        {"speaker": "Jane Doe", "speech": "Thank you. We grew by 5%.\n\nWe pay our debts."},
    ],
    "q_and_a": [{"speaker": "Al Roe", "speech": "Why so little?"}, {"speaker": "Jane Doe", "speech": "We hire more slowly."}],
    "participants": ["Jane Doe--Chief Executive Officer", "Al Roe--Example Bank -- Analyst"],
    "tags": [{"text": "no turn"}],
}  # fmt: skip


def test_a_call_as_json_has_turns_parts_and_participants(extract):
    """The lists of turns are found and told apart, what stands beside them is known, and participants tell the roles."""
    found = extract(json.dumps(CALL), "call.json")
    assert (found.format, found.title, found.date) == ("json", CALL["title"], "2024-05-02")
    spoken = [(b.turn.speaker, b.turn.part, b.text) for b in found.blocks if b.turn]
    assert spoken == [
        ("Operator", "prepared remarks", "Welcome to the call."), ("Jane Doe", "prepared remarks", "Thank you. We grew by 5%."),
        ("Jane Doe", "prepared remarks", "We pay our debts."), ("Al Roe", "questions and answers", "Why so little?"),
        ("Jane Doe", "questions and answers", "We hire more slowly."),
    ]  # fmt: skip
    assert all(b.fields == {"company": "Acme"} for b in found.blocks if b.turn)
    roles = [b.turn.role for b in mark_turns(found).blocks if b.turn]
    assert roles == ["operator", "management", "management", "analyst", "management"]


@pytest.mark.parametrize(
    "value",
    [
        [{"text": "We pay."}, {"text": "We do."}],
        {"data": {"rows": [{"text": "We pay."}, {"text": "We do."}]}},
        {"text": "We pay. We do.", "segments": [{"id": 1, "text": "We pay."}, {"id": 2, "text": "We do."}]},
        {"text": "We pay.\n\nWe do."},
        {"text": ["We pay.", "We do."]},
    ],
)
@pytest.mark.parametrize("indent", [None, 1])
def test_one_json_value_may_hold_the_rows(extract, value, indent):
    """A list of objects, at the top or in an object; or one object that is the only row."""
    assert texts(extract(json.dumps(value, indent=indent), "a.json")) == ["We pay.", "We do."]


def test_a_cell_may_hold_a_whole_document_with_its_pages(extract):
    """As programs for OCR write: Markdown for headings and tables, page by page, a sentence over the page's end."""
    prose = "We check each of our suppliers once a year and publish what we find. " * 20
    pages = [
        f"# Report\n\n{prose}\n\nWe pay a living wage to everybody who works",
        "in our plants, **also in Peru**.\n\n## Water\n\n| Year | Use |\n|---|---|\n| 2024 | 12 % |\n",
        f"{prose}\n- We save water.\n- We save power.\n" + "\n" * 20 + prose * 3,
    ]
    spans, position = [], 0
    for number, page in enumerate(pages, 1):
        spans.append([position, position + len(page), number])
        position += len(page)
    found = extract(lines({"text": "".join(pages), "attributes": {"pdf_page_numbers": spans}}), "a.jsonl")
    assert [(b.kind, b.page, b.level, b.text[:40]) for b in found.blocks] == [
        ("heading", 1, 1, "Report"), ("paragraph", 1, 0, prose[:40]), ("paragraph", 1, 0, "We pay a living wage to everybody who wo"),
        ("heading", 2, 2, "Water"), ("row", 2, 0, "Year | Use"), ("row", 2, 0, "2024 | 12 %"), ("paragraph", 3, 0, prose[:40]),
        ("item", 3, 1, "We save water."), ("item", 3, 1, "We save power."), ("paragraph", 3, 0, prose[:40]),
    ]  # fmt: skip
    whole = found.blocks[2]
    assert whole.text.endswith("works in our plants, also in Peru.")
    assert whole.breaks == [(whole.text.index("in our"), 2)]
    spans[1][0] += 1  # pages that do not cover the text are not believed
    unsure = extract(lines({"text": "".join(pages), "attributes": {"pdf_page_numbers": spans}}), "a.jsonl")
    assert {b.page for b in unsure.blocks} == {None}


LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"))
ROWS = st.lists(st.text(LETTERS, min_size=1, max_size=60), min_size=1, max_size=8)


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS, st.sampled_from(",;\t|"), st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]), st.booleans())
def test_every_cell_comes_back(extract, written, delimiter, quoting, as_json):
    """Whatever stands in the cells of a text column is in the blocks, in order."""
    rows = [*written, "The end."]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting)
    writer.writerows([["page", "text"], *([str(i), text] for i, text in enumerate(rows, 1))])
    content = lines(*({"page": i, "text": text} for i, text in enumerate(rows, 1))) if as_json else out.getvalue()
    found = extract(content, "a.jsonl" if as_json else "a.csv")
    assert [(b.page, b.text) for b in found.blocks] == [(i, tidy(t)) for i, t in enumerate(rows, 1) if tidy(t)]
