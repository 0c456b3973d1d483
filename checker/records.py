"""The records that pass from stage to stage. Start reading here.

Statements come in, candidates are pairs of them, judgements what the judge says of a candidate, findings what a
reviewer reads. All are frozen; each later record holds the earlier one. Those that are written to files are msgspec
structs, so that their JSON Schema and their validation come from the same place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal, NamedTuple

import msgspec

SCHEMA_VERSION = 1
MAX_TEXT = 20_000  # characters; a statement is a sentence or a paragraph, not a document

Text = Annotated[str, msgspec.Meta(min_length=1, max_length=MAX_TEXT)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=1_000)]
Date = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$")]
Language = Annotated[str, msgspec.Meta(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")]
Probability = Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]


class Statement(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that a company said, and where. ``company``, ``source`` and ``text`` are required in a corpus line.

    ``source`` is the kind of document (investor-call, esg-report, filing, policy, …), ``document`` its title, ``date``
    YYYY, YYYY-MM or YYYY-MM-DD, ``lang`` ISO 639-1. ``before`` and ``after`` are the sentences around it, ``start`` and
    ``end`` its characters in the extracted text. Unknown keys of a line are kept in ``meta``.
    """

    id: Annotated[str, msgspec.Meta(max_length=1_000)] = ""
    company: Name
    source: Name
    document: Annotated[str, msgspec.Meta(max_length=1_000)] = ""
    date: Date | None = None
    lang: Language | None = None
    text: Text
    url: str | None = None
    page: int | str | None = None
    paragraph: int | None = None
    section: str | None = None
    speaker: str | None = None
    role: str | None = None
    start: int | None = None
    end: int | None = None
    before: str | None = None
    after: str | None = None
    meta: dict[str, Any] = {}

    @property
    def is_reference(self) -> bool:
        """Whether an instrument or a third party speaks (``"role": "reference"``), not the company."""
        return self.role == "reference"

    @property
    def is_outside(self) -> bool:
        """Whether somebody outside speaks in the company's document: who asks in a call, or who leads it."""
        return self.role in ("analyst", "operator")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two statements of one company worth judging; ``a`` is the earlier one.

    ``cosine`` is that of the encoder, ``z`` its z-score among the company's pairs in the same two languages, ``rules``
    the blocking rules that proposed the pair.
    """

    a: Statement
    b: Statement
    cosine: float
    z: float
    rules: tuple[str, ...] = ("neighbours",)


class Probabilities(NamedTuple):
    """What the judge says of a premise and a hypothesis; ``update``: they differ by an announced change over time.

    The four sum to 1. A judge without the fourth label leaves ``update`` at 0.
    """

    entailment: float
    neutral: float
    contradiction: float
    update: float = 0.0


Verdict = Literal["agree", "conflict", "not comparable"]


class Mark(msgspec.Struct, frozen=True, gc=False):
    """Characters ``text[start:end]`` of a statement that a signal rests on, and what they mean to it."""

    start: int
    end: int
    what: str


class Signal(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What one signal says of a pair: where it can compare the two at all, whether they agree or conflict.

    ``relation`` is what the two are to each other in the signal's own words ("disjoint", "announced change"), ``note``
    states the facts briefly ("27 % against 31 %"), ``a`` and ``b`` are the characters it rests on.
    """

    name: str
    verdict: Verdict
    relation: str = "unknown"
    note: str = ""
    a: list[Mark] = []
    b: list[Mark] = []


@dataclass(frozen=True, slots=True)
class Judgement:
    """A candidate read both ways: a as premise of b, and b as premise of a; and what the signals say beside it."""

    candidate: Candidate
    forward: Probabilities
    backward: Probabilities
    signals: tuple[Signal, ...] = ()


class Contribution(msgspec.Struct, frozen=True, gc=False):
    """What one feature adds to the score, in log-odds; the contributions of a finding sum to its log-odds."""

    feature: str
    value: float
    log_odds: float


class Span(msgspec.Struct, frozen=True, gc=False):
    """Characters ``text[start:end]`` of a statement, and how much they weigh (0 to 1; 1 where a signal rests on it)."""

    start: int
    end: int
    weight: float


class Highlights(msgspec.Struct, frozen=True):
    """What the verdict rests on in either text: spans of the signals in conflict, else clauses that sway the judge."""

    a: list[Span] = []
    b: list[Span] = []


class Finding(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="finding"):
    """Two statements that may contradict each other, and why checker says so.

    ``probability`` is that of a contradiction, ``update`` that of an openly announced change; ``kind`` is "update"
    where the latter is larger. ``signals`` are those that have something to say, ``issue`` is its matter. Where
    one side is a reference, ``claim`` is what the company says elsewhere to respect that instrument.
    ``fingerprint`` depends on company, source kinds and normalised texts only, so it survives a changed comma, a moved
    file and a new model. ``judge`` holds P(entailment, neutral, contradiction, update) of both readings.
    """

    fingerprint: str
    probability: Probability
    update: Probability
    kind: str
    severity: str
    a: Statement
    b: Statement
    contributions: list[Contribution]
    signals: list[Signal]
    judge: dict[str, Probabilities]
    cosine: float
    highlights: Highlights
    explanation: str
    rules: list[str]
    status: str = "new"
    issue: str | None = None
    claim: Statement | None = None


class Moment(msgspec.Struct, frozen=True):
    """One thing said in an issue, where it was said first; ``repeats`` are the ids of statements that say the same."""

    date: str | None
    source: str
    document: str
    statement: str
    text: str
    repeats: list[str] = []


class Issue(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="issue"):
    """Findings about one matter, by fingerprint, and what was said in the order of its dates."""

    id: str
    company: str
    kinds: list[str]
    probability: Probability
    findings: list[str]
    timeline: list[Moment]


class Echo(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="echo"):
    """A company's statement that takes over the position of a reference: an instrument or a third party.

    ``since`` is the date of the company's first statement that echoes this party, ``entailment`` P(entailment) read
    from the reference to the statement and back, ``similarity`` the cosine of the encoder.
    """

    company: str
    party: str
    since: str | None
    probability: Probability
    similarity: float
    entailment: tuple[float, float]
    reference: Statement
    statement: Statement


class Stage(msgspec.Struct, frozen=True):
    """A row of the funnel: records in, records out, why the rest did not go on, and how many each rule proposed."""

    name: str
    entered: int
    left: int
    dropped: dict[str, int] = {}
    rules: dict[str, int] = {}


class ModelInfo(msgspec.Struct, frozen=True):
    """Which model made a report."""

    name: str
    checksum: str


class BadLine(msgspec.Struct, frozen=True):
    """A corpus line that was set aside with ``keep_going``."""

    path: str
    line: int
    field: str
    message: str


class DocumentInfo(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A document that statements were taken from: what it is, what was guessed, what was read and set aside.

    ``unread`` pages and ``dropped`` sentences are by reason; ``text`` is the file in which ``start`` and ``end`` count.
    """

    file: str
    sha256: str
    format: str
    company: str
    source: str
    document: str
    date: str | None = None
    lang: str | None = None
    url: str | None = None
    guessed: list[str] = []
    pages: int = 0
    unread: dict[str, list[int]] = {}
    sentences: int = 0
    statements: int = 0
    dropped: dict[str, int] = {}
    warnings: list[str] = []
    text: str | None = None


class Run(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="type", tag="run"):
    """The first line of a report: what made it."""

    schema: int
    checker: str
    models: dict[str, ModelInfo]
    calibrated: bool
    parameters: dict[str, Any]
    funnel: list[Stage]
    warnings: list[str]
    bad_lines: list[BadLine]
    documents: list[DocumentInfo] = []
    started: str | None = None
    seconds: float | None = None


class End(msgspec.Struct, frozen=True, tag_field="type", tag="end"):
    """The last line of a report; a file without it is not whole."""

    findings: int
    issues: int = 0
    echoes: int = 0
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Report:
    """A run and its findings, the most probable first; findings about one matter as issues; echoes of references."""

    run: Run
    findings: tuple[Finding, ...]
    issues: tuple[Issue, ...] = ()
    echoes: tuple[Echo, ...] = ()
