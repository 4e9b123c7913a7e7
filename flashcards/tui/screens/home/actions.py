"""What the keys of the home screen do: start sessions, undo and redo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.collection.session_text import NO_QUIZ_QUESTIONS
from flashcards.domain.cards import Scope
from flashcards.tui.screens.home.deck_tree import DeckTree
from flashcards.tui.workers.worker import BackgroundWorker

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashcards.importing.preview.summary import ImportResult
    from flashcards.tui.keys.keymap import Hint
    from flashcards.tui.screens.common.base import BaseScreen
    from flashcards.tui.screens.home.loader import FigureLoader
    from flashcards.tui.workers.worker import Job


class HomeActions:
    """Starts sessions from the home screen, and undoes the last change."""

    def __init__(self, screen: BaseScreen, loader: FigureLoader) -> None:
        """Set up the actions.

        Args:
            screen: The home screen.
            loader: Reads its figures.
        """
        self._screen, self._loader = screen, loader
        self._importer = BackgroundWorker(screen)

    def hints(self) -> list[Hint]:
        """Return the footer entries for the row under the cursor, or the button."""
        screen, figures = self._screen, self._loader.figures
        hint, overview = screen.hint, figures.overview
        chosen = screen.query_one(DeckTree).chosen
        last = [hint("everywhere.commands"), hint("home.quit")]
        if not overview.areas:
            return self._hints_without_decks()
        if figures.welcome is not None:
            start = hint("home.start", "start the diagnostic")
            names = ("home.review", "home.quiz", "home.plan")
            return [start, *(hint(name) for name in names), *last]
        hints: list[Hint] = []
        if chosen is None:
            if overview.counts.total:
                hints.append(hint("home.start"))
        else:
            if chosen.counts.total:
                hints.append(hint("home.start", f"review {chosen.title}"))
            if chosen.branches:
                hints.append(hint("home.fold"))
            hints.append(hint("home.today"))
        if figures.unfinished_diagnostic and chosen is None:
            hints.append(hint("home.diagnostic"))
        if not overview.counts.total and chosen is None:
            names = ("home.more", "home.ahead", "home.weakest")
            hints += [hint(name) for name in names]
        hints += [hint("home.quiz"), hint("home.plan"), hint("home.statistics")]
        if screen.host.can_undo:
            hints.append(hint("home.undo"))
        areas = screen.keymap.pair_hint("home.up", "home.down", "areas")
        hints.insert(len(hints) if chosen is None else 2, areas)
        return [*hints, *last]

    def _hints_without_decks(self) -> list[Hint]:
        screen = self._screen
        start = screen.hint("home.start", "import the shipped decks")
        names = ["home.import_decks", "home.plan", "everywhere.commands", "home.quit"]
        if screen.host.can_undo:
            names.insert(1, "home.undo")
        return [start, *(screen.hint(name) for name in names)]

    def start(self) -> None:
        """Review the deck or area under the cursor, else today's cards.

        On the first day, start the diagnostic instead; without decks, import those that
        come with the program.
        """
        if not self._loader.figures.overview.areas:
            self.import_shipped_decks()
            return
        chosen = self._screen.query_one(DeckTree).chosen
        if self._loader.figures.welcome is not None:
            self.start_diagnostic()
        elif chosen is None:
            self.press_button()
        else:
            self._review(Scope(decks=(chosen.key,)), chosen.counts.total)

    def press_button(self) -> None:
        """Do what today's button says: review, or set up a quiz when today is done."""
        overview = self._loader.figures.overview
        if not overview.counts.total:
            self._screen.host.open_screen("quiz")
        else:
            self.review_today()

    def review_today(self) -> None:
        """Review today's cards for the usual minutes."""
        self._review(Scope(), self._loader.figures.overview.counts.total)

    def _review(self, scope: Scope, cards: int) -> None:
        screen, sessions = self._screen, self._screen.host.sessions
        if not cards:
            notice = sessions.scope_text(scope).nothing_due
            if screen.collection.sessions.has_more_cards(scope):
                key = screen.keymap.shown("home.more")
                notice = f"{notice} Press {key} to learn 5 more."
            screen.notice(notice)
            return
        collection = screen.collection
        session = screen.attempt(
            lambda: collection.sessions.start_review(scope, minutes=None)
        )
        if session is not None:
            sessions.show(session, scope)

    def learn_more(self, *, ahead: bool = False) -> None:
        """Ask cards beyond today's, of the area or deck under the cursor if it is on one.

        Args:
            ahead: Whether to ask only cards that were seen before.
        """
        screen = self._screen
        chosen = screen.query_one(DeckTree).chosen
        scope = Scope() if chosen is None else Scope(decks=(chosen.key,))
        session = screen.attempt(
            lambda: screen.collection.sessions.start_more(scope, ahead=ahead)
        )
        if session is not None:
            screen.host.sessions.show(session, scope)

    def quiz_weakest_deck(self) -> None:
        """Start a quiz on the deck with questions that the list shows as the weakest."""
        screen = self._screen
        sessions = screen.collection.sessions
        weakness = self._loader.area_figures.weakness
        deck = sessions.quiz_menu().choose_weakest_deck(weakness)
        if deck is None:
            screen.notice(NO_QUIZ_QUESTIONS)
            return
        scope = Scope(decks=(deck.key,))
        session = screen.attempt(lambda: sessions.start_quiz(scope))
        if session is not None:
            screen.host.sessions.show(session, scope)

    @property
    def task_verb(self) -> str:
        """What `start_task` does with the next task."""
        task = self._loader.figures.next_task
        return "start" if task is not None and task.kind == "quiz" else "done"

    def start_task(self) -> None:
        """Start the quiz that is the next task, or mark another kind of task as done."""
        screen, task = self._screen, self._loader.figures.next_task
        if task is None:
            screen.notice("No task in the coming week.")
        elif task.kind == "quiz":
            self.quiz_weakest_deck()
        else:
            name = task.name
            label = screen.attempt(lambda: screen.collection.plan.toggle_task(name))
            if label is not None:
                self._loader.forget()
                screen.redraw()
                screen.notice(f"{label}. Undo with {screen.keymap.shown('home.undo')}.")

    def start_diagnostic(self) -> None:
        """Start the diagnostic, or resume an unfinished one."""
        screen = self._screen
        session = screen.attempt(screen.collection.sessions.start_diagnostic)
        if session is not None:
            screen.host.sessions.show(session, Scope())

    def import_shipped_decks(self) -> None:
        """Import the decks that come with the program, in a thread."""
        if self._importer.is_running:
            return
        importing = self._screen.collection.importing

        def work(job: Job) -> ImportResult:
            return importing.import_shipped(job.report_step, reader=job.reader)

        more = self._screen.look.glyphs.more
        self._screen.notice(f"Importing the shipped decks{more}")
        self._importer.start(work, self._show_import)

    def _show_import(self, result: ImportResult) -> None:
        from flashcards.importing.preview.result_text import describe_result

        screen = self._screen
        self._loader.forget()
        screen.redraw()
        undo_key = screen.keymap.shown("home.undo")
        screen.notice(describe_result(result, undo=undo_key))

    def undo(self) -> None:
        """Undo the last answer or change."""
        self._apply(self._screen.host.undo, "Undid: {}", "Nothing to undo.")

    def redo(self) -> None:
        """Redo the last change that was undone."""
        self._apply(self._screen.host.redo, "Redid: {}", "Nothing to redo.")

    def _apply(self, step: Callable[[], str], done_text: str, none_text: str) -> None:
        label = self._screen.attempt(step)
        if label is None:
            return
        self._loader.forget()
        self._screen.notice(done_text.format(label) if label else none_text)
        self._screen.redraw()
        self._loader.start()
