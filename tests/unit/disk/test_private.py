"""The files of a home are private to their owner."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from flashcards.disk.private import make_private_directory, make_private_file
from flashcards.disk.replacing import save_text
from flashcards.domain.settings.settings import AppDirectories
from flashcards.store.maintenance.doctor import privacy_findings
from tests.cli.program import Program
from tests.conftest import OpenCollection
from tests.homes import HomeTemplates

pytestmark = pytest.mark.skipif(os.name == "nt", reason="modes are those of POSIX")


@pytest.fixture(autouse=True)
def usual_mask() -> Iterator[None]:
    """A mask under which everybody may read new files."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_everything_in_a_new_home_is_private(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], home_templates: HomeTemplates
) -> None:
    program = Program(tmp_path / "data" / "home", capsys, home_templates)
    pictures = tmp_path / "notes"
    pictures.mkdir()
    (pictures / "a.png").write_bytes(b"picture")
    (pictures / "cards.md").write_text("Q: What is ![](a.png)?\nA: A picture.\n")

    assert program("due").status == 0
    assert program("config", "init").status == 0
    assert program("import", str(pictures)).status == 0
    assert program("backup").status == 0
    assert program.process("review", "--plain", stdin="\n3\n\n").status == 0

    assert mode(program.home) == 0o700
    made = sorted(program.home.rglob("*"))
    assert {path.name for path in made} >= {"flashcards.db", "config.toml", "a.png"}
    for path in made:
        assert mode(path) == (0o700 if path.is_dir() else 0o600), path


def test_the_log_of_an_open_store_is_private(
    open_collection: OpenCollection,
) -> None:
    collection = open_collection()
    collection.store()
    collection.importing.import_shipped()

    for path in collection.directories.path.iterdir():
        assert mode(path) & 0o077 == 0, path


def test_a_home_that_is_shared_on_purpose_stays_shared(
    open_collection: OpenCollection, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o750)
    (home / "flashcards.db").touch()
    (home / "flashcards.db").chmod(0o640)

    open_collection().store()

    assert mode(home) == 0o750
    assert mode(home / "flashcards.db") == 0o640


def test_a_private_file_that_exists_keeps_its_content_and_mode(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    file.chmod(0o640)

    make_private_file(file)
    save_text(file, "changed", private=True)

    assert mode(file) == 0o640
    assert file.read_text() == "changed"


def test_exported_files_follow_the_umask(tmp_path: Path) -> None:
    save_text(tmp_path / "export.csv", "a,b")

    assert mode(tmp_path / "export.csv") == 0o644


def test_only_the_last_of_several_new_directories_is_private(tmp_path: Path) -> None:
    make_private_directory(tmp_path / "share" / "flashcards")

    assert mode(tmp_path / "share") == 0o755
    assert mode(tmp_path / "share" / "flashcards") == 0o700


@pytest.mark.parametrize(("given", "warned"), [(0o755, True), (0o750, False)])
def test_a_home_that_everybody_can_read_causes_a_warning_with_a_remedy(
    given: int, *, warned: bool
) -> None:
    with tempfile.TemporaryDirectory() as place:
        home = AppDirectories(Path(place))
        home.path.chmod(given)

        found = list(privacy_findings(home.path))

    assert bool(found) is warned
    for finding in found:
        assert finding.severity == "warning"
        assert f"`chmod -R go-rwx {place}`" in finding.remedy


def test_a_home_below_a_private_directory_causes_no_warning(tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory() as place:
        home = Path(place) / "home"
        home.mkdir(mode=0o755)

        assert list(privacy_findings(home)) == []
