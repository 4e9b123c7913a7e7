"""`doctor` checks for missing pictures and sounds."""

from pathlib import Path

from tests.cli.program import Program, document

DECK = """
deck: shown
title: Shown
notes:
  - {id: s-1, front: "What shows [image: there.png]?", back: "[sound: gone.mp3]"}
  - {id: s-2, front: "And [image: gone.png]?", back: "[image: gone.png]"}
"""


def test_missing_media_files_are_a_warning(filled: Program, tmp_path: Path) -> None:
    (tmp_path / "shown.yaml").write_text(DECK)
    assert filled("import", str(tmp_path / "shown.yaml")).status == 0
    (filled.home / "media").mkdir()
    (filled.home / "media" / "there.png").write_bytes(b"picture")

    report = document(filled, "doctor")

    (warning,) = [
        finding for finding in report["findings"] if finding["check"] == "media"
    ]
    assert report["sound"]
    assert warning["severity"] == "warning"
    assert "gone.mp3 (note s-1), gone.png (note s-2)" in warning["message"]
    assert "there.png" not in warning["message"]


def test_no_warning_without_missing_media(filled: Program) -> None:
    report = document(filled, "doctor")

    assert [
        finding for finding in report["findings"] if finding["check"] == "media"
    ] == []
