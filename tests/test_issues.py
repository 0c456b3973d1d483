"""Findings grouped into matters: what shares a statement, or says nearly the same, is read once."""

from __future__ import annotations

import msgspec
import numpy as np
from conftest import statement

from checker.issues import group
from checker.records import Contribution, Finding, Highlights


def finding(a, b, probability=0.9, update=0.0, **more):
    return Finding(
        fingerprint=f"{a.id}/{b.id}", probability=probability, update=update, kind=more.pop("kind", "numeric"),
        severity="high", a=a, b=b, contributions=[Contribution("x", 0, 0)], signals=[], judge={}, cosine=0.5,
        highlights=Highlights(), explanation="", rules=[], **more,
    )  # fmt: skip


def vectors(**rows):
    return {name: np.array(row, np.float32) / np.linalg.norm(row) for name, row in rows.items()}


A, B, C, D = (
    statement(x, date=f"20{n}-01-01", document=x) for n, x in (("20", "a"), ("18", "b"), ("19", "c"), ("21", "d"))
)
APART = vectors(a=[1, 0, 0, 0], b=[0, 1, 0, 0], c=[0, 0, 1, 0], d=[0, 0, 0, 1])


def test_findings_that_share_a_statement_are_one_matter():
    findings, issues = group([finding(A, B), finding(C, A, 0.7), finding(C, D, 0.6)], APART)
    assert len(issues) == 1
    assert {f.issue for f in findings} == {issues[0].id}
    assert issues[0].findings == [f.fingerprint for f in findings]
    assert issues[0].probability == 0.9
    assert [m.statement for m in issues[0].timeline] == ["b", "c", "a", "d"], "in the order of their dates"


def test_findings_without_a_common_statement_are_two_matters():
    _, issues = group([finding(A, B), finding(C, D)], APART)
    assert [i.findings for i in issues] == [["a/b"], ["c/d"]]


def test_what_says_nearly_the_same_is_listed_as_a_repeat():
    alike = APART | vectors(c=[1, 0.1, 0, 0])
    _, issues = group([finding(A, B), finding(C, D)], alike)
    assert len(issues) == 1
    moments = {m.statement: m.repeats for m in issues[0].timeline}
    assert moments == {"b": [], "c": ["a"], "d": []}, "the earlier one leads"


def test_same_words_of_two_companies_stay_apart():
    other = msgspec.structs.replace(C, company="Other")
    _, issues = group(
        [finding(A, B), finding(other, msgspec.structs.replace(D, company="Other"))], APART | vectors(c=[1, 0, 0, 0])
    )
    assert len(issues) == 2


def test_improbable_findings_belong_to_no_issue():
    findings, issues = group([finding(A, B, 0.2, 0.1)], APART)
    assert issues == []
    assert findings[0].issue is None


def test_an_issue_of_updates_says_so():
    _, issues = group([finding(A, B, 0.2, 0.7, kind="update")], APART)
    assert issues[0].kinds == ["update"]
