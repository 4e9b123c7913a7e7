"""Cards that are too long or too many are reported, and everything before them is imported."""

from __future__ import annotations

from pathlib import Path

import pytest

from flashcards.formats.common import deck_builder
from flashcards.formats.formats import FORMATS, ReadContext

CARDS = {
    "hashcards": ("Q: {0}\nA: b\n\n", ".md"),
    "obsidian": ("{0}::b\n\n", ".md"),
    "gift": ("{0} {{=b}}\n\n", ".gift"),
}


@pytest.mark.parametrize("name", CARDS)
def test_a_card_that_is_too_long_is_left_out(
    name: str, tmp_path: Path, reading: ReadContext
) -> None:
    card, suffix = CARDS[name]
    path = tmp_path / f"a{suffix}"
    path.write_text(card.format("a") + card.format("x " * 60_000) + card.format("c"))

    bundle = next(
        file_format for file_format in FORMATS if file_format.name == name
    ).module.read(path, reading)

    assert [problem.rule for problem in bundle.problems] == ["too-long"]
    assert len(bundle.decks[0].notes) == 2


@pytest.mark.parametrize("name", CARDS)
def test_cards_beyond_the_limit_are_left_out(
    name: str, tmp_path: Path, reading: ReadContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deck_builder, "MOST_NOTES", 3)
    card, suffix = CARDS[name]
    path = tmp_path / f"a{suffix}"
    path.write_text("".join(card.format(f"a{n}") for n in range(9)))

    bundle = next(
        file_format for file_format in FORMATS if file_format.name == name
    ).module.read(path, reading)

    assert [problem.rule for problem in bundle.problems] == ["too-many-notes"]
    assert len(bundle.decks[0].notes) == 3


def test_reading_reports_its_progress(tmp_path: Path, reading: ReadContext) -> None:
    steps: list[tuple[int, int]] = []
    path = tmp_path / "a.md"
    path.write_text("".join(f"Q: a{n}\nA: b\n" for n in range(1100)))
    noisy = ReadContext(
        reading.day_of, reading.moment, progress=lambda *step: steps.append(step)
    )

    next(
        file_format for file_format in FORMATS if file_format.name == "hashcards"
    ).module.read(path, noisy)

    assert steps == [(999, 2201), (1999, 2201)]
