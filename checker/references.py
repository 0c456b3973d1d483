"""References: instruments and third parties whose words are compared with every company's, and never count as its own.

A corpus line with ``"role": "reference"`` is one, and a provision of an instrument where its source is "standard". A
company's statement against a provision is a finding of kind "standard"; where the company says elsewhere that it
respects the instrument, the finding names that third statement too: claim, instrument, conduct. A statement that takes
over a reference's position is an echo. What other third parties say binds no company: it is looked at for echoes only.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from .candidates import Company, as_company, language_pair_statistics
from .echoes import EchoModel
from .records import Candidate, Echo, Finding, Judgement, Stage, Statement
from .signals.standard_mentions import mentions
from .text import same_company

if TYPE_CHECKING:
    from numpy.typing import NDArray

RULE = "reference"
PROVISION = "standard"  # source of a reference that is an instrument's provision
NEAREST = 6  # statements of each company that a reference is read against
LEAST = 0.5  # probability from which a statement is called an echo

Vectors = Mapping[str, "NDArray[np.float32]"]


def has_reference(candidate: Candidate) -> bool:
    """Whether one side is a reference."""
    return candidate.a.is_reference or candidate.b.is_reference


def is_position(candidate: Candidate) -> bool:
    """Whether one side is a third party's position, against which a statement is no finding."""
    return any(s.is_reference and s.source.casefold() != PROVISION for s in (candidate.a, candidate.b))


def parts(candidate: Candidate) -> tuple[Statement, Statement]:
    """The reference and the company's statement of a candidate with a reference."""
    a, b = candidate.a, candidate.b
    return (a, b) if a.is_reference else (b, a)


def reference_candidates(
    companies: Sequence[Company], references: Sequence[Statement], vectors: NDArray[np.float32],
    new: Collection[str] | None = None,
) -> tuple[list[Candidate], Stage]:  # fmt: skip
    """For each reference the statements of each company nearest to it, ranked within the language pair.

    Where ``new`` is given, only pairs with a statement or reference whose id is in it.
    """
    found: list[Candidate] = []
    considered = len(references) * sum(len(c.statements) for c in companies)
    for company in companies if references else ():
        own = len(company.statements)
        both = as_company([*company.statements, *references], np.concatenate([company.vectors, vectors]))
        mean, deviation = language_pair_statistics(both, within_source=False)
        for row in range(own, own + len(references)):
            cosine = both.vectors[:own] @ both.vectors[row]
            languages = both.language[:own], both.language[row]
            z = (cosine - mean[languages]) / deviation[languages]
            for i in np.argsort(-z, kind="stable")[:NEAREST]:
                pair = company.statements[i], both.statements[row]
                if new is not None and not {s.id for s in pair} & set(new):
                    continue
                a, b = sorted(pair, key=lambda s: (s.date or "9999", s.document, s.id))
                found.append(Candidate(a, b, float(cosine[i]), float(z[i]), (RULE,)))
    dropped = {f"not among the {NEAREST} nearest to a reference": considered - len(found)}
    return found, Stage("references", considered, len(found), {k: n for k, n in dropped.items() if n})


def with_claims(findings: Sequence[Finding], statements: Sequence[Statement], vectors: Vectors) -> list[Finding]:
    """Findings against a reference with the company's own statement, if any, that it respects the instrument."""
    return [
        msgspec.structs.replace(f, claim=_claim(f, statements, vectors)) if f.a.is_reference or f.b.is_reference else f
        for f in findings
    ]


def _claim(finding: Finding, statements: Sequence[Statement], vectors: Vectors) -> Statement | None:
    """Of the company's other statements that name the instrument as one it holds to, the nearest to the provision."""
    a, b = finding.a, finding.b
    reference, own = (a, b) if a.is_reference else (b, a)
    named = _named(reference)
    claims = [
        s for s in statements
        if s.id in vectors and s.id != own.id and not s.is_reference
        and same_company(s.company) == same_company(own.company)
        and _respected(s) & named
    ]  # fmt: skip
    return max(claims, key=lambda s: (float(vectors[s.id] @ vectors[reference.id]), s.id), default=None)


def _named(reference: Statement) -> frozenset[str]:
    """The instruments that a reference is, or is about."""
    words = f"{reference.company}. {reference.document}. {reference.text}"
    return frozenset(m.id for m in mentions(words, reference.lang) if not m.relative)


def _respected(statement: Statement) -> frozenset[str]:
    """The instruments that a statement says to hold to, with what they include."""
    held = [m for m in mentions(statement.text, statement.lang) if m.stance == "held" and not m.relative]
    return frozenset(name for m in held for name in (m.id, *m.includes))


def find_echoes(judgements: Sequence[Judgement], model: EchoModel) -> list[Echo]:
    """The company's statements that take over a reference's position, the most probable first."""
    found = []
    for j in judgements:
        if not has_reference(j.candidate):
            continue
        reference, own = parts(j.candidate)
        later = (own.date or "9999") >= (reference.date or "")
        if later and (p := model.probability(j)) >= LEAST:
            ways = (j.forward, j.backward) if reference is j.candidate.a else (j.backward, j.forward)
            found.append(Echo(
                company=own.company, party=reference.company, since=own.date, probability=p,
                similarity=round(j.candidate.cosine, 4), entailment=(round(ways[0].entailment, 4),
                round(ways[1].entailment, 4)), reference=reference, statement=own,
            ))  # fmt: skip
    found.sort(key=lambda e: (-e.probability, e.reference.id, e.statement.id))
    return _since(found)


def _since(echoes: Sequence[Echo]) -> list[Echo]:
    """Each with the date of the first of the company's statements that echo this party."""
    rows = groupby(sorted(echoes, key=_party), _party)
    first = {party: min((e.since for e in said if e.since), default=None) for party, said in rows}
    return [msgspec.structs.replace(e, since=first[_party(e)]) for e in echoes]


def _party(echo: Echo) -> tuple[str, str]:
    return same_company(echo.company), echo.party
