"""Settings as a frozen value, with their defaults; decks inherit along their keys.

Precedence: command line, then environment, then `config.toml`, then the defaults here.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flashcards.domain.cards import LEARN_AHEAD_MINUTES
from flashcards.domain.settings.separators import DEFAULT_SEPARATORS, Separators
from flashcards.errors import UsageError
from flashcards.text.deck_keys import list_prefixes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

    from flashcards.disk.own_files import OwnFiles

# Default FSRS-6 weights of the `fsrs` package 6.3 (a test compares them).
DEFAULT_WEIGHTS = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
    1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)  # fmt: skip
WEIGHT_BOUNDS = (
    (0.001, 100), (0.001, 100), (0.001, 100), (0.001, 100), (1, 10), (0.001, 4), (0.001, 4),
    (0.001, 0.75), (0, 4.5), (0, 0.8), (0.001, 3.5), (0.001, 5), (0.001, 0.25), (0.001, 0.9),
    (0, 4), (0, 1), (1, 6), (0, 2), (0, 2), (0, 0.8), (0.1, 0.8),
)  # fmt: skip
"""Minimum and maximum of each weight, as in the `fsrs` package."""


@dataclass(frozen=True, slots=True)
class DeckOptions:
    """How the cards of one deck are scheduled and limited."""

    desired_retention: float = 0.9
    """Predicted recall at which a card becomes due, 0.70 to 0.99."""
    new_per_day: int = 12
    """New cards per study day, for the deck and all decks below it."""
    reviews_per_day: int = 200
    """Reviews per study day, for the deck and all decks below it."""
    learning_steps: tuple[int, ...] = (60, 600)
    """Intervals in seconds before a new card graduates."""
    relearning_steps: tuple[int, ...] = (600,)
    """Intervals in seconds after a lapse."""
    maximum_interval: int = 36_500
    """Longest interval in days."""
    leech_threshold: int = 8
    """Lapses until a card is called a leech, and again after half as many more."""
    fuzz: bool = True
    """Whether intervals vary a little, always in the same way."""
    weights: tuple[float, ...] = DEFAULT_WEIGHTS
    """The 21 weights of FSRS-6."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of one home directory."""

    theme: str = "auto"
    """`auto` (ink), `ink`, `paper`, or any theme that Textual ships."""
    glyphs: str = "auto"
    """`auto`, `unicode` or `ascii`."""
    minutes: int = 15
    """Minutes of a daily session; 0 for no time limit."""
    rollover_hour: int = 4
    """Local hour at which a new study day begins, 0 to 23."""
    timezone: str = ""
    """IANA name of the learner's time zone; empty for that of the system."""
    learn_ahead_minutes: int = LEARN_AHEAD_MINUTES
    """Minutes before its due time at which a learning card may be asked if nothing else is left."""
    confidence: bool = False
    """Whether a session asks for the learner's confidence before it shows an answer."""
    preset: str = "anki"
    """Key preset: `anki` or `vim`."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Keys by action, such as `{"review.undo": "u,z"}`."""
    obsidian: Separators = DEFAULT_SEPARATORS
    """The separators of question and answer in Obsidian notes."""
    scheduling: DeckOptions = DeckOptions()
    """The default options of decks."""
    decks: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Options by deck key, or by a leading part of deck keys."""

    @property
    def zone(self) -> tzinfo | None:
        """The learner's time zone, or None for that of the system."""
        if not self.timezone:
            return None
        from zoneinfo import ZoneInfo

        return ZoneInfo(self.timezone)

    @property
    def learn_ahead_ms(self) -> int:
        """Learn-ahead in milliseconds."""
        return self.learn_ahead_minutes * 60_000

    def options(self, deck: str) -> DeckOptions:
        """Return the options of a deck: the defaults, overridden by each leading part of its key."""
        options = self.scheduling
        for prefix in list_prefixes(deck):
            own = self.decks.get(prefix)
            if own:
                options = replace(options, **own)
        return options

    def limits(self) -> dict[str, tuple[int, int]]:
        """Return the daily limits (new, reviews) by deck prefix; the empty prefix means all decks."""
        defaults = self.scheduling
        limits = {"": (defaults.new_per_day, defaults.reviews_per_day)}
        for prefix in self.decks:
            options = self.options(prefix)
            limits[prefix] = (options.new_per_day, options.reviews_per_day)
        return limits


@dataclass(frozen=True, slots=True)
class AppDirectories:
    """The home directory with the store, the settings, the backups and the media."""

    path: Path

    @property
    def database(self) -> Path:
        """The SQLite file of the store."""
        return self.path / "flashcards.db"

    @property
    def config(self) -> Path:
        """The settings file; it may be missing."""
        return self.path / "config.toml"

    @property
    def media(self) -> Path:
        """The directory of pictures and sounds used by notes; it may be missing."""
        return self.path / "media"

    @property
    def window(self) -> Path:
        """The lock file that the first of several open windows holds."""
        return self.path / "window.lock"

    @property
    def own_files(self) -> OwnFiles:
        """The files that no command may overwrite."""
        from flashcards.disk.own_files import OwnFiles

        return OwnFiles(
            self.path,
            self.database,
            frozenset((self.config.name, self.window.name)),
            (self.path / "backups", self.media),
        )


def find_home(option: str | None, environment: Mapping[str, str]) -> AppDirectories:
    """Return the home directory: option, else `FLASHCARDS_HOME`, else the platform's default.

    Raises:
        UsageError: the path begins with the home of an unknown user.
    """
    name = option or environment.get("FLASHCARDS_HOME")
    try:
        if name:
            return AppDirectories(Path(name).expanduser().absolute())
        return AppDirectories(_user_data_directory(environment) / "flashcards")
    except RuntimeError as error:
        reason = f" for {name}" if name else ""
        raise UsageError(
            f"Could not find a home directory{reason}. Choose a directory with --home DIR or "
            "FLASHCARDS_HOME."
        ) from error


def _user_data_directory(environment: Mapping[str, str]) -> Path:
    # Importing platformdirs would cost as much time as the whole command `due`.
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    if os.name == "nt":
        return Path(
            environment.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
        )
    data = environment.get("XDG_DATA_HOME", "")
    return Path(data) if Path(data).is_absolute() else Path.home() / ".local" / "share"
