"""Findings from scored judgements: fingerprint, kind, severity, explanation, highlights."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from .context import as_read
from .features import RELATIONS, days_apart, logit
from .kinds import UPDATE_KIND
from .records import Finding, Highlights, Judgement, Probabilities, Signal, Span, Statement
from .score import Score
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


def make_finding(judgement: Judgement, score: Score, kind: str) -> Finding:
    """A finding whose highlights are those of the signals. ``kind`` is that of the contradiction, if it is one."""
    c = judgement.candidate
    p, what = score.probability, UPDATE_KIND if is_update(score) else kind
    judge = {name: Probabilities(*(round(v, 4) for v in x)) for name, x in
             (("a_to_b", judgement.forward), ("b_to_a", judgement.backward))}  # fmt: skip
    return Finding(
        fingerprint=fingerprint(c.a, c.b), probability=p, update=score.update, kind=what,
        severity=severity(p, what, days_apart(c.a, c.b)), a=c.a, b=c.b, contributions=score.contributions,
        signals=[s for s in judgement.signals if s.verdict != "not comparable" or s.relation in RELATIONS[s.name]],
        judge=judge, cosine=round(c.cosine, 4), highlights=_signalled(judgement.signals),
        explanation=explain(judgement, what), rules=list(c.rules),
    )  # fmt: skip


def is_update(score: Score) -> bool:
    """Whether a pair is rather an announced change over time than a contradiction."""
    return score.update > score.probability


def severity(p: float, kind: str, days: int | None) -> str:
    """high from 0.8, medium from 0.5, else low; a step lower for statements over two years apart; an update is low."""
    if kind == UPDATE_KIND:
        return "low"
    step = (p >= 0.8) + (p >= 0.5) - (days is not None and days > LONG_APART)
    return ("low", "medium", "high")[max(step, 0)]


def explain(judgement: Judgement, kind: str) -> str:
    """One sentence of the facts behind the score: where the two stand, what the signals saw, what the judge says."""
    a, b = judgement.candidate.a, judgement.candidate.b
    days = days_apart(a, b)
    apart = "" if days is None else ", on the same day" if days == 0 else f", {days:,} day{'s' * (days > 1)} apart"
    facts = [f"{s.name}: {s.note}" for s in judgement.signals if tells(s)]
    ways = [judgement.forward, judgement.backward]
    said = " and ".join(f"{w.contradiction:.2f}" for w in ways)
    facts.append(f"the judge gives a contradiction {said} (read one way and the other)")
    if kind == UPDATE_KIND:
        facts.append(f"an announced change {' and '.join(f'{w.update:.2f}' for w in ways)}")
    return f"{a.source} against {b.source}{apart}: {'; '.join(facts)}."


def tells(signal: Signal) -> bool:
    """Whether a signal has more to say than that it sees nothing in the way of a contradiction."""
    return bool(signal.note) and signal.verdict != "agree" and signal.relation in RELATIONS[signal.name]


def _signalled(signals: Sequence[Signal]) -> Highlights:
    """The characters that signals in conflict rest on."""
    marks = {side: sorted({(m.start, m.end) for s in signals if s.verdict == "conflict" for m in getattr(s, side)})
             for side in "ab"}  # fmt: skip
    return Highlights(**{side: [Span(i, j, 1.0) for i, j in spans] for side, spans in marks.items()})


def highlight(findings: Sequence[Finding], judge: Judge, step: Step | None = None) -> list[Finding]:
    """The findings with the clauses marked that the judge's verdict rests on, in texts where no signal speaks.

    Occlusion (Zeiler and Fergus 2014): a clause weighs as much as the log-odds of a contradiction fall without it.
    """
    jobs = [
        (n, side, span)
        for n, f in enumerate(findings)
        for side in "ab"
        if not getattr(f.highlights, side)
        for span in _clauses(getattr(f, side).text)
    ]
    pairs = [_without(findings[n], side, span) for n, side, span in jobs]
    rows = judge.judge(pairs, step)
    weights: dict[tuple[int, str], list[Span]] = {}
    for (n, side, (start, end)), row in zip(jobs, rows, strict=True):
        fall = logit(findings[n].judge["a_to_b"].contradiction) - logit(float(row[2]))
        weights.setdefault((n, side), []).append(Span(start, end, fall))
    return [_marked(f, {side: _weighty(weights[n, side]) for side in "ab" if (n, side) in weights})
            for n, f in enumerate(findings)]  # fmt: skip


def _clauses(text: str) -> list[tuple[int, int]]:
    """Clauses as (start, end); none where there is nothing to choose between."""
    cuts = [0, *(m.end() for m in CLAUSE_END.finditer(text) if 0 < m.end() < len(text)), len(text)]
    spans = [(i, j) for i, j in pairwise(cuts) if text[i:j].strip()]
    return spans if 2 <= len(spans) <= MAX_CLAUSES else []


def _without(finding: Finding, side: str, span: tuple[int, int]) -> tuple[str, str]:
    texts = dict(zip("ab", as_read(finding.a, finding.b), strict=True))
    context = len(texts[side]) - len(getattr(finding, side).text)  # what stands before the text itself
    texts[side] = texts[side][: context + span[0]] + texts[side][context + span[1] :]
    return texts["a"], texts["b"]


def _weighty(spans: list[Span]) -> list[Span]:
    """Spans that weigh at least a share of the weightiest, weights scaled to it."""
    most = max((s.weight for s in spans), default=0.0)
    if most <= 0:
        return []
    return [Span(s.start, s.end, round(s.weight / most, 3)) for s in spans if s.weight >= SHOWN_SHARE * most]


def _marked(finding: Finding, spans: dict[str, list[Span]]) -> Finding:
    return msgspec.structs.replace(finding, highlights=msgspec.structs.replace(finding.highlights, **spans))
