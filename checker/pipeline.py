"""The stages in order, and the only place where they meet: statements in, report out."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from . import __version__
from .candidates import Company, by_company, collapse, find_candidates
from .context import in_context
from .corpus import Corpus, as_corpus, with_languages
from .echoes import load_echo_model
from .errors import ConfigError, NothingToCompareError
from .findings import fingerprint, highlight, make_finding
from .issues import group
from .judging import judge_candidates
from .kinds import AGAINST_REFERENCE, UNKNOWN_KIND, classify
from .models import Encoder, Judge, Step, load_encoder, load_judge
from .packs import load_packs
from .records import SCHEMA_VERSION, Judgement, ModelInfo, Report, Run, Stage, Statement
from .references import find_echoes, has_reference, is_position, reference_candidates, with_claims
from .score import MIN_UPDATE, Score, Scorer, is_reported, load_scorer
from .signals.cached import compare_all

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .store import Store

HIGHLIGHTED = 20  # findings at most whose clauses are weighed: it costs as many model runs as the texts have clauses
UNREADABLE = 0.4  # share of unknown pieces above which a text is in a script that a model does not cover
NOT_CALIBRATED = "probabilities are calibrated for the bundled models only; with others they only rank"
Progress = Callable[[str, int], Step]  # (stage, total) -> called with the number just done


@dataclass(frozen=True, slots=True)
class Options:
    """What a run can be told.

    neighbours: nearest statements of other documents judged for each statement (None: ``default_neighbours``);
    min_probability and top (0: no limit) bound what is reported, min_update what is reported as an announced change;
    within_source compares statements of one document too; packs are files of standards beside the bundled ones.
    """

    neighbours: int | None = None
    min_probability: float = 0.5
    min_update: float = MIN_UPDATE
    top: int = 0
    within_source: bool = False
    packs: tuple[Path, ...] = ()

    def __post_init__(self) -> None:
        if self.neighbours is not None and self.neighbours < 1:
            raise ConfigError(f"neighbours is {self.neighbours}; it must be at least 1")
        for name, value in (("min-probability", self.min_probability), ("min-update", self.min_update)):
            if not 0 <= value <= 1:
                raise ConfigError(f"{name} is {value}; it must lie between 0 and 1")
        if self.top < 0:
            raise ConfigError(f"top is {self.top}; give 0 for no limit, or how many findings at most")

    def as_dict(self) -> dict[str, object]:
        """What the run line of a report says of them."""
        return asdict(self) | {"packs": [path.name for path in self.packs]}


def check(
    statements: Iterable[Statement] | Corpus,
    options: Options = Options(),
    *,
    encoder: Encoder | None = None,
    judge: Judge | None = None,
    progress: Progress | None = None,
    reproducible: bool = False,
    new: Collection[str] | None = None,
    store: Store | None = None,
) -> Report:
    """Find the pairs of statements of one company that cannot both be true.

    Takes statements, or a corpus read by ``read_corpus`` (whose counts then enter the funnel). The models default to
    the bundled ones. With ``reproducible`` the report holds no time, so that equal input gives equal bytes. Where
    ``new`` is given, only pairs are judged of which at least one statement's id is in it. ``store`` keeps what models
    and signals say for later runs; the report is the same with and without.

    Raises InputError for two statements with one id, and NothingToCompareError when no company has statements from two
    documents; an empty report therefore always means that statements were compared and none contradicted another.
    """
    began = time.time()
    corpus = statements if isinstance(statements, Corpus) else as_corpus(statements)
    encoder, judge, scorer = encoder or load_encoder(store=store), judge or load_judge(store=store), load_scorer()
    progress = progress or quiet
    judged = judge_corpus(corpus, options, encoder, judge, progress, new, store)
    chosen, last = select(judged.judgements, scorer, options)
    kinds = _kinds(chosen, judged.vectors) if encoder.bundled else [UNKNOWN_KIND] * len(chosen)
    findings = [make_finding(j, score, kind) for (j, score), kind in zip(chosen, kinds, strict=True)]
    shown = [f for f in findings[:HIGHLIGHTED] if f.probability >= 0.5]
    findings[: len(shown)] = highlight(shown, judge, progress("weighing clauses", 0))
    findings, issues = group(with_claims(findings, corpus.statements, judged.vectors), judged.vectors)
    echoes = find_echoes(judged.judgements, load_echo_model())
    made = {"encoder": encoder.info, "judge": judge.info, "scorer": scorer.info}
    run = _run(corpus, judged, last, options, made, encoder.bundled and judge.bundled)
    if not reproducible:
        started = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(began))
        run = msgspec.structs.replace(run, started=started, seconds=round(time.time() - began, 2))
    return Report(run, tuple(findings), tuple(issues), tuple(echoes))


def _run(
    corpus: Corpus, judged: Judged, last: Stage, options: Options, made: dict[str, ModelInfo], calibrated: bool
) -> Run:
    """The first line of a report, without times."""
    return Run(
        schema=SCHEMA_VERSION, checker=__version__, models=made, calibrated=calibrated, parameters=options.as_dict(),
        funnel=[*judged.funnel, last], warnings=judged.warnings + ([] if calibrated else [NOT_CALIBRATED]),
        bad_lines=corpus.bad, documents=corpus.documents,
    )  # fmt: skip


def quiet(stage: str, total: int) -> Step:
    """Progress that shows nothing."""
    return lambda done: None


@dataclass(frozen=True)
class Judged:
    """Every judged pair, and the vector of every statement by id."""

    judgements: list[Judgement]
    vectors: dict[str, NDArray[np.float32]]
    funnel: list[Stage]
    warnings: list[str]


def judge_corpus(
    corpus: Corpus,
    options: Options,
    encoder: Encoder,
    judge: Judge,
    progress: Progress,
    new: Collection[str] | None = None,
    store: Store | None = None,
) -> Judged:
    """Embed, pair and judge: all stages that cost model runs, nothing left out by probability."""
    packs = load_packs(options.packs)
    statements, prepared, warnings = _prepare(corpus, encoder, judge, store)
    if not statements:
        raise NothingToCompareError(_nothing(corpus, warnings))
    vectors = encoder.encode([in_context(s) for s in statements], progress("embedding statements", len(statements)))
    own, cited = ([i for i, s in enumerate(statements) if s.is_reference is cites] for cites in (False, True))
    companies = by_company([statements[i] for i in own], vectors[own])
    if not options.within_source:
        warnings += _alone(companies)
    candidates, paired = find_candidates(companies, options.neighbours, options.within_source, packs, new, store)
    against, referred = reference_candidates(companies, [statements[i] for i in cited], vectors[cited], new)
    candidates += against
    if not candidates:
        raise NothingToCompareError(_nothing(corpus, warnings))
    judgements = judge_candidates(candidates, judge, progress("judging pairs both ways", 2 * len(candidates)))
    seen = compare_all([(c.a, c.b) for c in candidates], packs, store)
    judgements = [replace(j, signals=signals) for j, signals in zip(judgements, seen, strict=True)]
    by_id = {s.id: vector for s, vector in zip(statements, vectors, strict=True)}
    judged = Stage("judged", len(candidates), len(judgements))
    return Judged(judgements, by_id, [*prepared, paired, *([referred] if cited else []), judged], warnings)


def _prepare(
    corpus: Corpus, encoder: Encoder, judge: Judge, store: Store | None
) -> tuple[list[Statement], list[Stage], list[str]]:
    """What can be compared: the company's own words, each once, in scripts that the models read, with languages."""
    read = Stage("statements", corpus.lines, len(corpus.statements), _reasons(corpus))
    said, outside = own_words(corpus.statements)
    unique, collapsed = collapse(said)
    legible, understood, warnings = _legible(unique, encoder, judge)
    stages = [read, *([outside] if outside.dropped else []), collapsed, understood]
    return with_languages(legible, store), stages, [*corpus.warnings, *warnings]


def own_words(statements: Sequence[Statement]) -> tuple[list[Statement], Stage]:
    """Statements without what analysts and operators say in a call: that is never the company's statement."""
    own = [s for s in statements if not s.is_outside]
    dropped = Counter(f"said by an {s.role}, not by the company" for s in statements if s.is_outside)
    return own, Stage("own words", len(statements), len(own), dict(sorted(dropped.items())))


Scored = tuple[Judgement, Score]


def select(judgements: Sequence[Judgement], scorer: Scorer, options: Options) -> tuple[list[Scored], Stage]:
    """Those to report, the most probable first, one a fingerprint; and why the rest is not reported.

    A contradiction is reported from ``min_probability`` on, an announced change as ``is_reported`` says.
    """
    least = options.min_probability, options.min_update
    rated = [j for j in judgements if not is_position(j.candidate)]
    scored = ((j, score_pair(j, scorer)) for j in rated)  # one by one: most are let go of, contributions and all
    probable = [(-s.probability, fingerprint(j.candidate.a, j.candidate.b), j, s) for j, s in scored
                if is_reported(s.probability, s.update, *least)]  # fmt: skip
    probable.sort(key=lambda row: (*row[:2], row[2].candidate.a.id, row[2].candidate.b.id))
    first = {print_: j for _, print_, j, _ in reversed(probable)}
    distinct = [(j, s) for _, print_, j, s in probable if first[print_] is j]
    reported = distinct[: options.top] if options.top else distinct
    dropped = {
        "a third party's position, looked at for echoes only": len(judgements) - len(rated),
        f"probability below {least[0]:g} (of an announced change: {least[1]:g})": len(rated) - len(probable),
        "repeats another finding word for word": len(probable) - len(distinct),
        f"beyond the first {options.top}": len(distinct) - len(reported),
    }
    return reported, Stage("reported", len(judgements), len(reported), {k: n for k, n in dropped.items() if n})


def score_pair(judgement: Judgement, scorer: Scorer) -> Score:
    """An instrument does not change with what a company announces, so against a reference nothing is an update."""
    score = scorer.score(judgement)
    return msgspec.structs.replace(score, update=0.0) if has_reference(judgement.candidate) else score


def _reasons(corpus: Corpus) -> dict[str, int]:
    reasons = {**corpus.dropped, "bad line": len(corpus.bad)}
    return {reason: n for reason, n in reasons.items() if n}


def _legible(statements: list[Statement], encoder: Encoder, judge: Judge) -> tuple[list[Statement], Stage, list[str]]:
    """Statements that both models' vocabularies cover; others would be judged at random. Long ones are warned of."""
    texts = [s.text for s in statements]
    share = np.maximum(encoder.unknown_share(texts), judge.unknown_share(texts))
    legible = [s for s, unknown in zip(statements, share, strict=True) if unknown <= UNREADABLE]
    lost = [s for s, unknown in zip(statements, share, strict=True) if unknown > UNREADABLE]
    long = [s for s, cut in zip(statements, judge.too_long(texts), strict=True) if cut]
    reason = "script not covered by the models"
    warnings = []
    if lost:
        warnings.append(f"{_some(lost)}: {reason}; not compared (name others with --encoder and --judge)")
    if long:
        warnings.append(f"{_some(long)}: longer than the judge reads of a pair; the ends may be unread: split them")
    return legible, Stage("legible", len(statements), len(legible), {reason: len(lost)} if lost else {}), warnings


def _some(statements: Sequence[Statement]) -> str:
    ids = ", ".join(s.id for s in statements[:3])
    return f"{len(statements):,} statement{'s' * (len(statements) > 1)} ({ids}{', …' * (len(statements) > 3)})"


def _alone(companies: Sequence[Company]) -> list[str]:
    """A warning about companies all of whose statements are from one document."""
    alone = [c.statements for c in companies if len(set(c.document.tolist())) == 1]
    if not alone:
        return []
    names = "; ".join(f"{s[0].company}: {_some(s)}, all from {s[0].document!r}" for s in alone[:3])
    more = f"; and {len(alone) - 3:,} more companies" if len(alone) > 3 else ""
    return [f"one document, so compared with nothing: {names}{more}"]


def _nothing(corpus: Corpus, warnings: Sequence[str]) -> str:
    if not corpus.statements:
        bad = "; ".join(f"{b.path}:{b.line}:{b.field}: {b.message}" for b in corpus.bad[:3])
        return "no statements to read: " + (f"{len(corpus.bad):,} bad lines ({bad})" if bad else "the corpus is empty")
    why = "; ".join(warnings) or "all of them say the same"
    return (
        "nothing could be compared: no company has differing statements from two documents"
        f" ({why}); add another document, or compare within documents with --within-source"
    )


def _kinds(chosen: Sequence[Scored], vectors: dict[str, NDArray[np.float32]]) -> list[str]:
    if not chosen:
        return []
    a, b = (np.stack([vectors[getattr(j.candidate, side).id] for j, _ in chosen]) for side in "ab")
    kinds = classify(a, b, [j.signals for j, _ in chosen])
    return [
        AGAINST_REFERENCE if has_reference(j.candidate) else kind for (j, _), kind in zip(chosen, kinds, strict=True)
    ]
