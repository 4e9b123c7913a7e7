"""The Textual app: opens screens, filters keys, and starts and ends the run."""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from textual import events
from textual.app import App, SystemCommand

from flashcards.collection.session_text import NO_QUIZ_QUESTIONS
from flashcards.domain.cards import Scope
from flashcards.errors import FlashcardsError
from flashcards.study.session.session_log import SESSION_OPERATIONS
from flashcards.tui.keys.all_keys import KEYS
from flashcards.tui.keys.choices import check_choices
from flashcards.tui.keys.key import EVERYWHERE
from flashcards.tui.keys.key_filter import KeyFilter
from flashcards.tui.keys.keymap import bindings, printed
from flashcards.tui.screens.common.base import BaseScreen
from flashcards.tui.screens.home.screen import HomeScreen
from flashcards.tui.session_navigation import SessionNavigation
from flashcards.tui.terminal import (
    GarbageCollection,
    drawing_on_terminal,
    handle_termination,
)
from flashcards.tui.theme.sizes import HORIZONTAL, VERTICAL
from flashcards.tui.theme.themes import depth_of
from flashcards.tui.theme.theming import Theming, css_variables
from flashcards.tui.workers.forecaster import Forecaster

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from textual.screen import Screen

    from flashcards.collection.collection import Collection
    from flashcards.tui.session_navigation import AnySession
    from flashcards.tui.theme.themes import Look

OPERATIONS = (*SESSION_OPERATIONS, "plan", "import")
"""The kinds of operations that the home screen can undo."""

_ACTIONS_WITHOUT_NAME = (
    "app.command_palette",
    "move(",
    "page(",
    "fold",
    "choose(",
    "minutes(",
    "day(",
    "target(",
    "weight(",
    "click_row(",
    "turn(",
    "step(",
    "item(",
    "scroll_card(",
    "change(",
)
"""Actions that are left out of the palette: they only make sense on a key."""


class ReviewRequest(NamedTuple):
    """The session that the command line asks the app to open first."""

    begin: Callable[[], AnySession]
    """Starts the session."""
    scope: Scope = Scope()
    """The scope of the session, for five more minutes at its end."""


class AppResult(NamedTuple):
    """How the app ended."""

    status: int
    """The exit status: 0, or 128 and the number of the signal that ended the app."""
    closing: str
    """One line to print, such as `11 answers in 5 min. 27 cards left today, about 9 min.`"""


class FlashcardsApp(App[str]):
    """The screens over one collection."""

    TITLE = "flashcards"
    CSS_PATH = "flashcards.tcss"
    BINDINGS = bindings(EVERYWHERE)
    HORIZONTAL_BREAKPOINTS = HORIZONTAL
    VERTICAL_BREAKPOINTS = VERTICAL
    ENABLE_COMMAND_PALETTE = True

    def __init__(
        self,
        collection: Collection,
        *,
        first: AnySession | None = None,
        scope: Scope | None = None,
        environment: Mapping[str, str] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Set up the app.

        Args:
            collection: What is shown and studied.
            first: A session to open on top of the home screen.
            scope: The scope of that session.
            environment: The environment variables; by default those of the process.
            monotonic: A clock in seconds that never goes back.

        Raises:
            UsageError: the settings name an unknown action, key or theme.
        """
        environment = os.environ if environment is None else environment
        self.keymap = check_choices(collection.settings, collection.directories.config)
        depth = depth_of(environment)
        super().__init__(ansi_color=True if depth == "none" else None)
        self.collection = collection
        self.theming = Theming(self, collection.settings, environment, depth)
        theme = self.theming.name_of(collection.settings.theme)
        self.set_reactive(App.theme, theme)
        self.stylesheet.set_variables(self.get_css_variables())
        self.sessions = SessionNavigation(self, collection, self.notice)
        self.monotonic = monotonic
        self.key_filter = KeyFilter(self, self.keymap, monotonic, self._act_on_key)
        self.garbage_collection = GarbageCollection()
        self.forecaster = Forecaster(self, monotonic)
        self._first, self._scope = first, scope or Scope()
        self.set_keymap(self.keymap.for_textual())

    # Start and end.

    def on_mount(self) -> None:
        """Open the first screen; load what is slow only once it has been painted."""
        self.push_screen(HomeScreen())
        if self._first:
            self.sessions.show(self._first, self._scope)
        self.theme_changed_signal.subscribe(self, lambda _theme: self.redraw())
        handle_termination(self._end)
        self.call_after_refresh(self._after_first_paint)

    def _after_first_paint(self) -> None:
        self.run_worker(self._preload, thread=True, exit_on_error=False)
        self.garbage_collection.start_manual_mode()

    def _preload(self) -> None:
        """Load in a thread what the first keys will need."""
        import flashcards.tui.screens.quiz.exam_screen
        import flashcards.tui.screens.review.screen  # noqa: F401

        try:
            self.collection.warm_up()
        finally:
            self.garbage_collection.exempt_loaded()

    def collect_garbage_soon(self) -> None:
        """Run the garbage collector while the learner reads, not while a key waits."""
        self.garbage_collection.collect_soon(self.set_timer)

    @property
    def fault(self) -> Exception | None:
        """The unexpected error that ended the app; None after an ordinary end."""
        return self._exception

    def _handle_exception(self, error: Exception) -> None:
        # Textual would print a traceback with the values of all variables, decks and
        # answers among them. `run` raises the error instead, and its caller reports it.
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._close_messages_no_wait()

    def _end(self, status: int) -> None:
        self._save_unfinished()
        self.exit(self.sessions.closing, return_code=status)

    def _save_unfinished(self) -> None:
        """Save unfinished input of all screens, as far as the store can be used."""
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen):
                with suppress(FlashcardsError):
                    screen.save_unfinished()

    # Key presses.

    async def on_event(self, event: events.Event) -> None:
        """Pass key presses through the filter of held keys."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
            return
        self.forecaster.pause_for_key()
        types = self.focused is not None and self.focused.check_consume_key(
            event.key, event.character
        )
        await self.key_filter.press(event, types=types, screens=self._key_names)

    def _key_names(self) -> tuple[str, ...]:
        screen = self.screen
        return screen.key_names if isinstance(screen, BaseScreen) else ()

    async def _act_on_key(self, event: events.Key) -> None:
        """Clear notices about the previous key, and let a key act."""
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen):
                screen.forget_notice()
        await super().on_event(event)

    # What screens ask for.

    def open_screen(self, name: str) -> None:
        """Put a screen on top by its name in the table of keys."""
        if name == "quiz":
            self.action_quiz()
            return
        from flashcards.tui.screens.importing.choose_screen import ImportScreen
        from flashcards.tui.screens.plan.screen import PlanScreen
        from flashcards.tui.screens.statistics.screen import StatisticsScreen

        screens: dict[str, type[BaseScreen]] = {
            "import": ImportScreen,
            "plan": PlanScreen,
            "statistics": StatisticsScreen,
        }
        self.push_screen(screens[name]())

    def close_with_notice(self, sentence: str) -> None:
        """Close the screen on top and show a notice on the one below."""
        self.pop_screen()
        self.notice(sentence)

    def notice(self, sentence: str, *, error: bool = False) -> None:
        """Show a sentence in the row above the keys of the current screen."""
        if isinstance(self.screen, BaseScreen):
            self.screen.notice(sentence, error=error)

    def undo(self) -> str:
        """Undo the last answer or change; return its label, empty if there is none."""
        operation = self.collection.store().undo(OPERATIONS, self.collection.moment())
        return operation.label if operation else ""

    def redo(self) -> str:
        """Redo the last undone change; return its label, empty if there is none."""
        operation = self.collection.store().redo(OPERATIONS, self.collection.moment())
        return operation.label if operation else ""

    @property
    def can_undo(self) -> bool:
        """Whether there is an answer or a change to undo."""
        return self.collection.reader.log.undoable(OPERATIONS) is not None

    @property
    def look(self) -> Look:
        """The current colors and glyphs."""
        return self.theming.look

    def get_css_variables(self) -> dict[str, str]:
        """Return Textual's variables and the color roles of the current theme."""
        return {**super().get_css_variables(), **css_variables(self.current_theme)}

    def redraw(self) -> None:
        """Redraw every open screen in the current look."""
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen):
                screen.redraw()

    # Actions.

    def action_quiz(self) -> None:
        """Open the setup of a quiz."""
        from flashcards.tui.screens.quiz.setup_screen import QuizScreen

        menu = self.collection.sessions.quiz_menu()
        if menu.items or self.collection.sessions.unfinished_exam():
            self.push_screen(QuizScreen(menu))
        else:
            self.notice(NO_QUIZ_QUESTIONS)

    def action_help(self) -> None:
        """Show all keys, those of the current screen first; on the help, close it."""
        from flashcards.tui.screens.common.help import HelpScreen

        if isinstance(self.screen, HelpScreen):
            self.pop_screen()
        elif isinstance(self.screen, BaseScreen):
            self.push_screen(HelpScreen(self.screen.NAME))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Yield the entries of the palette: the actions of the screen, and the themes."""
        if not isinstance(screen, BaseScreen):
            return
        for key in KEYS:
            if key.screen not in (screen.NAME, EVERYWHERE):
                continue
            if key.action.startswith(_ACTIONS_WITHOUT_NAME):
                continue
            keys = " ".join(map(printed, self.keymap.keys(key.id)))
            start = partial(self.call_later, self.run_action, key.action, screen)
            yield SystemCommand(key.help, keys, start)
        if self.theming.depth != "none":
            title = "Choose a theme: ink, paper and others"
            yield SystemCommand(title, "for this run", self.action_change_theme)

    def action_leave(self) -> None:
        """Quit; nothing is lost, even if the store cannot be used any more."""
        self.forecaster.stop()
        self._save_unfinished()
        self.sessions.leave_all()
        self.exit(self.sessions.closing)

    def action_help_quit(self) -> None:
        """Say how to quit, because ctrl+c was pressed."""
        key = self.keymap.shown("everywhere.quit")
        self.notice(f"Press {key} to quit. Every answer is saved.")


SWITCH_SECONDS = 0.0005
"""How long a background thread may delay a key: a tenth of Python's default."""


def run(collection: Collection, *, start: ReviewRequest | None = None) -> AppResult:
    """Show the app until the learner quits; prints nothing itself.

    Args:
        collection: What is shown and studied.
        start: A session to open first.

    Raises:
        UsageError: the settings name an unknown action, key or theme.
        StoreError: the store cannot be read.
        Exception: an unexpected error ended the app; the terminal is restored.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    if not os.environ.get("NO_COLOR"):
        # Textual takes an empty NO_COLOR as a request; by its convention it is none.
        os.environ.pop("NO_COLOR", None)
    first = start.begin() if start else None
    with drawing_on_terminal():
        scope = start.scope if start else None
        app = FlashcardsApp(collection, first=first, scope=scope)
        app.garbage_collection.is_manual = True
        closing = app.run()
    if app.fault:
        raise app.fault
    return AppResult(app.return_code or 0, closing or "")
