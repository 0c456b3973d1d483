"""The figures of an evaluation as tables for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

TABLES = {"rows": "", "slices": "checker by kind and languages of the pair", "ablations": "checker without its parts"}


def show(tables: Sequence[dict[str, Any]], notes: Sequence[str], console: Console) -> None:
    """Print the figures as tables."""
    for table in tables:
        for key, title in TABLES.items():
            if key in table:
                console.print(_table(table[key], title or table["what"]))
        for key, value in table.items():
            if key not in ("what", "rated", *TABLES):
                _say(key, value, console)
    for note in notes:
        console.print(f"note: {note}")


def _table(rows: Sequence[dict[str, Any]], title: str) -> Table:
    """Rows as they come; a first cell that repeats the one above is left empty."""
    columns = list(rows[0])
    view = Table(*columns, title=title, box=None, pad_edge=False)
    last = None
    for row in rows:
        first = row[columns[0]]
        view.add_row("" if first == last else first, *(_figure(row[c]) for c in columns[1:]))
        last = first
    return view


def _say(key: str, value: Any, console: Console) -> None:
    if not isinstance(value, dict) or not any(isinstance(v, dict) for v in value.values()):
        console.print(f"{key}: {_figure(value)}")
        return
    console.print(f"{key}:")
    for name, figures in value.items():
        console.print(f"  {name}: {_figure(figures)}")


def _figure(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{k} {_figure(v)}" for k, v in value.items())
    if isinstance(value, str):
        return value
    return f"{value:.3f}" if isinstance(value, float) else f"{value:,}"
