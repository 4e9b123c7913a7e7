"""The Textual app: opens screens, holds the keys in force, begins and ends."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
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
from flashcards.tui.keys.held_keys import REPEAT_SECONDS, HeldKeys, Repeatable
from flashcards.tui.keys.key import EVERYWHERE
from flashcards.tui.keys.keymap import bindings, printed
from flashcards.tui.screens.common.base import BaseScreen
from flashcards.tui.screens.home.screen import HomeScreen
from flashcards.tui.session_navigation import SessionNavigation
from flashcards.tui.terminal import drawing_on_terminal
from flashcards.tui.theme.sizes import HORIZONTAL, VERTICAL
from flashcards.tui.theme.themes import depth_of
from flashcards.tui.theming import Theming, css_variables
from flashcards.tui.workers.forecaster import Forecaster

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from textual.screen import Screen

    from flashcards.collection.collection import Collection
    from flashcards.tui.session_navigation import AnySession
    from flashcards.tui.theme.themes import Look

IDLE_SECONDS = 0.05
"""After a rating the learner reads, and the collector may run."""

OPERATIONS = (*SESSION_OPERATIONS, "plan", "import")
"""What home takes back."""

_ONLY_KEYS = (
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
"""Actions that make no sense by name."""


class ReviewRequest(NamedTuple):
    """What to review at once, as the command line asks for it."""

    begin: Callable[[], AnySession]
    scope: Scope = Scope()
    """What was asked for, for the five minutes more at the end."""


class Outcome(NamedTuple):
    """How the app ended."""

    status: int
    """The exit status: 0, or 128 and the signal's number."""
    closing: str
    """One line to print, such as `11 cards in 5 min. 27 left today, about 9 min.`"""


class FlashcardsApp(App[str]):
    """One learner, one collection."""

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
        """Begin on the home screen, or in a first session over a scope.

        Raises:
            UsageError: the settings name an action, a key or a theme that is not there.
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
        self.held_keys = HeldKeys()
        self.waiting_key: events.Key | None = None
        """A key that may be the first repeat of one that is held; the next one tells."""
        self._repeatable = Repeatable(KEYS, self.keymap.all_keys)
        self._first, self._scope = first, scope or Scope()
        self._collects_when_idle = False
        self.forecaster = Forecaster(self, monotonic)
        self.set_keymap(self.keymap.for_textual())

    # Life.

    def on_mount(self) -> None:
        """Open the first screen; load what is slow only once it has been painted."""
        self.push_screen(HomeScreen())
        if self._first:
            self.sessions.show(self._first, self._scope)
        self.theme_changed_signal.subscribe(self, lambda _theme: self.redraw())
        self._obey_signals()
        self.call_after_refresh(self._painted)

    def collect_when_idle(self) -> None:
        """Keep the garbage collector from running while a key waits."""
        self._collects_when_idle = True

    def _painted(self) -> None:
        self.run_worker(self._load, thread=True, exit_on_error=False)
        if self._collects_when_idle:
            gc.freeze()
            gc.disable()

    def _load(self) -> None:
        """Load what the first keys will need, in a thread of its own."""
        import flashcards.tui.screens.quiz.exam_screen
        import flashcards.tui.screens.review.screen  # noqa: F401

        try:
            self.collection.warm_up()
        finally:
            if self._collects_when_idle:
                # What was loaded stays; the collector need not look at it again.
                gc.freeze()

    def _obey_signals(self) -> None:
        """Leave the terminal as it was when we are told to end."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            with suppress(NotImplementedError, ValueError, RuntimeError):
                loop.add_signal_handler(number, self._end, 128 + number)

    @property
    def fault(self) -> Exception | None:
        """What ended the app though nobody expected it; None after an ordinary end."""
        return self._exception

    def _handle_exception(self, error: Exception) -> None:
        # Textual would print a traceback with the values of all variables, decks and
        # answers among them. `run` raises the fault instead, for the one place that tells.
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._close_messages_no_wait()

    async def on_event(self, event: events.Event) -> None:
        """Let the forecast rest while keys are pressed, and a held key act once."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            self.forecaster.pause_for_key()
            # The time at which the terminal reported the key, however busy we were since.
            is_real = self.monotonic is time.monotonic
            at = event.time if is_real else self.monotonic()
            types = self.focused is not None and self.focused.check_consume_key(
                event.key, event.character
            )
            is_repeat = self.held_keys.press(event.key, at, types=types)
            await self._settle_waiting(is_held=is_repeat)
            names = getattr(self.screen, "key_names", ())
            goes_on = not types and self._repeatable.allows(event.key, names)
            if is_repeat and not goes_on:
                return
            if self.held_keys.may_be_first_repeat and not (types or goes_on):
                self.waiting_key = event
                self.set_timer(REPEAT_SECONDS, partial(self._released, event))
                return
        await self._act_on(event)

    async def _act_on(self, event: events.Event) -> None:
        """Let an event act; a key first clears what was said of an earlier one."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            for screen in self.screen_stack:
                if isinstance(screen, BaseScreen):
                    screen.forget_notice()
        await super().on_event(event)

    async def _settle_waiting(self, *, is_held: bool) -> None:
        """Let the key act that waits, or forget it where it turned out to be held."""
        waiting, self.waiting_key = self.waiting_key, None
        if waiting is not None and not is_held:
            await self._act_on(waiting)

    async def _released(self, event: events.Key) -> None:
        """Let a key act that nothing has repeated meanwhile."""
        if self.waiting_key is not event:
            return
        left = self.held_keys.pressed_at + REPEAT_SECONDS - self.monotonic()
        if left > 0:
            self.set_timer(left, partial(self._released, event))
        else:
            await self._settle_waiting(is_held=False)

    def _end(self, status: int) -> None:
        self._save_unfinished()
        self.exit(self.sessions.closing, return_code=status)

    def _save_unfinished(self) -> None:
        """Save what was begun on any screen, as far as the store can be used."""
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen):
                with suppress(FlashcardsError):
                    screen.save_unfinished()

    def collect_garbage_soon(self) -> None:
        """Collect garbage while the learner reads, not while a key waits."""
        if self._collects_when_idle:
            self.set_timer(IDLE_SECONDS, gc.collect)

    def open_screen(self, name: str) -> None:
        """Put a screen on top by its name in the table of keys."""
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
        """Close the screen on top and say something on the one below."""
        self.pop_screen()
        self.notice(sentence)

    def undo(self) -> str:
        """Take back the last answer or change; return its label, empty for nothing."""
        done = self.collection.store().undo(OPERATIONS, self.collection.moment())
        return done.label if done else ""

    def redo(self) -> str:
        """Do again what was taken back; return its label, empty for nothing."""
        done = self.collection.store().redo(OPERATIONS, self.collection.moment())
        return done.label if done else ""

    @property
    def can_undo(self) -> bool:
        """Whether there is anything to take back."""
        return self.collection.reader.log.undoable(OPERATIONS) is not None

    @property
    def look(self) -> Look:
        """The current colors and glyphs."""
        return self.theming.look

    def get_css_variables(self) -> dict[str, str]:
        """Return Textual's variables, with our roles where a theme does not name them."""
        return {**super().get_css_variables(), **css_variables(self.current_theme)}

    def redraw(self) -> None:
        """Show every open screen in the current look."""
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen):
                screen.redraw()

    def notice(self, sentence: str, *, error: bool = False) -> None:
        """Show a sentence in the row above the keys of the current screen."""
        if isinstance(self.screen, BaseScreen):
            self.screen.notice(sentence, error=error)

    # Keys.

    def action_quiz(self) -> None:
        """Let the learner choose what to be asked."""
        from flashcards.tui.screens.quiz.setup_screen import QuizScreen

        menu = self.collection.sessions.quiz_menu()
        if menu.items or self.collection.sessions.unfinished_exam():
            self.push_screen(QuizScreen(menu))
        else:
            self.notice(NO_QUIZ_QUESTIONS)

    def action_help(self) -> None:
        """Show all keys, those of this screen first; on the list itself, go back."""
        from flashcards.tui.screens.common.help import HelpScreen

        if isinstance(self.screen, HelpScreen):
            self.pop_screen()
        elif isinstance(self.screen, BaseScreen):
            self.push_screen(HelpScreen(self.screen.NAME))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Yield what the palette offers: the keys of the screen by name, and the themes."""
        if not isinstance(screen, BaseScreen):
            return
        for key in KEYS:
            if key.screen in (screen.NAME, EVERYWHERE) and not key.action.startswith(
                _ONLY_KEYS
            ):
                keys = " ".join(printed(each) for each in self.keymap.keys(key.id))
                start = partial(self.call_later, self.run_action, key.action, screen)
                yield SystemCommand(key.help, keys, start)
        if self.theming.depth != "none":
            title = "Choose a theme: ink, paper and others"
            yield SystemCommand(title, "for this run", self.action_change_theme)

    def action_leave(self) -> None:
        """Quit; nothing is lost, even where the store cannot be used any more."""
        self.forecaster.stop()
        self._save_unfinished()
        self.sessions.leave_all()
        self.exit(self.sessions.closing)

    def action_help_quit(self) -> None:
        """Say how to quit, where ctrl+c was pressed."""
        self.notice(
            f"{self.keymap.shown('everywhere.quit')} quits. Every answer is kept."
        )


SWITCH_SECONDS = 0.0005
"""How long the thread that loads may keep a key waiting, ten times less than usual."""


def run(collection: Collection, *, start: ReviewRequest | None = None) -> Outcome:
    """Show the app until the learner leaves; prints nothing itself.

    Raises:
        UsageError: the settings name an action, a key or a theme that is not there.
        StoreError: the store cannot be read.
        Exception: a fault of our own ended the app; the terminal is as it was.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    if not os.environ.get("NO_COLOR"):
        # Textual takes an empty NO_COLOR for a wish; the convention says it is none.
        os.environ.pop("NO_COLOR", None)
    first = start.begin() if start else None
    with drawing_on_terminal():
        scope = start.scope if start else None
        app = FlashcardsApp(collection, first=first, scope=scope)
        app.collect_when_idle()
        closing = app.run()
    if app.fault:
        raise app.fault
    return Outcome(app.return_code or 0, closing or "")
