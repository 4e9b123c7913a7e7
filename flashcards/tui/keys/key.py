"""One action of the app with its keys and its words in footer and help."""

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
"""Actions that move a cursor or change a figure by one step, and lose nothing."""


@dataclass(frozen=True, slots=True)
class Key:
    """One action of one screen, with the keys that run it."""

    id: str
    """`screen.name`, as the settings file spells it."""
    keys: tuple[str, ...]
    action: str
    """Textual's action. With `{}` in it, each key runs its own action, filled with the
    position of the key."""
    words: str
    """A few words for the footer."""
    help: str
    """A sentence for the help screen and the docs."""
    vim: tuple[str, ...] = ()
    """Keys of the preset `vim`, if they differ."""

    @property
    def screen(self) -> str:
        """The screen where the keys work."""
        return self.id.partition(".")[0]

    @property
    def is_move(self) -> bool:
        """Whether the action moves by one step, so that holding its key repeats it."""
        name, _, argument = self.action.partition("(")
        return name in _MOVES and argument != "0)"
