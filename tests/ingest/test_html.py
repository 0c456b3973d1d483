"""HTML to blocks: pages of very different build against blocks written by hand, encodings, hostile input."""

from __future__ import annotations

import re
import unicodedata

import pytest
import sample_filings
import sample_pages
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.errors import InputError
from checker.ingest.blocks import Block, Limits
from checker.ingest.html import read

PAGES = {
    "press": (sample_pages.PRESS, "utf-8", sample_pages.PRESS_BLOCKS),
    "policy": (sample_pages.POLICY, "utf-8", sample_pages.POLICY_BLOCKS),
    "blog": (sample_pages.BLOG, "utf-8", sample_pages.BLOG_BLOCKS),
    "call": (sample_pages.CALL, "utf-8", sample_pages.CALL_BLOCKS),
    "chinese": (sample_pages.CHINESE, "gb18030", sample_pages.CHINESE_BLOCKS),
    "nineties": (sample_pages.NINETIES, "ascii", sample_pages.NINETIES_BLOCKS),
    "questions": (sample_pages.FAQ, "utf-8", sample_pages.FAQ_BLOCKS),
    "filing": (sample_filings.FILING, "ascii", sample_filings.FILING_BLOCKS),
    "ascii filing": (sample_filings.ASCII_FILING, "ascii", sample_filings.ASCII_BLOCKS),
}


@pytest.fixture
def read_html(tmp_path):
    """Reads HTML given as text or bytes."""

    def make(content, encoding="utf-8", **limits):
        path = tmp_path / "page.html"
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return read(path, Limits(**limits))

    return make


def short(block: Block) -> tuple[str, str]:
    """A block as in the lists of expected ones: its kind with level and marker, and its text."""
    level = block.level if block.kind in ("heading", "item") else ""
    return re.sub(r"\s+", " ", f"{block.kind} {level} {block.marker}").strip(), block.text


def shown(extract) -> list[tuple[str, str]]:
    return [short(b) for b in extract.blocks if b.kind != "furniture"]


@pytest.mark.parametrize("name", PAGES)
def test_pages_become_the_blocks_that_a_reader_sees(name, read_html):
    """Every block of nine pages, in order, with kind, level, marker and text."""
    page, encoding, expected = PAGES[name]
    assert [short(b) for b in read_html(page, encoding).blocks] == expected


def test_facts_that_a_page_states_of_itself(read_html):
    """Title, date, language and publisher come from JSON-LD and meta elements; a person is no publisher."""
    press, blog = read_html(sample_pages.PRESS), read_html(sample_pages.BLOG)
    assert (press.title, press.date) == ("Northwind commits to net zero by 2040", "2023-05-17")
    assert (press.lang, press.author) == ("en", "Northwind Foods plc")
    assert (blog.date, blog.lang, blog.author) == ("2021-11-02", "en", "Fernhill Inc.")
    assert read_html(sample_pages.POLICY).date == "2022-03-01"
    assert read_html(sample_pages.CALL).author is None


def test_facts_of_filings(read_html):
    """Registrant, form and end of the period: from Inline XBRL, else from the cover."""
    filing, old = read_html(sample_filings.FILING), read_html(sample_filings.ASCII_FILING)
    assert (filing.title, filing.date, filing.author) == ("Acme Corp. 10-K 2023-12-31", "2023-12-31", "Acme Corp.")
    assert (old.title, old.date, old.author) == ("DELTA N.V. 20-F 2000-12-31", "2000-12-31", "DELTA N.V.")


@pytest.mark.parametrize(
    ("end", "form", "date"),
    [
        ("31/12/2023", "ixt:date-day-month-year", "2023-12-31"),
        ("02/01/2024", "ixt:date-day-month-year", "2024-01-02"),
        ("02/01/2024", "ixt:date-month-day-year", "2024-02-01"),
        ("2024年3月31日", "ixt:date-year-month-day", "2024-03-31"),
        ("soon", "", None),
    ],
)
def test_dates_of_filings_are_read_as_their_tag_says(end, form, date, read_html):
    """Day and month are told apart by the format that the tag names; what is no date is none."""
    tag = f'<ix:nonNumeric name="dei:DocumentPeriodEndDate" format="{form}">{end}</ix:nonNumeric>'
    assert read_html(f'<html xmlns:ix="x"><body><p>{tag}</p></body></html>').date == date


def test_pages_of_filings_are_the_printed_ones(read_html):
    """Page breaks part pages, footers number them, and a paragraph over two pages says where the second begins."""
    blocks = read_html(sample_filings.FILING).blocks
    cut = next(b for b in blocks if b.text.startswith("Our suppliers"))
    assert cut.page == 2
    assert cut.breaks == [(cut.text.index("year."), 3)]
    assert next(b for b in blocks if b.text == "Net sales were as follows:").page == 3


def test_pages_of_old_filings(read_html):
    """A number on top of each page begins it; a paragraph over two pages is one."""
    blocks = read_html(sample_filings.ASCII_FILING).blocks
    cut = next(b for b in blocks if b.text.startswith("Delta sells"))
    assert (cut.page, cut.breaks) == (1, [(cut.text.index("such companies"), 2)])
    assert blocks[-1].page == 3


def test_a_hyphen_at_the_end_of_a_page_belongs_to_its_word(read_html):
    """HTML does not hyphenate: "touch-" and "screen" are touch-screen."""
    broken = '<hr style="page-break-after:always">'
    page = f"<html xmlns:ix='x'><body><p>The games run on touch-</p>{broken}<p>screen devices.</p></body></html>"
    assert shown(read_html(page)) == [("paragraph", "The games run on touch-screen devices.")]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("<p>Café — 5 %</p>".encode("utf-8-sig"), "Café — 5 %"),
        ("<p>Café — 5 %</p>".encode("utf-16"), "Café — 5 %"),
        ("<meta charset=ascii><p>Café — 5 %</p>".encode(), "Café — 5 %"),
        ("<meta charset=iso-8859-1><p>“Café” – 5 %</p>".encode("cp1252"), "“Café” – 5 %"),
        ("<meta charset=shift_jis><p>安全を①第一に</p>".encode("cp932"), "安全を①第一に"),
        ("<meta charset=iso-2022-jp><p>安全第一</p>".encode("iso-2022-jp"), "安全第一"),
        ("<?xml version='1.0' encoding='euc-kr'?><p>안전 제일</p>".encode("euc-kr"), "안전 제일"),
        (b"<p>It&#146;s &lt;5%&gt; &ldquo;a&rdquo;&#8230;&nbsp;b&shy;c</p>", "It’s <5%> “a”… bc"),
        (b"<p>one\rtwo\r\nthree</p>", "one two three"),
    ],
)
def test_encodings(data, text, read_html):
    """A byte order mark counts first, then what the bytes are, then what the page declares."""
    assert [b.text for b in read_html(data).blocks] == [text]


def test_a_damaged_byte_does_not_spoil_the_rest(read_html):
    """A page of UTF-8 with one bad byte is read as UTF-8, and says so."""
    page = b"<html><body><p>" + "Für alle Lieferanten müssen Löhne höher sein als der übliche Lohn dafür. ".encode() * 3
    extract = read_html(page + b"\xff</p></body></html>")
    assert extract.blocks[0].text.startswith("Für alle Lieferanten müssen")
    assert "1 characters in it are damaged" in extract.warnings[0]


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("<p>by 2040<sup>1</sup> and 10 m<sup>2</sup>, 3<sup>rd</sup></p>", [("paragraph", "by 2040[1] and 10 m², 3rd")]),
        ("<p><sup>1</sup> As of 2023.</p>", [("footnote [1]", "As of 2023.")]),
        ("<p>We <del>never </del>flare gas.</p>", [("paragraph", "We flare gas.")]),
        ("<p><ruby>漢<rt>かん</rt></ruby>字</p>", [("paragraph", "漢字")]),
        ("<p><font face=Wingdings>&#167;</font>We pay.</p>", [("item 1 •", "We pay.")]),
        ("<p>\uf0b7 We pay.</p>", [("item 1 •", "We pay.")]),
        ("<p><span>1.</span><span style='padding-left:9pt'>We pay.</span></p>", [("item 1 1.", "We pay.")]),
        ("<p>J. Doe leads the board.</p>", [("paragraph", "J. Doe leads the board.")]),
        ("<p>A. We pay.</p><p>B. We act.</p>", [("item 1 A.", "We pay."), ("item 1 B.", "We act.")]),
        ("<p>2.5 million people</p>", [("paragraph", "2.5 million people")]),
        ("<div>Alpha<div>Beta</div>Gamma</div>", [("paragraph", "Alpha"), ("paragraph", "Beta"), ("paragraph", "Gamma")]),
        ("<p>Acme Ltd<br>1 High Street<br>Leeds</p>", [("paragraph", t) for t in ("Acme Ltd", "1 High Street", "Leeds")]),
        ("<p>We pay our suppliers in all countries within<br>thirty days.</p>",
         [("paragraph", "We pay our suppliers in all countries within thirty days.")]),
        ("<p><b>Water</b><br>We save it.</p>", [("heading 4", "Water"), ("paragraph", "We save it.")]),
        ("<ol start=3><li>c<li value=7>g<li>h</ol>", [("item 1 3.", "c"), ("item 1 7.", "g"), ("item 1 8.", "h")]),
        ("<ul><li>(a) We pay.</li></ul>", [("item 1 (a)", "We pay.")]),
        ("<li><p>One.</p><p>Two.</p></li>", [("item 1 •", "One."), ("paragraph", "Two.")]),
        ("<textarea>no</textarea><select><option>no</select><p>yes</p>", [("paragraph", "yes")]),
    ],
)  # fmt: skip
def test_inline_and_block_markup(html, blocks, read_html):
    """What markup means for the text: raised numbers, deletions, signs of symbol fonts, line breaks, lists."""
    assert shown(read_html(f"<html><body>{html}</body></html>")) == blocks


def test_a_bullet_list_made_of_a_table(read_html):
    """A bullet in one cell and the text in the next are an entry; layout tables are no tables."""
    rows = "".join(f"<tr><td>•</td><td>{t}</td></tr>" for t in ("We pay.", "We act."))
    layout = "<table><tr><td></td><td>Only text.</td></tr></table>"
    page = f"<html><body><table>{rows}</table>{layout}</body></html>"
    assert shown(read_html(page)) == [("item 1 •", "We pay."), ("item 1 •", "We act."), ("paragraph", "Only text.")]


def test_without_class_names_no_paragraph_is_lost(read_html):
    """Where elements and classes say nothing of their part, the whole text stays, in order."""
    plain = re.sub(r' (class|id|role)="[^"]*"', "", sample_pages.PRESS)
    plain = re.sub(r"<(/?)(nav|header|footer|aside|article|main)\b", r"<\1div", plain)
    texts = [text for kind, text in sample_pages.PRESS_BLOCKS if kind != "furniture"]
    found = [b.text for b in read_html(plain).blocks if b.kind != "furniture"]
    assert [text for text in found if text in texts] == texts


@pytest.mark.parametrize("name", ["social", "cookies", "related", "share"])
def test_sections_named_after_a_topic_are_text(name, read_html):
    """The social part of a report and the cookies part of a policy are text; the widgets with such names are not."""
    text = "We pay a living wage to everyone who works for us, wherever they work, and have done so since 2019. "
    page = f"""<html><body><h1>Report</h1><p>{text * 6}</p><div id="{name}"><h2>Our {name} part</h2><p>{text * 3}</p></div>
    <div class="{name}"><p>{name} this page</p><button>OK</button></div></body></html>"""
    assert [b.kind for b in read_html(page).blocks] == [
        "heading", "paragraph", "heading", "paragraph", "furniture", "furniture",
    ]  # fmt: skip


def test_what_stands_outside_the_article_is_told_by_its_place(read_html):
    """Where no name says so, short blocks outside the element that holds the article are furniture."""
    plain = re.sub(r"<(/?)(nav|footer)\b", r"<\1div", sample_pages.CALL)
    plain = re.sub(r' class="[^"]*"', "", plain)
    assert ("furniture", "More ACME analysis") in [short(b) for b in read_html(plain).blocks]


def test_a_submission_of_several_documents(read_html):
    """Of a submission to the SEC the first document is read, and the extract says that there are others."""
    part = "<DOCUMENT><TYPE>{0}<TEXT><html><body><p>Text of {0}.</p></body></html></TEXT></DOCUMENT>"
    extract = read_html("<SEC-DOCUMENT>" + part.format("10-K") + part.format("EX-21") + "</SEC-DOCUMENT>")
    assert [b.text for b in extract.blocks] == ["Text of 10-K."]
    assert extract.warnings == ["the first of 2 documents in it was read"]


@pytest.mark.parametrize(
    ("html", "limits", "why"),
    [
        ("", {}, "is empty"),
        ("<html><body><script>var a = 1;</script></body></html>", {}, "no text that is shown"),
        ("<html><body>" + "<div>" * 5_000 + "hi", {}, "nested more than 2,000 deep"),
        ("<p>" + "x " * 600, {"characters": 1_000}, "more than 1,000 characters"),
        ("<p>" + "x" * 2_000, {"bytes": 1_000}, "larger than 1,000 bytes"),
    ],
)
def test_what_cannot_be_read_says_why(html, limits, why, read_html):
    """Never an empty result that looks fine: the error names the limit or what is wrong."""
    with pytest.raises(InputError, match=why):
        read_html(html, **limits)


def test_a_missing_file(tmp_path):
    """A file that is not there is an error with its name."""
    with pytest.raises(InputError, match="nowhere.html: cannot be opened"):
        read(tmp_path / "nowhere.html", Limits())


def test_nothing_outside_the_page_is_read(read_html, tmp_path):
    """No entity, frame or image brings in a file."""
    (tmp_path / "secret.txt").write_text("top secret")
    source = (tmp_path / "secret.txt").as_uri()
    page = f"""<!DOCTYPE html [<!ENTITY x SYSTEM "{source}">]><html><body><p>&x; We pay.</p>
    <iframe src="{source}"></iframe><object data="{source}"></object></body></html>"""
    text = " ".join(b.text for b in read_html(page).blocks)
    assert "We pay." in text
    assert "secret" not in text.replace("secret.txt", "")


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 1_900 + "<p>We pay a living wage.</p>" + "</div>" * 1_900,
        "<table><tr><td>" * 400 + "We pay a living wage.",
        "<p>" + "<b>" * 1_900 + "We pay a living wage.",
        "<p>We pay a living wage.<br>" * 5_000,
        '<div class="menu">' * 1_000 + "We pay a living wage.",
    ],
)
def test_deep_and_long_pages(html, read_html):
    """Nesting takes no stack, and no time that grows with its square."""
    assert "We pay a living wage." in read_html("<html><body>" + html).blocks[-1].text


WORDS = st.text("abcé安全 \n", min_size=1, max_size=12)
MARKUP = st.recursive(
    WORDS,
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from(["p", "div", "b", "span", "ul", "li", "table", "tr", "td", "h2", "pre", "sup", "br"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)


@settings(max_examples=50)
@given(markup=MARKUP)
def test_any_markup_gives_clean_blocks_and_keeps_every_letter(tmp_path_factory, markup):
    """No letter of the body is lost or doubled, whatever the nesting; blocks are single lines of clean text."""
    path = tmp_path_factory.mktemp("any") / "page.html"
    path.write_text(f"<html><body><p>start</p>{markup}</body></html>", "utf-8")
    blocks = read(path, Limits()).blocks
    letters = "".join(c for b in blocks for c in b.marker + b.text if c.isalpha())
    plain = "".join(c for c in re.sub(r"<[^>]*>", "", markup) if c.isalpha())
    assert sorted(letters) == sorted("start" + plain)
    for block in blocks:
        assert block.text == " ".join(block.text.split())
        assert not any(unicodedata.category(c)[0] == "C" for c in block.text)


def test_what_libraries_say_is_not_printed(read_html, capfd):
    """Trafilatura and htmldate complain of pages that they cannot use; a reader of such a page is not told twice."""
    read_html("<p>We pay.")
    assert capfd.readouterr().err == ""


def test_reading_twice_gives_the_same(read_html):
    """The same file gives the same blocks and facts."""
    assert read_html(sample_pages.PRESS) == read_html(sample_pages.PRESS)
