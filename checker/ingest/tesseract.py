"""The program tesseract: what it has installed, and what it reads in a picture.

pytesseract would do the calling, but it imports pandas where that is installed (0.5 s), writes every page to a file,
and its tables of words do not tell the size of the type; hOCR, tesseract's other format, does.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ..errors import InputError

if TYPE_CHECKING:
    from lxml.etree import _Element

TIMEOUT = 120  # seconds for one pass over a page
_LOWEST_DPI = 70  # tesseract takes lower ones for a mistake and guesses
_ORIENTATION = re.compile(r"Rotate: (\d+)\s+Orientation confidence: ([\d.]+)\s+Script: (\w+)")
_SURE = 2.0  # of an orientation; upright pages of text have 5 to 40


class Picture(NamedTuple):
    """A picture as a PGM file, and its resolution."""

    data: bytes
    dpi: float


class Word(NamedTuple):
    """A word with its box in pixels, tesseract's confidence in per cent, and the size of its line's type in pixels."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float
    size: float


def program() -> str | None:
    """Where tesseract is, if it is installed."""
    return shutil.which("tesseract")


def models() -> frozenset[str]:
    """The names of the models that are installed."""
    path = program()
    return _models_of(path, os.environ.get("TESSDATA_PREFIX")) if path else frozenset()


@lru_cache(maxsize=8)
def _models_of(path: str, folder: str | None) -> frozenset[str]:
    """The models of an installation; ``folder``, its TESSDATA_PREFIX, is only there to tell installations apart."""
    listed = _run(path, ["--list-langs"]).decode("utf-8", "replace")
    return frozenset(listed.splitlines()[1:]) - {""}


def recognise(picture: Picture, model: str) -> Iterator[list[Word]]:
    """The words of each line of a picture in reading order."""
    from lxml import etree

    hocr = _run(program(), [*_input(picture), "--psm", "3", "-l", model, "hocr"], picture.data)
    root = etree.fromstring(
        hocr, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    )
    for line in root.iter("{*}span"):
        if line.get("class", "").startswith("ocr_"):
            size = (_values(line, "x_size") or [0.0])[0]
            yield [word for span in line.iter("{*}span") for word in _word(span, size)]


def orientation(picture: Picture) -> tuple[int, str] | None:
    """By how many degrees to turn a picture clockwise, and its script; None where it has too few letters to tell."""
    if "osd" not in models():
        return None
    try:
        told = _run(program(), [*_input(picture), "--psm", "0", "-l", "osd"], picture.data)
    except InputError:
        return None
    found = _ORIENTATION.search(told.decode("utf-8", "replace"))
    return (int(found[1]) if float(found[2]) >= _SURE else 0, found[3]) if found else None


def _input(picture: Picture) -> list[str]:
    return ["stdin", "stdout", "--dpi", str(max(_LOWEST_DPI, round(picture.dpi)))]


def _run(path: str | None, arguments: Sequence[str], data: bytes = b"") -> bytes:
    environment = os.environ | {"OMP_THREAD_LIMIT": "1"}  # its threads make it slower, and files are read side by side
    command = [path or "tesseract", *arguments]
    try:
        result = subprocess.run(command, input=data, capture_output=True, timeout=TIMEOUT, env=environment, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise InputError(f"OCR of a page took longer than {TIMEOUT} s") from None
    except OSError as error:
        raise InputError(f"tesseract cannot be run: {error.strerror}") from None
    if result.returncode:
        told = result.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise InputError(f"tesseract failed: {told or f'exit code {result.returncode}'}")
    return result.stdout


def _word(span: _Element, size: float) -> Iterator[Word]:
    text = "".join(span.itertext()).strip()
    box, confidence = _values(span, "bbox"), _values(span, "x_wconf")
    if span.get("class") == "ocrx_word" and text and len(box) == 4 and confidence:
        x0, y0, x1, y1 = box
        yield Word(text, x0, y0, x1, y1, confidence[0], size)


def _values(element: _Element, name: str) -> list[float]:
    """The numbers that hOCR's ``title`` gives a property: "bbox 36 92 580 122; x_size 30"."""
    for part in element.get("title", "").split(";"):
        key, *values = part.split()
        if key == name:
            return [float(value) for value in values]
    return []
