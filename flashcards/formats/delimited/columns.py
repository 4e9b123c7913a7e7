"""Find what the columns of a table hold by the names that people and programs give them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAMES_BY_ROLE = {
    "id": "id guid uuid noteid cardid key",
    "front": "front question q term prompt word expression concept "
    "frage begriff vorderseite recto terme pregunta término вопрос термин 问题 正面 質問 表",
    "back": "back answer a definition meaning response translation description expansion "
    "antwort erklärung bedeutung rückseite réponse verso définition respuesta definición "
    "ответ определение 答案 背面 回答 裏",
    "text": "text cloze clozetext",
    "why": "why explanation extra backextra rationale comment remarks feedback",
    "hint": "hint clue",
    "deck": "deck deckname",
    "tags": "tags tag labels keywords",
    "kind": "kind type notetype cardtype",
    "tier": "tier",
    "topic": "topic",
    "correct": "correct correctanswer correctoption correctanswers rightanswer solution answerkey",
    "options": "options choices answers",
    "json": "json",
}
_ROLES = {
    name: role for role, names in _NAMES_BY_ROLE.items() for name in names.split()
}
_OPTION = re.compile(r"(?:option|choice|answer|opt|antwort)?([1-9][0-9]{0,2}|[a-z])")
_OWN_ROLES = frozenset(("id", "kind", "front", "json"))
_BASIC_ROLES = frozenset(("front", "back"))
_SIMPLE_ROLES = _BASIC_ROLES | {"deck", "tags"}
_SIDE_ROLES = frozenset(("front", "back", "text"))
_ANSWER_ROLES = frozenset(("text", "correct", "json"))
"""Columns that make an answer column unnecessary."""
_QUESTION_NAMES = frozenset(
    ("question", "front", "frage", "vorderseite", "recto", "pregunta", "вопрос", "问题", "質問")
)  # fmt: skip
"""Names of a question column that would not be the question of a card."""
_POSSIBLE_QUESTION_NAMES = frozenset((
    "acronym", "abbreviation", "vocab", "vocabulary", "name", "title", "subject", "symbol", "headword", "phrase",
    "statement", "command", "shortcut", "function", "topic", "item",
))  # fmt: skip
"""Names of a question column if another column is clearly the answer."""
_HEADER_ONLY_ROLES = frozenset(("id", "tags", "deck", "kind"))
"""Columns whose names would not be the texts of a card."""
_NOT_IN_NAMES = re.compile(r"[\W_]+")
_MAX_NAME_LENGTH = 40
_MAX_TAG_WORDS = 8


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what, counted from 0."""

    by_role: dict[str, int]
    """Column by role: id, front, back, why, hint, deck, tags, kind and so on."""
    options: tuple[int, ...] = ()
    """The columns of the options of a choice, in order."""
    extra: tuple[int, ...] = ()
    """Further columns, whose texts are added to the why."""
    unknown: tuple[str, ...] = ()
    """The names that are not known."""
    names: tuple[str, ...] = ()
    """All names in order; empty if the table has no header."""
    guessed_names: tuple[str, str] = ("", "")
    """The names of the columns that were taken as question and answer for lack of others."""

    @property
    def is_own(self) -> bool:
        """Whether the table was written by this program."""
        return self.by_role.keys() >= _OWN_ROLES

    @property
    def has_question(self) -> bool:
        """Whether a column holds the question."""
        return "front" in self.by_role or "text" in self.by_role

    @property
    def is_simple(self) -> bool:
        """Whether rows are questions with answers, at most with decks and tags."""
        has_more = self.options or self.extra
        return not has_more and _BASIC_ROLES <= self.by_role.keys() <= _SIMPLE_ROLES


def is_header(cells: Sequence[str]) -> bool:
    """Return whether a row names columns: question and answer, or one of them and others."""
    columns = parse_header(cells)
    if not columns.names:
        return False
    known = len(columns.by_role) + len(columns.options)
    # Single letters may be the texts of a card.
    is_plain = columns.by_role.keys() >= _BASIC_ROLES and all(
        len(cells[columns.by_role[role]].strip()) > 1 for role in _BASIC_ROLES
    )
    return is_plain or (known > 1 and (known > len(columns.unknown) or known > 2))  # noqa: PLR2004


def parse_header(cells: Sequence[str]) -> Columns:
    """Parse a header row; the result has no columns if the row is not a header."""
    if len(cells) < 2 or any(len(cell) > _MAX_NAME_LENGTH for cell in cells):  # noqa: PLR2004
        return Columns({})
    names = [_normalize_name(cell) for cell in cells]
    options = _find_options(names)
    by_role: dict[str, int] = {}
    unknown = []
    for column, name in enumerate(names):
        if column in options:
            continue
        role = _ROLES.get(name, "")
        if options and role == "back":
            role = "correct" if "correct" not in by_role else "why"
        if role and role not in by_role:
            by_role[role] = column
        elif name:
            unknown.append(" ".join(cells[column].split()))
    guessed_names = _assign_sides(by_role, names, cells) if not options else ("", "")
    used_names = [" ".join(cells[column].split()) for column in by_role.values()]
    unknown = [name for name in unknown if name not in used_names]
    if not _SIDE_ROLES & by_role.keys():
        return Columns({})
    return Columns(
        by_role,
        tuple(options),
        unknown=tuple(unknown),
        names=tuple(cells),
        guessed_names=guessed_names,
    )


def lacks_question_column(cells: Sequence[str]) -> bool:
    """Return whether a row names known columns, but none for the question."""
    if len(cells) < 2 or parse_header(cells).names:  # noqa: PLR2004
        return False
    roles = [_ROLES.get(_normalize_name(cell), "") for cell in cells]
    return (
        all(roles) and len(set(roles)) > 1 and not _HEADER_ONLY_ROLES.isdisjoint(roles)
    )


def _assign_sides(
    by_role: dict[str, int], names: Sequence[str], cells: Sequence[str]
) -> tuple[str, str]:
    """Assign question and answer if no column is named so.

    Return the names of the columns that were guessed to be question and answer, or empty names.
    """
    if "front" in by_role or "text" in by_role:
        return _assign_answer(by_role, names, cells)
    if "back" in by_role:
        columns = [
            i for i, name in enumerate(names) if name in _POSSIBLE_QUESTION_NAMES
        ]
        if columns:
            _assign_role(by_role, "front", columns[0])
        return "", ""
    return _guess_sides(by_role, names, cells)


def _assign_answer(
    by_role: dict[str, int], names: Sequence[str], cells: Sequence[str]
) -> tuple[str, str]:
    """Assign the answer of a table whose question column is known."""
    if "back" in by_role or not _ANSWER_ROLES.isdisjoint(by_role):
        return "", ""
    if "why" in by_role:
        # The explanation is all there is of an answer.
        by_role["back"] = by_role.pop("why")
    elif len(names) == 2 and names[0] in _QUESTION_NAMES:  # noqa: PLR2004
        by_role["back"] = 1
        return cells[0].strip(), cells[1].strip()
    return "", ""


def _guess_sides(
    by_role: dict[str, int], names: Sequence[str], cells: Sequence[str]
) -> tuple[str, str]:
    """Take the first two unknown columns as question and answer.

    This needs enough other columns that are known, so that the row is surely a header.
    """
    spare = [i for i, name in enumerate(names) if name and name not in _ROLES]
    if len(by_role) < 2 or _HEADER_ONLY_ROLES.isdisjoint(by_role) or not spare:  # noqa: PLR2004
        return "", ""
    if len(spare) == 1 and "why" in by_role:
        spare.append(by_role.pop("why"))
    if len(spare) == 1:
        return "", ""
    by_role["front"], by_role["back"] = spare[:2]
    front, back = (" ".join(cells[column].split()) for column in spare[:2])
    return front, back


def _assign_role(by_role: dict[str, int], role: str, column: int) -> None:
    """Assign a role to a column, instead of any other role it has."""
    for name in [name for name, position in by_role.items() if position == column]:
        del by_role[name]
    by_role[role] = column


def _normalize_name(cell: str) -> str:
    return _NOT_IN_NAMES.sub("", cell.casefold())


def guess_columns(width: int, sample: Sequence[Sequence[str]]) -> Columns:
    """Guess what the columns of a table without a header hold: question, answer, tags.

    A third column of sentences is the why.
    """
    third_cells = [row[2] for row in sample if len(row) > 2]  # noqa: PLR2004
    are_tags = all(len(cell.split()) <= _MAX_TAG_WORDS for cell in third_cells)
    roles = ("front", "back", "tags" if are_tags else "why")
    return Columns({role: column for column, role in enumerate(roles[:width])})


def _find_options(names: Sequence[str]) -> list[int]:
    """Find the columns of options such as `option_1` or `a`, if there are at least two."""
    by_number: dict[int, int] = {}
    doubtful_by_number: dict[int, int] = {}
    for column, name in enumerate(names):
        match = _OPTION.fullmatch(name)
        if match:
            number_or_letter = match[1]
            number = (
                int(number_or_letter) - 1
                if number_or_letter.isdigit()
                else ord(number_or_letter) - ord("a")
            )
            # `options` may be option s, and `q` the question.
            is_doubtful = name in _ROLES and (len(name) > 1 or name == "q")
            (doubtful_by_number if is_doubtful else by_number).setdefault(
                number, column
            )
    if not {0, 1} <= by_number.keys():
        return []
    for number, column in sorted(doubtful_by_number.items()):
        if number - 1 in by_number:
            by_number.setdefault(number, column)
    return [by_number[number] for number in sorted(by_number)]
