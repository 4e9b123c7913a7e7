"""One key of the app: what starts it, what it does, in footer and help."""

from __future__ import annotations

from dataclasses import dataclass

EVERYWHERE = "everywhere"
_MOVES = frozenset(
    {
        "move",
        "page",
        "scroll_card",
        "choose",
        "step",
        "turn",
        "shift",
        "change",
        "minutes",
        "weight",
        "day",
        "target",
    }
)
"""Actions that move a cursor or a figure by one, and lose nothing."""


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

    @property
    def is_move(self) -> bool:
        """Whether the action moves by one, so that it goes on while its key is held."""
        name, _, rest = self.action.partition("(")
        return name in _MOVES and rest != "0)"
