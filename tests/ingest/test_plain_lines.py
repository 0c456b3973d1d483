"""Text laid out in lines to blocks: wrapped and unwrapped paragraphs, lists, headings, tables, pages."""

from __future__ import annotations

import re
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.ingest.plain.lines import blocks_of
from checker.ingest.tidy import join, join_lines, tidy, vocabulary

LONG = "We expect every supplier to pay wages that meet at least the legal minimum in the country of work. " * 4


def short(text: str) -> list[tuple[str, str]]:
    """Blocks as kind, level and marker, and text."""
    return [
        (re.sub(r"\s+", " ", f"{b.kind} {b.level or ''} {b.marker}").strip(), b.text)
        for b in blocks_of(textwrap.dedent(text))
    ]


def test_hard_wrapped_text():
    """Lines of a paragraph are joined; headings and entries are found; an entry goes on in its next line."""
    assert short("""\
        Supplier Code of Conduct

        We expect every supplier to pay wages that meet at least the legal minimum
        in the country of work. Suppliers must not use forced labour.

        Our commitments:
        - We audit every tier-one supplier once a year and publish the results on
          our website.
        - We train buyers.

        1. Scope
        2. Duties

        Contact: compliance@example.com
        """) == [
        ("heading 3", "Supplier Code of Conduct"),
        ("paragraph", "We expect every supplier to pay wages that meet at least the legal minimum in the country of work. Suppliers must not use forced labour."),
        ("paragraph", "Our commitments:"),
        ("item 1 -", "We audit every tier-one supplier once a year and publish the results on our website."),
        ("item 1 -", "We train buyers."),
        ("item 1 1.", "Scope"),
        ("item 1 2.", "Duties"),
        ("paragraph", "Contact: compliance@example.com"),
    ]  # fmt: skip


def test_a_paragraph_a_line():
    """Text that nobody wrapped: each line is a paragraph, with or without blank lines between."""
    first, second = LONG.strip(), "A second paragraph follows. It is short."
    assert short(f"{first}\n{second}\nWhat we do\n{first}\n") == [
        ("paragraph", first), ("paragraph", second), ("heading 3", "What we do"), ("paragraph", first),
    ]  # fmt: skip
    assert short(f"{first}\n\n{second}\n") == [("paragraph", first), ("paragraph", second)]


def test_short_lines_are_not_joined():
    """Lines that are all short are a list, not a paragraph of a narrow column."""
    assert [b.text for b in blocks_of("Apples and pears\nPlums and cherries\nGrapes\n")] == [
        "Apples and pears", "Plums and cherries", "Grapes",
    ]  # fmt: skip


def test_a_short_line_ends_its_paragraph():
    """Where the first word of the next line would have fitted, the line was meant to end."""
    assert short("""\
        The provision is recalculated according to the actual data, and it includes
        the provision for claims outstanding.
        Deferred costs of contracts with fixed premiums are generally amortised over
        the contract period.
        Distribution: agents, brokers, direct response, worksite marketing, financial
        institutions
        Marketed in: Canada
        """) == [
        ("paragraph", "The provision is recalculated according to the actual data, and it includes the provision for claims outstanding."),
        ("paragraph", "Deferred costs of contracts with fixed premiums are generally amortised over the contract period."),
        ("paragraph", "Distribution: agents, brokers, direct response, worksite marketing, financial institutions"),
        ("paragraph", "Marketed in: Canada"),
    ]  # fmt: skip


def test_a_first_line_indented():
    """An indented line begins a paragraph if the lines below it begin further left."""
    assert short("""\
           We have published the pay of every grade since 2019, and no other company
        does so in any of the markets in which we sell our products to this very day.
           Women earn 98 cents for every dollar that men earn, and we will close that
        gap by 2024.
        """) == [
        ("paragraph", "We have published the pay of every grade since 2019, and no other company does so in any of the markets in which we sell our products to this very day."),
        ("paragraph", "Women earn 98 cents for every dollar that men earn, and we will close that gap by 2024."),
    ]  # fmt: skip


def test_chinese_lines_are_joined_without_a_space():
    """Chinese and Japanese need no space where a line is broken; numbered lines alone are headings."""
    assert short("""\
        本公司董事会认为，良好的公司治理是企业可持续发展的基础，本公司将不断完善
        治理结构，加强内部控制，并于2022年按照有关法律法规的要求履行信息
        披露义务。

        一、安全生产
        本公司坚持安全第一。
        """) == [
        ("paragraph", "本公司董事会认为，良好的公司治理是企业可持续发展的基础，本公司将不断完善治理结构，加强内部控制，并于2022年按照有关法律法规的要求履行信息披露义务。"),
        ("heading 4", "一、安全生产"),
        ("paragraph", "本公司坚持安全第一。"),
    ]  # fmt: skip


def test_headings():
    """Underlined lines, capitals, items of a form and lines on their own are headings; "Not applicable" is none."""
    assert short("""\
        PART I

        Item 1. Business

        Not applicable

        Item 2. Properties

        Risk factors
        ------------

        We depend on few suppliers.

        Changes in interest rates may significantly affect the profitability of the
        products that we sell

        We may lose money.
        """) == [
        ("heading 1", "PART I"),
        ("heading 1", "Item 1. Business"),
        ("paragraph", "Not applicable"),
        ("heading 1", "Item 2. Properties"),
        ("heading 2", "Risk factors"),
        ("paragraph", "We depend on few suppliers."),
        ("heading 3", "Changes in interest rates may significantly affect the profitability of the products that we sell"),
        ("paragraph", "We may lose money."),
    ]  # fmt: skip


def test_tables_of_fixed_width():
    """Cells are parted by gaps, dot leaders or tabs; labels over two lines are one; rules go; a unit is a caption."""
    assert short("""\
        (in millions)
        <TABLE>
        <CAPTION>
                                             2001        2000
        <S>                                 <C>         <C>
        Premium income ................. $  2,067    $  1,974
        Trust pass-through securities and
        monthly income preferred stock        553         (512)
                                          -------     -------
        Total                               2,620        1,462
        </TABLE>
        """) == [
        ("caption", "(in millions)"),
        ("row", "2001 | 2000"),
        ("row", "Premium income | $2,067 | $1,974"),
        ("row", "Trust pass-through securities and monthly income preferred stock | 553 | (512)"),
        ("row", "Total | 2,620 | 1,462"),
    ]
    assert short("Grade\tPay\nA\t91\nB\t90\n") == [("row", "Grade | Pay"), ("row", "A | 91"), ("row", "B | 90")]


def test_text_beside_an_undeclared_table():
    """A paragraph right above rows stays a paragraph."""
    assert short("""\
        The policy acquisition costs are costs that are directly related to the sale
        of insurance contracts, and they developed as follows in the last two years.
        Balance at January 1                   472           405
        Deferred during the year               161           157
        """) == [
        ("paragraph", "The policy acquisition costs are costs that are directly related to the sale of insurance contracts, and they developed as follows in the last two years."),
        ("row", "Balance at January 1 | 472 | 405"),
        ("row", "Deferred during the year | 161 | 157"),
    ]  # fmt: skip


PAGED = "\f".join(
    f"ACME ANNUAL REPORT 2020\n\n{text}\n\n                    {number}\n"
    for number, text in [
        (7, "We sell anvils in twelve countries, and in each of them we employ people who\nhave worked for"),
        (8, "us for at least ten years.\n\nWe do not sell to the military."),
        (9, "Our plants are in Leeds."),
    ]
)


def test_form_feeds_are_pages():
    """Pages carry the number printed on them; headers and numbers are furniture; cut paragraphs are whole again."""
    blocks = blocks_of(PAGED)
    spoken = [b for b in blocks if b.kind != "furniture"]
    header = "ACME ANNUAL REPORT 2020"
    assert [b.text for b in blocks if b.kind == "furniture"] == [header, "7", header, "8", header, "9"]
    assert [(b.text[:20], b.page) for b in spoken] == [
        ("We sell anvils in tw", 7), ("We do not sell to th", 8), ("Our plants are in Le", 9),
    ]  # fmt: skip
    assert spoken[0].breaks == [(spoken[0].text.index("us for at least"), 8)]


def test_pages_without_numbers_are_counted():
    """Where nothing is printed the position counts; the tag of old filings parts pages as a form feed does."""
    assert [b.page for b in blocks_of("We pay.\n<PAGE>\nWe act.\n<PAGE>\nWe audit.\n")] == [1, 2, 3]
    assert [b.page for b in blocks_of("We pay.\n\nWe act.\n")] == [None, None]


def test_numbers_that_are_no_page_numbers():
    """A year or a lone figure between paragraphs is text."""
    assert [b.text for b in blocks_of("We pay.\n\n2020\n\nWe act.\n\n7\n\nWe audit.\n")] == [
        "We pay.", "2020", "We act.", "7", "We audit.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second", "text", "whole"),
    [
        ("the short-", "term notes", "a short-term loan", "the short-term notes"),
        ("the infor-", "mation", "information matters", "the information"),
        ("the over-", "time pay", "over time, overtime is paid", "the overtime pay"),
        ("loss carry-", "forwards", "to carry losses; forwards and futures", "loss carry-forwards"),
        ("state-of-the-", "art plants", "", "state-of-the-art plants"),
        ("the Anglo-", "Dutch group", "", "the Anglo-Dutch group"),
        ("from 10 -", "20 percent", "", "from 10 - 20 percent"),
        ("于", "2022年", "", "于2022年"),
        ("we", "pay", "", "we pay"),
    ],
)
def test_joining_lines(first, second, text, whole):
    """A hyphen at the end of a line stays where the document writes the word with one, and goes where it does not."""
    assert join(first, second, vocabulary([text])) == whole


def test_tidy_text():
    """One line, single spaces; ligatures, soft hyphens, control, private-use and zero-width characters are gone."""
    assert tidy("\x93It\x92s \x80 5\x94 \x85\x81") == "“It’s € 5” …"
    assert tidy(" e\u0301\u00a0ﬁne\u00adst\u200b \x07x\ue001\u3000y\n") == "é finest x y"


@settings(max_examples=50)
@given(st.lists(st.text("ab-é安 .", max_size=8), max_size=8))
def test_joining_many_lines_is_joining_two_and_two(lines):
    """``join_lines`` gives what ``join`` gives step by step, but in linear time."""
    clean, whole = [tidy(line) for line in lines], ""
    for line in clean:
        whole = join(whole, line) if line else whole
    assert join_lines(clean) == whole


@settings(max_examples=50)
@given(st.text("ab1.-|: \t\n\f安•(x)", max_size=120))
def test_any_text_keeps_its_letters(text):
    """Whatever the layout, no letter is lost or doubled, and blocks are single lines without spaces around."""
    blocks = blocks_of(text)
    letters = sorted(c for b in blocks for c in b.marker + b.text if c.isalpha())
    assert letters == sorted(c for c in text if c.isalpha())
    for block in blocks:
        assert block.text == " ".join(block.text.split())
        assert block.text


@pytest.mark.parametrize("text", ["a" + " " * 100_000 + "b\n", "<PAGE>" * 20_000, ". " * 50_000, "(a) " * 50_000])
def test_lines_made_to_be_slow(text):
    """No line takes time that grows with its square."""
    assert len(blocks_of(text * 2)) <= 20_000
