"""The keys of importing: choosing a path, and looking at the plan."""

from flashcards.tui.keys.key import Key

IMPORT_KEYS: tuple[Key, ...] = (
    Key(
        "import.look",
        ("enter",),
        "look",
        "see the plan",
        "See what the path would change",
    ),
    Key(
        "import.complete",
        ("tab",),
        "complete",
        "complete",
        "Put what the cursor is on into the path; open a directory",
    ),
    Key("import.up", ("up",), "move(-1)", "up", "Up the list"),
    Key("import.down", ("down",), "move(1)", "down", "Down the list"),
    Key("import.page_up", ("pageup",), "move(-10)", "page up", "Ten rows up"),
    Key("import.page_down", ("pagedown",), "move(10)", "page down", "Ten rows down"),
    Key("import.back", ("escape",), "back", "back", "Back to the start"),
    Key(
        "import_plan.apply",
        ("enter",),
        "apply",
        "import",
        "Import what is shown, as one step that undo takes back",
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
        "leave_out",
        "leave out",
        "Leave the deck under the cursor as it is, or take it in again",
    ),
    Key(
        "import_plan.reworded",
        ("r",),
        "reworded",
        "reworded notes",
        "Keep, soften or reset the histories of notes that mean something else now",
    ),
    Key(
        "import_plan.problems",
        ("f",),
        "problems",
        "faults",
        "Go to the faults and back",
    ),
    Key(
        "import_plan.back",
        ("escape", "q"),
        "back",
        "back",
        "Back without a change; while it works: stop",
    ),
)
