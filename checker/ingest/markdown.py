"""Markdown to blocks: CommonMark with tables, footnotes and front matter.

markdown-it-py (MIT) and mdit-py-plugins (MIT) parse it: their tokens say of each block what it is, and keep inline
content apart. PyYAML (MIT) reads the front matter, all of it as text, so that no date is made of what is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import InputError
from .blocks import Block, Extract, Limits
from .cells import row_text
from .textfile import read_text
from .tidy import is_cjk_end, is_cjk_start, tidy, width

if TYPE_CHECKING:
    from markdown_it.token import Token

_SHORT = 120  # columns of a heading that is bold only
_MAX_FRONT = 100_000  # characters of front matter
_FRONT = re.compile(
    r"\A\ufeff?(?P<sign>---|\+\+\+)[ \t]*\n(?P<body>.*?)\n(?:(?P=sign)|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL
)
_DATE = re.compile(r"((?:19|20)\d\d)(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?(?![\d-])")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z0-9]{2,8}))?\Z")
_ATTRIBUTES = re.compile(r"\s*\{[#.:][^{}]{0,200}\}\s*\Z")  # "# Title {#id}", as Pandoc and Kramdown write
_TASK = re.compile(r"\[[ xX]\]\s+")
_LEFT_OUT = ("fence", "code_block", "html_block")
_TAG = re.compile(r"<!--(?:.*?-->|.*\Z)|<[^<>]{0,2000}>", re.DOTALL)


@dataclass
class State:
    """Where in the document a token stands: the lists around it with their counts, and the footnote."""

    blocks: list[Block] = field(default_factory=list)
    lists: list[int | None] = field(default_factory=list)  # the next number of each open list, None for bullets
    markers: list[str] = field(default_factory=list)  # of each open entry; emptied when it is used
    note: str | None = None
    cells: list[str] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)


class Front(NamedTuple):
    """What front matter states of a document."""

    title: str | None = None
    date: str | None = None
    lang: str | None = None
    author: str | None = None


def read(path: Path, limits: Limits) -> Extract:
    """The blocks of a Markdown file. Raises InputError where it cannot be opened, is too large or holds no text."""
    text, warnings = read_text(path, limits)
    front, text = _front_matter(text)
    state = _walk(_parsed(text, path))
    if not state.blocks:
        raise InputError("holds no text", str(path))
    left_out = [f"{what} left out: {count}" for what, count in state.left_out.items()]
    return Extract(
        format="markdown", blocks=state.blocks, title=front.title, date=front.date, lang=front.lang,
        author=front.author, warnings=[*warnings, *left_out],
    )  # fmt: skip


def blocks_of(text: str) -> list[Block]:
    """The blocks of a text in Markdown without front matter."""
    return _walk(_parsed(text, Path("-"))).blocks


def _parsed(text: str, path: Path) -> list[Token]:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"]).use(footnote_plugin)
    try:
        return parser.parse(text)
    except RecursionError:
        raise InputError("nests lists or quotes too deeply to be read", str(path)) from None


def _walk(tokens: Sequence[Token]) -> State:
    state = State()
    for i, token in enumerate(tokens):
        if token.type in _LEFT_OUT:
            _leave_out(state, token)
        elif token.type == "inline":
            _take(state, tokens[i - 1], token)
        else:
            _enter(state, token)
    return state


def _enter(state: State, token: Token) -> None:
    """Open or close a list, an entry, a footnote or a row."""
    kind = token.type
    if kind in ("bullet_list_open", "ordered_list_open"):
        state.lists.append(int(token.attrGet("start") or 1) if kind.startswith("ordered") else None)
    elif kind in ("bullet_list_close", "ordered_list_close"):
        state.lists.pop()
    elif kind == "list_item_open":
        state.markers.append(_marker(token, state))
    elif kind == "list_item_close":
        state.markers.pop()
    elif kind == "footnote_open":
        state.note = str(token.meta.get("label") or token.meta["id"] + 1)
    elif kind == "footnote_close":
        state.note = None
    elif kind == "tr_close":
        _add(state, "row", row_text(state.cells))
        state.cells = []


def _marker(token: Token, state: State) -> str:
    following = state.lists[-1]
    if following is None:
        return "•" if token.markup in "*+" else token.markup
    state.lists[-1] = following + 1
    return f"{following}{token.markup}"


def _leave_out(state: State, token: Token) -> None:
    """Count blocks of code, and of HTML where they hold text."""
    if token.type != "html_block":
        what = "blocks of code"
    elif any(c.isalpha() for c in _TAG.sub("", token.content)):
        what = "blocks of HTML"
    else:
        return
    state.left_out[what] = state.left_out.get(what, 0) + 1


def _take(state: State, opening: Token, token: Token) -> None:
    """A block of what an opening token and its inline content make."""
    text = tidy(_plain(token.children or []))
    if opening.type in ("th_open", "td_open"):
        state.cells.append(text)
    elif opening.type == "heading_open":
        _add(state, "heading", _ATTRIBUTES.sub("", text), level=int(opening.tag[1:]))
    elif state.note is not None:
        _add(state, "footnote", text, marker=state.note)
    elif state.markers:
        marker, state.markers[-1] = state.markers[-1], ""
        _add(state, "item", _TASK.sub("", text, count=1) if marker else text, len(state.markers), marker)
    elif _is_bold(token.children or []) and width(text) <= _SHORT and text[-1:] not in ".!?。！？:：,;":
        _add(state, "heading", text, level=6)
    else:
        _add(state, "paragraph", text)


def _is_bold(tokens: Sequence[Token]) -> bool:
    """Whether all of a paragraph is in one pair of marks for bold."""
    shown = [t.type for t in tokens if t.content or t.nesting]
    return len(shown) > 2 and shown[0] == "strong_open" and shown.index("strong_close") == len(shown) - 1


def _add(state: State, kind: Any, text: str, level: int = 0, marker: str = "") -> None:
    if text:
        state.blocks.append(Block(kind=kind, text=text, level=level, marker=marker))


def _plain(tokens: Sequence[Token]) -> str:
    """Inline content as text: links by their words, no pictures, no marks, nothing of what is struck out."""
    parts: list[str] = []
    struck = 0
    for i, token in enumerate(tokens):
        if token.type in ("s_open", "s_close"):
            struck += 1 if token.type == "s_open" else -1
        elif struck:
            continue
        elif token.type in ("text", "code_inline", "text_special"):
            parts.append(token.content)
        elif token.type == "hardbreak" or (token.type == "html_inline" and token.content.lower().startswith("<br")):
            parts.append(" ")
        elif token.type == "softbreak":
            parts.append(_break("".join(parts[-1:]), tokens[i + 1 :]))
    return "".join(parts)


def _break(before: str, after: Sequence[Token]) -> str:
    """What a line break within a paragraph stands for: nothing between Chinese or Japanese characters, else a space."""
    following = next((t.content for t in after if t.content), "")
    return "" if is_cjk_end(before) and is_cjk_start(following) else " "


def _front_matter(text: str) -> tuple[Front, str]:
    """What front matter in YAML or TOML states, and the text without it."""
    found = _FRONT.match(text[:_MAX_FRONT])
    if not found:
        return Front(), text
    data = _parse_front(found["sign"], found["body"])
    if not isinstance(data, dict):
        return Front(), text if found["sign"] == "---" else text[found.end() :]
    values = {str(key).lower(): value for key, value in data.items()}
    date = _DATE.match(_scalar(values.get("date")))
    language = _LANGUAGE.match(_scalar(values.get("lang") or values.get("language")))
    front = Front(
        title=_scalar(values.get("title")) or None,
        date="-".join(part for part in date.groups() if part) if date else None,
        lang="-".join(part for part in (language[1].lower(), language[2]) if part) if language else None,
        author=", ".join(_authors(values.get("author") or values.get("authors"))) or None,
    )
    return front, text[found.end() :]


def _parse_front(sign: str, body: str) -> Any:
    if sign == "+++":
        import tomllib

        try:
            return tomllib.loads(body)
        except (tomllib.TOMLDecodeError, RecursionError):
            return None
    import yaml

    try:
        return yaml.load(body, Loader=yaml.BaseLoader)  # noqa: S506 - makes nothing but text, lists and maps
    except (yaml.YAMLError, RecursionError):
        return None


def _authors(value: Any) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        name = _scalar(one.get("name") if isinstance(one, dict) else one)
        if name:
            yield name


def _scalar(value: Any) -> str:
    return "" if value is None or isinstance(value, dict | list) else tidy(str(value))[:1_000]
