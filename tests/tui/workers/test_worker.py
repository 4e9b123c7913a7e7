"""Work in a background thread: its result, its progress, its errors and how it stops."""

from __future__ import annotations

import asyncio
from threading import Event

from flashcards.errors import FlashcardsError
from flashcards.tui.app import FlashcardsApp
from flashcards.tui.screens.home.screen import HomeScreen
from flashcards.tui.workers.worker import BackgroundWorker, Job
from tests.tui.screen_text import screen_text
from tests.tui.studying import settled, until


async def test_work_reads_the_store_in_its_thread_and_its_result_is_shown(
    app: FlashcardsApp,
) -> None:
    shown: list[int] = []
    async with app.run_test() as pilot:
        worker = BackgroundWorker(app)
        worker.start(lambda job: len(job.reader.cards.decks()), shown.append)
        assert worker.is_running
        await settled(pilot)

        assert shown == [len(app.collection.reader.cards.decks())]
        assert not worker.is_running


async def test_new_work_replaces_the_work_before(app: FlashcardsApp) -> None:
    shown: list[str] = []
    jobs: list[Job] = []

    def wait_for_stop(job: Job) -> str:
        jobs.append(job)
        while not job.is_stopping:
            job.wait(0.01)
        return "first"

    async with app.run_test() as pilot:
        worker = BackgroundWorker(app)
        worker.start(wait_for_stop, shown.append)
        await until(pilot, lambda: bool(jobs))
        worker.start(lambda _job: "second", shown.append)
        await settled(pilot)

    assert shown == ["second"]
    assert jobs[0].is_stopping


async def test_an_error_is_shown_as_a_notice_or_given_to_the_caller(
    app: FlashcardsApp,
) -> None:
    messages: list[str] = []

    def fail(_job: Job) -> None:
        raise FlashcardsError("The disk is full.")

    async with app.run_test() as pilot:
        worker = BackgroundWorker(app)
        worker.start(fail, lambda _: None)
        await settled(pilot)
        assert "The disk is full." in screen_text(app)
        worker.start(fail, lambda _: None, on_error=messages.append)
        await settled(pilot)

    assert messages == ["The disk is full."]


async def test_work_that_is_asked_to_stop_ends_at_its_next_report(
    app: FlashcardsApp,
) -> None:
    stops: list[str] = []
    has_reported = Event()

    def count(job: Job) -> None:
        for number in range(1_000_000):
            job.report_step("reading", number, 1_000_000)
            has_reported.set()
            job.wait(0.01)

    async with app.run_test() as pilot:
        worker = BackgroundWorker(app, is_disposable=True)
        worker.start(count, lambda _: None, on_stop=lambda: stops.append("stopped"))
        await asyncio.to_thread(has_reported.wait)
        assert worker.progress.step == "reading"
        worker.stop()
        await settled(pilot)

        assert stops == ["stopped"]
        assert not worker.is_running


async def test_a_result_that_comes_while_the_screen_closes_is_shown_nowhere(
    app: FlashcardsApp,
) -> None:
    shown: list[str] = []

    def wait_for_close(job: Job) -> str:
        while screen.display and not job.is_stopping:
            job.wait(0.001)
        return "late"

    async with app.run_test() as pilot:
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, HomeScreen)
        BackgroundWorker(screen).start(wait_for_close, shown.append)
        await pilot.pause()

    assert shown == []
