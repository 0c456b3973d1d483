"""Reading packs: what an entry may say, and errors that name file, entry and remedy."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal

from ..errors import ConfigError
from .phrases import LANGUAGES, Phrases, flatten, parse

Class = Literal["universal", "relative"]
Table = dict[str, tuple[str, ...]]

FOLDER = Path(__file__).parent
MAX_BYTES = 1_000_000
MAX_PHRASES = 5_000  # of one pack
ANY = "any"
KINDS = {
    "universal": ("norm", "certificate", "framework", "formula"),
    "relative": ("defers", "complies"),
}
_PACK = ("name", "description", "languages", "licence", "topics", "entries")
_KEY = {"universal": "kind", "relative": "strength"}
_ENTRY = ("id", "class", "topic", "includes", "family", "note", "citation", "patterns")


@dataclass(frozen=True, slots=True)
class Entry:
    """A standard, or a way to put something local in its place.

    ``kind`` of a universal entry: ``norm`` sets a level of conduct, ``certificate`` is held or not, ``framework``
    orders reports and targets, ``formula`` binds everywhere without an instrument. That of a relative one is its
    ``strength`` in the pack: ``defers`` puts a local view, law or custom in place of the standard or makes it the
    ceiling; ``complies`` merely obeys or heeds it. Only ``defers`` conflicts with a universal standard. Instruments of
    one ``family`` exclude each other where one is called the only one; ``includes`` names what an entry contains.
    """

    id: str
    cls: Class
    kind: str
    topics: tuple[str, ...]
    includes: frozenset[str] = frozenset()
    family: str = ""
    note: str = ""
    citation: str = ""
    pack: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """A matter that standards are about; what holds for a parent is about its children too."""

    name: str
    parents: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Packs:
    """All entries and topics of some packs. Two are equal only where they are the same object, so it hashes fast."""

    entries: tuple[Entry, ...]
    topics: tuple[Topic, ...]
    entry_phrases: tuple[tuple[str, str, Entry], ...]
    topic_phrases: tuple[tuple[str, str, str], ...]

    @cached_property
    def entry_finder(self) -> Phrases[Entry]:
        """Finds entries in text."""
        return Phrases(self.entry_phrases)

    @cached_property
    def topic_finder(self) -> Phrases[str]:
        """Finds names of topics in text."""
        return Phrases(self.topic_phrases)

    @cached_property
    def ancestors(self) -> dict[str, frozenset[str]]:
        """Each topic with itself and all above it."""
        parents = {t.name: t.parents for t in self.topics}

        def above(name: str, seen: frozenset[str]) -> frozenset[str]:
            ups = [above(p, seen | {name}) for p in parents.get(name, ()) if p not in seen]
            return frozenset({name}).union(*ups)

        return {name: above(name, frozenset()) for name in parents}


@lru_cache(maxsize=1)
def default_packs() -> Packs:
    """The packs that come with checker; read once, at the first use."""
    return _assemble(sorted(FOLDER.glob("*.toml")))


def load_packs(paths: Sequence[Path] = ()) -> Packs:
    """The packs that come with checker and those of ``paths``; without any, the same object as ``default_packs()``.

    A later pack may add phrases and topics to an entry of an earlier one, under the same id, class and kind. Raises
    ConfigError with file, entry and how to mend it.
    """
    if not paths:
        return default_packs()
    return _assemble([*sorted(FOLDER.glob("*.toml")), *paths])


def _assemble(paths: Sequence[Path]) -> Packs:
    raw = [(path, _read(path)) for path in paths]
    topics: dict[str, Topic] = {ANY: Topic(ANY)}
    words: list[tuple[str, str, str]] = []
    for path, pack in raw:
        for name, table in _table(pack, "topics", str(path)).items():
            topic, phrases = _topic(name, table, f"{path}: topic '{name}'")
            old = topics.get(name, topic)
            topics[name] = Topic(name, tuple(dict.fromkeys(old.parents + topic.parents)))
            words += flatten(phrases, name)
    entries: dict[str, Entry] = {}
    phrases_of: list[tuple[str, Table, Path]] = []
    for path, pack in raw:
        own: set[str] = set()
        for number, row in enumerate(pack.get("entries", []), 1):
            entry, phrases = _entry(row, str(path), number, str(pack["name"]))
            where = f"{path}: entry '{entry.id}'"
            if entry.id in own:
                raise ConfigError(f"{where}: stands there twice; give each entry an id of its own")
            own.add(entry.id)
            entries[entry.id] = _joined(entries.get(entry.id), entry, where)
            phrases_of.append((entry.id, phrases, path))
    for entry in entries.values():
        _known(entry.topics, topics, f"entry '{entry.id}' of pack '{entry.pack}'", "topic")
        _known(sorted(entry.includes), entries, f"entry '{entry.id}' of pack '{entry.pack}'", "entry")
    for topic in topics.values():
        _known(topic.parents, topics, f"topic '{topic.name}'", "topic")
    found = [item for name, table, _ in phrases_of for item in flatten(table, entries[name])]
    return Packs(tuple(entries.values()), tuple(topics.values()), tuple(found), tuple(words))


def _read(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ConfigError(f"{path}: larger than {MAX_BYTES:,} bytes; split the pack")
        pack = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror}); name a pack that exists") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not TOML in UTF-8 ({error}); mend that place") from None
    _keys(pack, _PACK, str(path))
    for key in ("name", "description", "licence"):
        _text(pack, key, str(path))
    _langs(_strings(pack, "languages", str(path)), str(path))
    if not isinstance(pack.get("entries", []), list):
        raise ConfigError(f"{path}: 'entries' is no list; write each entry under [[entries]]")
    phrases = sum(len(v) for e in pack.get("entries", []) if isinstance(e, dict) for v in _lists(e.get("patterns")))
    if phrases > MAX_PHRASES:
        raise ConfigError(f"{path}: has {phrases:,} phrases, {MAX_PHRASES:,} are possible; split the pack")
    return pack


def _lists(table: object) -> list[list[object]]:
    return [v for v in table.values() if isinstance(v, list)] if isinstance(table, dict) else []


def _topic(name: str, table: object, where: str) -> tuple[Topic, Table]:
    if not isinstance(table, dict):
        raise ConfigError(f'{where}: is no table; write [topics.{name}] and below it en = ["…"]')
    parents = _strings(table, "parents", where) if "parents" in table else ()
    return Topic(name, parents), _phrases({k: v for k, v in table.items() if k != "parents"}, where)


def _entry(row: object, path: str, number: int, pack: str) -> tuple[Entry, Table]:
    if not isinstance(row, dict) or not isinstance(row.get("id"), str) or not row["id"]:
        raise ConfigError(f'{path}: entry {number}: has no id; add id = "a-short-name"')
    where = f"{path}: entry '{row['id']}'"
    cls = _choice(row, "class", ("universal", "relative"), where)
    _keys(row, (*_ENTRY, _KEY[cls]), where)
    kind = _choice(({"kind": "norm"} if cls == "universal" else {}) | row, _KEY[cls], KINDS[cls], where)
    topic = row.get("topic", ANY)
    entry = Entry(
        id=row["id"],
        cls="universal" if cls == "universal" else "relative",
        kind=kind,
        topics=(topic,) if isinstance(topic, str) else _strings(row, "topic", where),
        includes=frozenset(_strings(row, "includes", where) if "includes" in row else ()),
        pack=pack,
        **{key: _text(row, key, where) for key in ("family", "note", "citation") if key in row},
    )
    return entry, _phrases(_table(row, "patterns", where), where)


def _joined(old: Entry | None, new: Entry, where: str) -> Entry:
    """An entry to which a later pack adds."""
    if old is None:
        return new
    if (old.cls, old.kind) != (new.cls, new.kind):
        raise ConfigError(
            f"{where}: pack '{old.pack}' has it as {old.cls}, {old.kind}; use the same class and kind, or another id"
        )
    topics = tuple(dict.fromkeys(old.topics + new.topics))
    return replace(old, topics=topics, includes=old.includes | new.includes, family=new.family or old.family)


def _phrases(table: dict[str, Any], where: str) -> Table:
    _langs(table, where)
    made = {lang: _strings(table, lang, where) for lang in table}
    for lang, phrases in made.items():
        for phrase in phrases:
            try:
                if not where.startswith(str(FOLDER)):  # tests have parsed those of checker
                    parse(phrase)
            except ConfigError as error:
                raise ConfigError(f"{where}: {lang} phrase '{phrase[:60]}' {error}") from None
    return made


def _keys(table: dict[str, Any], allowed: Sequence[str], where: str) -> None:
    for key in table:
        if key not in allowed:
            near = difflib.get_close_matches(key, allowed, 1)
            hint = f"did you mean '{near[0]}'?" if near else "possible: " + ", ".join(allowed)
            raise ConfigError(f"{where}: unknown key '{key}'; {hint}")


def _langs(langs: Iterable[str], where: str) -> None:
    for lang in langs:
        if lang not in LANGUAGES:
            raise ConfigError(f"{where}: unknown language '{lang}'; possible: {', '.join(LANGUAGES)}")


def _known(names: Iterable[str], known: Iterable[str], where: str, what: str) -> None:
    for name in names:
        if name not in (known := list(known)):
            near = difflib.get_close_matches(name, known, 1)
            hint = f"did you mean '{near[0]}'?" if near else f"add the {what} to a pack"
            raise ConfigError(f"{where}: unknown {what} '{name}'; {hint}")


def _choice(row: dict[str, Any], key: str, choices: Sequence[str], where: str) -> str:
    value = row.get(key)
    if value not in choices:
        found = f"{key} is {value!r}" if key in row else f"has no {key}"
        raise ConfigError(f"{where}: {found}; possible: {', '.join(choices)}")
    return str(value)


def _text(row: dict[str, Any], key: str, where: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value:
        raise ConfigError(f'{where}: {key} is no text; add {key} = "…"')
    return value


def _strings(row: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = row.get(key)
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise ConfigError(f'{where}: {key} is no list of texts; write {key} = ["…", "…"]')
    return tuple(value)


def _table(row: dict[str, Any], key: str, where: str) -> dict[str, Any]:
    value = row.get(key, {})
    if not isinstance(value, dict):
        raise ConfigError(f'{where}: {key} is no table; write it as {key}.en = ["…"]')
    return value
