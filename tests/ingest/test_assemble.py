"""Blocks to statements: every statement is found again in the extracted text, with its place and its context."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from checker.ingest.assemble import as_statements, cut, lay_out, page_at, sift
from checker.ingest.blocks import Block, Turn
from checker.ingest.documents import Facts

FACTS = Facts(company="Acme", source="policy", document="Policy", date="2024", lang="en")
PAY = "We pay every supplier within thirty days."
AUDIT = "An auditor checks this at every site once a year."
WATER = "Our plants draw no water from protected areas."


def paragraph(text, **more):
    return Block(kind="paragraph", text=text, **more)


def statements(*blocks, tables=False):
    return list(as_statements(sift(cut(blocks, "en"), "en", tables), FACTS, {"file": "p.pdf"}))


def test_a_statement_knows_its_place():
    """Characters of the extracted text, page, paragraph, section, and what stands around it."""
    blocks = [Block(kind="heading", text="Suppliers", level=1, page=3), paragraph(f"{PAY} {AUDIT}", page=3)]
    first, second = statements(*blocks)
    text, _ = lay_out(blocks)
    assert [text[s.start : s.end] for s in (first, second)] == [PAY, AUDIT]
    assert (first.page, first.paragraph, first.section, first.before, first.after) == (3, 2, "Suppliers", None, AUDIT)
    assert (second.before, second.after, second.meta) == (PAY, None, {"file": "p.pdf"})


def test_a_paragraph_over_two_pages():
    """A sentence is on the page on which it begins."""
    block = paragraph(f"{PAY} {AUDIT}", page=3, breaks=[(len(PAY), 4)])
    assert [s.page for s in statements(block)] == [3, 4]
    assert page_at(block, 0) == 3


def test_list_entries_keep_their_lead_in():
    """ "We commit to:" is the context of each entry, and no statement itself."""
    found = statements(
        paragraph("By 2030 we commit to:"),
        Block(kind="item", text="pay every supplier within thirty days;", marker="•"),
        Block(kind="item", text="draw no water from protected areas.", marker="•"),
    )
    assert [s.before for s in found] == ["By 2030 we commit to:"] * 2
    assert {s.meta["block"] for s in found} == {"item"}


def test_a_lead_in_holds_for_a_page():
    """Two pages on, an entry is none of the list any more: a label there is a fragment, with nothing over it."""
    found = [
        statements(
            paragraph("By 2030 we commit to:", page=1), Block(kind="item", text="water, paper and crews", page=page)
        )
        for page in (2, 3)
    ]
    assert [[s.before for s in statements] for statements in found] == [["By 2030 we commit to:"], []]


def test_other_headings_on_the_page_of_the_contents():
    """Entries of the contents stay such below another heading on their page, and sentences there stay statements."""
    entry = "18 We Care for a Quiet Harbour"
    blocks = [Block(kind="heading", text=text, level=1, page=2) for text in ("Table of contents", "About us")]
    assert [s.text for s in statements(*blocks, paragraph(entry, page=2), paragraph(PAY, page=2))] == [PAY]
    assert [s.text for s in statements(*blocks, paragraph(entry, page=3))] == [entry]


def test_context_stops_at_a_heading_and_passes_over_tables():
    """The sentence before is of the same section; rows and furniture between are no context."""
    found = statements(
        paragraph(PAY), Block(kind="furniture", text="Acme 2024"), Block(kind="row", text="2023 | 4"), paragraph(AUDIT),
        Block(kind="heading", text="Water", level=1), paragraph(WATER),
    )  # fmt: skip
    assert [(s.text, s.before, s.after) for s in found] == [(PAY, None, AUDIT), (AUDIT, PAY, None), (WATER, None, None)]


def test_repeats_keep_their_places():
    """What a document says twice is one statement, which knows where it is said again."""
    (found,) = statements(paragraph(PAY, page=1), paragraph(PAY.replace("We", "we"), page=9))
    assert found.meta["also"] == [{"page": 9, "paragraph": 2, "start": len(PAY) + 2, "end": 2 * len(PAY) + 2}]


def test_it_may_be_two_things():
    """The same words about another antecedent are no repeat."""
    found = statements(
        paragraph(f"{PAY} This applies to every site we have."),
        paragraph(f"{WATER} This applies to every site we have."),
    )
    assert [s.before for s in found if s.text.startswith("This")] == [PAY, WATER]


def test_two_voices_are_not_one():
    """An analyst who repeats the company's words does not take them from it."""
    turns = Turn(speaker="A", role="analyst"), Turn(speaker="B", role="management")
    found = statements(*(paragraph(PAY, turn=t) for t in turns))
    assert [s.role for s in found] == ["analyst", "management"]


def test_tables_are_kept_only_where_asked_and_marked():
    row = Block(kind="row", text="Suppliers paid within thirty days | 98 % | 97 %")
    assert statements(row, paragraph(PAY))[0].text == PAY
    assert statements(row, paragraph(PAY), tables=True)[0].meta["block"] == "row"


def test_fields_of_a_row_of_texts():
    """A table of texts tells company, date and document row by row."""
    block = paragraph(PAY, fields={"company": "Other AG", "date": "2020", "document": "Speech"})
    (found,) = statements(block)
    assert (found.company, found.date, found.document, found.source) == ("Other AG", "2020", "Speech", "policy")


KINDS = st.sampled_from(["heading", "paragraph", "item", "row", "footnote", "caption", "furniture"])
WORDS = st.sampled_from(
    [PAY, AUDIT, WATER, "It applies to all.", "我们在三十天内付款。", "See page 4", "No. 3", "A|b", "…"]
)
BLOCKS = st.lists(
    st.builds(
        lambda kind, parts, page: Block(kind=kind, text=" ".join(parts), page=page),
        KINDS, st.lists(WORDS, min_size=1, max_size=4), st.one_of(st.none(), st.integers(1, 9)),
    ), min_size=1, max_size=12,
)  # fmt: skip


@settings(max_examples=50)
@given(BLOCKS)
def test_nothing_is_lost_and_every_quote_is_verified(blocks):
    """Each sentence is text[start:end]; each is a statement or set aside for a reason; order is kept."""
    text, _ = lay_out(blocks)
    sentences = sift(cut(blocks, "en"), "en", False)
    assert all(text[s.start : s.end] == s.text for s in sentences)
    assert [s.start for s in sentences] == sorted(s.start for s in sentences)
    found = list(as_statements(sentences, FACTS, {}))
    assert len(found) + sum(bool(s.dropped) for s in sentences) == len(sentences)
    covered = "".join(s.text for s in sentences)
    assert sorted(covered.replace(" ", "")) == sorted("".join(b.text for b in blocks).replace(" ", ""))
