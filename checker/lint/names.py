"""Names (C): a company, a kind of source or a document that is spelled in several ways is taken for several."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .memory import Memory, company_of, document_of
from .records import Flaw, Line, Placed, Rule, Settings, shown

_FORMS = Path(__file__).parents[1] / "ingest" / "data" / "sources.toml"
_BETWEEN_DIGITS, _SIGNS = re.compile(r"(?<=\d)[\W_]+(?=\d)"), re.compile(r"[^\w.]+|_+")


@lru_cache(maxsize=4096)
def bare(name: str) -> str:
    """A name by its letters and digits alone; digits that a sign parts stay apart."""
    return _SIGNS.sub("", _BETWEEN_DIGITS.sub(".", _folded(name))).strip(".")


def _folded(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))


@lru_cache(maxsize=1)
def _legal_forms() -> tuple[frozenset[str], re.Pattern[str]]:
    """The legal forms that documents are read with: words in Latin script, and what surrounds an eastern name."""
    data = tomllib.loads(_FORMS.read_text("utf-8"))["companies"]
    words = {bare(word) for form in data["latin"] for word in (form, *form.split())}
    eastern = "|".join(map(re.escape, sorted({*data["before_cjk"], *data["after_cjk"]}, key=len, reverse=True)))
    return frozenset(words) | {"the"}, re.compile(eastern)


@lru_cache(maxsize=4096)
def bare_company(name: str) -> str:
    """A company's name by its letters, without its legal form and the word "the": "The ACME Co., Ltd." is acme."""
    forms, eastern = _legal_forms()
    words = [w for w in re.split(r"[\s,]+", eastern.sub("", name)) if bare(w)]
    kept = [w for i, w in enumerate(words) if bare(w) not in forms or (i == 0 and bare(w) != "the")]
    return bare("".join(kept)) or bare(name) or company_of(name)


class Spelling:
    """Names that differ in spelling only, each told once, where the second spelling first stands."""

    def __init__(self, settings: Settings) -> None:
        self.places = settings.places
        self.met: Memory[bool] = settings.memory()
        self.first: Memory[tuple[str, str, int]] = settings.memory()

    def see(self, line: Line) -> Iterator[Flaw]:
        """C001, C002, C003."""
        s = line.statement
        company = company_of(s.company)
        if self.met.first(("company", company), True) is None:
            yield from self._new("C001", "company", bare_company(s.company), company, line)
        if self.met.first(("source", s.source), True) is None:
            yield from self._new("C002", "source", bare(s.source), s.source, line)
        if s.document and self.met.first((company, s.document), True) is None:
            yield from self._new("C003", "document", f"{company}\n{bare(s.document)}", s.document, line)

    def _new(self, code: str, field: str, key: str, name: str, line: Line) -> Iterator[Flaw]:
        """A name that was not met before, if it is another spelling of one that was."""
        written: str = getattr(line.statement, field)
        known = self.first.first((field, key), (name, written, line.place))
        if known is not None and known[0] != name:
            why = f"{_TAKEN[field]}; spell it in one way"
            where = self.places.named(known[2])
            yield Flaw(
                code, field, f"{shown(written)} may be {shown(known[1])} of {where}, but is taken for another {why}"
            )

    def end(self) -> Iterator[Placed]:
        """Nothing more."""
        yield from ()


_TAKEN = {
    "company": "company, and never compared with it",
    "source": "kind of source",
    "document": "document, and compared with it",
}


class Alone:
    """Companies with one document, among others with several."""

    def __init__(self, settings: Settings) -> None:
        self.companies: Memory[_Documents] = settings.memory()

    def see(self, line: Line) -> Iterator[Flaw]:
        """Nothing yet: another document may follow."""
        s = line.statement
        if not (s.is_reference or s.is_outside):
            document = document_of(s)
            one = _Documents(line.place, s.company, document[1])
            known = self.companies.first(document[0], one)
            if known is not None and known.only != document[1]:
                known.only = None
        yield from ()

    def end(self) -> Iterator[Placed]:
        """C004."""
        alone = [c for c in self.companies.values() if c.only is not None]
        if any(c.only is None for c in self.companies.values()):
            for c in alone:
                why = f"{shown(c.name)} has this document only: there is nothing to compare its statements with"
                yield Placed(c.place, Flaw("C004", "company", why))


@dataclass(slots=True)
class _Documents:
    """Where a company is first met, and its only document; None where it has several."""

    place: int
    name: str
    only: str | None


RULES = (
    Rule("C001", "a company spelled in several ways",
         "statements of two spellings are never compared; case and width do not count, legal forms do",
         '"company": "Acme" … "company": "Acme Inc."'),
    Rule("C002", "a kind of source spelled in several ways",
         "the kind of source is part of a finding's fingerprint: with another spelling it is another finding",
         '"source": "esg-report" … "source": "ESG report"'),
    Rule("C003", "a document spelled in several ways",
         "it is taken for two documents, and compared with itself",
         '"document": "ESG report 2023" … "document": "ESG Report, 2023"'),
    Rule("C004", "a company with one document, among others with several",
         "nothing of it is compared, and the findings of the others hide that",
         '"company": "Acme", "document": "Policy" (and no other document of Acme)'),
)  # fmt: skip
