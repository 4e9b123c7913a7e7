"""Decks of any size with texts of realistic length, the same for the same seed."""

from __future__ import annotations

import csv
import random
from pathlib import Path
from typing import NamedTuple

WORDS = (
    "model", "drift", "latency", "feature", "store", "batch", "stream", "precision", "recall",
    "offline", "online", "metric", "ranking", "candidate", "embedding", "retrieval", "label",
    "leakage", "shard", "replica", "cache", "queue", "throughput", "autoscale", "canary",
    "shadow", "rollback", "bias", "fairness", "privacy", "consent", "audit", "explain",
    "calibrate", "threshold", "monitor", "alert", "covariate", "concept", "prior", "posterior",
    "sample", "weight", "loss", "gradient", "epoch", "tensor", "quantise", "distil", "prune",
    "serve", "gateway", "balance", "partition", "schema", "lineage", "version", "budget",
    "capacity", "quota", "backfill", "join", "window", "watermark", "checkpoint", "idempotent",
    "retry", "timeout", "circuit", "breaker", "tracing", "dashboard", "fraud", "click", "feed",
    "search", "recommend", "moderate", "forecast", "segment", "cluster", "outlier", "anomaly",
    "seasonality", "trend",
)  # fmt: skip
AREAS = ("metrics", "drift", "scaling", "ethics")
TAGS = (
    "f1",
    "auc",
    "psi",
    "canary",
    "cache",
    "shard",
    "audit",
    "fraud",
    "feed",
    "search",
)
TIERS = ("core", "core", "depth", "depth", "stretch")
DECKS = 20
SOURCES = 20
TOPICS = 5


class Entry(NamedTuple):
    """One generated note."""

    number: int
    front: str
    """Begins with `Q` and the number, by which a test recognizes a screen."""
    back: str
    """Begins with `A` and the number."""
    tags: tuple[str, str]

    @property
    def key(self) -> str:
        """The note's id."""
        return f"bench-{self.number:06}"


def entries(count: int, seed: int = 1) -> list[Entry]:
    """Return notes with a front of 12 words, a back of 45 and two tags."""
    chance = random.Random(seed)  # noqa: S311 - the same decks each time

    def sentence(words: int) -> str:
        return " ".join(chance.choices(WORDS, k=words))

    return [
        Entry(
            number,
            f"Q{number}: {sentence(12)}?",
            f"A{number}: {sentence(45)}.",
            (chance.choice(TAGS[:5]), chance.choice(TAGS[5:])),
        )
        for number in range(count)
    ]


def write_decks(directory: Path, count: int) -> list[Path]:
    """Write notes as deck files in areas, with a bibliography, and return the deck files."""
    notes = entries(count)
    size = -(-count // DECKS)
    paths = []
    for place in range(DECKS):
        part = notes[place * size : (place + 1) * size]
        key = f"{AREAS[place % len(AREAS)]}/deck-{place:02}"
        path = directory / f"{key}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_deck(key, part), encoding="utf-8")
        paths.append(path)
    (directory / "sources.yaml").write_text(_sources(), encoding="utf-8")
    return paths


def change_decks(paths: list[Path], words: str) -> None:
    """Change the wording of the first note of each deck."""
    for path in paths:
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace('?"\n', f' {words}?"\n', 1), encoding="utf-8")


def write_table(path: Path, count: int) -> None:
    """Write the same notes as CSV with front, back and tags."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(
            (note.front, note.back, " ".join(note.tags)) for note in entries(count)
        )


def _deck(key: str, notes: list[Entry]) -> str:
    topics = "".join(f"  topic-{number}: Topic {number}\n" for number in range(TOPICS))
    head = (
        f"deck: {key}\ntitle: Deck {key}\ndescription: Notes made for measuring.\n"
        f"version: 1.0.0\nlicense: CC0-1.0\ntopics:\n{topics}notes:\n"
    )
    return head + "".join(_note(place, note, notes) for place, note in enumerate(notes))


def _note(place: int, note: Entry, notes: list[Entry]) -> str:
    lines = [
        f"  - id: {note.key}",
        "    kind: basic",
        "    style: contrast",
        f"    tier: {TIERS[place % len(TIERS)]}",
        f"    topic: topic-{place * TOPICS // len(notes)}",
        f'    front: "{note.front}"',
        f'    back: "{note.back}"',
        f"    source: {{key: source{note.number % SOURCES}, at: sec. {note.number % 9 + 1}}}",
        f"    tags: [{', '.join(note.tags)}]",
    ]
    # As in real decks, notes come in pairs, and some build on the one before.
    if place ^ 1 < len(notes):
        lines.append(f"    links: [{notes[place ^ 1].key}]")
    if place and place % 5 == 0:
        lines.append(f"    requires: [{notes[place - 1].key}]")
    return "\n".join(lines) + "\n"


def _sources() -> str:
    return "sources:\n" + "".join(
        f"  source{number}:\n    authors: Author {number}\n    year: {2000 + number}\n"
        f"    title: Work {number}\n    kind: paper\n"
        for number in range(SOURCES)
    )
