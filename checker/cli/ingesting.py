"""``checker ingest``."""

from __future__ import annotations

import click

from .options import console_for, progress_bars, reading_options


@click.command()
@click.argument("files", nargs=-1, metavar="FILE_OR_FOLDER...")
@click.option("-o", "--output", metavar="FILE", required=True, help="Write the statements (JSON Lines) here.")
@click.option("--manifest", metavar="FILE", help="TOML or CSV that lists files with what is known of each.")
@click.option("--company", default="", metavar="NAME", help="Who speaks in these documents.")
@click.option("--source", default="", metavar="KIND", help="Kind of source: investor-call, esg-report, policy, …")
@click.option("--document", default="", metavar="TITLE", help="Title of the document.")
@click.option("--date", metavar="DATE", help="YYYY-MM-DD, YYYY-MM or YYYY.")
@click.option("--lang", metavar="CODE", help="Main language (ISO 639-1).")
@click.option("--url", metavar="URL", help="Where the document was published.")
@click.option("--show-dropped", is_flag=True, help="List every sentence that was set aside, and why.")
@reading_options
def ingest(
    files: tuple[str, ...], output: str, manifest: str | None, company: str, source: str, document: str,
    date: str | None, lang: str | None, url: str | None, show_dropped: bool, columns: tuple[str, ...], tables: bool,
    ocr: bool, max_pages: int, max_seconds: int,
) -> None:  # fmt: skip
    """Turn documents into a corpus of statements that can be found again in their source.

    Reads PDF, HTML, iXBRL, DOCX, PPTX, text, Markdown, SRT, VTT, and JSONL or CSV of texts; folders are searched, and a
    sources.toml in one says what is known of its files. What nobody says is guessed, and marked as a guess.

    Exit code 0: every file was read; 2: wrong use, or a file could not be read (the others are written all the same).
    """
    from pathlib import Path

    from ..files import check_writable
    from ..ingest.choosing import choose, columns_of, files_of
    from ..ingest.documents import Facts
    from ..ingest.reading import ingest as read
    from ..ingest.writing import write
    from ..reports import documents as shown
    from .options import ingest_options

    check_writable(output, files_of(files))
    told = Facts(company=company, source=source, document=document, date=date, lang=lang, url=url)
    entries, notes = choose(files, told, columns_of(columns), manifest)
    with progress_bars() as progress:
        step = progress("reading documents", len(entries)) if progress else lambda done: None
        ingested = read(entries, ingest_options(tables, ocr, max_pages, max_seconds), step)
    index = write(ingested, Path(output)) if ingested.documents else []
    shown.show(ingested, index, notes, console_for(width=150), output, show_dropped)
    if ingested.failures:
        raise click.exceptions.Exit(2)
