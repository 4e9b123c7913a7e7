"""Every rule a deck file can break: its id, its severity, and its message.

The text of a rule says what was found and what to do; the words in braces are filled in
where the fault is found.
"""

from __future__ import annotations

from flashcards.domain.content import Severity

ERRORS: dict[str, str] = {
    # The file as a whole.
    "file-unreadable": "The file cannot be read: {reason}. Check its name and its permissions.",
    "file-too-large": "The file has {size}, more than {most}. Split it into several decks.",
    "wrong-encoding": "The file is {encoding} text. Save it as UTF-8.",
    "not-utf-8": "This byte ({byte}) is not UTF-8 text. Save the file as UTF-8.",
    "unsafe-character": "The character {name} is invisible or controls the terminal. Delete it.",
    "syntax": "The YAML cannot be read: {found}. {advice}",
    "several-documents": "A second document starts here. Keep one deck a file.",
    "alias": "Anchors and aliases are not read. Write the value out, or put it in quotes if it is text.",
    "tag": "The YAML tag {tag} is not read. Delete it, or put the value in quotes if it is text.",
    "duplicate-key": 'The key "{key}" is there twice. Keep one of the two.',
    "key-not-text": "A key must be a word. Put quotes around it if it is meant as text.",
    "too-deep": "The value is nested more than {most} levels deep. Write it flatter.",
    "too-many-values": "More than {most} values belong together here. Split them over several notes.",
    "too-many-notes": "The deck has more than {most} notes. Split it into several decks.",
    "too-many-faults": "More than {most} faults were found. Correct these first; the rest was not read.",
    "not-a-deck": "This is not a deck: the file must be a mapping with deck, title and notes. "
    "Begin it with `deck: area/name`.",
    "not-sources": "This is not a bibliography: the file must be a mapping with the key sources. "
    "Begin it with `sources:`.",
    # Any field.
    "unknown-key": 'The key "{key}" is not known in {place}. {advice}',
    "field-of-another-kind": '{place} has no "{key}". Write `kind: {other}`, or delete the key.',
    "missing-field": '{place} needs "{key}". Add it.',
    "blank-text": '"{key}" is blank. Write its text or delete the key.',
    "not-text": '"{key}" must be text, not {found}. Write one value; put it in quotes if it looks like YAML.',
    "too-long": '"{key}" has {length:,} characters, more than {most:,}. Shorten it.',
    "several-lines": '"{key}" must be one line. Join the lines, or write it without `|`.',
    "wrong-form": '"{key}" cannot be `{value}`. Write {form}.',
    "unknown-value": '"{key}" cannot be `{value}`. Write one of {form}.{advice}',
    "not-a-flag": '"{key}" must be true or false, not `{value}`. Write `{key}: true` or delete the key.',
    "not-a-number": '"{key}" must be a number, not `{value}`. Write it in digits, such as 0.05 or 1e-3.',
    "number-out-of-range": '"{key}" cannot be {value}. Write a number {form}.',
    "not-a-list": '"{key}" must be a list, not {found}. Write one item a line, each after "- ".',
    "not-a-mapping": "{place} must be a mapping, not {found}. Write it as `{form}`.",
    "too-few": '"{key}" has {count}, but needs at least {least}. Add what is missing.',
    "too-many": '"{key}" has {count}, more than {most}. Remove some or split the note.',
    "duplicate-item": '"{key}" has `{value}` twice. Change or delete one of the two.',
    # Notes.
    "duplicate-id": 'The id "{value}" is taken by the note in line {line}. Give this note a new id.',
    "names-itself": '"{key}" names the note itself. Delete that id.',
    "cloze-without-gap": "The text has no gap. Hide a part of it, as in {{{{c1::gap}}}}.",
    "cloze-broken-gap": "The gap `{value}` is broken. Write it as {{{{c1::gap}}}} or {{{{c1::gap::hint}}}}.",
    "cloze-number": "The gap number `{value}` cannot be used. Number the gaps c1, c2 and so on up to c999.",
    "cloze-empty-gap": "The gap `{value}` hides nothing. Write the hidden text after the number.",
    "cloze-nested-gap": "The gap `{value}` holds another one. Close the first before the next begins.",
    "choice-without-answer": 'No option is correct. Mark one with "correct: true".',
    "choice-all-correct": "Every option is correct. Add an option that is not.",
    "numeric-tolerance": '"tolerance" cannot be `{value}`. Write a number such as 0.5, or a share such as 5%.',
    "numeric-expression": "The answer `{value}` cannot be computed: {reason}. Write arithmetic over the variables.",
    "numeric-failure": "The answer has no value for {values}: {reason}. Change the expression or the variables.",
    "numeric-unknown-name": 'The answer uses "{value}", which is no variable.{advice} Add it to the variables.',
    "numeric-range": 'The values of "{key}" cannot be {value}. Write [500, 1000] '
    "or {{from: 20, to: 200, step: 20}}, at most {most:,} of them.",
    "numeric-unknown-gap": 'The text names {{{value}}}, which is no variable.{advice} Add it to the variables.',
    "match-lure": 'The lure `{value}` is the right side of a pair. Make it differ from every right side.',
}  # fmt: skip

WARNINGS: dict[str, str] = {
    "key-differs-from-path": "The deck `{key}` lies in {path}. Name the file `{key}.yaml`, or change the key.",
    "unknown-topic": 'The topic "{value}" is not among the topics of the deck.{advice} Add it there.',
    "cloze-uncertain-end": "The braces in the gap `{value}` do not pair up, so it ends at the first }}}}. "
    "Close each brace that the gap opens, or write }} }} for two braces that do not end it.",
    "no-notes": "The deck has no notes. Add the first one.",
    "numeric-unused-variable": 'The variable "{key}" is used neither in the question nor in the answer. Delete it.',
}  # fmt: skip

ACROSS: dict[str, tuple[Severity, str]] = {
    "duplicate-deck": ("error", "The deck `{key}` is also in {path}. Give one of the two another key."),
    "duplicate-note": ("error", 'The id "{value}" is also used in {path}:{line}. Give one of the two notes a new id.'),
    "requires-cycle": ("error", "The notes {value} require one another, so none is ever shown. Delete a requirement."),
    "unknown-source": ("error", 'The source "{value}" is not in {path}.{advice} Add it there.'),
    "unknown-link": ("warning", '"links" names `{value}`, which is in no file.{advice} Correct or delete it.'),
    "unknown-requirement": ("warning", '"requires" names `{value}`, which is in no file.{advice} Correct or delete it.'),
}  # fmt: skip
"""Rules that need more than one file; `check` applies them."""

RULES: dict[str, tuple[Severity, str]] = (
    {rule: ("error", text) for rule, text in ERRORS.items()}
    | {rule: ("warning", text) for rule, text in WARNINGS.items()}
    | ACROSS
)
"""Severity and text of every rule of the format."""
