"""Findings that are about one matter, as one issue with a timeline.

Two findings belong together where they share a statement, or where a statement of the one says nearly word for word
what one of the other says. A reviewer then reads the matter once, and sees who said what when.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from .kinds import UPDATE_KIND
from .records import Finding, Issue, Moment, Statement
from .text import digest, same_company

if TYPE_CHECKING:
    from numpy.typing import NDArray

NEAR_DUPLICATE = 0.95  # cosine of the encoder from which a statement repeats another in other words
LEAST = 0.5  # findings below are not grouped: at --min-probability 0 every judged pair is one
MOST = 2000  # statements whose likeness is compared, of the most probable findings

Vectors = Mapping[str, "NDArray[np.float32]"]


def group(findings: Sequence[Finding], vectors: Vectors) -> tuple[list[Finding], list[Issue]]:
    """The findings with the issue each belongs to, and the issues in the order of their first finding."""
    likely = [f for f in findings if max(f.probability, f.update) >= LEAST]
    statements = list({s.id: s for f in likely for s in (f.a, f.b)}.values())
    same = _repeats(statements[:MOST], vectors)
    lead = {f.fingerprint: _key(f, same) for f in likely}
    parent: dict[str, str] = {}
    for a, b in lead.values():
        _join(parent, a, b)
    members: dict[str, list[Finding]] = {}
    for f in likely:
        members.setdefault(_root(parent, lead[f.fingerprint][0]), []).append(f)
    issues = [_issue(rows, same) for rows in members.values()]
    issue_of = {fingerprint: issue.id for issue in issues for fingerprint in issue.findings}
    marked = [msgspec.structs.replace(f, issue=issue_of.get(f.fingerprint)) for f in findings]
    return marked, issues


def _repeats(statements: Sequence[Statement], vectors: Vectors) -> dict[str, str]:
    """By the id of a statement the id of the first that says nearly the same, in the same company."""
    if not statements:
        return {}
    rows = np.stack([vectors[s.id] for s in statements])
    alike = rows @ rows.T >= NEAR_DUPLICATE
    company = [same_company(s.company) for s in statements]
    first: dict[str, str] = {}
    for i, s in enumerate(statements):
        j = next((j for j in range(i) if alike[i, j] and company[i] == company[j]), i)
        first[s.id] = first.get(statements[j].id, s.id)
    return first


def _key(finding: Finding, same: Mapping[str, str]) -> tuple[str, str]:
    return same.get(finding.a.id, finding.a.id), same.get(finding.b.id, finding.b.id)


def _root(parent: dict[str, str], key: str) -> str:
    while parent.setdefault(key, key) != key:
        parent[key] = parent[parent[key]]
        key = parent[key]
    return key


def _join(parent: dict[str, str], a: str, b: str) -> None:
    parent[_root(parent, a)] = _root(parent, b)


def _issue(findings: list[Finding], same: Mapping[str, str]) -> Issue:
    """The id is that of the texts involved, so it survives what a fingerprint survives."""
    said: dict[str, list[Statement]] = {}
    for s in {s.id: s for f in findings for s in (f.a, f.b)}.values():
        said.setdefault(same.get(s.id, s.id), []).append(s)
    moments = [_moment(rows) for rows in said.values()]
    moments.sort(key=lambda m: (m.date or "9999", m.source, m.statement))
    first = findings[0]
    return Issue(
        id=digest(sorted(f.fingerprint for f in findings)), company=first.a.company,
        kinds=sorted({f.kind for f in findings if f.kind != UPDATE_KIND}) or [UPDATE_KIND],
        probability=max(f.probability for f in findings), findings=[f.fingerprint for f in findings], timeline=moments,
    )  # fmt: skip


def _moment(statements: list[Statement]) -> Moment:
    """One thing said: where it was said first, and where it was repeated."""
    first, *rest = sorted(statements, key=lambda s: (s.date or "9999", s.document, s.id))
    return Moment(first.date, first.source, first.document, first.id, first.text, [s.id for s in rest])
