"""Why a sentence is no statement: what it is instead.

What a sentence says is never a reason, only what kind of text it is: a position of the company must not be lost. Of the
29,579 sentences of the bundled cases and frames two are set aside, of 384 made-up non-statements in nine languages
(``tests/ingest/not_statements.jsonl``) all but one; the first draft of the lists found 373, which is nearer to what to
expect of unseen ones. Questions are kept; who asks is known by their role. Cues are in ``data/boilerplate.toml``, verbs
in ``data/verbs.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..blocks import Block
from . import clauses, shapes
from .cues import Span, cues_in, fold
from .talk import is_courtesy, is_signpost

_LONGEST_POINTER = 60  # words of a sentence that only points elsewhere
_LONGEST_LABEL = 8  # words of what stands in a menu
_LONGEST_INVITATION = 20  # words of "Learn more about …"
_BRACKETS = re.compile(r"\([^()]*\)|「[^「」]*」|《[^《》]*》")
_FIGURE = re.compile(r"\d\s?(?:%|円|億|万|百万|千|人|件|名|元|亿|원|명|건|억|톤|トン)")
_HYPHENATED = re.compile(r"[^\W\d_][-\u2010]\s*$")
_LANGUAGES = ("en", "zh", "de", "fr", "es", "ja", "ko", "pt", "it")


@dataclass(frozen=True, slots=True)
class _Case:
    """A sentence to be judged, its cues, and the cues in the heading over it."""

    text: str
    folded: str
    block: Block
    lang: str
    found: Mapping[str, Sequence[Span]]
    headings: frozenset[str]

    def has(self, section: str) -> bool:
        """Whether a cue of the section stands in the sentence, or one that is enough under the heading over it."""
        return section in self.found or (f"{section}_headings" in self.headings and f"{section}_near" in self.found)

    def under(self, section: str) -> bool:
        """Whether the heading over it is of this kind."""
        return f"{section}_headings" in self.headings


def why_not(sentence: str, block: Block, section: str | None, lang: str) -> str | None:
    """The reason why a sentence of a block under a heading is no statement; None if it is one."""
    if block.kind == "furniture":
        return "furniture"
    if block.turn is not None and block.turn.role == "operator":
        return "operator"
    code = lang.partition("-")[0]
    if block.kind in ("heading", "caption") and not _is_said(sentence, block, code):
        return block.kind
    folded = fold(sentence)
    case = _Case(sentence, folded, block, code, cues_in(folded, code), _headings(section or ""))
    return next((reason for reason, holds in _REASONS if holds(case)), None)


def _is_said(text: str, block: Block, lang: str) -> bool:
    """Whether a title or what stands under a picture says something by itself."""
    return clauses.is_full(text, lang) and (block.kind == "heading" or clauses.is_ended(text))


@lru_cache(maxsize=1024)
def _headings(section: str) -> frozenset[str]:
    """Which kinds of heading a heading is, in any language."""
    folded = fold(section)
    return frozenset(name for lang in _LANGUAGES for name in cues_in(folded, lang))


def is_contents(heading: str) -> bool:
    """Whether a table of contents follows a heading."""
    return "contents_headings" in _headings(heading)


def _is_contents(case: _Case) -> bool:
    return shapes.is_contents_entry(case.text, case.under("contents"))


def _is_form(case: _Case) -> bool:
    return "form" in case.found or shapes.is_form(case.text)


def _is_index(case: _Case) -> bool:
    return shapes.is_index_entry(case.text, case.under("index"))


def _is_exhibit(case: _Case) -> bool:
    return "exhibit" in case.found or shapes.is_exhibit(case.text, case.under("exhibit"))


def _is_contact(case: _Case) -> bool:
    if shapes.is_contact_line(case.text):
        return True
    if "contact" not in case.found:
        return False
    said = clauses.is_ended(case.text) and clauses.length(case.text, case.lang) > _LONGEST_LABEL
    return not said or shapes.has_contact_detail(case.text)


def _is_navigation(case: _Case) -> bool:
    few = clauses.length(case.text, case.lang) <= _LONGEST_LABEL
    return ("navigation" in case.found and few) or shapes.is_path(case.text)


def _is_pointer(case: _Case) -> bool:
    """Whether all of it points elsewhere; what it says besides brackets must not hold a figure of its own."""
    pointing = "reference" in case.found or shapes.is_pointer(case.text)
    length = clauses.length(case.text, case.lang)
    if "invitation" in case.found and length <= _LONGEST_INVITATION:
        return True
    if not pointing or length > _LONGEST_POINTER:
        return False
    bare = _BRACKETS.sub(" ", case.folded)
    if clauses.is_eastern(bare, case.lang) and _FIGURE.search(bare):
        return False
    return bare == case.folded or "reference" in cues_in(bare, case.lang) or shapes.is_pointer(bare)


def _is_caption(case: _Case) -> bool:
    """What opens like a caption, unless a sentence of its own follows: "Photo: Our mills run on wind since May."."""
    rest = re.split("[:：]", case.text, maxsplit=1)[-1]
    said = clauses.is_ended(rest) and clauses.is_full(rest, case.lang)
    return ("caption" in case.found or shapes.is_caption(case.text)) and not said


def _is_fragment(case: _Case) -> bool:
    """Too short, torn, nothing but names, or a label: few words without a full stop and without a verb."""
    text, lang = case.text, case.lang
    if clauses.is_short(text, lang, case.block.turn is not None) or (not case.block.turn and _HYPHENATED.search(text)):
        return True
    if clauses.has_verb(text, lang):
        return case.block.kind != "item" and clauses.is_torn(text, lang)
    if clauses.is_only_names(text, lang):
        return True
    said = clauses.is_ended(text) or clauses.opens_absolutely(text, lang) or clauses.is_long(text, lang)
    return not said or (case.block.kind != "item" and clauses.is_torn(text, lang))


_REASONS: tuple[tuple[str, Callable[[_Case], bool]], ...] = (
    ("contents", _is_contents),
    ("form text", _is_form),
    ("index", _is_index),
    ("exhibit list", _is_exhibit),
    ("copyright", lambda case: "copyright" in case.found),
    ("formula, code or address", lambda case: case.block.kind != "row" and shapes.is_code(case.text)),
    ("contact data", _is_contact),
    ("table row", lambda case: case.block.kind == "row" or shapes.is_row(case.text)),
    ("navigation", _is_navigation),
    ("legal notice", lambda case: case.has("legal")),
    ("auditor's words", lambda case: case.has("auditor")),
    ("definition", lambda case: "definition" in case.found or shapes.is_definition(case.text)),
    ("greeting", lambda case: is_courtesy(case.text, case.folded, case.found, case.lang)),
    ("lead-in", lambda case: case.text.rstrip().endswith((":", "："))),
    ("cross-reference", _is_pointer),
    ("caption", _is_caption),
    ("greeting", lambda case: is_signpost(case.text, case.found, case.block, case.lang)),
    ("fragment", _is_fragment),
)
