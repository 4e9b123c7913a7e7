"""Every text role can be read on every fill, in every depth of color."""

from __future__ import annotations

import re
from dataclasses import asdict, fields

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from flashcards.collection.collection import Collection
from flashcards.domain.settings.settings import Settings
from flashcards.errors import UsageError
from flashcards.tui.app import FlashcardsApp
from flashcards.tui.rendering.code_colors import TOKEN_ROLES
from flashcards.tui.theme.glyphs import ASCII, UNICODE, choose_glyphs
from flashcards.tui.theme.themes import (
    INK,
    INK_256,
    PAPER,
    PAPER_256,
    PLAIN,
    READABLE,
    Look,
    Palette,
    area_role,
    contrast,
    depth_of,
    palette_of,
    themes,
)
from tests.conftest import OpenCollection
from tests.tui.conftest import TERMINAL
from tests.tui.screen_text import screen_bytes

FILLS = ("background", "panel", "raised")
NOT_TEXT = (*FILLS, "line", "on_accent")
TEXT = [field.name for field in fields(Palette) if field.name not in NOT_TEXT]
PALETTES = {"ink": INK, "paper": PAPER, "ink 256": INK_256, "paper 256": PAPER_256}


def ratio(first: str, second: str) -> float:
    return contrast(Color.parse(first), Color.parse(second))


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize("fill", FILLS)
@pytest.mark.parametrize("role", TEXT)
def test_text_can_be_read(name: str, fill: str, role: str) -> None:
    palette = asdict(PALETTES[name])

    assert ratio(palette[role], palette[fill]) >= READABLE


@pytest.mark.parametrize("name", [*PALETTES, *BUILTIN_THEMES])
def test_every_color_of_code_can_be_read(name: str) -> None:
    theme = BUILTIN_THEMES.get(name)
    palette = palette_of(theme) if theme else PALETTES[name]
    if not (theme and theme.ansi):
        for role in TOKEN_ROLES.values():
            assert ratio(getattr(palette, role), palette.raised) >= READABLE, role


@pytest.mark.parametrize("name", PALETTES)
def test_the_button_can_be_read(name: str) -> None:
    palette = PALETTES[name]

    assert ratio(palette.on_accent, palette.accent) >= READABLE


@pytest.mark.parametrize("name", PALETTES)
def test_panels_differ_from_what_they_lie_on(name: str) -> None:
    palette = PALETTES[name]

    assert len({palette.background, palette.panel, palette.raised}) == len(FILLS)


@pytest.mark.parametrize("palette", [INK_256, PAPER_256])
def test_the_256_colors_are_exact(palette: Palette) -> None:
    steps = {0, 0x5F, 0x87, 0xAF, 0xD7, 0xFF}
    for color in asdict(palette).values():
        parts = Color.parse(color).rgb
        is_gray = len(set(parts)) == 1 and (parts[0] - 8) % 10 == 0
        assert is_gray or set(parts) <= steps, color


@pytest.mark.parametrize("name", sorted(BUILTIN_THEMES))
def test_a_theme_of_textual_gives_every_role_a_color(name: str) -> None:
    palette = palette_of(BUILTIN_THEMES[name])
    for color in asdict(palette).values():
        Color.parse(color)
    if not BUILTIN_THEMES[name].ansi:
        for role in TEXT:
            assert ratio(getattr(palette, role), palette.panel) >= 3, role
        for role in ("text", "muted", "accent", "again", "hard", "good", "easy"):
            assert ratio(getattr(palette, role), palette.raised) >= READABLE, role


def test_our_themes_keep_their_colors_to_the_digit() -> None:
    assert [palette_of(theme) for theme in themes("full")] == [INK, PAPER]
    assert [palette_of(theme) for theme in themes("256")] == [INK_256, PAPER_256]
    assert [palette_of(theme) for theme in themes("none")] == [PLAIN]


def test_without_color_styles_are_bold_dim_and_reverse_only() -> None:
    look = Look(PLAIN, UNICODE, plain=True)

    for role in (*TEXT, "line", "button"):
        for raised in (False, True):
            style = look.style(role, raised=raised)
            assert style.foreground is None
            assert style.background is None
            assert not (style.reverse and style.dim)
    assert look.style("accent").bold
    assert look.style("muted").dim
    assert look.style("button").reverse


@pytest.mark.parametrize(
    ("environment", "depth"),
    [
        ({"COLORTERM": "truecolor", "TERM": "xterm-256color"}, "full"),
        ({"TERM": "xterm-256color"}, "256"),
        ({"TERM": "xterm-kitty"}, "256"),
        ({"TERM": "linux"}, "none"),
        ({"NO_COLOR": "1", "COLORTERM": "truecolor"}, "none"),
        ({"NO_COLOR": "", "COLORTERM": "truecolor"}, "full"),
    ],
)
def test_the_environment_says_how_many_colors(
    environment: dict[str, str], depth: str
) -> None:
    assert depth_of(environment) == depth


@pytest.mark.parametrize(
    ("setting", "environment", "name"),
    [
        ("auto", {"LANG": "en_GB.UTF-8", "TERM": "xterm"}, "unicode"),
        ("auto", {"LANG": "C", "TERM": "xterm"}, "ascii"),
        ("auto", {"LANG": "C", "LC_ALL": "C.utf8", "TERM": "xterm"}, "unicode"),
        ("auto", {"LANG": "en_GB.UTF-8", "TERM": "linux"}, "ascii"),
        ("ascii", {"LANG": "en_GB.UTF-8", "TERM": "xterm"}, "ascii"),
        ("unicode", {"LANG": "C", "TERM": "linux"}, "unicode"),
    ],
)
def test_signs_follow_the_setting_the_locale_and_the_terminal(
    setting: str, environment: dict[str, str], name: str
) -> None:
    assert choose_glyphs(setting, environment).name == name


def test_signs_are_one_cell_wide_and_ascii_is_ascii() -> None:
    for glyphs in (UNICODE, ASCII):
        for name, sign in asdict(glyphs).items():
            if isinstance(sign, str) and name not in (
                "name",
                "arrow",
                "border",
                "columns",
                "heat",
                "more",
            ):
                assert len(sign) <= 1, name
    signs = [sign for sign in asdict(ASCII).values() if isinstance(sign, str)]
    assert "".join(signs + list(ASCII.ratings)).isascii()


def test_an_area_keeps_its_color() -> None:
    assert area_role("metrics/classification") == "easy"
    assert area_role("ethics") == "ethics"
    assert area_role("unheard-of/deck") == area_role("unheard-of")


def test_a_theme_that_is_not_there_is_refused(open_collection: OpenCollection) -> None:
    collection = open_collection(Settings(theme="mauve"))
    for environment in (TERMINAL, {"NO_COLOR": "1"}):
        with pytest.raises(UsageError, match="theme: 'mauve' is not a theme"):
            FlashcardsApp(collection, environment=environment)


async def test_without_color_the_terminal_gets_none(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = FlashcardsApp(collection, environment={"NO_COLOR": "1", "LANG": "C.UTF-8"})
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("s", "space")
        await pilot.pause()
        codes = set(re.findall(r"\x1b\[([0-9;]*)m", screen_bytes(app)))

    parts = {parameter for code in codes for parameter in code.split(";")}
    assert parts <= {"0", "1", "2", "3", "7", "39", "49"}
