"""The glyphs that screens are drawn with, in Unicode and in ASCII.

Every glyph is one cell wide, and none has an emoji form.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flashcards.domain.cards import Rating


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyphs:
    """One set of glyphs."""

    name: str
    bar: str
    """The left edge of a panel."""
    border: str
    """Textual's border type that draws the same edge."""
    ratings: tuple[str, str, str, str]
    """Again, Hard, Good, Easy."""
    added: str
    removed: str
    cursor: str
    crumb: str
    dot: str
    """Separates two facts, and stands for 0."""
    progress_done: str
    progress_left: str
    rule: str
    block: str
    """A filled cell of a stacked bar, when the ratings' own signs are not needed."""
    band: str
    """The part of a bar between the ends of a band."""
    track: str
    """The empty part of a bar."""
    target: str
    heat: str
    """Five shades from none to the most."""
    times: str
    """Before a weight."""
    columns: str
    """Nine heights from an empty to a full cell."""
    expected: str
    """The expected growth of a column."""
    day_mark: str
    axis: str
    bullet: str
    more: str
    """Marks text that was cut off."""
    wrapped: str
    """Marks a line of code that continues the one above."""
    arrow: str
    """From a wrong answer to the right one."""
    braille: bool
    """Whether curves may use braille and numerals half blocks."""

    def rating(self, rating: Rating) -> str:
        """Return the glyph of a rating."""
        return self.ratings[rating - 1]


UNICODE = Glyphs(
    name="unicode",
    bar="▌",
    border="outer",
    ratings=("✗", "~", "✓", "»"),
    added="+",
    removed="−",
    cursor="▸",
    crumb="›",
    dot="·",
    progress_done="━",
    progress_left="─",
    rule="─",
    block="█",
    band="╍",
    track="─",
    target="│",
    heat="·░▒▓█",
    times="×",
    columns=" ▁▂▃▄▅▆▇█",
    expected="░",
    day_mark="┊",
    axis="│",
    bullet="•",
    more="…",
    wrapped="↳",
    arrow="→",
    braille=True,
)

ASCII = Glyphs(
    name="ascii",
    bar="|",
    border="ascii",
    ratings=("x", "~", "+", ">"),
    added="+",
    removed="-",
    cursor=">",
    crumb=">",
    dot="-",
    progress_done="=",
    progress_left="-",
    rule="-",
    block="",
    band="~",
    track=".",
    target="|",
    heat=".:+*#",
    times="x",
    columns=" .:-=+*%#",
    expected="~",
    day_mark=":",
    axis="|",
    bullet="-",
    more="..",
    wrapped="\\",
    arrow="->",
    braille=False,
)


def choose_glyphs(setting: str, environment: Mapping[str, str]) -> Glyphs:
    """Return the set of a setting; `auto` decides by the locale and the terminal."""
    if setting != "auto":
        return ASCII if setting == "ascii" else UNICODE
    if environment.get("TERM") in ("linux", "dumb"):
        return ASCII
    names = (environment.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    locale = next((name for name in names if name), "")
    return UNICODE if "utf-8" in locale.lower().replace("utf8", "utf-8") else ASCII
