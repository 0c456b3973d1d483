"""Turns of transcripts: who speaks, in which role, in which part; and documents that are no transcripts."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from transcript_cases import OTHERS, TRANSCRIPTS

from checker.ingest.blocks import Block, BlockKind, Extract, Turn
from checker.ingest.transcripts import mark_turns

KINDS: dict[str, BlockKind] = {"# ": "heading", "- ": "item", "| ": "row"}
WORDS = st.sampled_from(["we", "sold", "more", "tiles", "than", "last", "year", "as", "demand", "was", "firm", "rose"])
SPEECH = st.lists(WORDS, min_size=3, max_size=30).map(lambda words: " ".join(words).capitalize() + ".")
LAYOUTS = ("{name}: {speech}", "{upper}: {speech}", "{name}:\n{speech}", "{name} -- {title}\n{speech}")
CAST = (("Operator", ""), ("Wren Abbot", "Chief Executive Officer"), ("Sol Whitby", "Dune Research -- Analyst"))


def extract(text: str, **more: object) -> Extract:
    lines = [" ".join(line.split()) for line in text.strip().splitlines()]
    blocks = [Block(kind=KINDS.get(x[:2], "paragraph"), text=x[2:] if x[:2] in KINDS else x) for x in lines if x]
    return Extract(format="text", blocks=blocks, **more)  # type: ignore[arg-type]


def turns(marked: Extract) -> list[list[str]]:
    """Speaker, role, part's first letter and first words of each turn."""
    spoken = [(b.turn, b.text) for b in marked.blocks if b.turn]
    starts = [0, *(i for i, (a, b) in enumerate(pairwise(spoken), 1) if a[0] != b[0])]
    return (
        [[str(t.speaker), str(t.role), str(t.part)[0], text] for t, text in (spoken[i] for i in starts)]
        if spoken
        else []
    )


@pytest.mark.parametrize("name", TRANSCRIPTS)
def test_every_turn_has_its_speaker_role_and_part(name):
    """In each publisher's layout and each language, every turn is found, with who speaks, for whom, in which part."""
    text, expected = TRANSCRIPTS[name]
    wanted = [line.strip().split(" | ") for line in expected.strip().splitlines()]
    found = turns(mark_turns(extract(text)))
    assert [turn[:3] for turn in found] == [turn[:3] for turn in wanted]
    assert [turn[3][: len(w[3])] for turn, w in zip(found, wanted, strict=True)] == [w[3] for w in wanted]


@pytest.mark.parametrize("name", OTHERS)
def test_what_only_looks_like_a_transcript_is_left_alone(name):
    """Labels, lives of board members, quarters, lists, notices and the like come back as the same object."""
    document = extract(OTHERS[name])
    assert mark_turns(document) is document


@pytest.mark.parametrize("name", TRANSCRIPTS)
def test_a_page_of_talk_does_not_make_a_report_a_transcript(name):
    """A report that prints an interview or a call among much else is no transcript."""
    report = "\n# More\n".join(f"Our plant number {n} saved water and paid its staff on time. " * 40 for n in range(60))
    document = extract(f"# Report\n{report}\n{TRANSCRIPTS[name][0]}\n# Outlook\n{report}")
    assert mark_turns(document) is document


@pytest.mark.parametrize("name", TRANSCRIPTS)
def test_nothing_but_labels_is_taken_off(name):
    """Whatever is missing from the text afterwards is a label: no more of it than the speakers' lines hold."""
    document = extract(TRANSCRIPTS[name][0])
    marked = mark_turns(document)
    left = iter("".join(block.text for block in marked.blocks).replace(" ", ""))
    kept = next(left, "")
    missing = []
    for character in "".join(block.text for block in document.blocks).replace(" ", ""):
        if character == kept:
            kept = next(left, "")
        else:
            missing.append(character)
    assert kept == ""
    assert len(missing) <= 60 * len(turns(marked))


def call(layout: str, speeches: list[list[str]]) -> str:
    """A call whose operator, manager and analyst say the given paragraphs in turn."""
    openings = (
        "Good day and welcome. I turn the call over to Wren Abbot.", "Thank you.",
        "Our first question comes from Sol Whitby with Dune Research.", "Thanks. How is demand?", "I think it is firm.",
    )  # fmt: skip
    who = (0, 1, 0, 2, 1)
    lines = []
    for opening, person, more in zip(openings, who, speeches, strict=True):
        name, title = CAST[person]
        line = layout.format(name=name, upper=name.upper(), title=title, speech=opening)
        lines += [line.replace(" -- \n", "\n"), *more]
    return "\n".join(lines)


@settings(max_examples=40)
@given(st.sampled_from(LAYOUTS), st.lists(st.lists(SPEECH, max_size=4), min_size=5, max_size=5))
def test_more_paragraphs_of_speech_change_no_role_and_lose_no_character(layout, speeches):
    """A turn may be of any length: every paragraph keeps its speaker, role and part, and its text to the letter."""
    bare = turns(mark_turns(extract(call(layout, [[]] * 5))))
    marked = mark_turns(extract(call(layout, speeches)))
    assert [turn[1:3] for turn in turns(marked)] == [turn[1:3] for turn in bare]
    spoken = [block.text for block in marked.blocks if block.turn]
    openings = [turn[3] for turn in bare]
    assert spoken == [text for opening, more in zip(openings, speeches, strict=True) for text in (opening, *more)]


@settings(max_examples=50)
@given(
    st.lists(st.sampled_from(["Note: ", "Jane Roe", "Q1: ", "A: ", "问：", "[2] ", "(CEO)", " -- ", "x. ", "Operator"]))
)
def test_any_text_is_read_without_an_error(pieces):
    """Whatever stands in blocks, and in whatever order, is marked or left alone."""
    document = extract("".join(pieces) + "\n" + "\n".join(pieces))
    assert sum(len(b.text) for b in mark_turns(document).blocks) <= sum(len(b.text) for b in document.blocks)


def spoken(speaker: str, text: str) -> Block:
    return Block(kind="paragraph", text=text, turn=Turn(speaker=speaker))


def test_turns_that_the_reader_knew_get_roles_and_parts():
    """Where a file says who speaks, only role and part are filled in; participants and a publisher's line are aside."""
    document = Extract(
        format="json",
        blocks=[
            spoken(
                "Operator", "Welcome. I now introduce Wren Abbot. There will be a question-and-answer session later."
            ),
            spoken("Wren Abbot", "Thank you. With me is Gus Ferreira, our finance chief."),
            spoken("Operator", "The first question is from Sol Whitby with Dune."),
            spoken("Sol Whitby", "Why did costs rise?"),
            spoken("Gus Ferreira", "Wages rose."),
            spoken("Ida Krause", "Energy, too."),
            spoken("Duration: 61 minutes", "All rights reserved."),
            Block(kind="item", text="Ida Krause--Executive Vice President"),
        ],
    )
    marked = mark_turns(document)
    assert [b.text for b in marked.blocks] == [b.text for b in document.blocks]
    assert [(b.turn.role, b.turn.part[0]) if b.turn else b.kind for b in marked.blocks] == [
        ("operator", "p"), ("management", "p"), ("operator", "q"), ("analyst", "q"), ("management", "q"),
        ("management", "q"), "furniture", "furniture",
    ]  # fmt: skip


def test_who_is_unnamed_and_speaks_after_the_operator_asks():
    """An unknown speaker whose question the operator has announced asks it; another one's side stays unknown."""
    document = Extract(
        format="json",
        blocks=[
            spoken("Operator", "Welcome. I now turn the call over to Wren Abbot."),
            spoken("Wren Abbot", "Thank you. Sales rose."),
            spoken("Operator", "The first question is from Sol Whitby with Dune."),
            spoken("Sol Whitby", "Why did costs rise?"),
            spoken("Wren Abbot", "Wages rose."),
            spoken("Operator", "Our next question comes from the line of Ida Krause with Mole Research."),
            spoken("Unknown speaker", "It is for Ida. Will margins hold?"),
            spoken("Wren Abbot", "They will."),
            spoken("Unknown speaker", "And next year, too."),
        ],
    )
    roles = [block.turn.role for block in mark_turns(document).blocks]
    assert roles[6:] == ["analyst", "management", None]


def test_what_the_reader_says_of_a_turn_is_kept():
    """A role or a part that the file itself gives is not guessed anew."""
    told = Turn(speaker="Sol Whitby", role="management", part="prepared remarks")
    document = Extract(
        format="json",
        blocks=[
            spoken("Operator", "Your next question is from Sol Whitby."),
            Block(kind="paragraph", text="Why?", turn=told),
        ],
    )
    assert mark_turns(document).blocks[1].turn == told


def test_speakers_of_unknown_role_are_named_in_a_warning():
    """Nobody gets a role for nothing: a speaker without one has none, and a warning says who."""
    marked = mark_turns(
        extract(
            "Speaker 1: Hello and thank you.\nSpeaker 2: Hello to you.\nSpeaker 1: Good.\nSpeaker 2: Thanks.",
            warnings=["old"],
        )
    )
    assert {block.turn.role for block in marked.blocks if block.turn} == {None}
    assert marked.warnings == ["old", "role of 2 speakers not known: Speaker 1, Speaker 2"]


def test_lists_labels_and_the_publishers_notices_become_furniture():
    """Participants, labels of their own and what follows the last word are kept, but as furniture that nobody speaks."""
    marked = mark_turns(extract(TRANSCRIPTS["numbered, a line each"][0]))
    aside = [block.text for block in marked.blocks if block.kind == "furniture"]
    assert "Nordlicht Corp - IR Contact" in aside
    assert "Operator [1]" in aside
    assert aside[-1].startswith("PRELIMINARY TRANSCRIPT")
    assert not [block for block in marked.blocks if block.turn and block.kind == "furniture"]


def test_a_block_that_is_cut_keeps_its_pages():
    """The parts of a block begin on the page where they stand, and go on where they did."""
    question, answer = "问：公司会分红吗？", "答：会的，明年开始分红。"
    block = Block(kind="paragraph", text=question + answer, page=3, breaks=[(4, 4), (len(question) + 5, 5)])
    marked = mark_turns(Extract(format="pdf", blocks=[block]))
    assert [(b.text, b.page, b.breaks) for b in marked.blocks] == [
        ("公司会分红吗？", 3, [(2, 4)]),
        ("会的，明年开始分红。", 4, [(3, 5)]),
    ]


def test_a_row_of_minutes_is_cut_into_questions_and_answers():
    """Minutes in a table: what is asked and answered in a cell becomes paragraphs, the form around it stays rows."""
    text = "| 证券代码 | 600001\n| 主要内容 | 1、产能如何？答：保持稳定。2、会扩产吗？答：暂无计划。"
    marked = mark_turns(extract(text))
    assert [(b.kind, b.text, b.turn.role if b.turn else None) for b in marked.blocks] == [
        ("row", "证券代码 | 600001", None), ("row", "主要内容 |", None),
        ("paragraph", "1、产能如何？", "analyst"), ("paragraph", "保持稳定。", "management"),
        ("paragraph", "2、会扩产吗？", "analyst"), ("paragraph", "暂无计划。", "management"),
    ]  # fmt: skip


def test_an_extract_without_blocks_comes_back():
    """Nothing to mark is no error."""
    empty = Extract(format="text", blocks=[])
    assert mark_turns(empty) is empty


def test_a_document_of_names_costs_little():
    """Thousands of labels of different speakers, or of one line, are weighed in time and make no transcript."""
    names = [f"{a}{b} Roe" for a in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for b in "aeiouyklmnrst" for _ in range(3)]
    document = extract("\n".join(f"{name}n: thank you, I think so." for name in names * 3))
    mark_turns(document)
    long = extract("Ab Roe: I see. " * 8_000)
    assert sum(len(block.text) for block in mark_turns(long).blocks) > 100_000
