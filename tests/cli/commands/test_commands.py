"""The output and effect of each command, with two small decks."""

import csv
import json
from pathlib import Path

import pytest

from tests.cli.program import SMALL, Program, document

PROBLEM_KEYS = {"severity", "path", "line", "column", "rule", "message"}


@pytest.fixture
def decks(filled: Program) -> Path:
    return filled.home / "decks"


def test_due_counts_cards_per_deck_after_daily_limits(filled: Program) -> None:
    output = document(filled, "due")

    assert set(output) == {
        "date", "new", "learning", "review", "minutes", "decks", "waiting",
        "waiting_until", "day_off", "interview", "available",
    }  # fmt: skip
    assert (output["new"], output["learning"], output["review"]) == (5, 0, 0)
    assert isinstance(output["minutes"], int)
    assert {deck["deck"]: deck["new"] for deck in output["decks"]} == {
        "other": 1,
        "small/things": 4,
    }
    assert {"deck", "title", "new", "learning", "review"} <= set(output["decks"][0])


def test_due_counts_of_a_deck_exclude_the_decks_below_it(
    flashcards: Program, tmp_path: Path
) -> None:
    flashcards.make_store()
    for key in ("metrics", "metrics/below"):
        path = tmp_path / f"{key}.yaml"
        path.parent.mkdir(exist_ok=True)
        note = f"{{id: {path.stem}-1, front: What is {path.stem}?, back: This.}}"
        path.write_text(f"deck: {key}\ntitle: {path.stem}\nnotes:\n  - {note}\n")
    flashcards("import", str(tmp_path / "metrics.yaml"), str(tmp_path / "metrics"))

    output = document(flashcards, "due")

    assert output["new"] == 2
    assert {deck["deck"]: deck["new"] for deck in output["decks"]} == {
        "metrics": 1,
        "metrics/below": 1,
    }


def test_the_text_of_due_begins_with_the_day(filled: Program) -> None:
    first, empty, *table = filled("due").out.splitlines()

    assert first.endswith(": 5 cards, about 4 min. 5 new, 0 learning, 0 review.")
    assert empty == ""
    assert table == [
        "deck          new  learning  review  title",
        "other           1         0       0  Other",
        "small/things    4         0       0  Small things",
    ]


def test_due_short_prints_a_few_words(filled: Program) -> None:
    assert filled("due", "--short").out == "5 due, 4 min\n"


def test_due_short_prints_nothing_when_nothing_is_due(flashcards: Program) -> None:
    flashcards.make_store()

    assert flashcards("due", "--short").out == ""
    assert flashcards("due").out.endswith(": nothing due.\n")


def test_decks_lists_notes_and_cards_of_each_deck(filled: Program) -> None:
    assert document(filled, "decks") == [
        {
            "deck": "other",
            "title": "Other",
            "notes": 1,
            "cards": 1,
            "new": 1,
            "suspended": 0,
        },
        {
            "deck": "small/things",
            "title": "Small things",
            "notes": 4,
            "cards": 6,
            "new": 6,
            "suspended": 0,
        },
    ]


def test_an_import_prints_a_summary_and_how_to_undo_it(
    flashcards: Program,
) -> None:
    flashcards.make_store()
    path = flashcards.home / "things.yaml"
    path.write_bytes(SMALL)

    assert flashcards("import", str(path)).out == (
        "Imported: 4 new. Undo with `flashcards undo`.\n"
    )
    again = flashcards("import", str(path))
    assert (again.status, again.out) == (
        0,
        "Nothing to change: 4 notes already up to date.\n",
    )


def test_an_edited_note_changes_and_a_deleted_note_retires(
    filled: Program, decks: Path
) -> None:
    path = decks / "small" / "things.yaml"
    text = SMALL.decode().replace("back: 2", "back: Two.")
    path.write_text(text.partition("  - id: gap")[0], encoding="utf-8")

    planned = filled("import", "--dry-run", str(path))
    assert planned.out.endswith(
        "Would import: 1 changed, 1 retired. Nothing has changed yet.\n"
    )
    done = filled("import", str(path))
    assert done.out == (
        "Imported: 1 changed, 1 retired. Undo with `flashcards undo`.\n"
    )
    assert filled("undo").out == f"Undid: import of {path}.\n"
    assert [deck["cards"] for deck in document(filled, "decks")] == [1, 6]


def test_import_json_has_every_count(filled: Program, decks: Path) -> None:
    path = decks / "other.yaml"

    output = document(filled, "import", "--dry-run", str(path))

    assert output["dry_run"] is True
    assert output["changes"] == []
    (file,) = output["files"]
    assert file == {
        "path": str(path),
        "format": "yaml",
        "decks": ["other"],
        "notes": 1,
        "cards": 1,
        "added": 0,
        "changed": 0,
        "moved": 0,
        "returned": 0,
        "retired": 0,
        "unchanged": 1,
        "reviews": 0,
        "problems": [],
    }


WITH_PROBLEM = SMALL.decode().replace("back: 2", "bakc: 2")


def test_valid_notes_of_a_file_with_problems_are_imported(flashcards: Program) -> None:
    flashcards.make_store()
    path = flashcards.home / "things.yaml"
    path.write_text(WITH_PROBLEM, encoding="utf-8")

    outcome = flashcards("import", str(path))

    assert outcome.status == 1
    assert outcome.out == "Imported: 3 new. Undo with `flashcards undo`.\n"
    assert f"{path}:" in outcome.err


def test_strict_refuses_a_file_with_problems(flashcards: Program) -> None:
    flashcards.make_store()
    path = flashcards.home / "things.yaml"
    path.write_text(WITH_PROBLEM, encoding="utf-8")

    outcome = flashcards("import", "--strict", str(path))

    assert outcome.status == 1
    assert outcome.out == (
        "Nothing was imported: --strict refuses files with errors.\n"
    )
    assert document(flashcards, "decks") == []


def test_into_sets_the_deck(filled: Program, decks: Path) -> None:
    path = decks / "new.yaml"
    path.write_text(
        "deck: a\ntitle: A\nnotes:\n  - {id: a-1, front: A?, back: B}\n",
        encoding="utf-8",
    )

    assert filled("import", "--into", "mine/new", str(path)).status == 0
    assert "mine/new" in [deck["deck"] for deck in document(filled, "decks")]


def test_check_finds_problems_without_a_store(
    flashcards: Program, tmp_path: Path
) -> None:
    path = tmp_path / "things.yaml"
    path.write_text(WITH_PROBLEM, encoding="utf-8")

    output = document(flashcards, "check", str(path), status=1)

    assert output["notes"] == 3
    assert output["problems"]
    assert all(set(problem) == PROBLEM_KEYS for problem in output["problems"])
    assert not flashcards.home.exists()


def test_check_prints_the_position_and_number_of_problems(
    flashcards: Program, tmp_path: Path
) -> None:
    path = tmp_path / "small" / "things.yaml"
    path.parent.mkdir()
    path.write_bytes(SMALL)

    outcome = flashcards("check", str(path))

    assert (outcome.status, outcome.out) == (0, "4 notes, no problems.\n")


def test_a_deck_exported_as_yaml_imports_unchanged(
    filled: Program, tmp_path: Path
) -> None:
    target = tmp_path / "out.yaml"

    outcome = filled("export", "small", "-o", str(target))

    assert outcome.out == f"Wrote 1 deck with 4 notes to {target}.\n"
    assert filled("import", "--dry-run", str(target)).out.endswith(
        "Nothing to change: 4 notes already up to date.\n"
    )


def test_several_decks_are_exported_as_yaml_to_a_directory(
    filled: Program, tmp_path: Path
) -> None:
    target = tmp_path / "out"

    assert filled("export", "-o", str(target)).status == 0
    assert sorted(str(path.relative_to(target)) for path in target.rglob("*.yaml")) == [
        "other.yaml",
        "small/things.yaml",
    ]


def test_several_decks_cannot_be_exported_to_one_yaml_file(
    filled: Program, tmp_path: Path
) -> None:
    outcome = filled("export", "-o", str(tmp_path / "out.yaml"))

    assert outcome.status == 2
    assert outcome.err == (
        "A YAML file holds one deck. Name one deck, or a directory to write to.\n"
    )


def test_csv_has_a_row_for_each_note(filled: Program, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"

    filled("export", "-o", str(target))

    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 5


def test_a_json_export_has_the_history_except_with_no_history(
    filled: Program, tmp_path: Path
) -> None:
    filled("review", "--plain", "other", stdin="\n4\n")
    target = tmp_path / "out.json"

    filled("export", "other", "-o", str(target))
    (card,) = json.loads(target.read_text(encoding="utf-8"))["cards"]
    assert card["card"] == "other-1"
    assert len(card["reviews"]) == 1

    filled("export", "--no-history", "-o", str(target))
    assert not json.loads(target.read_text(encoding="utf-8")).get("cards")


def test_exporting_over_a_deck_file_preserves_its_comments(
    filled: Program, tmp_path: Path
) -> None:
    target = tmp_path / "small.yaml"
    filled("export", "small", "-o", str(target))
    author = target.read_text().replace("notes:", "# Mine.\nnotes:   # all")
    before = author.replace("\n    back:", " # asked\n    back:", 1)
    target.write_text(before)

    filled("export", "small", "-o", str(target))

    assert target.read_text() == before
    assert filled("export", "other", "-o", str(target)).status == 1
    assert target.read_text() == before
    assert filled("export", "other", "-o", str(target), "--force").status == 0
    assert "# Mine." not in target.read_text()


def test_a_failed_export_is_reported(filled: Program) -> None:
    outcome = filled("export", "-o", "/nowhere/out.json")

    assert outcome.status == 1
    assert outcome.err.startswith("/nowhere/out.json c")
    assert "No such file or directory" in outcome.err


def test_the_schema_is_a_json_schema(flashcards: Program) -> None:
    output = json.loads(flashcards("schema").out)

    assert output["$schema"] == "https://json-schema.org/draft/2020-12/schema"
