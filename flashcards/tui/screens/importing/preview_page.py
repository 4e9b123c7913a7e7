"""The preview of an import as lines: decks, notes, changed words, problems."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from textual.content import Content

from flashcards.importing.preview.changed_decks import ChangeKind
from flashcards.importing.preview.diff import (
    ADDED,
    REMOVED,
    UNCHANGED,
    diff_on_one_line,
)
from flashcards.importing.preview.result_text import count_problems
from flashcards.tui.rendering.lines import blank, cut, justify, pad, span
from flashcards.tui.rendering.markdown import card_line, stored, stored_piece
from flashcards.tui.screens.importing.preview_state import MOST_PROBLEMS
from flashcards.tui.theme.themes import area_role
from flashcards.tui.widgets.base import clickable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.style import Style

    from flashcards.domain.content import Problem
    from flashcards.importing.preview.changed_decks import (
        ChangedDeck,
        ChangedNote,
        FieldChange,
    )
    from flashcards.tui.screens.importing.preview_state import PreviewRow, PreviewState
    from flashcards.tui.theme.themes import Look

_ROLES = {"+": "good", "~": "hard", ">": "easy", "-": "again"}
_WORDS = {
    ChangeKind.ADDED: "new",
    ChangeKind.CHANGED: "changed",
    ChangeKind.REWORDED: "new meaning",
    ChangeKind.MOVED: "moved here",
    ChangeKind.RETURNED: "back again",
    ChangeKind.RETIRED: "retired",
}
_AROUND = 40
_MOST_LINES = 3
"""Lines shown of one side of a field; more are cut."""


def preview_lines(
    state: PreviewState, look: Look, width: int
) -> tuple[list[Content], tuple[int, int]]:
    """Return the page, and the first and last line of the row under the cursor."""
    bright = look.style("text", bold=True)
    lines = [*span(state.sentence(), bright).wrap(width), blank()]
    first = last = 0
    for number, row in enumerate(state.rows):
        if row.problem and (number == 0 or not state.rows[number - 1].problem):
            lines += [blank(), *span(_heading(state), bright).wrap(width)]
        raised = number == state.cursor
        first = len(lines) if raised else first
        action = f"screen.click_row({number})"
        lines += [
            clickable(line, action) for line in _row(row, state, look, width, raised)
        ]
        last = len(lines) - 1 if raised else last
    return lines, (first, last)


def _row(
    row: PreviewRow, state: PreviewState, look: Look, width: int, raised: bool
) -> Iterator[Content]:
    if row.problem:
        yield from _problem(row.problem, state, look, width, raised)
    elif row.note:
        yield _note(row.note, look, width, raised)
        if raised:
            yield from _fields(row.note, look, width)
    elif row.more:
        text = f"{row.more:,} more; `import --dry-run --json` lists all"
        more = span(text, look.style("muted"))
        left = Content.assemble(_cursor(look, raised), "   ", more)
        yield _row_line(left, blank(), look, width, raised)
    elif row.deck:
        yield _deck(row.deck, state, look, width, raised)


def _heading(state: PreviewState) -> str:
    limit = ""
    if len(state.problems) > MOST_PROBLEMS:
        limit = f", of which {MOST_PROBLEMS} are shown"
    others = " Everything else can be imported." if state.notes else ""
    return f"{count_problems(state.problems)}{limit}.{others}"


def _deck(
    deck: ChangedDeck, state: PreviewState, look: Look, width: int, raised: bool
) -> Content:
    is_excluded = deck.deck in state.excluded
    bar = span(look.glyphs.bar, look.style(area_role(deck.deck), raised=raised))
    name = stored(deck.deck, look.style("text", bold=True, raised=raised))
    gap = (" ", look.style("text", raised=raised))
    left = Content.assemble(_cursor(look, raised), bar, gap, name)
    if is_excluded:
        right = span("left out ", look.style("again", raised=raised))
    else:
        right = _change_counts(deck, state, look, raised)
    return _row_line(left, right, look, width, raised)


def _change_counts(
    deck: ChangedDeck, state: PreviewState, look: Look, raised: bool
) -> Content:
    by_sign: Counter[str] = Counter()
    for change, number in state.counts(deck).items():
        by_sign[change.sign] += number
    parts = [
        span(f"{sign}{by_sign[sign]:,}", look.style(role, bold=True, raised=raised))
        for sign, role in _ROLES.items()
        if by_sign[sign]
    ]
    muted = look.style("muted", raised=raised)
    if deck.unchanged:
        parts.append(span(f"={deck.unchanged:,}", muted))
    if deck.is_file_missing:
        parts.append(span("its file is gone", muted))
    return Content("  ").join(parts) + span(" ", muted)


def _note(note: ChangedNote, look: Look, width: int, raised: bool) -> Content:
    sign = note.change.sign
    description = _WORDS[note.change]
    if note.moved_from:
        description = f"{description} from {note.moved_from}"
    left = Content.assemble(
        _cursor(look, raised),
        ("   ", look.style("text", raised=raised)),
        (f"{sign} ", look.style(_ROLES[sign], bold=True, raised=raised)),
        card_line(note.front, look, look.style("text", raised=raised)),
    )
    right = cut(
        stored(description, look.style("muted", raised=raised)),
        max(width // 3, 12),
        look.glyphs.more,
    )
    return _row_line(left, right + span(" "), look, width, raised)


def _fields(note: ChangedNote, look: Look, width: int) -> Iterator[Content]:
    """Give the id of a note and its changed fields, with the differences highlighted."""
    indent = " " * 6
    yield span(indent) + stored(note.note, look.style("muted"))
    for field in note.fields:
        yield span(indent) + stored(field.field, look.style("accent"))
        for sign, line in _sides(field, look):
            wrapped = line.wrap(max(width - len(indent) - 2, 8))
            start = span(indent) + span(f"{sign} ", look.style(_ROLES[sign], bold=True))
            for number, part in enumerate(wrapped[:_MOST_LINES]):
                is_cut = number == _MOST_LINES - 1 and len(wrapped) > _MOST_LINES
                head = start if number == 0 else span(f"{indent}  ")
                yield head + part + span(look.glyphs.more if is_cut else "")


def _sides(field: FieldChange, look: Look) -> Iterator[tuple[str, Content]]:
    pieces = diff_on_one_line(field.before, field.after, _AROUND)
    for sign in (REMOVED, ADDED):
        if not (field.before if sign == REMOVED else field.after):
            continue
        strong = look.style(_ROLES[sign], bold=True)
        muted = look.style("muted")
        yield (
            sign,
            Content("").join(
                stored_piece(
                    text, muted if piece_sign == UNCHANGED else strong, look.glyphs.more
                )
                for piece_sign, text in pieces
                if piece_sign in (UNCHANGED, sign)
            ),
        )


def _problem(
    problem: Problem, state: PreviewState, look: Look, width: int, raised: bool
) -> Iterator[Content]:
    role = "again" if problem.severity == "error" else "hard"
    sign = look.glyphs.ratings[0] if problem.severity == "error" else "!"
    position = f":{problem.line}:{problem.column}" if problem.line else ""
    left = Content.assemble(
        _cursor(look, raised),
        (f"{sign} ", look.style(role, bold=True, raised=raised)),
        stored(
            f"{state.short_path(problem)}{position}", look.style("text", raised=raised)
        ),
    )
    right = stored(f"{problem.rule} ", look.style("muted", raised=raised))
    yield _row_line(left, right, look, width, raised)
    if raised:
        message = stored(problem.message, look.style("text"))
        for line in message.wrap(max(width - 4, 8)):
            yield span("    ") + line


def _cursor(look: Look, raised: bool) -> tuple[str, Style]:
    sign = look.glyphs.cursor if raised else " "
    return sign, look.style("accent", raised=raised)


def _row_line(
    left: Content, right: Content, look: Look, width: int, raised: bool
) -> Content:
    line = pad(justify(left, right, width, look.glyphs.more), width)
    return line.stylize_before(look.style("text", raised=True)) if raised else line
