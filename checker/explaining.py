"""The whole reasoning for one pair, also where it was not flagged: candidate or not, judge, signals, score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import msgspec
import numpy as np

from .candidates import by_company, default_neighbours, find_candidates, language_pair_statistics
from .context import in_context
from .corpus import Corpus, as_corpus, with_languages
from .errors import ConfigError
from .findings import highlight, make_finding
from .judging import judge_candidates
from .kinds import UNKNOWN_KIND, UPDATE_KIND, classify
from .models import Encoder, Judge
from .packs import load_packs
from .pipeline import Options, score_pair
from .records import Candidate, Finding, Statement
from .score import load_scorer, weight
from .signals import compare
from .text import normalise, same_company


class Explanation(msgspec.Struct, frozen=True):
    """A pair as a finding (whatever its probability), and whether and why a run would have proposed and reported it."""

    finding: Finding
    candidate: bool
    proposed: str
    reported: bool
    verdict: str


def explain_texts(a: str, b: str, options: Options, encoder: Encoder, judge: Judge) -> Explanation:
    """Explain two texts as if one company had said them in two documents.

    Without a corpus there is no "nearer than other pairs": nearness is that among the pairs of the training cases.
    """
    given = [
        Statement(id=name, company="one company", source="text", document=name, text=text)
        for name, text in (("A", a), ("B", b))
    ]
    first, second = with_languages(as_corpus(given).statements)
    vectors = encoder.encode([a, b])
    cosine = float(vectors[0] @ vectors[1])
    mean, deviation = load_scorer().background
    candidate = Candidate(first, second, cosine, (cosine - mean) / deviation, ())
    reason = "two texts without a corpus: nearness is measured against pairs of the training cases"
    if normalise(a) == normalise(b):
        return _explain(candidate, False, "the two texts are the same", options, (encoder, judge))
    return _explain(candidate, True, reason, options, (encoder, judge))


def explain_statements(corpus: Corpus, a: str, b: str, options: Options, encoder: Encoder, judge: Judge) -> Explanation:
    """Explain two statements of a corpus by their ids, among all statements of their company.

    Raises ConfigError for an id that the corpus lacks, and for two companies.
    """
    by_id = {s.id: s for s in corpus.statements}
    for name in (a, b):
        if name not in by_id:
            raise ConfigError(f"no statement has the id {name!r}; give two ids of the corpus, or two texts without it")
    if a == b:
        raise ConfigError(f"{a!r} is given twice; give two statements")
    company = same_company(by_id[a].company)
    if company != same_company(by_id[b].company):
        raise ConfigError(f"{a!r} and {b!r} are of two companies, which are never compared")
    statements = with_languages([s for s in corpus.statements if same_company(s.company) == company])
    vectors = encoder.encode([in_context(s) for s in statements])
    group = by_company(statements, vectors)[0]
    found, _ = find_candidates([group], options.neighbours, options.within_source, load_packs(options.packs))
    outside = by_id[a].is_outside or by_id[b].is_outside
    proposed = None if outside else next((c for c in found if {c.a.id, c.b.id} == {a, b}), None)
    index = {s.id: i for i, s in enumerate(statements)}
    i, j = index[a], index[b]
    if proposed is not None:
        return _explain(proposed, True, f"proposed by: {', '.join(proposed.rules)}", options, (encoder, judge))
    mean, deviation = language_pair_statistics(group, options.within_source)
    cosine, pair = float(vectors[i] @ vectors[j]), (group.language[i], group.language[j])
    first, second = sorted((statements[i], statements[j]), key=lambda s: (s.date or "9999", s.document, s.id))
    candidate = Candidate(first, second, cosine, float((cosine - mean[pair]) / deviation[pair]), ())
    why = _why_not(statements, vectors, i, j, options)
    return _explain(candidate, False, why, options, (encoder, judge))


def _why_not(
    statements: Sequence[Statement], vectors: np.ndarray[tuple[int, int], np.dtype[np.float32]], i: int, j: int,
    options: Options,
) -> str:  # fmt: skip
    a, b = statements[i], statements[j]
    if normalise(a.text) == normalise(b.text):
        return "the two texts are the same but for case and punctuation"
    if a.is_outside or b.is_outside:
        return "one of them is said by an analyst or the operator, not by the company"
    if a.document == b.document and not options.within_source:
        return "both are from one document (see --within-source)"
    k = options.neighbours or default_neighbours(len(statements))
    ranks = [1 + int(((vectors @ vectors[x])[[n for n in range(len(statements)) if n not in (i, j)]]
                      > vectors[i] @ vectors[j]).sum()) for x in (i, j)]  # fmt: skip
    return (
        f"no blocking rule proposes it: by cosine each is number {ranks[0]} and {ranks[1]} to the other, the {k} "
        "nearest are judged, and they share neither a metric, nor a standard, nor a rare name"
    )


def _explain(
    candidate: Candidate, is_candidate: bool, proposed: str, options: Options, models: tuple[Encoder, Judge]
) -> Explanation:
    encoder, judge = models
    judgement = judge_candidates([candidate], judge)[0]
    judgement = replace(judgement, signals=compare(candidate.a, candidate.b, load_packs(options.packs)))
    score = score_pair(judgement, load_scorer())
    kind = UNKNOWN_KIND
    if encoder.bundled:
        rows = encoder.encode([candidate.a.text, candidate.b.text])
        kind = classify(rows[:1], rows[1:], [judgement.signals])[0]
    finding = highlight([make_finding(judgement, score, kind)], judge)[0]
    reported, verdict = _verdict(finding, is_candidate, options)
    return Explanation(finding, is_candidate, proposed, reported, verdict)


def _verdict(finding: Finding, is_candidate: bool, options: Options) -> tuple[bool, str]:
    """Whether a run would report it, and the threshold that decides."""
    kind = what = "a contradiction"
    likely, least = weight(finding.probability, finding.update), options.min_probability
    if finding.kind == UPDATE_KIND:
        kind, what = "an announced change", "an announced change or a contradiction"
        least = min(least, options.min_update)
    if not is_candidate:
        return False, f"not reported: no candidate; if judged, the probability of {what} would be {likely:.2f}"
    if likely < least:
        return False, f"not reported: the probability of {what} is {likely:.2f}, below {least:g}"
    return True, f"reported as {kind}: the probability of {what} is {likely:.2f}, at least {least:g}"
