"""Markdown: the text that it renders to, in blocks, without its marks."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.errors import InputError
from checker.ingest.blocks import Limits
from checker.ingest.markdown import blocks_of, read


def extract(tmp_path, text, **limits):
    path = tmp_path / "a.md"
    path.write_text(text, encoding="utf-8")
    return read(path, Limits(**limits))


def shown(text):
    return [(b.kind, b.level, b.marker, b.text) for b in blocks_of(text)]


def test_headings_paragraphs_and_inline_marks():
    """Both ways to write headings; emphasis, links, code and escapes leave their words, pictures and struck text nothing."""
    text = (
        "# Policy {#top}\n\nWe pay a **living** _wage_, see [our site](http://a.b 't') and <http://c.d>\n"
        "with `code`, \\*stars\\*, &amp; more ![a picture](x.png).  \nNew line ~~not said~~ <b>now</b>.\n\n"
        "Scope\n-----\n\n**Our aims**\n\n**Really:**\n\n### Deeper ###\n"
    )
    assert shown(text) == [
        ("heading", 1, "", "Policy"),
        ("paragraph", 0, "", "We pay a living wage, see our site and http://c.d with code, *stars*, & more . New line now."),
        ("heading", 2, "", "Scope"), ("heading", 6, "", "Our aims"), ("paragraph", 0, "", "Really:"),
        ("heading", 3, "", "Deeper"),
    ]  # fmt: skip


def test_nested_lists_have_markers_and_levels():
    """Bullets and numbers, nested, with a second paragraph in an entry and a box that is ticked."""
    text = "3. We ask.\n   - Them.\n\n     All of them.\n   - Others.\n4) We act.\n\n* [x] It is done.\n"
    assert shown(text) == [
        ("item", 1, "3.", "We ask."), ("item", 2, "-", "Them."), ("item", 2, "", "All of them."),
        ("item", 2, "-", "Others."), ("item", 1, "4)", "We act."), ("item", 1, "•", "It is done."),
    ]  # fmt: skip


def test_tables_quotes_and_footnotes():
    """Rows with their cells, quoted paragraphs as paragraphs, footnotes with the label that calls them."""
    text = "> We were told\n> that all is well.\n\n| Year | Share |\n|---|--:|\n| 2024 | 12 % |\n| | |\n\nSo it is.[^a]\n\n[^a]: In Peru.\n"
    assert shown(text) == [
        ("paragraph", 0, "", "We were told that all is well."), ("row", 0, "", "Year | Share"),
        ("row", 0, "", "2024 | 12 %"), ("paragraph", 0, "", "So it is."), ("footnote", 0, "a", "In Peru."),
    ]  # fmt: skip


def test_lines_of_chinese_are_joined_without_a_space():
    """A line break in a paragraph is a space, but not where the script has none."""
    assert [b.text for b in blocks_of("我们承诺\n减少排放。\n\nWe will\ncut.\n")] == [
        "我们承诺减少排放。",
        "We will cut.",
    ]


def test_code_and_html_are_left_out_with_a_warning(tmp_path):
    """What is no prose is not read, and the reader is told; comments and bare tags are not worth a word."""
    text = "We pay.\n\n```\nx = 1\n```\n\n    indented\n\n<div>\n<p>In HTML.</p>\n</div>\n\n<!-- note -->\n\n<br>\n\nAll of us.\n"
    found = extract(tmp_path, text)
    assert [b.text for b in found.blocks] == ["We pay.", "All of us."]
    assert found.warnings == ["blocks of code left out: 2", "blocks of HTML left out: 1"]


@pytest.mark.parametrize(
    ("front", "facts"),
    [
        ("---\ntitle: 'Water: a policy'\ndate: 2024-05-31\nlang: en-GB\nauthor: Acme plc\n---\n", ("Water: a policy", "2024-05-31", "en-GB", "Acme plc")),
        ("---\ntitle: Water\ndate: 2024-05-31T10:00:00Z\nauthors:\n- name: Acme\n- Beta\n...\n", ("Water", "2024-05-31", None, "Acme, Beta")),
        ('+++\ntitle = "Water"\ndate = 2024-05-31\nlanguage = "DE"\n+++\n', ("Water", "2024-05-31", "de", None)),
        ("---\ntitle: [a, b]\ndate: 31.5.2024\nlang: English please\n---\n", (None, None, None, None)),
    ],
)  # fmt: skip
def test_front_matter_states_facts(tmp_path, front, facts):
    """Title, date, language and author in YAML or TOML; what cannot be one of them is none."""
    found = extract(tmp_path, front + "\nWe save water.\n")
    assert (found.title, found.date, found.lang, found.author) == facts
    assert [b.text for b in found.blocks] == ["We save water."]


def test_a_rule_is_no_front_matter(tmp_path):
    """A line of hyphens at the top may just be a rule."""
    found = extract(tmp_path, "---\nWe save water.\n\n---\n\nMore.\n")
    assert [b.text for b in found.blocks][-1] == "More."
    assert "We save water." in [b.text for b in found.blocks]


def test_errors_say_what_is_wrong(tmp_path):
    """A file without prose, and one that is too long, are an InputError."""
    with pytest.raises(InputError, match="holds no text"):
        extract(tmp_path, "```\ncode\n```\n")
    with pytest.raises(InputError, match="more than 5 characters"):
        extract(tmp_path, "We save water.", characters=5)


@pytest.mark.parametrize(
    "text", ["<!--" * 5000, "[" * 5000, "> " * 2000 + "a", "*a " * 5000, "- " * 3000, "`" * 9999, "<a " * 5000]
)
def test_hostile_markup_takes_little_time(text):
    """Marks that never close do not take the time of the square of their number."""
    start = time.process_time()
    blocks_of(text)
    assert time.process_time() - start < 1.5


def test_a_bomb_of_aliases_in_front_matter_does_no_harm(tmp_path):
    """References in YAML are not multiplied."""
    bomb = "---\na: &a [x, x]\n" + "".join(
        f"{c}: &{c} [{', '.join(['*' + p] * 9)}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert extract(tmp_path, bomb + "title: *i\n---\nWe pay.\n").title is None


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.from_regex(r"[a-z]{1,9}( [a-zäöé]{1,9}){2,8}\.", fullmatch=True), min_size=1, max_size=6))
def test_every_paragraph_comes_back(tmp_path, paragraphs):
    """Prose without marks is its own rendering."""
    assert [b.text for b in extract(tmp_path, "\n\n".join(paragraphs)).blocks] == paragraphs


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="a #*_`[]()<>|-\n>!1.~^:\\&+", max_size=120))
def test_no_markup_crashes_the_reader(tmp_path, text):
    """Any marks give blocks with text in them, or an InputError."""
    try:
        blocks = extract(tmp_path, text).blocks
    except InputError:
        return
    assert all(b.text.strip() for b in blocks)
