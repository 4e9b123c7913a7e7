"""Every key of the app in one table: footer, help screen and docs/keys.md read it."""

from __future__ import annotations

from flashcards.tui.keys.figure_keys import FIGURE_KEYS
from flashcards.tui.keys.import_keys import IMPORT_KEYS
from flashcards.tui.keys.key import EVERYWHERE, Key
from flashcards.tui.keys.session_keys import SESSION_KEYS

KEYS: tuple[Key, ...] = (
    Key("everywhere.help", ("?", "f1"), "app.help", "help", "This list"),
    Key(
        "everywhere.commands",
        ("ctrl+p",),
        "app.command_palette",
        "commands",
        "Everything by name, and the themes",
    ),
    Key(
        "everywhere.quit",
        ("ctrl+q",),
        "app.leave",
        "quit",
        "Leave at once; every answer is kept",
    ),
    Key(
        "home.start",
        ("enter",),
        "start",
        "start",
        "Start today's cards, or the area or deck under the cursor",
    ),
    Key(
        "home.review",
        ("s",),
        "review",
        "just review",
        "Start today's cards, without the diagnostic",
    ),
    Key(
        "home.diagnostic",
        ("g",),
        "diagnostic",
        "diagnostic",
        "Begin the diagnostic, or go on with one that was left",
    ),
    Key("home.up", ("up",), "move(-1)", "up", "Go up the list of decks", ("k", "up")),
    Key(
        "home.down",
        ("down",),
        "move(1)",
        "down",
        "Go down the list of decks",
        ("j", "down"),
    ),
    Key("home.page_up", ("pageup",), "move(-10)", "page up", "Ten rows up"),
    Key("home.page_down", ("pagedown",), "move(10)", "page down", "Ten rows down"),
    Key(
        "home.fold",
        ("space",),
        "fold",
        "fold",
        "Fold or unfold the area under the cursor",
    ),
    Key("home.close", ("left",), "fold(True)", "fold", "Fold the area", ("h", "left")),
    Key(
        "home.open",
        ("right",),
        "fold(False)",
        "unfold",
        "Unfold the area",
        ("l", "right"),
    ),
    Key("home.today", ("escape",), "today", "today", "Back to the button"),
    Key(
        "home.import_decks",
        ("i",),
        "go('import')",
        "import decks",
        "Import files or directories, and see first what they change",
    ),
    Key(
        "home.plan",
        ("p",),
        "go('plan')",
        "plan",
        "The interview date: what it comes to, and what is to be done",
    ),
    Key(
        "home.statistics",
        ("t",),
        "go('statistics')",
        "statistics",
        "What the reviews so far show",
    ),
    Key("home.undo", ("u",), "undo", "undo", "Take back the last answer or change"),
    Key("home.redo", ("ctrl+r",), "redo", "redo", "Do again what was taken back"),
    Key(
        "home.quiz",
        ("z",),
        "app.quiz",
        "quiz",
        "Choose decks, topics and tags for a quiz or an exam",
    ),
    Key("home.quit", ("q",), "app.leave", "quit", "Leave"),
    *SESSION_KEYS,
    *FIGURE_KEYS,
    *IMPORT_KEYS,
    Key("help.down", ("down", "pagedown"), "page(1)", "down", "Scroll down", ("j", "down")),
    Key("help.up", ("up", "pageup"), "page(-1)", "up", "Scroll up", ("k", "up")),
    Key("help.back", ("escape", "q"), "back", "back", "Back"),
    Key("report.send", ("enter",), "send", "save the report", "Save the report"),
    Key("report.cancel", ("escape",), "cancel", "cancel", "Cancel without a report"),
    Key("ask.send", ("enter",), "send", "save", "Save the text"),
    Key("ask.cancel", ("escape",), "cancel", "cancel", "Cancel without a change"),
)

SCREENS = {
    EVERYWHERE: "Everywhere",
    "home": "Home",
    "review": "Review",
    "answer": "Answering a quiz question",
    "summary": "End of a session",
    "diagnostic": "End of the diagnostic",
    "quiz": "Quiz",
    "exam": "Exam",
    "result": "Result of a quiz",
    "item": "A question of a quiz",
    "info": "Card info",
    "plan": "Plan",
    "days_off": "Days off",
    "statistics": "Statistics",
    "import": "Import",
    "import_plan": "Import preview",
    "help": "Help",
    "report": "Report",
    "ask": "Question",
}
"""Screens in the order in which help and docs list them."""
