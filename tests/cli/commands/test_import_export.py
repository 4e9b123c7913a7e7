"""Import and export files of every format: previews, warnings, all or nothing."""

from __future__ import annotations

import csv
import os
import pty
import signal
import subprocess
from pathlib import Path

import pytest

from tests.cli.program import SMALL, Program, document, plain_environment
from tests.helpers import PROJECT

SHARES = """\
Q: Which metric is the share of true alarms?
A: Precision, TP / (TP + FP)

Q: Which metric is the share of what was found?
A: Recall, TP / (TP + FN)
"""


@pytest.fixture
def shares(filled: Program) -> Path:
    """A file of another program, imported once and edited since."""
    path = filled.home / "shares.md"
    path.write_text(SHARES, encoding="utf-8")
    assert filled("import", str(path)).status == 0
    path.write_text(SHARES.replace("true alarms", "real alarms"), encoding="utf-8")
    return path


def test_a_dry_run_shows_the_changed_words(filled: Program, shares: Path) -> None:
    lines = filled("import", "--dry-run", str(shares)).out.splitlines()

    assert lines[0] == "shares  ~ 1 changed, = 1 unchanged"
    assert lines[1].startswith("  ~ w-")
    assert lines[1].endswith("  changed: Which metric is the share of real alarms?")
    assert (
        lines[2] == "      front: Which metric is the share of [-true-]{+real+} alarms?"
    )
    assert lines[-1] == "Would import: 1 changed. Nothing has changed yet."


def test_a_file_without_a_good_note_is_not_reported_as_up_to_date(
    filled: Program,
) -> None:
    path = filled.home / "text.apkg"
    path.write_text("no package", encoding="utf-8")

    outcomes = [filled("import", *more, str(path)) for more in ((), ("--dry-run",))]

    assert [outcome.status for outcome in outcomes] == [1, 1]
    assert outcomes[0].out.endswith("\nNothing was imported.\n")
    assert outcomes[1].out.endswith("\nNothing can be imported.\n")


def test_json_gives_every_changed_field(filled: Program, shares: Path) -> None:
    data = document(filled, "import", "--dry-run", str(shares))

    (change,) = data["changes"]
    assert change["note"].startswith("w-")
    assert {name: value for name, value in change.items() if name != "note"} == {
        "deck": "shares",
        "change": "changed",
        "from": None,
        "fields": [
            {
                "field": "front",
                "before": "Which metric is the share of true alarms?",
                "after": "Which metric is the share of real alarms?",
            }
        ],
    }
    assert data["files"][0]["format"] == "hashcards"


def on_terminal(program: Program, *arguments: str, **environment: str) -> str:
    """Return what a command prints on a terminal."""
    parent, child = pty.openpty()
    process = subprocess.Popen(
        program.command(*arguments),
        stdout=child,
        stderr=subprocess.DEVNULL,
        cwd=PROJECT,
        env={**plain_environment(), "TERM": "xterm", **environment},
    )
    os.close(child)
    shown = b""
    while True:
        try:
            chunk = os.read(parent, 65536)
        except OSError:
            break
        if not chunk:
            break
        shown += chunk
    process.wait()
    os.close(parent)
    return shown.decode()


def test_color_is_for_terminals_that_want_it(filled: Program, shares: Path) -> None:
    command = ("import", "--dry-run", str(shares))
    added = "\x1b[32m{+real+}\x1b[0m"

    assert added in on_terminal(filled, *command)
    assert "\x1b" not in on_terminal(filled, *command, NO_COLOR="1")
    assert "\x1b" not in on_terminal(filled, *command, TERM="dumb")
    assert "\x1b" not in filled(*command).out


def test_long_lists_are_counted_and_json_has_them_all(
    flashcards: Program, tmp_path: Path
) -> None:
    flashcards.make_store()
    path = tmp_path / "many.csv"
    path.write_text(
        "front,back\n" + "".join(f"Question {n}?,Answer {n}\n" for n in range(100)),
        encoding="utf-8",
    )

    text = flashcards("import", "--dry-run", str(path)).out

    assert text.count("  + w-") == 20
    assert "  + and 80 more new; list all with --json" in text
    assert len(document(flashcards, "import", "--dry-run", str(path))["changes"]) == 100


def test_no_more_than_fifty_problems_are_shown(
    flashcards: Program, tmp_path: Path
) -> None:
    flashcards.make_store()
    path = tmp_path / "bad.yaml"
    rows = "".join(f"  - {{id: b-{n}, front: Q{n}?}}\n" for n in range(60))
    path.write_text(
        f"deck: bad\ntitle: Bad\nnotes:\n  - {{id: g, front: Q?, back: A}}\n{rows}"
    )

    outcome = flashcards("import", str(path))

    assert outcome.status == 1
    assert outcome.err.count("missing-field") == 50
    assert "more. List all with --json." in outcome.err
    again = document(flashcards, "import", str(path), status=1)
    assert len(again["files"][0]["problems"]) >= 60


def test_a_reworded_note_can_be_reset_from_the_command_line(filled: Program) -> None:
    filled("review", "--plain", "other", stdin="\n4\n")
    path = filled.home / "decks" / "other.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("Which other?", "What has nothing to do with it?").replace(
            "This one.", "Everything else."
        ),
        encoding="utf-8",
    )

    assert filled("import", "--reworded", "reset", str(path)).status == 0

    card = document(filled, "card", "other-1")
    assert (card["state"], len(card["reviews"])) == ("new", 1)
    filled("undo")
    assert document(filled, "card", "other-1")["state"] != "new"
    assert filled("import", "--reworded", "burn", str(path)).status == 2


def test_an_unknown_suffix_and_an_unknown_format_are_reported(
    filled: Program, tmp_path: Path
) -> None:
    path = tmp_path / "deck.xyz"
    path.write_bytes(SMALL)

    unknown = filled("import", str(path))
    assert unknown.status == 1
    assert unknown.err.startswith(
        f"{path} cannot be imported: the suffix must be one of .yaml, "
    )
    assert filled("import", "--format", "yaml", str(path)).status == 0
    wrong = filled("import", "--format", "runes", str(path))
    assert wrong.status == 2
    assert "There is no import format runes." in wrong.err


def test_a_package_brings_notes_and_reviews_to_another_home(
    filled: Program, tmp_path: Path
) -> None:
    filled("review", "--plain", "other", stdin="\n4\n")
    package = tmp_path / "all.apkg"
    assert filled("export", "-o", str(package)).status == 0
    there = filled.of(tmp_path / "there")
    there.make_store()

    outcome = there("import", str(package))

    assert outcome.out == (
        "all.apkg: 5 notes in 2 decks, 1 new review.\n"
        "Imported: 5 new, 1 review. Undo with `flashcards undo`.\n"
    )
    assert len(document(there, "card", "other-1")["reviews"]) == 1
    again = there("import", str(package)).out
    assert again.endswith("Nothing to change: 5 notes already up to date.\n")


def test_an_interrupted_import_changes_nothing(
    flashcards: Program, tmp_path: Path
) -> None:
    flashcards.make_store()
    path = tmp_path / "large.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [
                ["front", "back"],
                *([f"Question {n}?", f"Answer {n}"] for n in range(100_000)),
            ]
        )
    parent, child = pty.openpty()
    process = subprocess.Popen(
        flashcards.command("import", str(path)),
        stdout=subprocess.PIPE,
        stderr=child,
        cwd=PROJECT,
    )
    os.close(child)
    shown = os.read(parent, 1000)
    assert b"Reading [" in shown or b"Importing [" in shown
    process.send_signal(signal.SIGINT)
    process.communicate()
    shown += os.read(parent, 1000)
    os.close(parent)

    assert process.returncode == 130
    assert b"Stopped. Nothing was imported." in shown
    assert b"Traceback" not in shown
    assert document(flashcards, "decks") == []


def test_no_package_is_written_to_a_terminal(filled: Program, tmp_path: Path) -> None:
    command = ("export", "-o", "-", "--format", "anki")

    assert on_terminal(filled, *command) == ""
    with (tmp_path / "out.apkg").open("wb") as file:
        subprocess.run(filled.command(*command), stdout=file, check=True, cwd=PROJECT)
    assert (tmp_path / "out.apkg").read_bytes().startswith(b"PK")


def test_an_exported_deck_file_keeps_its_comments(filled: Program) -> None:
    path = filled.home / "decks" / "other.yaml"
    text = path.read_text(encoding="utf-8")
    commented = text.replace("notes:\n", "notes:\n  # The only one there is.\n")
    path.write_text(commented, encoding="utf-8")

    assert filled("export", "other", "-o", str(path)).status == 0

    assert path.read_text(encoding="utf-8") == commented


def test_a_directory_gets_a_file_of_the_format_for_each_deck(
    filled: Program, tmp_path: Path
) -> None:
    assert (
        filled("export", "-o", str(tmp_path / "out"), "--format", "hashcards").status
        == 0
    )

    written = sorted(
        str(path.relative_to(tmp_path / "out"))
        for path in (tmp_path / "out").rglob("*.md")
    )
    assert written == ["other.md", "small/things.md"]


def test_what_a_format_cannot_hold_is_reported_on_stderr(
    filled: Program, tmp_path: Path
) -> None:
    outcome = filled("export", "small", "-o", str(tmp_path / "small.md"))

    assert outcome.status == 0
    assert outcome.err


def test_check_reads_files_of_other_formats_too(
    flashcards: Program, tmp_path: Path
) -> None:
    good, bad = tmp_path / "good.md", tmp_path / "bad.md"
    good.write_text(SHARES, encoding="utf-8")
    bad.write_text(f"{SHARES}\nA: An answer to nothing.\n", encoding="utf-8")

    assert flashcards("check", str(good)).out == "2 notes, no problems.\n"
    outcome = flashcards("check", str(bad))
    assert outcome.status == 1
    assert f"{bad}:7:1  answer-without-question" in outcome.out
    assert flashcards("check", str(tmp_path)).out.endswith("4 notes, 1 error.\n")
    assert not flashcards.home.exists()
