"""The preview of an import: what would change, which decks to leave out, and importing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical

from flashcards.domain.formatting import count
from flashcards.importing.reading.find_files import normalize_path
from flashcards.tui.keys.keymap import bindings
from flashcards.tui.rendering.markdown import stored
from flashcards.tui.screens.common.base import BaseScreen
from flashcards.tui.screens.importing.preview_page import preview_lines
from flashcards.tui.screens.importing.preview_state import PreviewState
from flashcards.tui.widgets.bars import ProgressLine
from flashcards.tui.widgets.base import Page
from flashcards.tui.workers.worker import BackgroundWorker

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from textual.content import Content
    from textual.widget import Widget

    from flashcards.importing.preview.import_preview import ImportPreview
    from flashcards.importing.preview.summary import ImportResult
    from flashcards.tui.keys.keymap import Hint
    from flashcards.tui.workers.worker import Job

_REFRESH_SECONDS = 0.1
"""Time between two updates of the progress."""


class ImportPreviewScreen(BaseScreen):
    """Reads the files in a thread, shows what they would change, and imports them."""

    NAME = "import_plan"
    BINDINGS = bindings(NAME)
    HAS_PROGRESS = True

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.state: PreviewState | None = None
        """What is shown; None until the files are read."""
        self._path = normalize_path(path)
        self._worker = BackgroundWorker(self)

    def body(self) -> Iterable[Widget]:
        """Return the page."""
        with Vertical(id="column"):
            yield Page()

    def on_mount(self) -> None:
        """Read the files in a thread."""
        from flashcards.importing.preview.import_preview import ImportOptions

        importing, path = self.collection.importing, self._path

        def read(job: Job) -> ImportPreview:
            return importing.preview(
                [path],
                ImportOptions(lists_changes=True),
                reader=job.reader,
                progress=job.report_step,
            )

        self._worker.start(
            read, self._show_preview, on_error=self._leave, on_stop=self._leave_stopped
        )
        self.set_interval(_REFRESH_SECONDS, self._refresh_progress)
        super().on_mount()

    @property
    def is_working(self) -> bool:
        """Whether files are being read or imported."""
        return self._worker.is_running

    def _refresh_progress(self) -> None:
        if self.is_working:
            self.redraw()

    def _show_preview(self, preview: ImportPreview) -> None:
        # A stop may come after the last report of progress, which would have ended the work.
        if self._worker.is_stopping:
            self._leave_stopped()
            return
        self.state = PreviewState(preview, self._path)
        self.redraw()

    def _leave(self, reason: str) -> None:
        self.app.pop_screen()
        self.host.notice(reason)

    def _leave_stopped(self) -> None:
        self._leave("Stopped. Nothing was imported.")

    def show(self) -> None:
        """Show the preview, or the progress of the work."""
        counts = self._count_files(self.state) if self.state else ""
        name = stored(self._path.name or str(self._path), self.look.style("muted"))
        crumb = self.text(f" {self.look.glyphs.crumb} ", "muted")
        title = self.text("Import", "accent", bold=True) + crumb + name
        self.show_title(title, self.text("" if self.is_working else counts, "muted"))
        share = self._worker.progress.share if self.is_working else 0.0
        self.query_one(ProgressLine).show(share)
        self.query_one(Page).show(self._lines)

    def _count_files(self, state: PreviewState) -> str:
        files = state.original.files
        notes = sum(file.notes for file in files)
        dot = self.look.glyphs.dot
        return f"{count(len(files), 'file')} {dot} {count(notes, 'note')}"

    def _lines(self, width: int, height: int) -> list[Content]:
        if self.state is None or self.is_working:
            done, total, step = self._worker.progress
            text = f"{step.capitalize()}: {done:,} of {total:,}" if total else "Reading"
            return [self.text(f"{text}{self.look.glyphs.more}", bold=True)]
        lines, (first, last) = preview_lines(self.state, self.look, width)
        page = self.query_one(Page)
        page.keep_in_sight(last, height)
        page.keep_in_sight(first, height)
        return lines

    def hints(self) -> list[Hint]:
        """Return the keys for what can be done with the preview."""
        state = self.state
        if state is None or self.is_working:
            return [self.hint("import_plan.back", "stop")]
        hints = [self.hint("import_plan.apply")] if state.has_changes else []
        if state.reworded:
            hints.append(self.hint("import_plan.reworded"))
        if state.rows:
            pair = self.keymap.pair_hint("import_plan.up", "import_plan.down", "move")
            hints.append(pair)
        if state.current.deck:
            hints.append(self.hint("import_plan.leave_out"))
        if state.problems:
            hints.append(self.hint("import_plan.problems"))
        if state.current.deck:
            close_and_open = ("import_plan.close", "import_plan.open")
            hints.append(self.keymap.pair_hint(*close_and_open, "fold"))
        return [*hints, self.hint("import_plan.back")]

    def action_apply(self) -> None:
        """Import what is shown, as one operation."""
        state = self.state
        if state is None or self.is_working or not state.has_changes:
            return
        importing, preview, reworded = (
            self.collection.importing,
            state.preview,
            state.reworded_policy,
        )

        def apply(job: Job) -> ImportResult:
            return importing.apply(
                preview, reworded=reworded, reader=job.reader, progress=job.report_step
            )

        self._worker.start(
            apply,
            self._show_result,
            on_error=self._leave,
            on_stop=self._leave_stopped,
        )
        self.redraw()

    def _show_result(self, result: ImportResult) -> None:
        from flashcards.importing.preview.result_text import describe_result

        text = describe_result(result, undo=self.keymap.shown("home.undo"))
        self.app.pop_screen()
        self.host.close_with_notice(text)

    def action_back(self) -> None:
        """Stop the work, or go back; nothing is changed."""
        if self.is_working:
            self._worker.stop()
        else:
            self.app.pop_screen()

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        if self.state:
            self.state.move(rows)
            self.redraw()

    def action_fold(self, closed: bool) -> None:
        """Show the notes of the deck under the cursor, or hide them."""
        if self.state:
            self.state.set_open(is_open=not closed)
            self.redraw()

    def action_click_row(self, number: int) -> None:
        """Put the cursor on a clicked row; a second click on a deck opens or closes it."""
        if self.state is None:
            return
        is_second_click = self.state.cursor == number
        self.state.cursor = number
        row = self.state.current
        if is_second_click and row.deck and not row.note:
            self.state.set_open(is_open=not self.state.is_open(row.deck))
        self.redraw()

    def action_toggle_deck(self) -> None:
        """Leave the deck under the cursor out of the import, or include it again."""
        if self.state:
            self.state.toggle_deck()
            self.redraw()

    def action_next_policy(self) -> None:
        """Choose the next policy for the histories of reworded notes."""
        if self.state:
            self.state.choose_next_policy()
            self.redraw()

    def action_go_to_problems(self) -> None:
        """Go to the problems, or back to the first row."""
        if self.state:
            self.state.go_to_problems()
            self.redraw()
