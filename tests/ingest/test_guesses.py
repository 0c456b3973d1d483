"""What is guessed of a document: title, date, language, kind of source, company; and that guesses yield to what is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.ingest.blocks import Block, Extract, Turn
from checker.ingest.documents import Entry, Facts
from checker.ingest.guesses import agree_on_companies, distinct_titles, fill

PROSE = "The company pays its suppliers within thirty days and reports on it every year in this report."


def extract(*texts, **more):
    blocks = [Block(kind="heading", text=texts[0], level=1), *(Block(kind="paragraph", text=t) for t in texts[1:])]
    return Extract(format="pdf", blocks=blocks, **more)


def guess(name, found, **told):
    return fill(Entry(Path(name), Facts(**told)), found)


CASES = [
    # file name, extract, expected facts
    ("acme-sustainability-2022.pdf", extract("Sustainability Report 2022", "Acme Ltd. sells tools.", PROSE),
     {"company": "Acme Ltd.", "source": "esg-report", "date": "2022", "document": "Sustainability Report 2022", "lang": "en"}),
    ("call-2023-05-04.txt", extract("Acme Inc. (ACM) Q2 2023 Earnings Call Transcript", PROSE),
     {"company": "Acme Inc.", "source": "investor-call", "date": "2023-05-04"}),
    ("r.html", extract("行为准则", "晨星科技股份有限公司在所有市场遵守同一标准。", "本准则自2021年3月5日起施行，适用于全体员工。"),
     {"company": "晨星科技股份有限公司", "source": "policy", "lang": "zh", "date": "2021-03-05"}),
    ("x.pdf", extract("Geschäftsbericht 2020", "Die Nordlicht AG zahlt ihre Lieferanten pünktlich und berichtet darüber."),
     {"company": "Nordlicht AG", "source": "annual-report", "lang": "de", "date": "2020"}),
    ("vivo-report.pdf", extract("Our year", "Vivo grew. Vivo hired. At Vivo we pay on time.", PROSE),
     {"company": "Vivo", "source": "document", "document": "Our year"}),
    ("datenschutz.docx", extract("Datenschutzerklärung", "Wir verarbeiten Daten nur auf Grundlage der gesetzlichen Bestimmungen."),
     {"source": "policy", "lang": "de"}),
    ("2019-05-10_notes.txt", extract("Notes", PROSE, title="Press release: results", date="2018-01-01"),
     {"date": "2019-05-10", "source": "press", "document": "Press release: results"}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "found", "expected"), CASES, ids=[c[0] for c in CASES])
def test_guesses(name, found, expected):
    """Guesses are right on plain documents, and are said to be guesses."""
    facts, guessed = guess(name, found)
    assert {k: getattr(facts, k) for k in expected} == expected
    assert set(expected) <= set(guessed)


def test_what_is_told_is_no_guess():
    """A fact that the user names stands, whatever the document says."""
    facts, guessed = guess("a.pdf", CASES[0][1], company="Other AG", date="2001", source="filing")
    assert (facts.company, facts.date, facts.source) == ("Other AG", "2001", "filing")
    assert not {"company", "date", "source"} & set(guessed)


def test_a_call_is_known_by_its_turns():
    blocks = [Block(kind="paragraph", text=PROSE, turn=Turn(speaker="A", role="analyst"))]
    facts, _ = guess("x.txt", Extract(format="text", blocks=blocks))
    assert facts.source == "investor-call"


def test_spellings_of_one_company_agree():
    """Legal forms and case do not make two companies; a document without a name speaks for the only one."""
    known = [(Facts(company=name), ("company",)) for name in ("ACME", "Acme Ltd.", "")]
    assert len({facts.company for facts, _ in agree_on_companies(known)}) == 1


def test_a_told_name_is_the_spelling():
    known = [(Facts(company="Acme Holdings Ltd."), ("company",)), (Facts(company="Acme"), ())]
    assert {facts.company for facts, _ in agree_on_companies(known)} == {"Acme"}


def test_two_companies_stay_two():
    """A document that names none of two stays without a company, to be asked for."""
    known = [(Facts(company=name), ("company",)) for name in ("Acme Ltd.", "Borealis AG", "")]
    assert [f.company for f, _ in agree_on_companies(known)] == ["Acme Ltd.", "Borealis AG", ""]


def test_a_heading_that_many_documents_have_is_no_title():
    """ "Presentation" or "E D I T E D  V E R S I O N" names no document: the file does."""
    for heading in ("Presentation", "E D I T E D  V E R S I O N", "目录"):
        assert guess("call-2022-01-27-acme.txt", extract(heading, PROSE))[0].document == "call 2022 01 27 acme"


def test_two_files_with_one_guessed_title_stay_two_documents():
    """Else they would never be compared; a title that is told stands."""
    entries = [Entry(Path(f"{n}.txt"), Facts()) for n in "ab"]
    known = [(Facts(company="Acme", document="Call"), ("document",)), (Facts(company="ACME", document="Call"), ())]
    assert [f.document for f in distinct_titles(known, entries)] == ["Call (a)", "Call"]
