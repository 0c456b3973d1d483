"""Text of others within Markdown: shown as it is, and taken for nothing but text by GitHub, GitLab, any renderer."""

from __future__ import annotations

import re

from ..text import plain

MARKUP = re.compile(r"[\\`*_\[\]~|$#]")  # means something wherever it stands; with a backslash before it, itself
BLOCK = re.compile(r"^(\d{0,9})([-+=.):])")  # means something at the beginning of a line: a list, a rule, a heading
# Services look for mentions, references and addresses in rendered text, where the backslash is gone: an invisible space
# keeps them from being any.
REFERENCE = re.compile(r"(?<=[@#!~&$])(?=\w)|(?<=:)(?=//)|(?<=www)(?=\.)", re.IGNORECASE)
APART = "\u200b"
ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", APART: "&#8203;"})
TICKS = re.compile("`+")


def escape(text: str) -> str:
    """Text on one line: no markup, HTML, link, image, mention or reference comes of it."""
    shown = REFERENCE.sub(APART, plain(text).strip())
    return BLOCK.sub(r"\1\\\2", MARKUP.sub(r"\\\g<0>", shown)).translate(ENTITIES)


def code(text: str) -> str:
    """Text as a code span, whatever backticks it holds."""
    shown = plain(text)
    fence = "`" * (max((len(run) for run in TICKS.findall(shown)), default=0) + 1)
    pad = " " if "`" in shown else ""
    return f"{fence}{pad}{shown}{pad}{fence}"
