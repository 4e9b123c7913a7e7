"""Color roles and the two themes; widgets name a role, never a color."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Literal, Protocol
from zlib import crc32

from textual.color import Color
from textual.style import Style
from textual.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flashcards.tui.theme.glyphs import Glyphs

Depth = Literal["full", "256", "none"]
"""How many colors the terminal shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """A color for each role."""

    background: str
    panel: str
    raised: str
    line: str
    text: str
    muted: str
    accent: str
    on_accent: str
    again: str
    hard: str
    good: str
    easy: str
    ethics: str
    data: str
    production: str
    applied: str
    craft: str


# The last two columns are exact colors of the 256-color cube: rounding would turn ink's
# panel into its background.
_COLORS = {
    # role: ink, paper, ink in 256 colors, paper in 256 colors
    "background": ("#12141b", "#fbfaf6", "#121212", "#ffffff"),
    "panel": ("#1b1e28", "#f2efe7", "#262626", "#eeeeee"),
    "raised": ("#2a2f3e", "#e2dccd", "#3a3a3a", "#dadada"),
    "line": ("#3c4356", "#c6bfae", "#585858", "#b2b2b2"),
    "text": ("#e9e6df", "#23252d", "#e4e4e4", "#262626"),
    "muted": ("#a0a6b6", "#565b69", "#b2b2b2", "#4e4e4e"),
    "accent": ("#c3abff", "#5f37b8", "#d7afff", "#5f00af"),
    "on_accent": ("#17121f", "#ffffff", "#121212", "#ffffff"),
    "again": ("#ff8f85", "#a8201a", "#ff8787", "#870000"),
    "hard": ("#f2b95c", "#7d4a00", "#ffaf5f", "#5f5f00"),
    "good": ("#84d995", "#1a6330", "#87d787", "#005f00"),
    "easy": ("#70c8f7", "#0b5583", "#87d7ff", "#005f87"),
    "ethics": ("#f29ac4", "#9a1f5f", "#ff87d7", "#87005f"),
    "data": ("#5fd6c4", "#0b5f57", "#5fd7d7", "#005f5f"),
    "production": ("#e0cf6b", "#645300", "#d7d75f", "#5f5f00"),
    "applied": ("#ff9e78", "#963a12", "#ffaf87", "#5f0000"),
    "craft": ("#b4bccd", "#4a5263", "#afafd7", "#444444"),
}
INK, PAPER, INK_256, PAPER_256 = (
    Palette(**dict(zip(_COLORS, column, strict=True)))
    for column in zip(*_COLORS.values(), strict=True)
)

PLAIN = Palette(**dict.fromkeys(asdict(INK), "ansi_default"))

_AREA_ROLES = {
    "metrics": "easy",
    "drift": "hard",
    "scaling": "good",
    "models": "accent",
    "ethics": "ethics",
    "data": "data",
    "production": "production",
    "applied": "applied",
    "craft": "craft",
}


def area_role(deck: str) -> str:
    """Return the role that paints a deck's area; unknown areas keep one by a stable hash."""
    area = deck.partition("/")[0]
    roles = list(_AREA_ROLES.values())
    return _AREA_ROLES.get(area) or roles[crc32(area.encode()) % len(roles)]


@dataclass(frozen=True, slots=True)
class Look:
    """The current colors and glyphs, and whether color is off."""

    palette: Palette
    glyphs: Glyphs
    plain: bool = False
    """Without color: bold, dim and reverse carry what colors do."""
    _styles: dict[tuple[str, bool, bool], Style] = field(
        default_factory=dict, compare=False, repr=False
    )

    def style(self, role: str, *, bold: bool = False, raised: bool = False) -> Style:
        """Return the style of a role, for the row under the cursor if `raised`."""
        key = (role, bold, raised)
        if key not in self._styles:
            self._styles[key] = (
                _plain_style(role, bold=bold, raised=raised)
                if self.plain
                else _color_style(self.palette, role, bold=bold, raised=raised)
            )
        return self._styles[key]


class Themed(Protocol):
    """An app that has a look."""

    @property
    def look(self) -> Look:
        """The current colors and glyphs."""


def _color_style(palette: Palette, role: str, *, bold: bool, raised: bool) -> Style:
    style = Style(bold=True) if bold else Style()
    if role == "button":
        return style + Style(
            background=Color.parse(palette.accent),
            foreground=Color.parse(palette.on_accent),
            bold=True,
        )
    if raised:
        style += Style(background=Color.parse(palette.raised))
    return style + Style(foreground=Color.parse(getattr(palette, role)))


def _plain_style(role: str, *, bold: bool, raised: bool) -> Style:
    reverse = raised or role == "button"
    # Dim text inside reverse video cannot be read on most terminals.
    return Style(
        bold=True if bold or role in ("accent", "button") else None,
        dim=True if role in ("muted", "line") and not reverse else None,
        reverse=True if reverse else None,
    )


def depth_of(environment: Mapping[str, str]) -> Depth:
    """Return how many colors to use, by the environment variables.

    `NO_COLOR` counts if it is not empty. Terminals with 16 colors get none, because
    their palette is unknown.
    """
    if environment.get("NO_COLOR"):
        return "none"
    if environment.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        return "full"
    return (
        "256" if environment.get("TERM", "").endswith(("256color", "kitty")) else "none"
    )


def themes(depth: Depth) -> tuple[Theme, ...]:
    """Return the app's own themes for a color depth."""
    if depth == "none":
        return (_theme("plain", PLAIN, dark=True, ansi=True),)
    dark, light = (INK_256, PAPER_256) if depth == "256" else (INK, PAPER)
    return (_theme("ink", dark, dark=True), _theme("paper", light, dark=False))


_ANSI = ("ansi-background", "ansi-foreground")
"""Variables of Textual's own stylesheets for the colors of the terminal."""


def _theme(name: str, palette: Palette, *, dark: bool, ansi: bool = False) -> Theme:
    return Theme(
        name=name,
        primary=palette.accent,
        secondary=palette.easy,
        accent=palette.accent,
        warning=palette.hard,
        error=palette.again,
        success=palette.good,
        foreground=palette.text,
        background=palette.background,
        surface=palette.panel,
        panel=palette.panel,
        dark=dark,
        ansi=ansi,
        variables={
            **dict.fromkeys(_ANSI, "ansi_default"),
            **{name.replace("_", "-"): v for name, v in asdict(palette).items()},
        },
    )


def palette_of(theme: Theme) -> Palette:
    """Return the palette of a theme: exact for own themes, derived for Textual's."""
    own = {name.replace("-", "_"): value for name, value in theme.variables.items()}
    if "on_accent" in own:
        return Palette(**{name: own[name] for name in asdict(INK)})
    if theme.ansi:
        return PLAIN
    return _derived(theme)


def _derived(theme: Theme) -> Palette:
    colors = theme.to_color_system().generate()
    background = Color.parse(colors["background"])
    ink = Color(*Color.parse(colors["foreground"]).rgb)
    panel, raised = background.blend(ink, 0.05), background.blend(ink, 0.14)
    roles = {
        "text": ink,
        "muted": background.blend(ink, 0.72),
        "accent": Color.parse(colors["text-primary"]),
        "again": Color.parse(colors["text-error"]),
        "hard": Color.parse(colors["text-warning"]),
        "good": Color.parse(colors["text-success"]),
        "easy": Color.parse(colors["text-secondary"]),
    }
    readable = {name: _readable(color, raised) for name, color in roles.items()}
    on_accent = _readable(background, Color.parse(readable["accent"]))
    return replace(
        INK if theme.dark else PAPER,
        background=background.hex6,
        panel=panel.hex6,
        raised=raised.hex6,
        line=background.blend(ink, 0.3).hex6,
        on_accent=on_accent,
        **readable,
    )


READABLE = 4.5
"""The contrast of WCAG 2 AA."""


def contrast(first: Color, second: Color) -> float:
    """Return the contrast ratio of WCAG 2, from 1 to 21."""
    dark, bright = sorted((_luminance(first), _luminance(second)))
    return (bright + 0.05) / (dark + 0.05)


def _luminance(color: Color) -> float:
    linear = [
        part / 12.92 if part <= _KNEE else ((part + 0.055) / 1.055) ** 2.4
        for part in color.normalized
    ]
    return sum(
        share * part
        for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True)
    )


_KNEE = 0.04045


def _readable(color: Color, fill: Color) -> str:
    """Return the color, moved towards black or white until it can be read on a fill."""
    end = max((Color(0, 0, 0), Color(255, 255, 255)), key=lambda c: contrast(c, fill))
    steps = (color.blend(end, step / 10, alpha=1.0) for step in range(11))
    return next(step.hex6 for step in steps if contrast(step, fill) >= READABLE)
