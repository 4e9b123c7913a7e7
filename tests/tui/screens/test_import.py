"""Import: choose a path, see the preview of its changes, and import it as one operation."""

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
from flashcards.tui.screens.importing.preview_screen import ImportPreviewScreen
from tests.conftest import OpenCollection
from tests.helpers import deck
from tests.tui.conftest import METRICS, TERMINAL
from tests.tui.reviewing import screen_opened_by
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
def decks_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
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


async def open_preview(pilot: Pilot[str], path: str = "./") -> ImportPreviewScreen:
    """Open the preview of a path, typed by hand."""
    await settled(pilot)
    await pilot.press("i", *path, "enter")
    await settled(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, ImportPreviewScreen)
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
    app: FlashcardsApp, decks_dir: Path, size: str, keys: tuple[str, ...], name: str
) -> None:
    width, height = map(int, size.split("x"))
    async with app.run_test(size=(width, height)) as pilot:
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await settled(pilot)

        assert_golden(app, f"import/{name}-{size}")


async def test_ascii_screens_contain_only_ascii(
    collection: Collection, open_collection: OpenCollection, decks_dir: Path
) -> None:
    app = FlashcardsApp(
        open_collection(Settings(timezone="UTC", glyphs="ascii")), environment=TERMINAL
    )
    async with screen_opened_by(app, "i") as pilot:
        assert screen_text(app).isascii()
        await pilot.press(".", "/", "enter", *["down"] * 4)
        await settled(pilot)
        assert screen_text(app).isascii()


async def test_enter_imports_what_is_shown_and_it_can_be_undone(
    app: FlashcardsApp, collection: Collection, decks_dir: Path
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await open_preview(pilot)
        assert "2 new, 2 changed." in screen_text(app)
        assert not collection.reader.cards.deck_keys().keys() & {"drift/detection"}
        await pilot.press("enter")
        await settled(pilot)

        assert isinstance(app.screen, HomeScreen)
        assert "Imported: 2 new, 2 changed. Undo with u." in screen_text(app)
        assert "very rare" in collection.reader.cards.find("mcl-014").content
        await pilot.press("u")
        await settled(pilot)
        assert "very rare" not in collection.reader.cards.find("mcl-014").content


async def test_escape_changes_nothing(
    app: FlashcardsApp, collection: Collection, decks_dir: Path
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await open_preview(pilot)
        await pilot.press("escape")
        assert isinstance(app.screen, ImportScreen)
        await pilot.press("escape")
        assert isinstance(app.screen, HomeScreen)
        assert "very rare" not in collection.reader.cards.find("mcl-014").content


async def test_a_deck_that_is_left_out_is_offered_again_next_time(
    app: FlashcardsApp, collection: Collection, decks_dir: Path
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await open_preview(pilot)
        assert screen.state is not None
        assert screen.state.current.deck is not None
        assert screen.state.current.deck.deck == "drift/detection"
        await pilot.press("x")
        await settled(pilot)
        assert "left out" in screen_text(app)
        assert "2 changed." in screen_text(app)
        await pilot.press("enter")
        await settled(pilot)
        assert "Imported: 2 changed." in screen_text(app)
        assert "drift/detection" not in collection.reader.cards.deck_keys().values()

        again = collection.importing.preview([decks_dir]).result(dry_run=True)
        assert again.counts.added == 2


async def test_decks_fold_by_keys_and_by_mouse(
    app: FlashcardsApp, decks_dir: Path
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await open_preview(pilot)
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


async def test_the_key_for_reworded_notes_is_shown_at_any_width(
    app: FlashcardsApp, decks_dir: Path
) -> None:
    async with app.run_test(size=(60, 20)) as pilot:
        await open_preview(pilot)

        footer = screen_text(app).rstrip().splitlines()[-1]
        assert "enter import" in footer
        assert "r reworded notes" in footer


async def test_histories_of_reworded_notes_are_kept_softened_or_reset(
    app: FlashcardsApp, collection: Collection, decks_dir: Path
) -> None:
    session = collection.sessions.start_review()
    while session.current and session.current.row.key != "mcl-012":
        session.reveal()
        session.rate(Rating.GOOD)
    session.reveal()
    session.rate(Rating.EASY)
    before = collection.reader.cards.find("mcl-012").memory
    async with app.run_test(size=SIZE) as pilot:
        await open_preview(pilot)
        for action in ("softened", "reset", "kept", "softened"):
            await pilot.press("r")
            await settled(pilot)
            text = f"1 note has a new meaning: its history is {action}."
            assert text in screen_text(app)
        await pilot.press("enter")
        await settled(pilot)
        after = collection.reader.cards.find("mcl-012").memory
        assert (after.stability or 0) < (before.stability or 0)
        assert after.reps == before.reps
        await pilot.press("u")
        await settled(pilot)
        assert collection.reader.cards.find("mcl-012").memory == before


async def test_of_many_notes_some_are_listed_and_the_others_counted(
    app: FlashcardsApp, decks_dir: Path
) -> None:
    rows = "\n".join(
        f"  - {{id: many-{n}, front: Q{n}?, back: A{n}}}" for n in range(400)
    )
    (decks_dir / "many.yaml").write_text(f"deck: many\ntitle: Many\nnotes:\n{rows}\n")
    async with app.run_test(size=SIZE) as pilot:
        screen = await open_preview(pilot, "./many.yaml")
        assert screen.state is not None
        assert len(screen.state.rows) == 1
        await pilot.press("right", *["pagedown"] * 31)
        await settled(pilot)
        assert "100 more; `import --dry-run --json` lists all" in screen_text(app)


async def test_problems_are_shown_with_their_place_and_remedy(
    app: FlashcardsApp, decks_dir: Path
) -> None:
    (decks_dir / "faulty.yaml").write_bytes(
        NEW.replace(b"detection", b"faulty").replace(b"back: S", b"bakc: S")
    )
    async with app.run_test(size=SIZE) as pilot:
        await open_preview(pilot, "./faulty.yaml")
        await pilot.press("f")
        await settled(pilot)
        shown = screen_text(app)
        assert ". Everything else can be imported." in shown
        assert "faulty.yaml:" in shown
        assert "unknown-key" in shown
        for _ in range(3):
            await pilot.press("down")
            await settled(pilot)
            shown += screen_text(app)
        assert 'The key "bakc" is not known' in shown


async def test_an_unreadable_file_shows_only_its_error(
    app: FlashcardsApp, decks_dir: Path
) -> None:
    (decks_dir / "broken.apkg").write_bytes(b"no zip file")
    async with app.run_test(size=SIZE) as pilot:
        await open_preview(pilot, "./broken.apkg")
        shown = screen_text(app)
        assert "No note could be read." in shown
        assert "1 error." in shown
        assert "Everything else" not in shown


async def test_tab_completes_and_opens_directories(
    app: FlashcardsApp, decks_dir: Path
) -> None:
    async with screen_opened_by(app, "i", "d", "tab") as pilot:
        assert app.screen.query_one(Input).value == "drift/"
        assert "detection.yaml" in screen_text(app)
        await pilot.press("tab", "enter")
        await settled(pilot)
        assert isinstance(app.screen, ImportPreviewScreen)
        assert "2 new." in screen_text(app)


async def test_a_missing_path_shows_an_error(
    app: FlashcardsApp, decks_dir: Path
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("i", *"nowhere", "enter")
        await settled(pilot)
        assert isinstance(app.screen, ImportScreen)
        assert "No such file or directory: nowhere." in screen_text(app)
        assert "No importable files match." in screen_text(app)


async def test_a_directory_without_decks_shows_an_error(
    app: FlashcardsApp, decks_dir: Path
) -> None:
    (decks_dir / "empty").mkdir()
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("i", *"empty/", "enter")
        await settled(pilot)
        assert isinstance(app.screen, ImportScreen)
        assert "No file to import" in screen_text(app)


async def test_paths_of_earlier_imports_are_offered(
    app: FlashcardsApp, collection: Collection, decks_dir: Path
) -> None:
    collection.importing.import_files([decks_dir / "drift"])
    async with screen_opened_by(app, "i") as pilot:
        assert "imported before" in screen_text(app)
        await pilot.press("down", "enter")
        await settled(pilot)
        assert "Nothing to change: 2 notes already up to date." in screen_text(app)


async def test_stopping_an_import_changes_nothing(
    app: FlashcardsApp, collection: Collection, decks_dir: Path
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await open_preview(pilot)
        screen.action_apply()
        screen.action_back()
        await settled(pilot)
        assert "Stopped. Nothing was imported." in screen_text(app)
        assert "very rare" not in collection.reader.cards.find("mcl-014").content
        assert "drift/detection" not in collection.reader.cards.deck_keys().values()


async def test_reading_can_be_stopped(app: FlashcardsApp, decks_dir: Path) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        screen = ImportPreviewScreen(decks_dir)
        await app.push_screen(screen)
        screen.action_back()
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)
        assert not screen.is_working
