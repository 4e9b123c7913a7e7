"""Draw the pictures of the README: `make pictures`.

A learner whose answers are scripted studies the shipped decks for some days under a fixed
clock, through the program itself; then the app is run, keys are pressed, and its screens
are drawn as SVG, in the dark and in the light theme.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from terminal_svg import Frame, TerminalSvg
from textual.worker import WorkerCancelled

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Rating
from flashcards.domain.content import ChoiceNote
from flashcards.domain.settings.settings import AppDirectories, Settings
from flashcards.domain.study_plan import Interview, StudyPlan
from flashcards.grading.lines import has_several
from flashcards.progress.plan.edits import with_tasks_on_study_days
from flashcards.tui.app import FlashcardsApp
from flashcards.tui.screens.review.screen import ReviewScreen
from flashcards.tui.theme.themes import INK, PAPER

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from flashcards.study.session.current_card import CurrentCard

HERE = Path(__file__).parent
COLUMNS, LINES = 80, 24
FIRST_DAY = datetime(2027, 3, 1, 18, 30, tzinfo=UTC)
STUDY_DAYS = 9
DAYS_TO_INTERVIEW = 21
MINUTES = 12
FORGETS = 22
"""Of a hundred answers, those that the learner gets wrong."""
SHOWN_KINDS = {"basic": 2, "choice": 1}
"""How many cards of each kind the moving picture shows."""
QUESTION_CAPTIONS = {
    "basic": "Say the answer aloud, then press space.",
    "choice": "A question that is graded: choose and press enter.",
}
ANSWER_CAPTIONS = {
    "basic": "Rate yourself from 1 to 4. The next interval is below each.",
    "choice": "Each option says why it is right or wrong.",
}
TERMINAL = {"COLORTERM": "truecolor", "TERM": "xterm-256color", "LANG": "C.UTF-8"}


class Clock:
    """A clock that moves only when it is told to."""

    def __init__(self) -> None:
        self.at = round(FIRST_DAY.timestamp() * 1000)

    def now(self) -> int:
        """Return the instant in Unix milliseconds."""
        return self.at

    def forward(self, *, seconds: int = 0, days: int = 0) -> None:
        """Move the clock."""
        self.at += 1000 * (seconds + 86_400 * days)

    def monotonic(self) -> float:
        """Return seconds; each call is a second later, as for a person at the keys."""
        self.at += 1000
        return self.at / 1000


class Picture(NamedTuple):
    """A picture in the making: what it shows and its frames."""

    name: str
    description: str
    frames: tuple[Frame, ...]


class Camera:
    """Presses keys and takes pictures of the screen."""

    def __init__(self, pilot: Pilot[str]) -> None:
        self._pilot = pilot

    async def press(self, *keys: str) -> None:
        """Press keys and wait until the screen shows what they did."""
        for key in keys:
            await self._pilot.press(key)
            await self._pilot.pause(0.1)
        while any(not worker.is_finished for worker in self._pilot.app.workers):
            with suppress(WorkerCancelled):
                await self._pilot.app.workers.wait_for_complete()
            await self._pilot.pause(0.1)

    def take(self, seconds: float = 1.0, caption: str = "") -> Frame:
        """Return the screen as it is."""
        strips = self._pilot.app.screen._compositor.render_strips()
        return Frame(tuple(tuple(strip) for strip in strips), seconds, caption)


def study_days(collection: Collection, clock: Clock) -> None:
    """Study on each day before the one of the pictures."""
    day = collection.moment().day
    plan = StudyPlan(day, (Interview(day + DAYS_TO_INTERVIEW),), minutes=MINUTES)
    collection.plan.save(with_tasks_on_study_days(plan, day), "Made a plan")
    for number in range(STUDY_DAYS):
        if number % 7 != 5:  # noqa: PLR2004
            answer_cards(collection, clock)
        clock.forward(days=1)


def answer_cards(collection: Collection, clock: Clock) -> None:
    """Answer today's cards; the clock then shows the same time as before."""
    evening = clock.at
    session = collection.sessions.start_review(minutes=None)
    while session.current is not None:
        key = f"{session.current.row.key} {len(session.answered_card_ids)}"
        clock.forward(seconds=9 + crc32(key.encode()) % 20)
        session.reveal()
        forgets = crc32(key[::-1].encode()) % 100 < FORGETS
        session.rate(Rating.AGAIN if forgets else Rating.GOOD)
    session.leave()
    clock.at = evening


async def take_still_pictures(camera: Camera, app: FlashcardsApp) -> list[Picture]:
    """Return the pictures of home, the plan, a quiz and the statistics."""
    await camera.press()
    home = camera.take()
    await camera.press("p")
    plan = camera.take()
    await camera.press("escape", "z", "enter")
    while not is_choice(app):
        await camera.press("ctrl+g", "1")
    await camera.press("1", "enter")
    quiz = camera.take()
    return [
        Picture("home", "The home screen: today's cards and the interview", (home,)),
        Picture("plan", "The plan: predicted recall up to the interview", (plan,)),
        Picture("quiz", "A quiz question after a wrong answer", (quiz,)),
    ]


def is_choice(app: FlashcardsApp) -> bool:
    """Return whether a quiz asks for one of several options now."""
    screen = app.screen
    current = screen.session.current if isinstance(screen, ReviewScreen) else None
    return current is not None and is_single_choice(current)


def is_single_choice(current: CurrentCard) -> bool:
    """Return whether a card is a question with options of which one is right."""
    return isinstance(current.note, ChoiceNote) and not has_several(current.note)


async def take_session(camera: Camera, app: FlashcardsApp) -> list[Picture]:
    """Return the moving picture of a day's session, and one of a card in it.

    The whole session is answered; the first cards of some kinds are shown.
    """
    await camera.press()
    frames = [camera.take(3.0, "Today's cards and minutes. Press enter.")]
    await camera.press("enter")
    shown = dict(SHOWN_KINDS)
    review: Frame | None = None
    while isinstance(app.screen, ReviewScreen) and (card := app.screen.session.current):
        kind = card.row.kind
        is_shown = shown.get(kind, 0) > 0 and (
            not card.is_graded or is_single_choice(card)
        )
        shown[kind] = shown.get(kind, 0) - is_shown
        question = camera.take(3.0, QUESTION_CAPTIONS.get(kind, ""))
        if not card.is_graded:
            await camera.press("space")
        else:
            await camera.press(*(["1", "enter"] if is_shown else ["ctrl+g"]))
        answer = camera.take(3.5, ANSWER_CAPTIONS.get(kind, ""))
        if is_shown:
            frames += [question, answer]
        if review is None and kind == "basic":
            review = answer._replace(caption="")
        await camera.press("space" if is_shown else "3")
    frames.append(camera.take(5.0, "What the session changed. Press enter."))
    await camera.press("enter")
    frames.append(
        camera.take(3.5, "Home again: what is left, and what tomorrow brings.")
    )
    moving = Picture("session", "A day's session, from start to end", tuple(frames))
    still = (review or frames[2],)
    return [moving, Picture("review", "A card with its answer and ratings", still)]


async def draw_theme(theme: str, suffix: str) -> None:
    """Draw every picture in one theme."""
    with TemporaryDirectory() as directory:
        clock = Clock()
        settings = Settings(timezone="UTC", theme=theme)
        home = AppDirectories(Path(directory))
        collection = Collection(home, settings, clock)
        collection.first_start()
        study_days(collection, clock)
        pictures = []
        for take in (take_still_pictures, take_session):
            app = FlashcardsApp(
                collection, environment=TERMINAL, monotonic=clock.monotonic
            )
            async with app.run_test(size=(COLUMNS, LINES)) as pilot:
                pictures += await take(Camera(pilot), app)
        collection.close()
    palette = PAPER if suffix == "-light" else INK
    for picture in pictures:
        canvas = TerminalSvg(
            columns=COLUMNS,
            lines=LINES,
            foreground=palette.text,
            background=palette.background,
            muted=palette.muted,
            border=palette.line,
        )
        svg = canvas.draw(picture.frames, picture.description)
        (HERE / f"{picture.name}{suffix}.svg").write_text(svg, encoding="utf-8")


def main() -> None:
    """Draw the pictures in both themes."""
    for theme, suffix in (("ink", ""), ("paper", "-light")):
        asyncio.run(draw_theme(theme, suffix))


if __name__ == "__main__":
    main()
