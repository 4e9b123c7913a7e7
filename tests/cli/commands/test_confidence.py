"""`stats` shows how often sure answers were right."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.program import Program


def test_confidence_is_reported_with_what_was_sure_but_wrong(
    flashcards: Program, tmp_path: Path
) -> None:
    flashcards.home.mkdir(parents=True, exist_ok=True)
    (flashcards.home / "config.toml").write_text("confidence = true\n")
    path = tmp_path / "one.yaml"
    path.write_text(
        "deck: one\ntitle: One\nnotes:\n"
        "  - {id: o-1, kind: typed, question: Which mean is F1?, accept: [harmonic]}\n"
    )
    flashcards("import", str(path))
    flashcards("review", "--plain", "one", stdin="arithmetic !\n1\nq\n")

    statistics = json.loads(flashcards("stats", "--json").out)["confidence"]

    assert statistics["answers"] == 1
    assert statistics["sure_but_wrong"] == ["o-1"]
    assert "Not enough answers yet for confidence (1 of 20)." in flashcards("stats").out


def test_items_and_the_work_ahead_are_reported_in_words_and_for_scripts(
    flashcards: Program, tmp_path: Path
) -> None:
    path = tmp_path / "one.yaml"
    path.write_text(
        "deck: one\ntitle: One\nnotes:\n"
        "  - {id: o-1, kind: typed, question: Which mean is F1?, accept: [harmonic]}\n"
        "  - {id: o-2, front: Another?, back: Yes}\n"
    )
    flashcards("import", str(path))
    flashcards("quiz", "--plain", "--count", "1", "one", stdin="arithmetic\n1\nq\n")

    statistics = json.loads(flashcards("stats", "--json").out)

    assert statistics["items"]["notes"] == [
        {
            "note": "o-1",
            "deck": "one",
            "kind": "typed",
            "answers": 1,
            "enough": False,
            "score": 0.0,
            "parts": [
                {
                    "what": "typed",
                    "text": "arithmetic",
                    "answers": 1,
                    "share": 1.0,
                    "wrong": True,
                    "misconception": None,
                }
            ],
        }
    ]
    assert len(statistics["workload"]) == 365
    assert statistics["workload"][0]["new"] == 11.0
    assert len(statistics["heatmap"]) > 25 * 7
    assert statistics["foretold"] == {
        "forecasts": 0,
        "compared": 0,
        "held": 0,
        "bias": None,
    }
    assert "at most 1 of 5 per item" in " ".join(statistics["not_yet"])
    words = flashcards("stats").out
    assert "Expected for the next 30 days: about" in words
    assert "Not enough answers yet for items (at most 1 of 5 per item)." in words


def test_figures_of_one_deck_leave_the_answers_to_others_out(
    flashcards: Program, tmp_path: Path
) -> None:
    for key in ("one", "two"):
        path = tmp_path / f"{key}.yaml"
        path.write_text(
            f"deck: {key}\ntitle: T\nnotes:\n"
            f"  - {{id: {key}-1, kind: typed, question: Which?, accept: [this]}}\n"
        )
        flashcards("import", str(path))
        flashcards("quiz", "--plain", "--count", "1", key, stdin="that\n1\nq\n")

    statistics = json.loads(flashcards("stats", "one", "--json").out)

    assert [item["note"] for item in statistics["items"]["notes"]] == ["one-1"]
    assert [deck["deck"] for deck in statistics["decks"]] == ["one"]
