"""Import: a path is chosen, its plan is looked at, and enter imports it as one step."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Rating
from flashcards.domain.settings.settings import Settings
from flashcards.tui.app import FlashcardsApp
from flashcards.tui.screens.home.screen import HomeScreen
from flashcards.tui.screens.importing.choose_screen import ImportScreen
from flashcards.tui.screens.importing.preview_screen import ImportPlanScreen
from tests.conftest import OpenCollection
from tests.helpers import deck
from tests.tui.conftest import METRICS, TERMINAL
from tests.tui.screen_text import assert_golden, screen_actions, screen_text
from tests.tui.studying import settled

SIZE = (80, 24)
NEW = deck("""
    deck: drift/detection
    title: Drift detection
    notes:
      - {id: dd-1, front: Which test compares two samples?, back: Kolmogorov-Smirnov.}
      - {id: dd-2, front: What does PSI compare?, back: Shares of bins.}
    """)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory: the imported deck, edited, and a new one."""
    directory = tmp_path / "work"
    (directory / "drift").mkdir(parents=True)
    (directory / "drift" / "detection.yaml").write_bytes(NEW)
    edited = METRICS.replace(b"When one class is rare.", b"When a class is very rare.")
    edited = edited.replace(
        b"Which average of F1 counts a class of 10 examples as much as one of 10,000?",
        b"How is drift found?",
    )
    (directory / "metrics.yaml").write_bytes(edited)
    (directory / "readme.rst").write_text("no deck", encoding="utf-8")
    monkeypatch.chdir(directory)
    return directory


async def planned(pilot: Pilot[str], path: str = "./") -> ImportPlanScreen:
    """Open the plan of a path, typed by hand."""
    await settled(pilot)
    await pilot.press("i", *path, "enter")
    await settled(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, ImportPlanScreen)
    return screen


@pytest.mark.parametrize("size", ["80x24", "60x20"])
@pytest.mark.parametrize(
    ("keys", "name"),
    [
        (("i",), "import"),
        (("i", ".", "/", "enter"), "import-plan"),
        (("i", ".", "/", "enter", *("down",) * 4), "import-words"),
    ],
)
async def test_screen(
    app: FlashcardsApp, place: Path, size: str, keys: tuple[str, ...], name: str
) -> None:
    width, height = map(int, size.split("x"))
    async with app.run_test(size=(width, height)) as pilot:
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await settled(pilot)

        assert_golden(app, f"import/{name}-{size}")


async def test_the_ascii_screens_hold_no_other_character(
    collection: Collection, open_collection: OpenCollection, place: Path
) -> None:
    app = FlashcardsApp(
        open_collection(Settings(timezone="UTC", glyphs="ascii")), environment=TERMINAL
    )
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("i")
        await settled(pilot)
        assert screen_text(app).isascii()
        await pilot.press(".", "/", "enter", *["down"] * 4)
        await settled(pilot)
        assert screen_text(app).isascii()


async def test_enter_imports_what_is_shown_and_undo_takes_it_back(
    app: FlashcardsApp, collection: Collection, place: Path
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await planned(pilot)
        assert "2 new, 2 changed." in screen_text(app)
        assert not collection.reader.cards.deck_keys().keys() & {"drift/detection"}
        await pilot.press("enter")
        await settled(pilot)

        assert isinstance(app.screen, HomeScreen)
        assert "Imported: 2 new, 2 changed. u takes it back." in screen_text(app)
        assert "very rare" in collection.reader.cards.find("mcl-014").content
        await pilot.press("u")
        await settled(pilot)
        assert "very rare" not in collection.reader.cards.find("mcl-014").content


async def test_escape_changes_nothing(
    app: FlashcardsApp, collection: Collection, place: Path
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await planned(pilot)
        await pilot.press("escape")
        assert isinstance(app.screen, ImportScreen)
        await pilot.press("escape")
        assert isinstance(app.screen, HomeScreen)
        assert "very rare" not in collection.reader.cards.find("mcl-014").content


async def test_a_deck_can_be_left_out_and_comes_next_time(
    app: FlashcardsApp, collection: Collection, place: Path
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await planned(pilot)
        assert screen.state is not None
        assert screen.state.chosen.deck is not None
        assert screen.state.chosen.deck.deck == "drift/detection"
        await pilot.press("x")
        await settled(pilot)
        assert "left out" in screen_text(app)
        assert "2 changed." in screen_text(app)
        await pilot.press("enter")
        await settled(pilot)
        assert "Imported: 2 changed." in screen_text(app)
        assert "drift/detection" not in collection.reader.cards.deck_keys().values()

        again = collection.importing.preview([place]).result(dry_run=True)
        assert again.counts.added == 2


async def test_decks_fold_by_keys_and_by_mouse(app: FlashcardsApp, place: Path) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await planned(pilot)
        assert screen.state is not None
        rows = len(screen.state.rows)
        await pilot.press("left")
        assert len(screen.state.rows) == rows - 2
        await pilot.press("right")
        assert len(screen.state.rows) == rows
        assert "screen.click_row(3)" in screen_actions(app)
        screen.action_click_row(3)
        assert len(screen.state.rows) == rows
        screen.action_click_row(3)
        assert len(screen.state.rows) < rows


async def test_the_decision_about_reworded_notes_is_offered_at_any_width(
    app: FlashcardsApp, place: Path
) -> None:
    async with app.run_test(size=(60, 20)) as pilot:
        await planned(pilot)

        footer = screen_text(app).rstrip().splitlines()[-1]
        assert "enter import" in footer
        assert "r reworded notes" in footer


async def test_reworded_notes_keep_soften_or_reset_their_histories(
    app: FlashcardsApp, collection: Collection, place: Path
) -> None:
    session = collection.sessions.start_review()
    while session.current and session.current.row.key != "mcl-012":
        session.reveal()
        session.rate(Rating.GOOD)
    session.reveal()
    session.rate(Rating.EASY)
    before = collection.reader.cards.find("mcl-012").memory
    async with app.run_test(size=SIZE) as pilot:
        await planned(pilot)
        for told in ("is softened", "starts again", "stays", "is softened"):
            await pilot.press("r")
            await settled(pilot)
            assert f"something else now: its history {told}." in screen_text(app)
        await pilot.press("enter")
        await settled(pilot)
        after = collection.reader.cards.find("mcl-012").memory
        assert (after.stability or 0) < (before.stability or 0)
        assert after.reps == before.reps
        await pilot.press("u")
        await settled(pilot)
        assert collection.reader.cards.find("mcl-012").memory == before


async def test_many_notes_are_counted_and_some_listed(
    app: FlashcardsApp, place: Path
) -> None:
    rows = "\n".join(
        f"  - {{id: many-{n}, front: Q{n}?, back: A{n}}}" for n in range(400)
    )
    (place / "many.yaml").write_text(f"deck: many\ntitle: Many\nnotes:\n{rows}\n")
    async with app.run_test(size=SIZE) as pilot:
        screen = await planned(pilot, "./many.yaml")
        assert screen.state is not None
        assert len(screen.state.rows) == 1
        await pilot.press("right", *["pagedown"] * 31)
        await settled(pilot)
        assert "100 more, which --json lists" in screen_text(app)


async def test_faults_are_shown_with_place_and_remedy(
    app: FlashcardsApp, place: Path
) -> None:
    (place / "faulty.yaml").write_bytes(
        NEW.replace(b"detection", b"faulty").replace(b"back: S", b"bakc: S")
    )
    async with app.run_test(size=SIZE) as pilot:
        await planned(pilot, "./faulty.yaml")
        await pilot.press("f")
        await settled(pilot)
        shown = screen_text(app)
        assert ". All else is imported all the same." in shown
        assert "faulty.yaml:" in shown
        assert "unknown-key" in shown
        for _ in range(3):
            await pilot.press("down")
            await settled(pilot)
            shown += screen_text(app)
        assert 'The key "bakc" is not known' in shown


async def test_a_file_that_cannot_be_read_promises_nothing_else(
    app: FlashcardsApp, place: Path
) -> None:
    (place / "broken.apkg").write_bytes(b"no zip file")
    async with app.run_test(size=SIZE) as pilot:
        await planned(pilot, "./broken.apkg")
        shown = screen_text(app)
        assert "No note could be read." in shown
        assert "1 error." in shown
        assert "All else" not in shown


async def test_tab_completes_and_opens_directories(
    app: FlashcardsApp, place: Path
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("i", "d", "tab")
        await settled(pilot)
        assert app.screen.query_one(Input).value == "drift/"
        assert "detection.yaml" in screen_text(app)
        await pilot.press("tab", "enter")
        await settled(pilot)
        assert isinstance(app.screen, ImportPlanScreen)
        assert "2 new." in screen_text(app)


async def test_a_path_that_is_not_there_is_a_sentence(
    app: FlashcardsApp, place: Path
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("i", *"nowhere", "enter")
        await settled(pilot)
        assert isinstance(app.screen, ImportScreen)
        assert "There is no file or directory nowhere." in screen_text(app)
        assert "Nothing there begins like that" in screen_text(app)


async def test_a_directory_without_decks_is_a_sentence(
    app: FlashcardsApp, place: Path
) -> None:
    (place / "empty").mkdir()
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("i", *"empty/", "enter")
        await settled(pilot)
        assert isinstance(app.screen, ImportScreen)
        assert "No file to import" in screen_text(app)


async def test_what_was_imported_before_is_offered(
    app: FlashcardsApp, collection: Collection, place: Path
) -> None:
    collection.importing.import_files([place / "drift"])
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("i")
        await settled(pilot)
        assert "imported before" in screen_text(app)
        await pilot.press("down", "enter")
        await settled(pilot)
        assert "All 2 notes are as in the files." in screen_text(app)


async def test_an_import_that_is_stopped_changes_nothing(
    app: FlashcardsApp, collection: Collection, place: Path
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await planned(pilot)
        screen.action_apply()
        screen.action_back()
        await settled(pilot)
        assert "Stopped. Nothing was changed." in screen_text(app)
        assert "very rare" not in collection.reader.cards.find("mcl-014").content
        assert "drift/detection" not in collection.reader.cards.deck_keys().values()


async def test_reading_can_be_stopped(app: FlashcardsApp, place: Path) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        screen = ImportPlanScreen(place)
        await app.push_screen(screen)
        screen.action_back()
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)
        assert not screen.works
