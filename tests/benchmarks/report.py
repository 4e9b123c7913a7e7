"""The figures of a run as Markdown, and their place in docs/benchmarks.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.benchmarks.figures import MEASURES, PEERS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.benchmarks.figures import Figures, Measure, Peer

BEGIN = "<!-- figures: written by python -m tests.benchmarks --write -->"
END = "<!-- end of figures -->"
ANKI = "anki "
"""Prefix of the names of the peer's figures."""


def markdown(
    figures: Figures, sizes: Sequence[int], facts: Sequence[tuple[str, str]], anki: str
) -> str:
    """Return the figures as tables: bars first, then Anki's backend, then the rest."""
    parts = [
        "\n".join(f"- {name}: {value}" for name, value in facts),
        "### Bars\n\n" + _bars(figures, sizes),
    ]
    if anki:
        parts.append(f"### Beside Anki {anki}\n\n" + _peers(figures, sizes))
    parts.append("### What explains them\n\n" + _remaining_rows(figures, sizes))
    return "\n\n".join(parts) + "\n"


def missed_bars(figures: Figures, sizes: Sequence[int]) -> list[str]:
    """Return a line for every limit that the best run exceeded."""
    return [
        f"{measure.words}, {size:,} cards: {_number(best, measure.unit)}, bar {measure.bar:g} {measure.unit}"
        for measure in MEASURES
        for size in sizes
        if measure.bar is not None
        and (best := figures.best(measure.name, size)) is not None
        and best > measure.bar
    ]


def write(path: Path, text: str) -> None:
    """Put the figures between their two marks in the page; the rest of it stays."""
    page = path.read_text(encoding="utf-8")
    before, _, after_begin = page.partition(BEGIN)
    _, _, after = after_begin.partition(END)
    path.write_text(f"{before}{BEGIN}\n\n{text}\n{END}{after}", encoding="utf-8")


def _bars(figures: Figures, sizes: Sequence[int]) -> str:
    rows = []
    for measure in MEASURES:
        if measure.bar is None or not _has(figures, measure, sizes):
            continue
        bests = [figures.best(measure.name, size) for size in sizes]
        held = all(best is None or best <= measure.bar for best in bests)
        rows.append(
            [
                measure.words,
                f"{measure.bar:g} {measure.unit}",
                *_cells(figures, measure, sizes),
                "yes" if held else "**no**",
            ]
        )
    return _table(["", "bar", *_heads(sizes), "held"], rows)


def _remaining_rows(figures: Figures, sizes: Sequence[int]) -> str:
    rows = [
        [measure.words, *_cells(figures, measure, sizes)]
        for measure in MEASURES
        if measure.bar is None and _has(figures, measure, sizes)
    ]
    return _table(["", *_heads(sizes)], rows)


def _peers(figures: Figures, sizes: Sequence[int]) -> str:
    rows = [
        [peer.words, *(_compared(figures, peer, size) for size in sizes)]
        for peer in PEERS
        if figures.best(ANKI + peer.theirs, sizes[0]) is not None
    ]
    return _table(["ours / Anki's (ratio)", *_heads(sizes)], rows)


def _compared(figures: Figures, peer: Peer, size: int) -> str:
    ours = figures.best(peer.ours, size)
    theirs = figures.best(ANKI + peer.theirs, size)
    if ours is None or theirs is None:
        return "–"
    return f"{_figure(ours)} / {_number(theirs, peer.unit)} ({ours / theirs:.2g})"


def _has(figures: Figures, measure: Measure, sizes: Sequence[int]) -> bool:
    return any(figures.best(measure.name, size) is not None for size in sizes)


def _cells(figures: Figures, measure: Measure, sizes: Sequence[int]) -> list[str]:
    cells = []
    for size in sizes:
        best = figures.best(measure.name, size)
        middle = figures.middle(measure.name, size)
        if best is None or middle is None:
            cells.append("–")
        else:
            cells.append(f"{_number(best, measure.unit)} ({_figure(middle)})")
    return cells


def _number(value: float, unit: str) -> str:
    return f"{_figure(value)} {unit}"


def _figure(value: float) -> str:
    """Return three digits, or whole numbers where there are more."""
    if value >= 100:
        return f"{value:.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _heads(sizes: Sequence[int]) -> list[str]:
    return [f"{size:,} cards" for size in sizes]


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] + ["---:"] * (len(heads) - 1), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
