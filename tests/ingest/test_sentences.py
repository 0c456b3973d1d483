"""Sentences of reports, filings, calls and policies: how many boundaries are right, and what holds for every text."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.ingest.sentences import split
from checker.ingest.sentences.cuts import LONGEST

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))
from sentences import FOLDER, LANGUAGES, ours, parts, read, score

FLOORS = {"en": 0.98, "zh": 0.99, "de": 0.98}  # F1 of boundaries on all of a sample; 0.99 elsewhere


def cut(text: str, lang: str | None = "en") -> list[str]:
    return [text[start:stop] for start, stop in split(text, lang)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_boundaries_are_found_in_every_language(lang):
    """Of the boundaries that a reader marked, nearly all are found, and hardly any other."""
    rows = read(FOLDER / f"{lang}.jsonl")
    assert score(rows, lang, ours()).f1 >= FLOORS.get(lang, 0.99)
    assert score(parts(rows)[1], lang, ours()).f1 >= 0.96


@pytest.mark.parametrize("lang", LANGUAGES)
def test_language_need_not_be_known(lang):
    """Script and function words tell whose rules hold where no language is given."""
    assert score(read(FOLDER / f"{lang}.jsonl"), "", lambda text, _: cut(text, None)).f1 >= 0.98


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sample_is_sound(lang):
    """The labels are the paragraph's own characters, in order, with nothing but space between them."""
    for line in (FOLDER / f"{lang}.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        position = 0
        for sentence in row["sentences"]:
            at = row["text"].index(sentence, position)
            assert not row["text"][position:at].strip()
            position = at + len(sentence)
        assert position == len(row["text"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sentence_is_not_cut_again(lang):
    """What was found to be one sentence stays one when it is given alone, so that statements are stable."""
    sentences = [s for row in read(FOLDER / f"{lang}.jsonl") for s in cut(row.text, lang)]
    assert [s for s in sentences if cut(s, lang) != [s]] == []


@given(st.data())
@settings(max_examples=50)
def test_two_sentences_joined_are_two(data):
    """Two sound sentences with a space between them are two sentences."""
    sound = [
        "We pay a living wage at all sites.", "Emissions fell by 3.5% in 2023.", "Did the board approve the plan?",
        "Halden Foods Inc. reported net sales of $4.2 billion.", "No. 2 furnace ran all year!", "Nothing is landfilled.",
    ]  # fmt: skip
    first, second = data.draw(st.sampled_from(sound)), data.draw(st.sampled_from(sound))
    assert cut(f"{first} {second}") == [first, second]


WORDS = (
    ". ... ! ? 。 ！ ” “ ( ) （ ） 「 」 • 1 12 A U.S. No a word The Inc 中 文 は です 다 요 ; , ； … * ³ Ⅳ é 😀 ß İ"
)
PIECES = st.sampled_from([*WORDS.split(), '"', " ", "\u00a0", "\u3000", "\n", "\u0301"])


@given(st.lists(PIECES, max_size=60).map("".join), st.sampled_from([None, "xx", *LANGUAGES]))
@settings(max_examples=50)
def test_spans_cover_all_but_space(text, lang):
    """Spans are in order and apart, begin and end with a character, and hold every character that is no space."""
    position = 0
    for start, stop in split(text, lang):
        assert position <= start < stop <= len(text)
        assert not text[position:start].strip()
        assert text[start:stop] == text[start:stop].strip()
        position = stop
    assert not text[position:].strip()


def test_nothing_comes_of_nothing():
    """No text has no sentences."""
    assert split("", "en") == split(" \u00a0 ", "zh") == []


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Write to ir@acme.example or see www.acme.example/a.html. We reply.", 2),
        ("Progress on Scope 1, 2 and 3. Targets follow.", 2),
        ("The U.S. Treasury and Acme Inc. (ACME) agreed on approx. 3.5 m. They signed on Jan. 3, 2020.", 2),
        ("Sales fell.2 We expect growth.", 2),
        ("It guarantees notes of Acme Funding Corp. I as well as those of Acme Funding Corp. II and III.", 1),
        ("It was sold to Acme Inc. A buyer had been sought for years.", 2),
        ("It was sold to Acme Inc. The price was fair.", 2),
        ('"We will pay." That was in May. "Will you?" she asked.', 3),
        ("He joined (as of Jan. 1. His term is two years.) in 2020.", 1),
        ("Payments: (a) salary; (b) bonus; (c) shares.", 1),
    ],
)
def test_what_no_sample_says_twice(text, sentences):
    """Addresses, figures, names, quotations, parentheses and short enumerations, each by itself."""
    assert len(cut(text)) == sentences, cut(text)


def test_company_in_capitals_is_no_abbreviation():
    """ADM is a company and "adm." an admiral; CA a state and "ca." circa."""
    assert len(cut("We believe in the strength of ADM. And we act on it. We met in San Jose, CA. We left.")) == 4
    assert len(cut("It is run by Adm. And Co. now.")) == 1


def test_foreign_paragraph_is_read_as_what_it_is():
    """A paragraph in another language than its document is cut by the rules of its own."""
    assert (
        len(
            cut(
                "Wir zahlen z. B. Miete und ca. 3 Mio. Euro Steuern. Das gilt gem. Abs. 2 auch für die Halden AG.", "en"
            )
        )
        == 2
    )


def test_long_enumeration_is_cut_at_its_entries():
    """Entries of over 400 characters together are statements of their own; their words stay whole."""
    entries = [
        f"({c}) employ workers who are under the age of fifteen or in any way against their free will" for c in "abcdef"
    ]
    text = "The Supplier shall not " + "; ".join(entries[:-1]) + "; or " + entries[-1] + "."
    assert cut(text) == [
        "The Supplier shall not (a)" + entries[0][3:] + ";",
        *[e + ";" for e in entries[1:-1]],
        f"or {entries[-1]}.",
    ]


@pytest.mark.parametrize(
    "unit", ["steel, iron and coal; ", "steel, iron, ", "steel ", "钢铁、煤炭；", "钢铁，", "x", "x;"]
)
def test_no_sentence_is_longer_than_a_thousand_characters(unit):
    """A list run together is cut, at semicolons before commas before spaces, and loses nothing."""
    text = unit * (5_000 // len(unit))
    found = cut(text)
    assert max(map(len, found)) <= LONGEST
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(piece.endswith((";", "；", ",", "，", "l", "x")) for piece in found)


HOSTILE = {
    "dots": ". " * 100_000, "run of dots": "." * 100_000, "no end": "word " * 200_000, "one word": "x" * 1_000_000,
    "initials": "A.B. " * 40_000, "open brackets": "(" * 200_000, "brackets": "a" * 200_000 + "(b. c. )" * 25_000,
    "bullets": "* " * 50_000 + ". a" * 30_000, "spaces": " " * 500_000 + "." + " " * 500_000, "quotes": '."' * 100_000,
    "digits": "1. " * 60_000, "notes": "a.¹" * 60_000, "wide": "我们。”" * 50_000, "corners": "「あ。" * 50_000,
    "semicolons": "(a) b; " * 40_000, "ellipses": "... " * 50_000, "capitals": "A." * 100_000,
}  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_time_is_linear_on_hostile_text(text):
    """A hostile paragraph of up to a million characters takes a second or two at most; none is refused."""
    began = time.process_time()
    assert split(text, "en")
    assert time.process_time() - began < 3
