"""How long reading a PDF takes beside PDFium's plain text extraction.

    python tests/benchmarks/ingest.py [FILE.pdf ...]

Prints, for a made report of 100 pages in two columns and for any files named, the median of three runs of both and their
ratio: with lines, columns, tables, paragraphs and page states a file is to take at most three times as long as its bare
text.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

import pypdfium2 as pdfium

from checker.ingest.blocks import Limits
from checker.ingest.pdf import read

sys.path.insert(0, str(Path(__file__).parent.parent / "ingest"))

from made_pdf import make_report

RUNS = 3


def plain(path: Path) -> None:
    for page in pdfium.PdfDocument(path):
        page.get_textpage().get_text_range()


def seconds(run, path: Path) -> float:
    began = time.perf_counter()
    run(path)
    return time.perf_counter() - began


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "report.pdf"
        make_report(made)
        seconds(lambda path: read(path, Limits()), made)  # imports and tables, once for a process
        for path in (made, *map(Path, sys.argv[1:])):
            times = [(seconds(plain, path), seconds(lambda p: read(p, Limits()), path)) for _ in range(RUNS)]
            base, whole = (statistics.median(column) for column in zip(*times, strict=True))
            print(f"{path.name}: text {base:.3f} s, blocks {whole:.3f} s, {whole / base:.2f} times")


if __name__ == "__main__":
    main()
