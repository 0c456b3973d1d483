"""Word documents to blocks.

python-docx (MIT) opens the package and knows its parts; the walk over them is own work, as its ``paragraphs``,
``tables`` and ``text`` leave out content controls, text boxes, tracked insertions, footnotes and the numbers of lists.
Pages are laid out by the program that shows the document, so that no block has one.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ...errors import InputError
from ..blocks import Block, Extract, Limits
from ..drafts import block_of, drop_initials, settle_entries
from ..html.chunks import Chunk
from ..office import Element, about, reading
from .body import Body, Notes
from .lists import Lists
from .styles import Styles, list_of, w

_MACROS_AND_TEMPLATES = (
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
)


def read(path: Path, limits: Limits) -> Extract:
    """The blocks of a Word document. Raises InputError where it is damaged, too large or holds no text."""
    from ..archives import check_archive

    check_archive(path, limits)
    with reading(path, "a Word document"):
        package, main = _open(path)
        blocks = _blocks(main, path, limits)
        facts = about(package)
    if not any(block.kind != "furniture" for block in blocks):
        raise InputError("holds no text; are its pages pictures? Save it as PDF and read it with --ocr", str(path))
    unread = ["text that other documents embedded in it hold was not read"] if _parts(main, "/aFChunk") else []
    return Extract(
        format="docx", blocks=blocks, title=facts.title, date=facts.date, lang=facts.lang, author=facts.author,
        warnings=unread,
    )  # fmt: skip


def _open(path: Path) -> tuple[Any, Any]:
    """The package and its main part."""
    from docx.opc.part import PartFactory
    from docx.package import Package
    from docx.parts.document import DocumentPart

    for kind in _MACROS_AND_TEMPLATES:  # python-docx opens plain documents only, though the others are no different
        PartFactory.part_type_for[kind] = DocumentPart
    package = Package.open(str(path))
    main = package.main_document_part
    if not isinstance(main, DocumentPart):
        raise InputError("is no Word document inside; save it as .docx", str(path))
    return package, main


def _blocks(main: Any, path: Path, limits: Limits) -> list[Block]:
    roots = {
        name: _parts(main, f"/{name}") for name in ("styles", "numbering", "header", "footer", "footnotes", "endnotes")
    }
    styles = Styles(roots["styles"][0] if roots["styles"] else main.element)
    lists = Lists(roots["numbering"][0] if roots["numbering"] else None, _lists_of_styles(roots["styles"]))
    notes: Notes = {}
    for kind in ("footnote", "endnote"):
        for root in roots[kind + "s"]:
            notes |= {(kind, note.get(w("id"), "")): note for note in root.iter(w(kind))}

    def related(relation: str) -> Element | None:
        found = main.rels.get(relation)
        return None if found is None or found.is_external else _root(found.target_part)

    body = Body(styles, lists, notes, related, path, limits)
    content = main.element.find(w("body"))
    if content is None:
        raise InputError("is a Word document without a body; open it in Word and save it anew", str(path))
    chunks = body.chunks(content)
    drop_initials(chunks)
    settle_entries(chunks)
    above, below = ([c for root in roots[name] for c in body.furniture(root)] for name in ("header", "footer"))
    return [block_of(chunk, []) for chunk in [*_once(above), *chunks, *_once(below)]]


def _lists_of_styles(roots: list[Element]) -> dict[str, str]:
    """The list that each style of lists stands for."""
    found = {}
    for style in (s for root in roots for s in root.iter(w("style")) if s.get(w("type")) == "numbering"):
        if listed := list_of(style.find(w("pPr"))):
            found[style.get(w("styleId"), "")] = listed[0]
    return found


def _parts(main: Any, kind: str) -> list[Element]:
    """The roots of the parts that the main part is related to in one way, in the order of their names."""
    found = {rel.target_part for rel in main.rels.values() if not rel.is_external and rel.reltype.endswith(kind)}
    return [_root(part) for part in sorted(found, key=lambda part: (len(part.partname), str(part.partname)))]


def _root(part: Any) -> Element:
    from docx.oxml.parser import parse_xml

    return part.element if hasattr(part, "element") else parse_xml(part.blob)


def _once(chunks: list[Chunk]) -> list[Chunk]:
    """Chunks without those whose text came before."""
    return list({chunk.text: chunk for chunk in reversed(chunks)}.values())[::-1]
