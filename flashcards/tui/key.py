"""One key of the app: what starts it, what it does, in footer and help."""

from __future__ import annotations

from dataclasses import dataclass

EVERYWHERE = "everywhere"


@dataclass(frozen=True, slots=True)
class Key:
    """One action of one screen with the keys that start it."""

    id: str
    """`screen.name`, as the settings file spells it."""
    keys: tuple[str, ...]
    action: str
    """Textual's action; with `{}` in it each key starts its own, by the key's place."""
    words: str
    """What it does, in the footer."""
    help: str
    """What it does, in a sentence of the help screen."""
    vim: tuple[str, ...] = ()
    """Keys of the preset `vim`, where it has others."""

    @property
    def screen(self) -> str:
        """The screen on which the keys work."""
        return self.id.partition(".")[0]
