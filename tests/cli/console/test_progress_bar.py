import io
import sys

import pytest

from flashcards.cli.console import progress_bar
from flashcards.cli.console.progress_bar import ProgressBar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def without_delay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress_bar, "DELAY_SECONDS", 0.0)
    monkeypatch.setattr(progress_bar, "_REDRAW_SECONDS", 0.0)


@pytest.mark.usefixtures("without_delay")
def test_a_bar_shows_progress_and_is_erased(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)

    with ProgressBar() as progress:
        progress("reading", 1, 2)
        progress("importing", 5, 1000)

    first, second, last, erased = terminal.getvalue().split("\r")
    assert first == "Reading [############------------] 1 of 2"
    assert second.rstrip() == "Importing [------------------------] 5 of 1,000"
    assert (last.strip(), erased) == ("", "")
    assert len(last) >= len(second)


def test_a_first_line_is_shown_at_once_and_erased(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)

    with ProgressBar("First start: importing..."):
        assert terminal.getvalue() == "First start: importing...\r"

    assert terminal.getvalue().endswith(" " * len("First start: importing...") + "\r")


@pytest.mark.usefixtures("without_delay")
def test_nothing_is_drawn_without_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = io.StringIO()
    monkeypatch.setattr(sys, "stderr", pipe)

    with ProgressBar() as progress:
        progress("reading", 0, 0)

    assert pipe.getvalue() == ""


def test_nothing_is_drawn_for_quick_work(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)

    with ProgressBar() as progress:
        progress("reading", 1, 2)

    assert terminal.getvalue() == ""
