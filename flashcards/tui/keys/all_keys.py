"""All keys of the app in one table, for the footer, the help screen and docs/keys.md."""

from __future__ import annotations

from flashcards.tui.keys.figure_keys import FIGURE_KEYS
from flashcards.tui.keys.import_keys import IMPORT_KEYS
from flashcards.tui.keys.key import EVERYWHERE, Key
from flashcards.tui.keys.session_keys import SESSION_KEYS

KEYS: tuple[Key, ...] = (
    Key("everywhere.help", ("?", "f1"), "app.help", "help", "Show all keys"),
    Key(
        "everywhere.commands",
        ("ctrl+p",),
        "app.command_palette",
        "commands",
        "Show all actions and themes by name",
    ),
    Key(
        "everywhere.quit",
        ("ctrl+q",),
        "app.leave",
        "quit",
        "Quit; every answer is saved",
    ),
    Key(
        "home.start",
        ("enter",),
        "start",
        "start",
        "Review today's cards, or the area or deck under the cursor",
    ),
    Key(
        "home.review",
        ("s",),
        "review",
        "review",
        "Review today's cards without the diagnostic",
    ),
    Key(
        "home.diagnostic",
        ("g",),
        "diagnostic",
        "diagnostic",
        "Start the diagnostic, or resume an unfinished one",
    ),
    Key("home.up", ("up",), "move(-1)", "up", "Move up the list of decks", ("k", "up")),
    Key(
        "home.down",
        ("down",),
        "move(1)",
        "down",
        "Move down the list of decks",
        ("j", "down"),
    ),
    Key("home.page_up", ("pageup",), "move(-10)", "page up", "Move up ten rows"),
    Key("home.page_down", ("pagedown",), "move(10)", "page down", "Move down ten rows"),
    Key(
        "home.fold",
        ("space",),
        "fold",
        "fold",
        "Fold or unfold the area under the cursor",
    ),
    Key(
        "home.close",
        ("left",),
        "fold(True)",
        "fold",
        "Fold the area under the cursor",
        ("h", "left"),
    ),
    Key(
        "home.open",
        ("right",),
        "fold(False)",
        "unfold",
        "Unfold the area under the cursor",
        ("l", "right"),
    ),
    Key("home.today", ("escape",), "today", "today", "Return to the button"),
    Key(
        "home.import_decks",
        ("i",),
        "go('import')",
        "import decks",
        "Import files or directories, with a preview of the changes",
    ),
    Key(
        "home.plan",
        ("p",),
        "go('plan')",
        "plan",
        "Set the interview date, and see the forecast and the tasks",
    ),
    Key(
        "home.statistics",
        ("t",),
        "go('statistics')",
        "statistics",
        "Show the statistics of all reviews",
    ),
    Key("home.undo", ("u",), "undo", "undo", "Undo the last answer or change"),
    Key(
        "home.redo", ("ctrl+r",), "redo", "redo", "Redo the last change that was undone"
    ),
    Key(
        "home.quiz",
        ("z",),
        "app.quiz",
        "quiz",
        "Choose decks, topics and tags for a quiz or an exam",
    ),
    Key("home.quit", ("q",), "app.leave", "quit", "Quit"),
    *SESSION_KEYS,
    *FIGURE_KEYS,
    *IMPORT_KEYS,
    Key(
        "help.down",
        ("down", "pagedown"),
        "page(1)",
        "down",
        "Scroll down",
        ("j", "down"),
    ),
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
