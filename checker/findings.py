"""Findings from scored judgements: fingerprint, kind, severity, explanation, highlights."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from .records import Finding, Highlights, Judgement, Span, Statement
from .score import Scorer, days_apart, logit
from .text import digest, normalise, same_company

if TYPE_CHECKING:
    from .models import Judge, Step

LONG_APART = 730  # days; positions further apart may have changed openly in between
CLAUSE_END = re.compile(r"(?<=[,;:.!?，；：。！？、])(?!\d)|(?<=\S)(?=\s[–—-]\s)")
MAX_CLAUSES = 12
SHOWN_SHARE = 0.3  # of the weightiest clause: what less than this weighs is not highlighted


def fingerprint(a: Statement, b: Statement) -> str:
    """16 hexadecimal digits from company, source kinds and normalised texts, the same for (a, b) and (b, a)."""
    sides = sorted(digest([s.source.casefold(), normalise(s.text)]) for s in (a, b))
    return digest([same_company(a.company), *sides])


def make_finding(judgement: Judgement, scorer: Scorer, kind: str) -> Finding:
    """A finding without highlights."""
    c = judgement.candidate
    p = scorer.probability(judgement)
    judge = {name: type(x)(*(round(v, 4) for v in x)) for name, x in
             (("a_to_b", judgement.forward), ("b_to_a", judgement.backward))}  # fmt: skip
    return Finding(
        fingerprint=fingerprint(c.a, c.b), probability=p, kind=kind, severity=severity(p, days_apart(c.a, c.b)),
        a=c.a, b=c.b, contributions=scorer.contributions(judgement),
        judge=judge, cosine=round(c.cosine, 4), highlights=Highlights(),
        explanation=explain(judgement), rules=list(c.rules),
    )  # fmt: skip


def severity(p: float, days: int | None) -> str:
    """high from 0.8, medium from 0.5, else low; one step lower for statements over two years apart."""
    step = (p >= 0.8) + (p >= 0.5) - (days is not None and days > LONG_APART)
    return ("low", "medium", "high")[max(step, 0)]


def explain(judgement: Judgement) -> str:
    """One sentence of the facts behind the score."""
    a, b = judgement.candidate.a, judgement.candidate.b
    days = days_apart(a, b)
    apart = "" if days is None else " on the same day" if days == 0 else f" {days:,} day{'s' * (days > 1)} apart"
    ways = f"{judgement.forward.contradiction:.2f} read one way and {judgement.backward.contradiction:.2f} the other"
    near = f"{judgement.candidate.z:+.1f} standard deviations nearer than the company's average {a.lang}-{b.lang} pair"
    return f"{a.source} against {b.source}{apart}: the judge gives a contradiction {ways}; the two are {near}."


def highlight(findings: Sequence[Finding], judge: Judge, step: Step | None = None) -> list[Finding]:
    """The findings with the clauses marked that the judge's verdict rests on.

    Occlusion (Zeiler and Fergus 2014): a clause weighs as much as the log-odds of a contradiction fall without it.
    """
    jobs = [
        (n, side, span) for n, f in enumerate(findings) for side in "ab" for span in _clauses(getattr(f, side).text)
    ]
    pairs = [_without(findings[n], side, span) for n, side, span in jobs]
    rows = judge.judge(pairs, step)
    weights: dict[tuple[int, str], list[Span]] = {}
    for (n, side, (start, end)), row in zip(jobs, rows, strict=True):
        fall = logit(findings[n].judge["a_to_b"].contradiction) - logit(float(row[2]))
        weights.setdefault((n, side), []).append(Span(start, end, fall))
    return [_marked(f, {side: _weighty(weights.get((n, side), [])) for side in "ab"}) for n, f in enumerate(findings)]


def _clauses(text: str) -> list[tuple[int, int]]:
    """Clauses as (start, end); none where there is nothing to choose between."""
    cuts = [0, *(m.end() for m in CLAUSE_END.finditer(text) if 0 < m.end() < len(text)), len(text)]
    spans = [(i, j) for i, j in pairwise(cuts) if text[i:j].strip()]
    return spans if 2 <= len(spans) <= MAX_CLAUSES else []


def _without(finding: Finding, side: str, span: tuple[int, int]) -> tuple[str, str]:
    texts = {"a": finding.a.text, "b": finding.b.text}
    texts[side] = texts[side][: span[0]] + texts[side][span[1] :]
    return texts["a"], texts["b"]


def _weighty(spans: list[Span]) -> list[Span]:
    """Spans that weigh at least a share of the weightiest, weights scaled to it."""
    most = max((s.weight for s in spans), default=0.0)
    if most <= 0:
        return []
    return [Span(s.start, s.end, round(s.weight / most, 3)) for s in spans if s.weight >= SHOWN_SHARE * most]


def _marked(finding: Finding, spans: dict[str, list[Span]]) -> Finding:
    return msgspec.structs.replace(finding, highlights=Highlights(**spans))
