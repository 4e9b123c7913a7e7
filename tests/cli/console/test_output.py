import io
import json
import sys

import pytest

from flashcards.cli.console import output


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


def test_a_table_aligns_numbers_right_and_text_left(
    capsys: pytest.CaptureFixture[str],
) -> None:
    output.print_table(("deck", "cards"), [("drift/types", 9), ("metrics", 1204)])

    assert lines(capsys) == [
        "deck         cards",
        "drift/types      9",
        "metrics      1,204",
    ]


def test_a_table_without_rows_prints_its_headings(
    capsys: pytest.CaptureFixture[str],
) -> None:
    output.print_table(("deck", "cards"), [])

    assert lines(capsys) == ["deck  cards"]


def test_a_cell_with_several_lines_is_printed_on_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    output.print_table(("front",), [("one\ntwo",)])

    assert lines(capsys) == ["front", "one two"]


def test_rows_are_not_truncated_without_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "10")

    output.print_table(("front",), [("x" * 200,)])

    assert lines(capsys)[1] == "x" * 200


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("columns", [1, 2, 20])
def test_a_row_is_truncated_to_one_line_of_a_terminal(
    columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("COLUMNS", str(columns))

    output.print_table(("front",), [("x" * 200,)])

    row = terminal.getvalue().splitlines()[1]
    assert row.endswith("…")
    assert len(row) <= max(columns, 2)


def test_stored_text_cannot_control_the_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    output.print_line("\x1b]52;c;x\x07 \u202e \x9b2J")
    output.print_notice("\x1b[2J")

    printed = capsys.readouterr()
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(printed.out + printed.err)


def test_json_is_utf_8_whatever_the_encoding_of_stdout(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    latin = io.TextIOWrapper(io.BytesIO(), encoding="latin-1")
    monkeypatch.setattr(sys, "stdout", latin)

    output.print_line("é")
    output.print_json({"front": "∑ – ü \ud800"})

    latin.flush()
    words, _, document = latin.buffer.getvalue().partition(b"\n")
    assert words == b"\xe9"
    assert "∑ – ü".encode() in document
    assert json.loads(document) == {"front": "∑ – ü \ud800"}


def test_printing_to_a_closed_stdout_is_ignored(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdout", None)

    output.print_line("gone")
    output.print_json({})
    output.flush()

    assert output.terminal_width() == 0


def test_json_escapes_unsafe_characters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stdout = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    monkeypatch.setattr(sys, "stdout", stdout)
    document = {"front": "précis \x9b31m \u202e \U000e0041 \n 🙂"}

    output.print_json(document)

    stdout.seek(0)
    printed = stdout.read()
    assert json.loads(printed) == document
    assert "précis \\u009b31m \\u202e \\udb40\\udc41 \\n 🙂" in printed
