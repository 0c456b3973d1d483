"""The stages in order, and the only place where they meet: statements in, report out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np

from . import __version__
from .candidates import Company, by_company, collapse, find_candidates
from .corpus import Corpus, with_languages
from .errors import ConfigError, NothingToCompareError
from .findings import highlight, make_finding
from .judging import judge_candidates
from .kinds import UNKNOWN_KIND, classify
from .models import Encoder, Judge, Step, load_encoder, load_judge
from .records import SCHEMA_VERSION, Finding, Judgement, Report, Run, Stage, Statement
from .score import Scorer, load_scorer

if TYPE_CHECKING:
    from numpy.typing import NDArray

HIGHLIGHTED = 20  # findings at most whose clauses are weighed: it costs as many model runs as the texts have clauses
UNREADABLE = 0.4  # share of unknown pieces above which a text is in a script that the bundled models do not cover
Progress = Callable[[str, int], Step]  # (stage, total) -> called with the number just done


@dataclass(frozen=True, slots=True)
class Options:
    """What a run can be told.

    neighbours: nearest statements of other documents judged for each statement (None: ``default_neighbours``);
    min_probability and top (0: no limit) bound what is reported; within_source compares statements of one document too.
    """

    neighbours: int | None = None
    min_probability: float = 0.5
    top: int = 0
    within_source: bool = False

    def __post_init__(self) -> None:
        if self.neighbours is not None and self.neighbours < 1:
            raise ConfigError(f"neighbours is {self.neighbours}; it must be at least 1")
        if not 0 <= self.min_probability <= 1:
            raise ConfigError(f"min-probability is {self.min_probability}; it must lie between 0 and 1")
        if self.top < 0:
            raise ConfigError(f"top is {self.top}; give 0 for no limit, or how many findings at most")


def check(
    statements: Iterable[Statement] | Corpus,
    options: Options = Options(),
    *,
    encoder: Encoder | None = None,
    judge: Judge | None = None,
    progress: Progress | None = None,
    reproducible: bool = False,
) -> Report:
    """Find the pairs of statements of one company that cannot both be true.

    Takes statements, or a corpus read by ``read_corpus`` (whose counts then enter the funnel). The models default to
    the bundled ones. With ``reproducible`` the report holds no time, so that equal input gives equal bytes.

    Raises NothingToCompareError when no company has statements from two documents; an empty report therefore always
    means that statements were compared and none contradicted another.
    """
    began = time.time()
    corpus = statements if isinstance(statements, Corpus) else _as_corpus(statements)
    bundled = encoder is None and judge is None
    encoder, judge = encoder or load_encoder(), judge or load_judge()
    progress = progress or (lambda stage, total: lambda done: None)
    scored = score_corpus(corpus, options, encoder, judge, progress)
    reported, last = select(scored.findings, options)
    shown = [f for f in reported[:HIGHLIGHTED] if f.probability >= 0.5]
    findings = (*highlight(shown, judge, progress("weighing clauses", 0)), *reported[len(shown) :])
    run = Run(
        schema=SCHEMA_VERSION, checker=__version__,
        models={"encoder": encoder.info, "judge": judge.info, "scorer": scored.scorer.info}, calibrated=bundled,
        parameters=asdict(options), funnel=[*scored.funnel, last],
        warnings=scored.warnings + ([] if bundled else [NOT_CALIBRATED]), bad_lines=corpus.bad,
        started=None if reproducible else time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(began)),
        seconds=None if reproducible else round(time.time() - began, 2),
    )  # fmt: skip
    return Report(run, findings)


NOT_CALIBRATED = "probabilities are calibrated for the bundled models only; with others they only rank"


@dataclass(frozen=True)
class Scored:
    """Every judged pair as a finding, the most probable first, and how it came about."""

    findings: list[Finding]
    judgements: list[Judgement]
    scorer: Scorer
    funnel: list[Stage]
    warnings: list[str]


def score_corpus(corpus: Corpus, options: Options, encoder: Encoder, judge: Judge, progress: Progress) -> Scored:
    """All stages up to findings, nothing left out by probability."""
    scorer = load_scorer()
    judged = judge_corpus(corpus, options, encoder, judge, progress)
    kinds = _kinds(judged.judgements, judged.vectors)
    findings = [make_finding(j, scorer, kind) for j, kind in zip(judged.judgements, kinds, strict=True)]
    findings.sort(key=lambda f: (-f.probability, f.fingerprint))
    return Scored(findings, judged.judgements, scorer, judged.funnel, judged.warnings)


@dataclass(frozen=True)
class Judged:
    """Every judged pair, and the vector of every statement by id."""

    judgements: list[Judgement]
    vectors: dict[str, NDArray[np.float32]]
    funnel: list[Stage]
    warnings: list[str]


def judge_corpus(corpus: Corpus, options: Options, encoder: Encoder, judge: Judge, progress: Progress) -> Judged:
    """Read in, embed, pair and judge."""
    read = Stage("statements", corpus.lines, len(corpus.statements), _reasons(corpus))
    unique, collapsed = collapse(corpus.statements)
    legible, understood, warnings = _legible(unique, encoder)
    statements = list(with_languages(legible))
    if not statements:
        raise NothingToCompareError(_nothing(corpus, warnings))
    vectors = encoder.encode([s.text for s in statements], progress("embedding statements", len(statements)))
    companies = by_company(statements, vectors)
    warnings += [w for c in companies if (w := _alone(c, options))]
    candidates, paired = find_candidates(companies, options.neighbours, options.within_source)
    if not candidates:
        raise NothingToCompareError(_nothing(corpus, warnings))
    judgements = judge_candidates(candidates, judge, progress("judging pairs both ways", 2 * len(candidates)))
    by_id = {s.id: vector for s, vector in zip(statements, vectors, strict=True)}
    judged = Stage("judged", len(candidates), len(judgements))
    return Judged(judgements, by_id, [read, collapsed, understood, paired, judged], warnings)


def select(findings: Sequence[Finding], options: Options) -> tuple[list[Finding], Stage]:
    """Those to report: one a fingerprint, probable enough, at most ``top``; and why the rest is not."""
    seen: set[str] = set()
    first = [f for f in findings if f.fingerprint not in seen and not seen.add(f.fingerprint)]  # type: ignore[func-returns-value]
    probable = [f for f in first if f.probability >= options.min_probability]
    reported = probable[: options.top] if options.top else probable
    dropped = {
        "repeats another finding word for word": len(findings) - len(first),
        f"probability below {options.min_probability:g}": len(first) - len(probable),
        f"beyond the first {options.top}": len(probable) - len(reported),
    }
    return reported, Stage("reported", len(findings), len(reported), {k: n for k, n in dropped.items() if n})


def _as_corpus(statements: Iterable[Statement]) -> Corpus:
    rows = list(statements)
    return Corpus(rows, lines=len(rows))


def _reasons(corpus: Corpus) -> dict[str, int]:
    reasons = {**corpus.dropped, "bad line": len(corpus.bad)}
    return {reason: n for reason, n in reasons.items() if n}


def _legible(statements: list[Statement], encoder: Encoder) -> tuple[list[Statement], Stage, list[str]]:
    """Statements that the encoder's vocabulary covers; others would be judged at random."""
    share = encoder.unknown_share([s.text for s in statements])
    legible = [s for s, unknown in zip(statements, share, strict=True) if unknown <= UNREADABLE]
    lost = [s for s, unknown in zip(statements, share, strict=True) if unknown > UNREADABLE]
    reason = "script not covered by the encoder"
    stage = Stage("legible", len(statements), len(legible), {reason: len(lost)} if lost else {})
    if not lost:
        return legible, stage, []
    return legible, stage, [f"{_some(lost)}: {reason}; not compared (an --encoder and --judge for it can be given)"]


def _some(statements: Sequence[Statement]) -> str:
    ids = ", ".join(s.id for s in statements[:3])
    return f"{len(statements)} statement{'s' * (len(statements) > 1)} ({ids}{', …' * (len(statements) > 3)})"


def _alone(company: Company, options: Options) -> str | None:
    if options.within_source or len(set(company.document.tolist())) > 1:
        return None
    first = company.statements[0]
    return f"{first.company}: {_some(company.statements)}, all from {first.document!r}; compared with nothing"


def _nothing(corpus: Corpus, warnings: Sequence[str]) -> str:
    if not corpus.statements:
        return "no statements to read: the corpus is empty" + (f" ({len(corpus.bad)} bad lines)" if corpus.bad else "")
    why = "; ".join(warnings) or "all of them say the same"
    return (
        "nothing could be compared: no company has differing statements from two documents"
        f" ({why}); add another document, or compare within documents with --within-source"
    )


def _kinds(judgements: Sequence[Judgement], vectors: dict[str, NDArray[np.float32]]) -> list[str]:
    if not judgements:
        return []
    a, b = (np.stack([vectors[getattr(j.candidate, side).id] for j in judgements]) for side in "ab")
    return classify(a, b) or [UNKNOWN_KIND] * len(judgements)
