"""Documents for a person at a terminal: what was read, guessed, set aside, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..ingest.documents import Document, Failure
from ..ingest.reading import Ingested
from ..records import DocumentInfo
from ..text import plain

GUESS = "?"
PAGES_LISTED = 8


def show(
    ingested: Ingested, index: Sequence[DocumentInfo], notes: Sequence[str], console: Console, path: str, dropped: bool
) -> None:
    """Print a table of the documents, warnings, what was set aside with ``dropped``, and failures."""
    if dropped:
        for document in ingested.documents:
            console.print(*set_aside(document), sep="\n")
    if index:
        console.print(documents_table(index))
    for line in [*notes, *(f"{info.file}: {warning}" for info in index for warning in info.warnings)]:
        console.print(Text(f"warning: {plain(line)}", style="yellow"))
    if any(info.guessed for info in index):
        console.print(Text(f"{GUESS} marks a guess; say better with --company, --source, --document, --date, --lang, "
                           "or in a manifest", style="dim"))  # fmt: skip
    console.print(*failures(ingested.failures), sep="\n", end="")
    total = sum(info.statements for info in index)
    read = f"{total:,} statements of {len(index)} document{'s' * (len(index) != 1)}"
    lost = f"; {len(ingested.failures)} could not be read" if ingested.failures else ""
    where = f" in {plain(path)}" if index else "; nothing was written"
    console.print(Text(f"{read}{where}{lost}", style="bold"))


def documents_table(index: Sequence[DocumentInfo]) -> Table:
    """A row a document; a guess carries a question mark."""
    table = Table("file", "company", "source", "document", "date", "lang", "pages", "statements", "set aside",
                  box=None, padding=(0, 2, 0, 0))  # fmt: skip
    for info in index:
        facts = [_marked(info, key) for key in ("company", "source", "document", "date", "lang")]
        most = ", ".join(f"{n:,} {plain(reason)}" for reason, n in list(info.dropped.items())[:4])
        aside = sum(info.dropped.values())
        table.add_row(Text(plain(info.file)), *facts, _pages(info), f"{info.statements:,}",
                      Text(f"{aside:,} of {info.sentences:,}: {most}" if aside else "none", style="dim"))  # fmt: skip
    return table


def _marked(info: DocumentInfo, key: str) -> Text:
    value = getattr(info, key)
    return Text(f"{plain(str(value))}{GUESS * (key in info.guessed)}" if value else "-")


def _pages(info: DocumentInfo) -> str:
    if not info.pages:
        return "-"
    unread = sum(len(pages) for pages in info.unread.values())
    return f"{info.pages - unread} of {info.pages}" if unread else str(info.pages)


def failures(failed: Sequence[Failure]) -> Iterator[Text]:
    """A line a file that could not be read."""
    return (Text(f"error: {plain(f.path)}: {plain(f.message)}\n", style="red") for f in failed)


def set_aside(document: Document) -> Iterator[Text]:
    """Every sentence that is no statement, with its place and the reason."""
    for s in document.sentences:
        if s.dropped:
            place = f"p. {s.page}" if s.page is not None else f"paragraph {s.paragraph}"
            head = f"{plain(document.path.name)} {place} · {plain(s.dropped)}: "
            yield Text.assemble((head, "dim"), plain(s.text))
