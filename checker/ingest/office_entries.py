"""List entries and headings in Office documents, told by their numbers and their look."""

from __future__ import annotations

from .html.chunks import Chunk
from .html.filing import heading_level
from .markers import is_bullet, split_marker

BY_LOOK = 4  # the level of what is a heading by its look only, at most


def name_entry(chunk: Chunk, marked: tuple[str, int] | None) -> None:
    """Make a paragraph an entry of a list, or a heading by its look.

    ``marked`` are the marker that a list gives it, which is not in its text, and how deep it is nested.
    """
    if marked and marked[0]:
        typed = f"{marked[0]} {chunk.text}"
        if split_marker(typed) == (marked[0], chunk.text):
            chunk.text = typed  # so that what is made of typed numbers holds for counted ones
        else:
            chunk.marker = marked[0]
    if (marked and marked[0]) or split_marker(chunk.text)[0]:
        chunk.kind, chunk.level = "item", marked[1] if marked else 1
    looks = chunk.bold > 0.9 or (chunk.kind == "paragraph" and max(chunk.underlined, chunk.italic) > 0.9)
    if looks and not is_bullet(chunk.lead) and (level := heading_level(chunk, 0.0)):
        chunk.text = f"{chunk.marker} {chunk.text}".strip()
        chunk.kind, chunk.level, chunk.marker = "heading", max(level, BY_LOOK), ""
