"""The list of participants that many transcripts give: who belongs to the company, who asks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..blocks import Block
from .heads import Head, has_title, parse_head
from .labels import is_end, is_section
from .names import same_person, tokens_of
from .sides import Role, side_of
from .words import is_eastern, opens_with, plain

_LISTS: tuple[tuple[str, Role | None], ...] = (
    ("listed_company", "management"), ("listed_outside", "analyst"), ("listed", None),
)  # fmt: skip
_BREAK = re.compile(r"[;；、|]|(?<=[）)]),\s*|\s{3,}")
_MAX_ENTRY = 220
_MAX_ENTRIES = 400
_MAX_LOOKUPS = 2_000


@dataclass(slots=True)
class Cast:
    """Names and their roles, by the words of the list; ``blocks`` are those that hold it."""

    people: list[tuple[str, Role | None]] = field(default_factory=list)
    texts: list[tuple[str, Role | None]] = field(default_factory=list)  # entries whose name could not be told apart
    blocks: set[int] = field(default_factory=set)
    _found: dict[str, list[tuple[str, Role | None]]] = field(default_factory=dict)

    def role(self, name: str) -> Role | None:
        """The role of a participant, or None for whoever is not listed or not with a role."""
        roles = {role for _, role in self._entries(name)}
        if len(roles) > 1:
            roles = {role for listed, role in self._entries(name) if tokens_of(listed) == tokens_of(name)}
        return roles.pop() if len(roles) == 1 else None

    def holds(self, name: str) -> bool:
        """Whether a participant of that name is listed."""
        return bool(self._entries(name))

    def add(self, name: str, role: Role | None) -> None:
        """A participant."""
        self._found.clear()
        if len(self.people) < _MAX_ENTRIES:
            self.people.append((name, role))

    def has(self, name: str, role: Role | None) -> bool:
        """Whether that name is listed on that side."""
        return any(same_person(name, listed) and role == side for listed, side in self.people)

    def entitle(self, role: Role | None) -> None:
        """The last participant's role, by a title that follows the name, where the list itself gives none."""
        name, known = self.people[-1]
        self.people[-1] = (name, known or role)

    def _entries(self, name: str) -> list[tuple[str, Role | None]]:
        """The entries that can be this person's; a call has few speakers, so only so many names are looked up."""
        if name not in self._found and len(self._found) < _MAX_LOOKUPS:
            parts = " ".join(tokens_of(name))
            found = [entry for entry in self.people if same_person(entry[0], name)]
            if not found and parts:
                found = [entry for entry in self.texts if entry[0].startswith(parts)]
            self._found[name] = found
        return self._found.get(name, [])


def read_cast(blocks: Sequence[Block], host: str = "") -> Cast:
    """The participants of every list in the blocks; empty where there is none."""
    cast = Cast()
    spoken = any(block.turn for block in blocks)
    index = 0
    while index < len(blocks):
        text = plain(blocks[index].text).strip()
        section = next(((name, role) for name, role in _LISTS if is_section(text, name)), None)
        if section:
            index = _read_list(blocks, index, section[1], host, cast)
            continue
        inline = _inline(text)
        if inline:
            _take_inline(inline[0], inline[1], host, cast)
            cast.blocks.add(index)
        elif spoken and blocks[index].turn is None:
            _take_dashed(blocks, index, host, cast)
        index += 1
    return cast


def _read_list(blocks: Sequence[Block], heading: int, role: Role | None, host: str, cast: Cast) -> int:
    """Take the entries below a heading; gives the first block behind them."""
    start = heading + 1
    index, named = start, False
    while index < len(blocks) and index - start < _MAX_ENTRIES:
        text = _without_bullet(plain(blocks[index].text).strip()).replace(" | ", " - ")
        if blocks[index].turn is not None or not _is_entry(text) or is_end(text):
            break
        if named and has_title(text) and not cast.holds(text):  # the title below a name
            cast.entitle(side_of(text, host))
            named = False
        else:
            head = parse_head(text, single=role is not None)
            if head and (head.kind == "operator" or cast.has(head.speaker, role)):
                break  # a name that comes again is a speaker's label: the list is over
            _take(text, head, role, host, cast)
            named = bool(head and head.kind == "person" and not head.about)
        index += 1
    if index > start:
        cast.blocks.update(range(heading, index))
    return max(index, start)


def _is_entry(text: str) -> bool:
    """Whether a block can be an entry: a line that is no heading and no label with speech behind it."""
    headings = ("listed_company", "listed_outside", "listed", "prepared", "questions")
    if not text or len(text) > _MAX_ENTRY or any(is_section(text, name) for name in headings):
        return False
    return not re.search(
        r"\[\d{1,4}\](?:\s|$)|[.!?。！？]$(?<!Inc\.)(?<!Co\.)(?<!Ltd\.)(?<!Corp\.)(?<!LLC\.)(?<!Jr\.)", text
    )


def _without_bullet(text: str) -> str:
    return text.lstrip("*•·-–— \t")


def _take(entry: str, head: Head | None, role: Role | None, host: str, cast: Cast) -> None:
    if head is None:
        if role and len(cast.texts) < _MAX_ENTRIES:
            cast.texts.append((" ".join(tokens_of(entry)) if not is_eastern(entry) else entry, role))
        return
    if head.kind == "person":
        cast.add(head.speaker, role or side_of(head.about, host))


def _inline(text: str) -> tuple[str, Role | None] | None:
    """What follows a list's heading on its own line ("参会人员: …", "Participants: …"), and the side it is for."""
    for section, role in _LISTS:
        match = re.match(r"\s*[^:|]{1,40}?\s*[:|]\s*", text)
        if match and opens_with(section, text) and is_section(text[: match.end()].rstrip(" :|"), section):
            rest = text[match.end() :]
            return (rest, role) if rest else None
    return None


def _take_inline(text: str, role: Role | None, host: str, cast: Cast) -> None:
    for entry in [part for part in _BREAK.split(text) if part.strip()][:_MAX_ENTRIES]:
        head = parse_head(entry)
        if head and head.kind == "person" and (head.sure or role):
            cast.add(head.speaker, role or side_of(head.about, host))


def _take_dashed(blocks: Sequence[Block], index: int, host: str, cast: Cast) -> None:
    """An entry without a heading ("Jane Roe--Chief Executive Officer") in a file whose speakers the reader knew."""
    text = plain(blocks[index].text).strip()
    head = parse_head(text) if _is_entry(text) and not is_end(text) else None
    side = side_of(head.about, host) if head and head.kind == "person" and head.sure else None
    if head and side:
        cast.add(head.speaker, side)
        cast.blocks.add(index)
