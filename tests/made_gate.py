"""A made-up result of a gated run: every state, every level, and text that tries to be more than text."""

from __future__ import annotations

from typing import Any

import msgspec

from checker.gate.results import Gated, GateResult, Place
from checker.records import (
    BadLine,
    Contribution,
    Finding,
    Highlights,
    ModelInfo,
    Probabilities,
    Report,
    Run,
    Stage,
    Statement,
)

HOSTILE = (
    "</script><img src=x onerror=alert(1)> | @everyone, see #1 ::error file=a,line=1::50% done\r\n::set-env name=A::b\n"
    "##[error]no ##vso[task.complete] [click](javascript:alert(1)) ![](https://evil.example/x.png) www.evil.example "
    "`code` ]]> {0} \\ *bold* _it_ ~~gone~~ <!-- \x1b[31mred\x07 \u202eover\u200b \ufffe $x$ mail@evil.example"
)


def said(text: str, source: str, date: str | None, **more: Any) -> Statement:
    fields = {"id": text[:10], "company": "Acme", "document": f"The {source}", "date": date, "lang": "en", **more}
    return Statement(text=text, source=source, **fields)


def finding(fingerprint: str, a: Statement, b: Statement, **more: Any) -> Finding:
    fields = {
        "probability": 0.93, "update": 0.02, "kind": "numeric", "severity": "high", "signals": [], "cosine": 0.71,
        "contributions": [Contribution("base rate of candidates", 1.0, -3.0), Contribution("numbers", 1.0, 5.6)],
        "judge": {"a_to_b": Probabilities(0.01, 0.04, 0.95), "b_to_a": Probabilities(0.02, 0.06, 0.92)},
        "highlights": Highlights(), "explanation": f"{a.source} against {b.source}: numbers: 27 % against 31 %.",
        "rules": ["neighbours"], **more,
    }  # fmt: skip
    return Finding(fingerprint=fingerprint, a=a, b=b, **fields)


REPORT = said("Emissions fell by 27 % in 2023.", "esg-report", "2024-03-01", page=12)
CALL = said("We cut emissions by 31 % in 2023.", "investor-call", "2024-05-01", speaker="Chief Executive")
PLAN = said("From 2024 on we report emissions by the market-based method.", "press", "2024-06-01")
ABROAD = said("各地区对人权的理解不同，我们尊重每个国家自己的看法。", "interview", "2024-06-02", lang="zh")
RIGHTS = said("Human rights are the same everywhere.", "policy", "2020", document="Policy.pdf", page=3)
ATTACK = said(HOSTILE, "press|release", None, document="A `title` | @team", company="Evil </b> & Sons, @all: %0A")
MILD = said("We never do this.", "policy", "2021-07", company="Evil </b> & Sons, @all: %0A")

NEW, OLD = "corpora/new.jsonl", "corpora/2024/old statements.jsonl"

GATED = (
    Gated(finding("00000000000000a1", REPORT, CALL, issue="m1"), "new", Place(OLD, 4), Place(NEW, 1), "b", fails=True),
    Gated(
        finding("00000000000000a2", ATTACK, MILD, probability=0.71, severity="medium", kind="conduct"),
        "new", Place("corpora/neu #1 100%,é:|`x`.jsonl", 2), Place(NEW, 3), "both", fails=False,
    ),
    Gated(
        finding("00000000000000a3", RIGHTS, ABROAD, probability=0.55, severity="low", kind="standard"),
        "new", Place("documents/Policy.pdf", 0), Place("-", 7), "b", fails=False, uncertain=True,
    ),
    Gated(
        finding("00000000000000a4", REPORT, PLAN, probability=0.2, update=0.7, kind="update", severity="low",
                issue="m1", claim=CALL),
        "new", Place(OLD, 4), Place(NEW, 5), "b", fails=False, why="accepted until 2024-12-31: in talks with @them",
    ),
    Gated(
        finding("00000000000000b1", CALL, PLAN, kind="negation", probability=0.88), "accepted", Place(NEW, 1),
        Place(NEW, 5), "both", fails=False, why="The call spoke of <b>one</b> site | see @legal\nand #12",
    ),
    Gated(
        finding("00000000000000c1", RIGHTS, CALL, kind="scope", probability=0.6, severity="medium"), "ignored",
        Place("documents/Policy.pdf", 0), Place(NEW, 1), "b", fails=False,
    ),
)  # fmt: skip

RUN = Run(
    schema=1, checker="0.1.0", models={"encoder": ModelInfo("bundled", "0123"), "judge": ModelInfo("bundled", "4567")},
    calibrated=True, parameters={"min_probability": 0.5}, funnel=[Stage("statements", 40, 40), Stage("judged", 1234, 1234)],
    warnings=["3 statements are in a script that the models do not read @all"],
    bad_lines=[BadLine("corpora/bad.jsonl", 9, "source", "is missing")],
)  # fmt: skip


def made(findings: tuple[Gated, ...] = GATED, **more: Any) -> GateResult:
    """The result of a gated run with these findings."""
    report = Report(more.pop("run", RUN), tuple(g.finding for g in findings))
    fields = {"mode": "block", "fail_on": ("high",), "stale": ("00000000000000d1", "00000000000000d2"), **more}
    return GateResult(report=report, findings=findings, **fields)


def many(number: int, **more: Any) -> tuple[Gated, ...]:
    """Findings that differ in their fingerprints only."""
    first = GATED[0]
    return tuple(
        Gated(
            msgspec.structs.replace(first.finding, fingerprint=f"{n:016x}", issue=None, **more), "new", first.a, first.b,
            "b", fails=True,
        )
        for n in range(number)
    )  # fmt: skip
