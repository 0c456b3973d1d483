"""Bytes changed as accidents and attackers change them: flipped, cut, spliced, repeated, with telling pieces put in."""

from __future__ import annotations

import copy
from contextlib import suppress
from typing import Any, NamedTuple

PIECES = [
    b"\0", b"\x1b[31m", b"\xff\xfe", b"\xef\xbf\xbe", "\ue000\uf8ff".encode(), "\u2028\u2029\x85".encode(), b"\r", b"\x0c", b"\t",
    "\u202e\u200b\ufeff".encode(), "\U0010fffd".encode(), b"\xed\xa0\x80", b"&#0;&#xD800;&#xE000;&#8232;&#x1F;", b"&#xFFFE;",
    b"<table><tr><td>", b"</p></div>", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<a/>", b"<br>", b'rowspan="99999999"',
    b'colspan="-1"', b"(((((", b"[" * 200, b"<div>" * 300, b"\n\n", b"|", b"- ", b"> ", b"#", b"```", b"**", b"\\", b'"', b"'", b",",
    b"--> ", b"00:00:00,000 --> 99:99:99,999\n", b"WEBVTT\n", b"-1", b"99999999999999999999", b"1e999", b"NaN", b"\\ud800", b"{}",
    b"<<", b">>", b"/Length 99999999", b"/Filter /FlateDecode", b"endstream", b"0 0 0 0 0 0 Tm", b"(\\000\\377) Tj", b"/Count -5",
    b"/Rotate 91", b"/MediaBox [0 0 0 0]", b"1 0 R", b"Q: A: ", "２０２１年".encode(), "e\u0301".encode() * 20, b"a" * 5000,
]  # fmt: skip


class Change(NamedTuple):
    """What is done, where (of 65,536 parts of the bytes), to how many bytes, and what is put there."""

    kind: str
    where: int
    size: int
    piece: bytes


KINDS = ("flip", "cut", "drop", "insert", "repeat", "move", "overwrite")


def mutate(data: bytes, changes: list[Change]) -> bytes:
    """The bytes after all changes, one after the other."""
    for change in changes:
        data = _changed(data, change)
    return data


def _changed(data: bytes, change: Change) -> bytes:
    at = len(data) * change.where >> 16
    end = min(at + change.size, len(data))
    before, part, after = data[:at], data[at:end], data[end:]
    middle = len(after) // 2
    changed = {
        "flip": before + bytes(b ^ (1 << change.size % 8) for b in part[:3]) + part[3:] + after,
        "cut": before,
        "drop": before + after,
        "insert": before + change.piece + part + after,
        "repeat": before + part * (2 + change.size % 30) + after,
        "move": before + after[:middle] + part + after[middle:],
        "overwrite": before + change.piece + after,
    }
    return changed[change.kind]


def mutate_tree(data: bytes, changes: list[Change]) -> bytes:
    """XML after changes to its elements, sound as XML: elements gone, doubled, moved, other values and text in them."""
    from lxml import etree

    try:
        root = etree.fromstring(data, etree.XMLParser(recover=True, resolve_entities=False))
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        return data
    for change in changes:
        elements = [e for e in root.iter() if isinstance(e.tag, str)]
        with suppress(ValueError):  # names that were mended while parsing are none that can be set
            _change_tree(elements[len(elements) * change.where >> 16], elements[change.size % len(elements)], change)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))


def _change_tree(element: Any, other: Any, change: Change) -> None:
    parent = element.getparent()
    text = "".join(c for c in change.piece.decode("utf-8", "replace") if c in "\t\n\r" or " " <= c < "\ufffe")
    match change.kind:
        case "flip" if element.attrib:
            names = sorted(element.attrib)
            element.set(names[change.size % len(names)], text)
        case "cut" if parent is not None:
            parent.remove(element)
        case "drop":
            element.clear()
        case "insert" | "move":
            element.append(copy.deepcopy(other))
        case "repeat" if parent is not None:
            for _ in range(1 + change.size % 30):
                parent.insert(parent.index(element), copy.deepcopy(element))
        case "flip" | "overwrite":
            element.text = text
        case _:
            element.tag = other.tag
