"""Presentations to blocks; the page of a block is its slide.

python-pptx (MIT) opens the package and knows shapes, places and tables. Own work is the order in which shapes are read,
the bullets that they inherit, and what it leaves out: diagrams, and shapes written in two ways for newer and older
programs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...errors import InputError
from ..blocks import Block, Extract, Limits, Page
from ..drafts import block_of, drop_initials, settle_entries
from ..html.chunks import Chunk
from ..html.tables import Table, settle
from ..office import about, diagram_texts, reading
from ..office_entries import name_entry
from ..textfile import check_size
from ..tidy import ends_sentence, tidy
from .order import Box, in_order
from .text import inherited_styles, lines_of

NOTES = "notes"  # the marker of what stands in the notes of the speaker
MAX_DEPTH = 20  # groups within groups
_RUNNING_AT_MOST = 100  # characters of what stands on every slide
_OUTSIDE = ("SLIDE_NUMBER", "FOOTER", "DATE", "HEADER")
_TITLES = ("TITLE", "CENTER_TITLE", "VERTICAL_TITLE")
_TITLE_AT_MOST = 250  # characters
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}dm"


@dataclass(slots=True)
class Sheet:
    """A slide as it is read: the drafts of its blocks, and whether a viewer shows it."""

    number: int
    hidden: bool = False
    chunks: list[Chunk] = field(default_factory=list)


def read(path: Path, limits: Limits) -> Extract:
    """The blocks of a presentation. Raises InputError where it is damaged, too large or holds no text."""
    from ..archives import check_archive

    check_archive(path, limits)
    with reading(path, "a presentation"):
        presentation = _open(path)
        slides = list(presentation.slides)
        if len(slides) > limits.pages:
            raise InputError(f"has {len(slides):,} slides, more than the {limits.pages:,} that are read", str(path))
        sheets = [_sheet(slide, number) for number, slide in enumerate(slides, 1)]
        facts = about(presentation.part.package)
    check_size(sum(len(chunk.text) for sheet in sheets for chunk in sheet.chunks), path, limits)
    _set_aside(sheets)
    blocks = _blocks(sheets)
    if not any(block.kind != "furniture" for block in blocks):
        raise InputError("holds no text; are its slides pictures? Save it as PDF and read it with --ocr", str(path))
    hidden = sum(sheet.hidden for sheet in sheets)
    warnings = [f"{hidden} of {len(sheets)} slides are hidden in a presentation; they were read too"] if hidden else []
    return Extract(
        format="pptx", blocks=blocks, pages=[_page(s) for s in sheets], title=facts.title, date=facts.date,
        lang=facts.lang, author=facts.author, warnings=warnings,
    )  # fmt: skip


def _open(path: Path) -> Any:
    from pptx.opc.package import OpcPackage
    from pptx.package import Package
    from pptx.parts.presentation import PresentationPart

    package: OpcPackage = Package.open(str(path))
    part = package.main_document_part
    if not isinstance(part, PresentationPart):
        raise InputError("is no presentation inside; save it as .pptx", str(path))
    return part.presentation


def _sheet(slide: Any, number: int) -> Sheet:
    sheet = Sheet(number, slide.element.get("show") in ("0", "false"))
    _settle_alternatives(slide.shapes.element)
    title = slide.shapes.title
    if title is not None:
        sheet.chunks += _of_title(title.text_frame.text, 1)
    shapes = [s for s in slide.shapes if title is None or s.shape_id != title.shape_id]
    sheet.chunks += _of_shapes(shapes, slide, 0)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        body = slide.notes_slide.notes_text_frame._element
        sheet.chunks += [Chunk(line.text, marker=NOTES) for line in lines_of(body, [])]
    for chunk in sheet.chunks:
        chunk.segment = chunk.last_segment = number - 1
        if chunk.kind != "heading" and chunk.text == str(number):
            chunk.kind = "furniture"
    return sheet


def _of_title(text: str, level: int) -> Iterator[Chunk]:
    text = tidy(text)
    prose = len(text) > _TITLE_AT_MOST or (len(text) > 80 and ends_sentence(text))
    if text:
        yield Chunk(text) if prose else Chunk(text, "heading", level=level)


def _settle_alternatives(tree: Any) -> None:
    """Put shapes that are written in two ways where python-pptx looks for shapes: the first way, for newer programs."""
    for both in list(tree.iter(f"{_COMPATIBLE}AlternateContent")):
        parent = both.getparent()
        if parent is None or not parent.tag.endswith(("}spTree", "}grpSp")):
            continue
        option = next((o for o in both if o.tag in (f"{_COMPATIBLE}Choice", f"{_COMPATIBLE}Fallback")), None)
        for shape in list(option) if option is not None else ():
            both.addprevious(shape)
        parent.remove(both)


def _of_shapes(shapes: list[Any], slide: Any, depth: int) -> Iterator[Chunk]:
    """The drafts of shapes in reading order."""
    boxes = []
    for key, shape in enumerate(shapes):
        x, y, width, height = (v or 0 for v in (shape.left, shape.top, shape.width, shape.height))
        boxes.append(Box(x, y, x + width, y + height, key))
    for key in in_order(boxes):
        yield from _of_shape(shapes[key], slide, depth)


def _of_shape(shape: Any, slide: Any, depth: int) -> Iterator[Chunk]:
    if hasattr(shape, "shapes"):
        if depth < MAX_DEPTH:
            yield from _of_shapes(list(shape.shapes), slide, depth + 1)
    elif getattr(shape, "has_table", False):
        yield from settle(_table(shape.table))
    elif getattr(shape, "has_text_frame", False):
        yield from _of_text(shape, slide)
    else:
        for relation in shape.element.iter(_DIAGRAM):
            yield from _of_diagram(slide, relation.get(_RELATION, ""))


def _of_text(shape: Any, slide: Any) -> Iterator[Chunk]:
    """The paragraphs of a text frame; of a footer, slide number or date as furniture."""
    kind = shape.placeholder_format.type.name if shape.is_placeholder and shape.placeholder_format.type else ""
    if kind in _TITLES or kind == "SUBTITLE":
        yield from _of_title(shape.text_frame.text, 2)
        return
    for line in lines_of(shape.text_frame._txBody, inherited_styles(shape, slide)):
        if kind in _OUTSIDE:
            yield Chunk(line.text, "furniture")
        else:
            chunk = Chunk(line.text, bold=line.bold)
            name_entry(chunk, (line.marker, line.level) if line.marker else None)
            yield chunk


def _table(table: Any) -> Table:
    """The cells of a table; merged cells count once."""
    rows = []
    for row in table.rows:
        cells = [cell for cell in row.cells if not cell.is_spanned]
        rows.append([[Chunk(line.text, bold=line.bold) for line in lines_of(c.text_frame._txBody, [])] for c in cells])
    return Table(rows)


def _of_diagram(slide: Any, relation: str) -> Iterator[Chunk]:
    from pptx.oxml import parse_xml

    found = slide.part.rels.get(relation)
    if found is not None and not found.is_external:
        for text in diagram_texts(parse_xml(found.target_part.blob)):
            yield Chunk(text)


def _set_aside(sheets: list[Sheet]) -> None:
    """Short texts, other than titles and notes, that stand on more than half of three slides or more are furniture."""
    seen = Counter(text for sheet in sheets for text in {c.text for c in sheet.chunks if _may_run(c)})
    for chunk in (c for sheet in sheets for c in sheet.chunks if _may_run(c)):
        if len(sheets) > 2 and seen[chunk.text] * 2 > len(sheets):
            chunk.kind, chunk.level, chunk.marker = "furniture", 0, ""


def _may_run(chunk: Chunk) -> bool:
    return chunk.kind in ("paragraph", "furniture") and not chunk.marker and len(chunk.text) <= _RUNNING_AT_MOST


def _blocks(sheets: list[Sheet]) -> list[Block]:
    chunks = [chunk for sheet in sheets for chunk in sheet.chunks]
    drop_initials(chunks)
    settle_entries(chunks)
    return [block_of(chunk, [sheet.number for sheet in sheets]) for chunk in chunks]


def _page(sheet: Sheet) -> Page:
    characters = sum(len(chunk.text) for chunk in sheet.chunks)
    return Page(sheet.number, "read", characters) if characters else Page(sheet.number, "no text", 0, "no text on it")
