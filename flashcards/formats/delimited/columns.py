"""What the columns of a table hold, by the names that people and programs give them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAMES = {
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
_ROLES = {name: role for role, names in _NAMES.items() for name in names.split()}
_OPTION = re.compile(r"(?:option|choice|answer|opt|antwort)?([1-9][0-9]{0,2}|[a-z])")
_OWN = frozenset(("id", "kind", "front", "json"))
_BASIC = frozenset(("front", "back"))
_SIMPLE = _BASIC | {"deck", "tags"}
_CONTENT = frozenset(("front", "back", "text"))
_ANSWERED = frozenset(("text", "correct", "json"))
"""Columns that make a column for the answer needless."""
_ASKS = frozenset(
    ("question", "front", "frage", "vorderseite", "recto", "pregunta", "вопрос", "问题", "質問")
)  # fmt: skip
"""Names of a column for the question that no card would ask with."""
_MAY_ASK = frozenset((
    "acronym", "abbreviation", "vocab", "vocabulary", "name", "title", "subject", "symbol", "headword", "phrase",
    "statement", "command", "shortcut", "function", "topic", "item",
))  # fmt: skip
"""Names of a column for the question where another one is for the answer."""
_SPOKEN = frozenset(("id", "tags", "deck", "kind"))
"""Columns whose names no card would have for its texts."""
_NO_NAME = re.compile(r"[\W_]+")
_MOST_NAME = 40
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what, counted from 0."""

    places: dict[str, int]
    """Column by role: id, front, back, why, hint, deck, tags, kind and so on."""
    options: tuple[int, ...] = ()
    """The columns of the options of a choice, in order."""
    more: tuple[int, ...] = ()
    """Further columns, whose texts belong to the why."""
    unknown: tuple[str, ...] = ()
    """The names that say nothing to us."""
    names: tuple[str, ...] = ()
    """All names in order; empty where the table has none."""
    guessed: tuple[str, str] = ("", "")
    """The names of the columns that are question and answer only because no other is."""

    @property
    def is_own(self) -> bool:
        """True where the table is one that we wrote."""
        return self.places.keys() >= _OWN

    @property
    def asks(self) -> bool:
        """True where one of the columns holds the question."""
        return "front" in self.places or "text" in self.places

    @property
    def is_simple(self) -> bool:
        """True where rows are questions with their answers, perhaps in decks and with tags."""
        has_more = self.options or self.more
        return not has_more and _BASIC <= self.places.keys() <= _SIMPLE


def is_header(cells: Sequence[str]) -> bool:
    """Tell whether a row names columns: question and answer, or one of them and more."""
    columns = columns_of(cells)
    if not columns.names:
        return False
    known = len(columns.places) + len(columns.options)
    # Single letters may be texts.
    is_plain = columns.places.keys() >= _BASIC and all(
        len(cells[columns.places[role]].strip()) > 1 for role in _BASIC
    )
    return is_plain or (known > 1 and (known > len(columns.unknown) or known > 2))  # noqa: PLR2004


def columns_of(cells: Sequence[str]) -> Columns:
    """Return what the columns hold by the row that names them; nothing where it does not."""
    if len(cells) < 2 or any(len(cell) > _MOST_NAME for cell in cells):  # noqa: PLR2004
        return Columns({})
    names = [_bare(cell) for cell in cells]
    options = _options(names)
    places: dict[str, int] = {}
    unknown = []
    for place, name in enumerate(names):
        if place in options:
            continue
        role = _ROLES.get(name, "")
        if options and role == "back":
            role = "correct" if "correct" not in places else "why"
        if role and role not in places:
            places[role] = place
        elif name:
            unknown.append(" ".join(cells[place].split()))
    guessed = _settle_sides(places, names, cells) if not options else ("", "")
    used = [" ".join(cells[place].split()) for place in places.values()]
    unknown = [name for name in unknown if name not in used]
    if not _CONTENT & places.keys():
        return Columns({})
    return Columns(
        places,
        tuple(options),
        unknown=tuple(unknown),
        names=tuple(cells),
        guessed=guessed,
    )


def names_no_question(cells: Sequence[str]) -> bool:
    """Return whether a row names columns we know, but none that a question could be in."""
    if len(cells) < 2 or columns_of(cells).names:  # noqa: PLR2004
        return False
    roles = [_ROLES.get(_bare(cell), "") for cell in cells]
    return all(roles) and len(set(roles)) > 1 and not _SPOKEN.isdisjoint(roles)


def _settle_sides(
    places: dict[str, int], names: Sequence[str], cells: Sequence[str]
) -> tuple[str, str]:
    """Find question and answer among columns that no name calls so.

    The first columns that we do not know are taken, and their names returned, where enough
    others are known for the row to name columns at all.
    """
    spare = [place for place, name in enumerate(names) if name and name not in _ROLES]
    if "front" in places or "text" in places:
        if "back" in places or not _ANSWERED.isdisjoint(places):
            return "", ""
        if "why" in places:
            # A question with nothing but its explanation.
            places["back"] = places.pop("why")
        elif len(names) == 2 and names[0] in _ASKS:  # noqa: PLR2004
            places["back"] = 1
            return cells[0].strip(), cells[1].strip()
        return "", ""
    if "back" in places:
        asking = [place for place, name in enumerate(names) if name in _MAY_ASK]
        if asking:
            _give(places, "front", asking[0])
        return "", ""
    if len(places) < 2 or _SPOKEN.isdisjoint(places) or not spare:  # noqa: PLR2004
        return "", ""
    if len(spare) == 1 and "why" in places:
        spare.append(places.pop("why"))
    if len(spare) == 1:
        return "", ""
    places["front"], places["back"] = spare[:2]
    front, back = (" ".join(cells[place].split()) for place in spare[:2])
    return front, back


def _give(places: dict[str, int], role: str, column: int) -> None:
    """Give a column another role than the one that it may have."""
    for name in [name for name, place in places.items() if place == column]:
        del places[name]
    places[role] = column


def _bare(cell: str) -> str:
    return _NO_NAME.sub("", cell.casefold())


def unnamed_columns(width: int, sample: Sequence[Sequence[str]]) -> Columns:
    """Return what the columns of a table without names hold: question, answer, tags.

    A third column of sentences is no tags but the why.
    """
    third = [row[2] for row in sample if len(row) > 2]  # noqa: PLR2004
    are_tags = all(len(cell.split()) <= _MOST_WORDS for cell in third)
    roles = ("front", "back", "tags" if are_tags else "why")
    return Columns({role: place for place, role in enumerate(roles[:width])})


def _options(names: Sequence[str]) -> list[int]:
    """Return the columns of options such as `option_1` or `a`, where there are at least two."""
    found: dict[int, int] = {}
    in_doubt: dict[int, int] = {}
    for place, name in enumerate(names):
        match = _OPTION.fullmatch(name)
        if match:
            sign = match[1]
            number = int(sign) - 1 if sign.isdigit() else ord(sign) - ord("a")
            # Option s may be the word options, and q the question.
            is_in_doubt = name in _ROLES and (len(name) > 1 or name == "q")
            (in_doubt if is_in_doubt else found).setdefault(number, place)
    if not {0, 1} <= found.keys():
        return []
    for number, place in sorted(in_doubt.items()):
        if number - 1 in found:
            found.setdefault(number, place)
    return [found[number] for number in sorted(found)]
