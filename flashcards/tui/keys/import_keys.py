"""The keys of importing: choosing a path, and the preview of its changes."""

from flashcards.tui.keys.key import Key

IMPORT_KEYS: tuple[Key, ...] = (
    Key(
        "import.look",
        ("enter",),
        "preview",
        "preview",
        "Preview what importing the path would change",
    ),
    Key(
        "import.complete",
        ("tab",),
        "complete",
        "complete",
        "Complete the path with the row under the cursor; open a directory",
    ),
    Key("import.up", ("up",), "move(-1)", "up", "Up the list"),
    Key("import.down", ("down",), "move(1)", "down", "Down the list"),
    Key("import.page_up", ("pageup",), "move(-10)", "page up", "Ten rows up"),
    Key("import.page_down", ("pagedown",), "move(10)", "page down", "Ten rows down"),
    Key("import.back", ("escape",), "back", "back", "Back to the home screen"),
    Key(
        "import_plan.apply",
        ("enter",),
        "apply",
        "import",
        "Import what is shown, as one operation that can be undone",
    ),
    Key("import_plan.up", ("up",), "move(-1)", "up", "Up the list", ("k", "up")),
    Key(
        "import_plan.down", ("down",), "move(1)", "down", "Down the list", ("j", "down")
    ),
    Key("import_plan.page_up", ("pageup",), "move(-10)", "page up", "Ten rows up"),
    Key(
        "import_plan.page_down", ("pagedown",), "move(10)", "page down", "Ten rows down"
    ),
    Key(
        "import_plan.open",
        ("right",),
        "fold(False)",
        "open",
        "Show the notes of the deck",
        ("l", "right"),
    ),
    Key(
        "import_plan.close",
        ("left",),
        "fold(True)",
        "close",
        "Hide the notes of the deck",
        ("h", "left"),
    ),
    Key(
        "import_plan.leave_out",
        ("x", "space"),
        "toggle_deck",
        "leave out",
        "Leave the deck under the cursor out, or include it again",
    ),
    Key(
        "import_plan.reworded",
        ("r",),
        "next_policy",
        "reworded notes",
        "Keep, soften or reset the histories of notes with a new meaning",
    ),
    Key(
        "import_plan.problems",
        ("f",),
        "go_to_problems",
        "problems",
        "Go to the problems and back",
    ),
    Key(
        "import_plan.back",
        ("escape", "q"),
        "back",
        "back",
        "Go back without importing; while files are read or imported: stop",
    ),
)
