"""The card that a reviewer reads, against a golden file."""

from __future__ import annotations

import io

import pytest
from conftest import ROOT, statement
from rich.console import Console

from checker.records import Contribution, Finding, Highlights, Probabilities, Span
from checker.reports.terminal import card
from checker.text import plain

FINDING = Finding(
    fingerprint="0123456789abcdef",
    probability=0.93,
    update=0.02,
    signals=[],
    kind="standard",
    severity="high",
    a=statement(
        "The group respects the Universal Declaration of Human Rights, in all places and at all times.",
        source="esg-report", document="First ESG report", date="2019-04-20", page=12, section="Human rights",
    ),
    b=statement(
        "各地区对人权的理解不同,我们尊重每个国家自己的看法。",
        source="investor-call", document="投资者电话会议", date="2019-05-10", lang="zh", speaker="Board Secretary",
    ),
    contributions=[
        Contribution("base rate of candidates", 1.0, -3.0),
        Contribution("judge: contradiction, mean of both ways", 3.1, 4.2),
        Contribution("nearness within the language pair", 2.0, 1.5),
        Contribution("cosine", 0.7, -0.2),
        Contribution("two languages", 1.0, 0.1),
    ],
    judge={"a_to_b": Probabilities(0.01, 0.04, 0.95), "b_to_a": Probabilities(0.02, 0.06, 0.92)},
    cosine=0.71,
    highlights=Highlights(a=[Span(62, 93, 1.0)], b=[]),
    explanation="esg-report against investor-call 20 days apart: the judge gives a contradiction 0.95 read one way and 0.92 the other; the two are +2.0 standard deviations nearer than the company's average en-zh pair.",
    rules=["neighbours"],
)  # fmt: skip


@pytest.mark.parametrize("width", [80, 50])
def test_card_shows_who_said_what_where_and_when(width):
    """Both texts whole, source, document, date, place and speaker, why it is ranked so; wrapped to the width."""
    out = io.StringIO()
    Console(file=out, width=width, highlight=False).print(card(1, FINDING))
    golden = ROOT / "tests" / "golden" / f"card-{width}.txt"
    assert out.getvalue() == golden.read_text("utf-8")


def test_control_characters_are_replaced_one_by_one():
    """The length stays, so that highlights still fit."""
    text = "a\x1b[31mb\u202ec\u200bd\r\n"
    assert len(plain(text)) == len(text)
    assert not set("\x1b\u202e\u200b\r\n") & set(plain(text))
