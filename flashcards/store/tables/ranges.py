"""The possible values of each column; readers leave out rows with impossible ones.

The types of SQLite do not prevent text in a column for days.
"""

from __future__ import annotations

from flashcards.store.tables.rules import (
    LARGEST,
    MOST,
    Rule,
    TableRules,
    day,
    flag,
    instant,
    json_of,
    key,
    list_of,
    number,
    one_of,
    optional,
    row_number,
    text,
    whole,
)

_MEMORY = (
    whole("state", 0, 3),
    optional(whole("step", 0, MOST)),
    optional(number("stability", 1e-12, 1e12)),
    optional(number("difficulty", 1, 10)),
    optional(day("due_day")),
    optional(instant("due_at")),
    optional(day("last_day")),
    whole("interval_seconds", 0, MOST),
    whole("reps", 0, MOST),
    whole("lapses", 0, MOST),
)
_CONSISTENT = (
    "(state = 0) = (due_day IS NULL) "
    "AND (state < 2 OR (stability IS NOT NULL AND difficulty IS NOT NULL))"
)
"""A card in Review needs a stability to be scheduled."""
_FORGOTTEN = {
    name: "0" if name in ("state", "interval_seconds", "reps", "lapses") else "NULL"
    for name, *_ in _MEMORY
}
_FORGET = f"""
    UPDATE cards SET {", ".join(f"{name} = {value}" for name, value in _FORGOTTEN.items())}
    WHERE NOT ({" AND ".join(f"({rule.sound})" for rule in _MEMORY)} AND {_CONSISTENT})
"""  # noqa: S608 - constants
"""Resets a card to a new one; replaying its reviews restores its memory."""
_POSITION_OF_NOTE = "coalesce((SELECT position FROM notes WHERE notes.id = note_id), 0)"
_KEY_OF_CARD = (
    "(SELECT key FROM notes WHERE notes.id = note_id) "
    "|| CASE face WHEN '' THEN '' ELSE ':' || face END"
)
_TOPIC = (
    "CASE WHEN item.type = 'array' THEN json_array_length(item.value) = 2 "
    "AND json_type(item.value, '$[0]') = 'text' AND json_type(item.value, '$[1]') = 'text' "
    "ELSE 0 END"
)
_SCOPE = json_of("scope", "object", "'{}'")
_SCOPE = _SCOPE._replace(
    sound=f"""
        CASE WHEN {_SCOPE.sound} THEN NOT EXISTS (
            SELECT 1 FROM json_each(scope) AS part WHERE part.type <> 'array' OR EXISTS (
                SELECT 1 FROM json_each(part.value) AS item WHERE item.type <> 'text'
            )
        ) ELSE 0 END
    """  # noqa: S608 - a constant
)
_DRAFTS = json_of("drafts", "object", "NULL")
_DRAFTS = _DRAFTS._replace(
    sound=f"""
        CASE WHEN {_DRAFTS.sound} THEN
            json_type(drafts, '$.items') IS 'array'
            AND json_type(drafts, '$.index') IS NOT NULL
            AND json_type(drafts, '$.handed_in') IN ('true', 'false')
            AND NOT EXISTS (
                SELECT 1 FROM json_each(drafts, '$.items') AS item
                WHERE CASE WHEN item.type = 'object' THEN NOT (
                    json_type(item.value, '$.card') IS 'integer'
                    AND json_type(item.value, '$.flagged') IN ('true', 'false')
                    AND json_type(item.value, '$.answer') IN ('text', 'null')
                    AND json_type(item.value, '$.milliseconds') IS 'integer'
                    AND json_type(item.value, '$.answered_at') IN ('integer', 'null')
                    AND json_type(item.value, '$.reps') IS 'integer'
                    AND coalesce(json_type(item.value, '$.typed'), 'text') = 'text'
                    AND coalesce(json_type(item.value, '$.chosen'), 'null')
                        IN ('object', 'null')
                ) ELSE 1 END
            )
        ELSE 0 END
    """  # noqa: S608 - a constant
)
_KINDS = ("basic", "cloze", "choice", "numeric", "typed", "order", "match", "recall")

RULES: dict[str, TableRules] = {
    "decks": TableRules(
        (
            key("key", "'damaged-' || id"),
            text("title", "'damaged-' || id"),
            *map(text, ("description", "version", "license")),
            list_of("topics", _TOPIC, "'[]'"),
            *map(text, ("path", "digest", "name", "given_key", "given_format")),
            *map(text, ("format", "options")),
            whole("reader_version", 0, MOST),
            *map(flag, ("is_partial", "is_of_file", "retired")),
        ),
        "key",
        "deck",
        is_left_out=False,
        also="digest = ''",
    ),
    "notes": TableRules(
        (
            row_number("deck_id"),
            key("key"),
            one_of("kind", _KINDS, "json_extract(content, '$.kind')"),
            *(text(name, None) for name in ("tier", "topic")),
            whole("position", -LARGEST, LARGEST),
            whole("line", 0, LARGEST),
            *map(flag, ("marked", "retired")),
            *(text(name, None) for name in ("digest", "tags", "front", "searchable")),
        ),
        "key",
        "note",
        is_large=True,
    ),
    "cards": TableRules(
        (
            row_number("note_id"),
            row_number("deck_id"),
            whole("position", -LARGEST, LARGEST, _POSITION_OF_NOTE),
            text("face", None),
            key("key", _KEY_OF_CARD),
            *_MEMORY,
            *map(flag, ("suspended", "retired", "leech")),
            optional(day("buried_until")),
        ),
        "key",
        "card",
        together=_CONSISTENT,
        first=_FORGET,
        is_large=True,
    ),
    "reviews": TableRules(
        (
            row_number("card_id"),
            optional(row_number("sitting_id")),
            optional(row_number("operation_id")),
            text("uid", None),
            instant("reviewed_at"),
            day("study_day"),
            whole("rating", 1, 4, None),
            whole("duration_ms", 0, MOST, None),
            whole("state", 0, 3, None),
            whole("interval_seconds", 0, MOST, None),
            optional(text("answer")),
        ),
        "'number ' || id",
        "review",
        is_large=True,
        set_aside="""
            INSERT INTO retractions (review_id, retracted_at, operation_id)
            SELECT id, :at, NULL FROM reviews
            WHERE {damaged} AND id NOT IN (SELECT review_id FROM retractions)
        """,
        in_force="id NOT IN (SELECT review_id FROM retractions)",
    ),
    "anchors": TableRules(
        (
            text("uid", None),
            row_number("card_id"),
            whole("after_review", 0, LARGEST, None),
            instant("at"),
            day("study_day"),
            one_of("reason", ("import", "merge", "reset", "soften", "due"), None),
            *_MEMORY,
            optional(row_number("operation_id")),
            flag("withdrawn"),
        ),
        "'number ' || id",
        "anchor",
        together=_CONSISTENT,
        is_large=True,
        set_aside="UPDATE anchors SET withdrawn = 1 WHERE {damaged}",
        in_force="withdrawn IS NOT 1",
    ),
    "sittings": TableRules(
        (
            key("kind"),
            _SCOPE,
            optional(number("minutes", 0, 1e9)),
            optional(whole("card_limit", 0, MOST)),
            instant("started_at"),
            day("study_day", "1"),
            optional(instant("finished_at")),
            optional(row_number("current_card_id")),
            optional(whole("seed", -(1 << 63), (1 << 63) - 1)),
            optional(list_of("items", "item.type = 'integer'", "NULL")),
            optional(_DRAFTS),
        ),
        "'number ' || id",
        "session",
        is_large=True,
        opened="finished_at IS NULL AND id > (SELECT max(id) - 500 FROM sittings)",
        also="finished_at = 0",
    ),
    "operations": TableRules(
        (
            key("kind"),
            text("label"),
            instant("at"),
            day("study_day", "1"),
            optional(row_number("sitting_id")),
            Rule(
                "payload",
                # What begins with an x is compressed.
                "typeof(payload) = 'blob' AND (hex(substr(payload, 1, 1)) = '78' "
                "OR json_valid(CAST(payload AS TEXT)))",
                "X'7B7D'",
                is_json=True,
            ),
            whole("undone", 0, 2),
        ),
        "'number ' || id",
        "operation",
        is_large=True,
        also="undone = 2",
    ),
    "reports": TableRules(
        (
            row_number("note_id"),
            optional(row_number("card_id")),
            text("text"),
            instant("at"),
            flag("withdrawn"),
        ),
        "'number ' || id",
        "report",
        is_left_out=False,
    ),
    "sources": TableRules(
        (
            key("key"),
            *map(text, ("authors", "title", "venue", "url", "kind")),
            optional(whole("year", -9999, 9999)),
        ),
        "key",
        "source",
        is_left_out=False,
    ),
    "plans": TableRules(
        (
            day("started_day", "1"),
            whole("minutes", 0, 1440),
            number("target", 1e-12, 1, "0.9"),
            list_of(
                "weekdays_off",
                "item.type = 'integer' AND item.value BETWEEN 0 AND 6",
                "'[]'",
            ),
            list_of("scope", "item.type = 'text'", "'[]'"),
        ),
        "'it'",
        "study plan",
        is_left_out=False,
    ),
    "plan_interviews": TableRules(
        (day("day"), text("title")),
        "coalesce(title, '')",
        "interview",
        set_aside="DELETE FROM plan_interviews WHERE {damaged}",
    ),
    "plan_notes": TableRules(
        (day("day"), text("note")),
        "quote(day)",
        "note about an interview",
        set_aside="DELETE FROM plan_notes WHERE {damaged}",
    ),
    "plan_days_off": TableRules(
        (day("day"),),
        "quote(day)",
        "free day",
        set_aside="DELETE FROM plan_days_off WHERE {damaged}",
    ),
    "plan_weights": TableRules(
        (key("deck"), number("weight", 0, 1e9)),
        "deck",
        "weight",
        set_aside="DELETE FROM plan_weights WHERE {damaged}",
    ),
    "plan_tasks": TableRules(
        (
            key("name"),
            whole("place", -MOST, MOST),
            one_of("kind", ("read", "watch", "mock", "quiz"), "'read'"),
            text("title"),
            whole("minutes", 0, MOST),
            optional(day("day")),
            optional(day("done_day")),
        ),
        "name",
        "task",
        is_left_out=False,
    ),
    "forecasts": TableRules(
        (
            day("made_day"),
            day("target_day"),
            *(number(name, 0, 1, None) for name in ("readiness", "low", "high")),
            whole("minutes", 0, MOST),
            whole("cards", 0, MOST),
            flag("is_full"),
        ),
        "'of study day ' || quote(made_day)",
        "forecast",
        together="low <= readiness AND readiness <= high",
        set_aside="DELETE FROM forecasts WHERE {damaged}",
    ),
}
"""By table, in the order of repair; those it lacks are only used where notes are exported."""

ID = {
    "plan_days_off": "day",
    "plan_interviews": "day",
    "plan_notes": "day",
    "plan_tasks": "name",
    "plan_weights": "deck",
    "sources": "key",
    "forecasts": "made_day",
}
"""The column of the key of tables that have no `id`."""


def large_tables() -> list[str]:
    """Return the tables that have an index over their damaged rows."""
    return [table for table, rules in RULES.items() if rules.is_large]


def index_name(table: str) -> str:
    """Return the name of the index over the damaged rows of a table."""
    return f"{table}_damaged"
