"""Rules for the possible values of columns, as SQL.

Conditions are never NULL, so that `NOT` finds all impossible values.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

LAST_DAY = 3_652_059
LAST_INSTANT = 1 << 49
MOST = 1 << 40
LARGEST = 1 << 53


class Rule(NamedTuple):
    """The possible values of a column."""

    column: str
    sound: str
    """Condition for possible values."""
    instead: str | None
    """SQL expression that replaces an impossible value; None if there is no replacement."""
    is_json: bool = False


@dataclass(frozen=True)
class TableRules:
    """The possible rows of a table."""

    rules: tuple[Rule, ...]
    label: str
    """SQL expression for the name of a row in messages."""
    noun: str
    together: str = ""
    """Condition across the columns of an undamaged row."""
    is_left_out: bool = True
    """Whether readers leave out a damaged row; otherwise they see it with replaced values."""
    is_large: bool = False
    """Whether an index finds the damaged rows."""
    first: str = ""
    """Statement that runs before single columns are repaired."""
    set_aside: str = ""
    """Statement that sets whole rows aside instead of repairing columns."""
    also: str = ""
    """Further assignment in repaired rows, such as `finished_at = 0`."""
    opened: str = ""
    """Condition for rows of a large table whose JSON is checked when a store is opened."""
    in_force: str = ""
    """Condition for damaged rows that are not set aside yet."""

    @cached_property
    def sound(self) -> str:
        """Condition for readable rows.

        An index cannot check JSON, so JSON in large tables may still be invalid.
        """
        return self._all(without_json=self.is_large)

    @cached_property
    def wrong(self) -> str:
        """Condition for rows with an impossible value, including invalid JSON."""
        return f"NOT ({self.without_errors})"

    @cached_property
    def without_errors(self) -> str:
        """Condition for rows without an impossible value."""
        return self._all()

    def _all(self, *, without_json: bool = False) -> str:
        conditions = [
            rule.sound for rule in self.rules if not (without_json and rule.is_json)
        ]
        if self.together:
            conditions.append(self.together)
        return " AND ".join(f"({condition})" for condition in conditions)

    @cached_property
    def damaged(self) -> str:
        """Condition for unreadable rows, exactly as in the index."""
        return f"NOT ({self.sound})"


def whole(name: str, low: int, high: int, instead: str | None = "0") -> Rule:
    """Return the rule for an integer within bounds."""
    return Rule(
        name, f"typeof({name}) = 'integer' AND {name} BETWEEN {low} AND {high}", instead
    )


def number(name: str, low: float, high: float, instead: str | None = "0") -> Rule:
    """Return the rule for a number within bounds."""
    return Rule(
        name,
        f"typeof({name}) IN ('real', 'integer') AND {name} BETWEEN {low} AND {high}",
        instead,
    )


def text(name: str, instead: str | None = "''") -> Rule:
    """Return the rule for text."""
    return Rule(name, f"typeof({name}) = 'text'", instead)


def key(name: str, instead: str | None = None) -> Rule:
    """Return the rule for text that is not empty."""
    return Rule(name, f"typeof({name}) = 'text' AND {name} <> ''", instead)


def flag(name: str) -> Rule:
    """Return the rule for 0 or 1."""
    return whole(name, 0, 1)


def row_number(name: str) -> Rule:
    """Return the rule for the id of a row."""
    return whole(name, 1, LARGEST, None)


def day(name: str, instead: str | None = None) -> Rule:
    """Return the rule for a study day."""
    return whole(name, 1, LAST_DAY, instead)


def instant(name: str) -> Rule:
    """Return the rule for an instant in Unix milliseconds."""
    return whole(name, 0, LAST_INSTANT)


def one_of(name: str, values: tuple[str, ...], instead: str | None) -> Rule:
    """Return the rule for one of some texts."""
    listed = ", ".join(f"'{value}'" for value in values)
    return Rule(name, f"typeof({name}) = 'text' AND {name} IN ({listed})", instead)


def json_of(name: str, kind: str, instead: str) -> Rule:
    """Return the rule for JSON of a type, such as `array`."""
    # Only CASE guarantees that invalid JSON is not evaluated.
    sound = (
        f"CASE WHEN typeof({name}) <> 'text' THEN 0 WHEN json_valid({name}) "
        f"THEN json_type({name}) = '{kind}' ELSE 0 END"
    )
    return Rule(name, sound, instead, is_json=True)


def list_of(name: str, item: str, instead: str) -> Rule:
    """Return the rule for a JSON list whose items all fulfill a condition on `item`."""
    list_ = json_of(name, "array", instead)
    every = f"NOT EXISTS (SELECT 1 FROM json_each({name}) AS item WHERE NOT ({item}))"  # noqa: S608 - constants
    return list_._replace(sound=f"CASE WHEN {list_.sound} THEN {every} ELSE 0 END")


def optional(rule: Rule) -> Rule:
    """Return a rule that also allows NULL."""
    return rule._replace(
        sound=f"{rule.column} IS NULL OR ({rule.sound})", instead="NULL"
    )
