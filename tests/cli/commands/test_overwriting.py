"""An export overwrites only its own earlier file, unless forced."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.commands.test_writing import days_from_today
from tests.cli.program import OTHER, SMALL, Program

FOREIGN = {
    "settings.yaml": "theme: dark\n",
    "data.json": '{"name": "mine"}\n',
    "README.md": "# Mine\n\nSome text.\n",
    "note.txt": "Call them back, soon.\n",
    "cards.csv": "front,back\nq,a\n",
    "quiz.gift": "What? {=this}\n",
    "package.apkg": "no package",
}
WRITTEN = ("mine.yaml", "mine.json", "mine.md", "mine.txt", "mine.csv", "mine.gift", "mine.apkg")  # fmt: skip


@pytest.mark.parametrize("name", FOREIGN)
def test_a_file_that_is_not_an_export_is_replaced_only_with_force(
    filled: Program, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_text(FOREIGN[name])

    refused = filled("export", "other", "-o", str(path))
    assert refused.status == 1
    assert "--force" in refused.err
    assert path.read_text() == FOREIGN[name]

    assert filled("export", "other", "--force", "-o", str(path)).status == 0
    assert filled("export", "other", "-o", str(path)).status == 0


@pytest.mark.parametrize("name", WRITTEN)
def test_an_export_replaces_only_an_export_of_the_same_deck(
    filled: Program, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.touch()
    assert filled("export", "small", "-o", str(path)).status == 0
    before = path.read_bytes()

    refused = filled("export", "other", "-o", str(path))
    assert refused.status == 1
    assert "`small/things`" in refused.err
    assert path.read_bytes() == before
    assert filled("export", "small", "-o", str(path)).status == 0


def test_no_file_is_written_to_a_directory_if_one_is_refused(
    filled: Program, tmp_path: Path
) -> None:
    (tmp_path / "small").mkdir()
    path = tmp_path / "small" / "things.yaml"
    path.write_bytes(OTHER)

    assert filled("export", "-o", str(tmp_path)).status == 1
    assert path.read_bytes() == OTHER
    assert not (tmp_path / "other.yaml").exists()

    path.write_bytes(SMALL)
    assert filled("export", "-o", str(tmp_path)).status == 0
    assert (tmp_path / "other.yaml").exists()


@pytest.mark.parametrize(
    ("command", "what"),
    [
        ("stats --svg", "a report of flashcards"),
        ("stats --html", "a report of flashcards"),
        ("plan export", "a plan"),
    ],
)
def test_a_report_or_plan_replaces_only_an_earlier_one(
    filled: Program, tmp_path: Path, command: str, what: str
) -> None:
    assert filled("plan", "set", "--date", days_from_today(20)).status == 0
    path, empty = tmp_path / "file", tmp_path / "empty"
    empty.touch()
    foreign = b"<svg><title>Mine</title></svg> <!DOCTYPE html><html></html>\n"
    path.write_bytes(foreign)

    refused = filled(*command.split(), str(path))
    assert (refused.status, refused.out) == (1, "")
    assert refused.err == (
        f"{path} is not {what}, so it was not replaced. "
        "Choose another name, or replace the file with `--force`.\n"
    )
    assert path.read_bytes() == foreign

    assert filled(*command.split(), str(path), "--force").status == 0
    assert path.read_bytes() != foreign
    for file in (path, empty, tmp_path / "new"):
        assert filled(*command.split(), str(file)).status == 0
    with (tmp_path / "log").open("w+b") as log:
        log.write(b"kept\n")
        log.flush()
        assert filled(*command.split(), f"/dev/fd/{log.fileno()}").status == 0
        log.seek(0)
        assert log.read().startswith(b"kept\n")


def test_html_does_not_replace_svg_nor_svg_html(
    filled: Program, tmp_path: Path
) -> None:
    picture, page = tmp_path / "a.svg", tmp_path / "a.html"
    assert filled("stats", "--svg", str(picture), "--html", str(page)).status == 0

    assert filled("stats", "--html", str(picture)).status == 1
    assert filled("stats", "--svg", str(page), "--html", str(page)).status == 1
    assert picture.read_bytes().startswith(b"<svg")
    assert page.read_bytes().startswith(b"<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("command", "argument"),
    [
        ("export -o", "-o/--output"),
        ("export -o x.csv --format", "--format"),
        ("stats --svg", "--svg"),
        ("stats --html", "--html"),
        ("plan export", "what"),
        ("plan import", "what"),
        ("plan done", "what"),
        ("backup", "FILE"),
        ("restore", "FILE"),
        ("check", "PATH"),
        ("import", "PATH"),
        ("import --into", "--into"),
        ("import --format", "--format"),
        ("due --home", "--home"),
    ],
)
def test_an_empty_name_is_refused_before_anything_is_read_or_written(
    filled: Program,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    argument: str,
) -> None:
    """A variable that is not set becomes an empty argument in a shell."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cards.csv").write_text("front,back\nq,a\n")
    before = filled("search", "--json", "q").out

    outcome = filled(*command.split(), "")

    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err == (
        f"{argument} must not be empty. "
        f"See `flashcards {command.split(maxsplit=1)[0]} --help`.\n"
    )
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["cards.csv"]
    assert filled("search", "--json", "q").out == before
