"""What a document does not say of itself in so many words: title, date, language, kind of source, company.

Guesses are plain rules over metadata, file name and first page; each is marked as one and yields to what a user says.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from ..signals.dates import periods
from ..text import same_company
from .blocks import Extract
from .documents import Entry, Facts
from .languages import languages

FIRST = 25  # blocks that are looked at for title, date and kind: a cover and the first page
SAMPLE = 200  # paragraphs that tell the main language
MAX_TITLE = 150
YEARS_AFTER = 2  # between the year that a report is of and its publication, at most
OFTEN = 3  # times that a text names its company
_NAMED_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")
_NAMED_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_EARLIEST, _LATEST = 1970, 2100
_OF_CALL = re.compile(
    r"^(.{2,60}?)(?:\s+\((?:[A-Z]+: ?)?[A-Z.]{1,6}\))?[,:]?\s+(?:[QH][1-4]|FY|Full|First|Second|Third|Fourth)\b.*"
    r"(?:call|transcript)", re.IGNORECASE)  # fmt: skip


def fill(entry: Entry, extract: Extract) -> tuple[Facts, tuple[str, ...]]:
    """What is told of a document, completed by guesses; and the names of the facts that were guessed."""
    told, name = entry.facts, entry.path.stem
    title = told.document or _title(extract) or re.sub(r"[-_]+", " ", name).strip() or name
    found: dict[str, str | None] = {
        "document": title,
        "lang": extract.lang if extract.lang and not extract.blocks else _language(extract),
        "source": _source(title, name, extract),
        "company": _company(title, name, extract),
    }
    found["date"] = _date(name, extract, found["lang"], title)
    guessed = tuple(k for k, v in found.items() if v and not getattr(told, k))
    return msgspec.structs.replace(told, **{k: found[k] for k in guessed}), guessed


def agree_on_companies(known: Sequence[tuple[Facts, tuple[str, ...]]]) -> list[tuple[Facts, tuple[str, ...]]]:
    """One spelling for a company that documents name differently; a document that names none speaks for the only one.

    Where the others name none or several, it stays without.
    """
    names = Counter(facts.company for facts, _ in known if facts.company)
    told = {_core(f.company): f.company for f, guessed in known if f.company and "company" not in guessed}
    spelled = {_core(n): n for n, _ in sorted(names.items(), key=lambda item: (item[1], item[0]))} | told
    agreed = []
    for facts, guessed in known:
        if facts.company:
            agreed.append((msgspec.structs.replace(facts, company=spelled[_core(facts.company)]), guessed))
        elif len(spelled) == 1:
            only = next(iter(spelled.values()))
            agreed.append((msgspec.structs.replace(facts, company=only), (*guessed, "company")))
        else:
            agreed.append((facts, guessed))
    return agreed


@cache
def _lexicon() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("data/sources.toml").read_text("utf-8"))


@cache
def _kinds() -> list[tuple[str, re.Pattern[str]]]:
    return [
        (kind["name"], re.compile(rf"(?<!\w)(?:{_any(kind['latin'])})(?!\w)|{_any(kind['cjk'])}", re.IGNORECASE))
        for kind in _lexicon()["kind"]
    ]


@cache
def _names() -> re.Pattern[str]:
    """Company names by their legal form: capitalised words before it; CJK runs beside it."""
    forms = _lexicon()["companies"]
    latin = (
        rf"(?!(?:{_any(forms['articles'])}) )(?:[A-Z0-9][\w&'’.-]{{0,29}},? ){{1,4}}(?:{_any(forms['latin'])})(?![\w])"
    )
    run = "[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7afA-Za-z]"
    before, after = _any(forms["before_cjk"]), _any(forms["after_cjk"])
    return re.compile(rf"{latin}|(?:{before}){run}{{1,15}}|{run}{{2,20}}(?:{after})")


def _any(words: Sequence[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


def _title(extract: Extract) -> str | None:
    if extract.title and not _is_generic(extract.title):
        return extract.title.strip()[:MAX_TITLE]
    first = [b for b in extract.blocks[:FIRST] if b.kind in ("heading", "paragraph") and b.page in (None, 1)]
    headings = [b for b in first if b.kind == "heading"] or [b for b in first[:1] if len(b.text) <= MAX_TITLE]
    fit = [b for b in headings if 3 <= len(b.text) <= MAX_TITLE and not _is_generic(b.text)]
    return min(fit, key=lambda b: b.level).text if fit else None


def _is_generic(title: str) -> bool:
    """Whether a title names no document: it has no letters, or many documents have it ("E D I T E D ...")."""
    letters = "".join(c for c in title.casefold() if c.isalpha())
    return not letters or letters in {"".join(t.split()) for t in _lexicon()["titles"]["generic"]}


def distinct_titles(known: Sequence[tuple[Facts, tuple[str, ...]]], entries: Sequence[Entry]) -> list[Facts]:
    """The facts, guessed titles that two files of a company share told apart by the files' names."""
    shared = Counter((_core(f.company), f.document) for f, _ in known)
    return [
        msgspec.structs.replace(f, document=f"{f.document} ({e.path.stem})")
        if "document" in guessed and shared[_core(f.company), f.document] > 1 else f
        for (f, guessed), e in zip(known, entries, strict=True)
    ]  # fmt: skip


def _language(extract: Extract) -> str | None:
    long = sorted((b.text for b in extract.blocks if b.kind != "furniture"), key=len, reverse=True)[:SAMPLE]
    votes = Counter[str]()
    for text, code in zip(long, languages([t[:400] for t in long]), strict=True):
        votes[code] += len(text)
    return max(sorted(votes), key=lambda code: votes[code]) if votes else None


def _source(title: str, name: str, extract: Extract) -> str:
    """The kind of source: told by the title, else the file's name, else the turns of a call, else the first page."""
    for words in (title, re.sub(r"[-_]+", " ", name) + " " + name):
        for kind, pattern in _kinds():
            if pattern.search(words):
                return kind
    if any(b.turn is not None and b.turn.role for b in extract.blocks):
        return "investor-call"
    first = " \n ".join(b.text for b in extract.blocks[:FIRST] if len(b.text) <= MAX_TITLE)
    return next((kind for kind, pattern in _kinds() if pattern.search(first)), "document")


def _date(name: str, extract: Extract, lang: str | None, title: str) -> str | None:
    """A day in the file's name, the file's own date, a day on the first page, a year in title or name.

    The file's own date is not believed where it lies before the year of the title, or long after: it is a copy's.
    """
    if day := _NAMED_DAY.search(name):
        return "-".join(day.groups())
    year = _NAMED_YEAR.search(title) or _NAMED_YEAR.search(name)
    if extract.date and (year is None or 0 <= int(extract.date[:4]) - int(year[1]) <= YEARS_AFTER):
        return extract.date
    for block in extract.blocks[:FIRST]:
        for period in periods(block.text[:300], lang, None):
            if period.first == period.last and _EARLIEST <= period.first.year <= _LATEST:
                return period.first.isoformat()
    return year[1] if year else None


def _company(title: str, name: str, extract: Extract) -> str | None:
    """The author where it has a legal form, the name in the title of a call, else the name most often given in full.

    Failing these, the first word of the file's name that the text has with a capital, several times.
    """
    pattern = _names()
    if extract.author and (pattern.search(extract.author) or extract.format == "html"):
        return extract.author.strip() or None
    if call := _OF_CALL.match(title):
        return call[1].strip()
    first = "\n".join(b.text for b in extract.blocks[:FIRST])
    text = "\n".join(b.text for b in extract.blocks)[:2_000_000]
    weights = Counter(m[0].strip() for m in pattern.finditer(text))
    for m in pattern.finditer(f"{title}\n{first}"):
        weights[m[0].strip()] += 5  # a cover names who publishes, the text also auditors and banks
    grouped: dict[str, Counter[str]] = {}
    for full, n in weights.items():
        grouped.setdefault(_core(full), Counter())[full] += n
    if not grouped:
        return _named_by_file(name, text)
    best = max(sorted(grouped), key=lambda core: grouped[core].total())
    return max(sorted(grouped[best]), key=lambda full: grouped[best][full])


def _named_by_file(name: str, text: str) -> str | None:
    """ "vivida-sustainability-2017" is of Vivida where the text speaks of Vivida."""
    words = [w for w in re.findall(r"[^\W\d_]{3,}", name)[:4] if not any(k.search(w) for _, k in _kinds())]
    found = (re.findall(rf"(?<!\w){re.escape(w)}(?!\w)", text, re.IGNORECASE) for w in words)
    capitals = [[f for f in forms if f[0].isupper()] for forms in found]
    return next((Counter(forms).most_common(1)[0][0] for forms in capitals if len(forms) >= OFTEN), None)


def _core(name: str) -> str:
    """A company's name without its legal forms: "Acme Holdings Ltd." and "ACME" are one."""
    forms = _lexicon()["companies"]
    words = re.sub(rf"[ ,]+(?:{_any(forms['latin'])})(?!\w)", "", name, flags=re.IGNORECASE)
    words = re.sub(f"{_any([*forms['before_cjk'], *forms['after_cjk']])}", "", words)
    return same_company(words.strip(" ,.")) or same_company(name)
