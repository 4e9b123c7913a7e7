"""Find the operation that undo undoes next, and the one that redo redoes.

Undo takes the newest operation of some kinds that is not undone, redo the oldest one that is
undone. A new operation drops whatever could be redone. Operations of different kinds
change different columns, so each kind is a stack of its own, and those of some kinds may
be undone and redone past those of others. An import with review histories changes the
columns of all of them: it is undone after everything that came later, and nothing before it is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from typing import Any

Kinds = Collection[str] | None
"""Kinds of operation; None means every kind."""

Ask = Callable[[str, tuple[Any, ...]], Any]
"""Runs a query and returns the first value of its first row, or None."""

IMPORT = "import"
HISTORY = "history"
"""An import with review histories."""

IMPORTS_IN_FORCE = """
    SELECT coalesce(max(id), 0) || '.' || coalesce(max(id) FILTER (WHERE undone = 0), 0)
    FROM main.operations WHERE kind IN ('import', 'history')
"""
"""Identifies the current imports: the last one made, and the last one not undone."""

_NEWEST_LIVE = (
    "SELECT id FROM main.operations WHERE undone = 0 ORDER BY id DESC LIMIT 1"
)
_OLDEST_UNDONE = "SELECT id FROM main.operations WHERE undone = 1 ORDER BY id LIMIT 1"
# One search of the index for each kind; a plain IN would sort every operation there is.
_NEWEST_LIVE_OF = """
    SELECT max((SELECT max(id) FROM main.operations WHERE kind = asked.value AND undone = 0))
    FROM json_each(?) AS asked
"""
_OLDEST_UNDONE_OF = """
    SELECT min((SELECT min(id) FROM main.operations WHERE kind = asked.value AND undone = 1))
    FROM json_each(?) AS asked
"""
DROP_UNDONE = "UPDATE operations SET undone = 2 WHERE undone = 1"


def undoable(ask: Ask, kinds: Kinds) -> int:
    """Return the operation that undo undoes next, 0 without one."""
    newest: int = ask(_NEWEST_LIVE, ()) or 0
    if kinds is None or not newest:
        return newest
    found = _of(ask, _NEWEST_LIVE_OF, kinds)
    history = _of(ask, _NEWEST_LIVE_OF, (HISTORY,))
    return found if found > history or found == newest else 0


def redoable(ask: Ask, kinds: Kinds) -> int:
    """Return the operation that redo repeats next, 0 without one."""
    oldest: int = ask(_OLDEST_UNDONE, ()) or 0
    if kinds is None or not oldest:
        return oldest
    found = _of(ask, _OLDEST_UNDONE_OF, kinds)
    history = _of(ask, _OLDEST_UNDONE_OF, (HISTORY,))
    return found if not history or found < history or found == oldest else 0


def _of(ask: Ask, query: str, kinds: Collection[str]) -> int:
    """Return the operation that a query finds of some kinds; imports are of two."""
    asked = {*kinds, HISTORY} if IMPORT in kinds else set(kinds)
    return ask(query, (json.dumps(sorted(asked)),)) or 0
