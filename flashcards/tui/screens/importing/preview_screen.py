"""The plan of an import: what would change, what to leave out, and importing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical

from flashcards.domain.formatting import count
from flashcards.importing.reading.find_files import place_of
from flashcards.tui.keys.keymap import bindings
from flashcards.tui.rendering.markdown import stored
from flashcards.tui.screens.importing.preview_navigation import PreviewNavigation
from flashcards.tui.screens.importing.preview_page import plan_lines
from flashcards.tui.screens.importing.preview_state import ImportState, Planned
from flashcards.tui.screens.importing.worker import ImportWork
from flashcards.tui.widgets.bars import ProgressLine
from flashcards.tui.widgets.base import Page

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from textual.content import Content
    from textual.widget import Widget

    from flashcards.importing.preview.report import ImportResult
    from flashcards.tui.keys.keymap import Hint

_TICK = 0.1
"""Seconds between two looks at how far the work is."""


class ImportPlanScreen(PreviewNavigation):
    """Reads the files, shows the plan, and carries it out."""

    NAME = "import_plan"
    BINDINGS = bindings(NAME)
    HAS_PROGRESS = True

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = place_of(path)
        self._work = ImportWork(self)

    def body(self) -> Iterable[Widget]:
        """Return the page."""
        with Vertical(id="column"):
            yield Page()

    def on_mount(self) -> None:
        """Read the files in a thread."""
        self._work.plan(self._path, self._planned, self._leave)
        self.set_interval(_TICK, self._tick)
        super().on_mount()

    @property
    def works(self) -> bool:
        """Whether files are being read, or imported."""
        return self._work.runs

    def _tick(self) -> None:
        if self.works:
            self.redraw()

    def _planned(self, planned: Planned) -> None:
        self.state = ImportState(planned, self._path)
        self.redraw()

    def _leave(self, reason: str) -> None:
        self.app.pop_screen()
        self.host.notice(reason)

    def show(self) -> None:
        """Show the plan, or how far the work is."""
        told = self._figures(self.state) if self.state and not self.works else ""
        name = stored(self._path.name or str(self._path), self.look.style("muted"))
        crumb = self.text(f" {self.look.glyphs.crumb} ", "muted")
        title = self.text("Import", "accent", bold=True) + crumb + name
        self.show_title(title, self.text(told, "muted"))
        share = self._work.progress.share if self.works else 0.0
        self.query_one(ProgressLine).show(share)
        self.query_one(Page).show(self._lines)

    def _figures(self, state: ImportState) -> str:
        files = state.planned.plan.files
        notes = sum(file.notes for file in files)
        dot = self.look.glyphs.dot
        return f"{count(len(files), 'file')} {dot} {count(notes, 'note')}"

    def _lines(self, width: int, height: int) -> list[Content]:
        if self.state is None or self.works:
            what, done, total = self._work.progress
            told = f"{what.capitalize()}: {done:,} of {total:,}" if total else "Reading"
            return [self.text(f"{told}{self.look.glyphs.more}", bold=True)]
        lines, (first, last) = plan_lines(self.state, self.look, width)
        page = self.query_one(Page)
        page.keep_in_sight(last, height)
        page.keep_in_sight(first, height)
        return lines

    def hints(self) -> list[Hint]:
        """Return what can be done with the plan."""
        state = self.state
        if state is None or self.works:
            return [self.hint("import_plan.back", "stop")]
        found = [self.hint("import_plan.apply")] if state.changes_anything else []
        if state.reworded:
            found.append(self.hint("import_plan.reworded"))
        if state.rows:
            pair = self.keymap.pair_hint("import_plan.up", "import_plan.down", "look")
            found.append(pair)
        if state.chosen.deck:
            found.append(self.hint("import_plan.leave_out"))
        if state.problems:
            found.append(self.hint("import_plan.problems"))
        if state.chosen.deck:
            open_close = ("import_plan.open", "import_plan.close")
            found.append(self.keymap.pair_hint(*open_close[::-1], "fold"))
        return [*found, self.hint("import_plan.back")]

    def action_apply(self) -> None:
        """Import what is shown, as one step."""
        state = self.state
        if state is None or self.works or not state.changes_anything:
            return
        self._work.carry_out(state, self._done, self._leave)
        self.redraw()

    def _done(self, result: ImportResult) -> None:
        from flashcards.importing.preview.text import sentence

        told = sentence(result, undo=self.keymap.shown("home.undo"))
        self.app.pop_screen()
        self.host.back_with(told)

    def action_back(self) -> None:
        """Stop the work, or go back; nothing is changed."""
        if self.works:
            self._work.stop()
        else:
            self.app.pop_screen()
