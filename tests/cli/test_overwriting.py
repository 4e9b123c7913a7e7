"""An export replaces its own earlier file, and nothing else without being asked."""

from __future__ import annotations

from pathlib import Path

import pytest

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
def test_a_file_that_is_no_export_is_replaced_only_by_force(
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
def test_an_export_replaces_one_of_the_same_deck_and_of_no_other(
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


def test_no_file_of_a_directory_is_written_where_one_is_refused(
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
