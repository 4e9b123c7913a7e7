"""No content of a CrowdAnki file breaks reading it."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import scale_examples
from tests.property.formats.exchange_laws import is_sound, mutate, read

GOOD = {
    "__type__": "Deck",
    "name": "ML",
    "note_models": [
        {"crowdanki_uuid": "m", "name": "Basic", "type": 0, "flds": [{"name": "F", "ord": 0}, {"name": "B", "ord": 1}],
         "tmpls": [{"qfmt": "{{F}}", "afmt": "{{B}}", "ord": 0}]},
    ],
    "notes": [{"guid": "a1b2c3d4e5x", "fields": ["What?", "That."], "tags": ["t"], "note_model_uuid": "m"}],
    "children": [{"name": "C", "notes": [{"guid": "guid-1", "fields": ["x", "y"], "tags": [], "note_model_uuid": "m"}]}],
    "media_files": ["p.png"],
}  # fmt: skip

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda values: (
        st.lists(values, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "notes", "fields", "guid", "children", "flds"]),
            values,
            max_size=3,
        )
    ),
    max_leaves=6,
)


@settings(max_examples=scale_examples(150))
@given(st.dictionaries(st.sampled_from([*GOOD]), anything), st.booleans())
def test_any_structure_gives_problems_or_decks(
    changes: dict[str, object], in_child: bool
) -> None:
    data = {**GOOD, "children": [changes]} if in_child else {**GOOD, **changes}

    assert is_sound(read("crowdanki", json.dumps(data).encode(), "deck.json"))


@settings(max_examples=scale_examples(150))
@given(mutate(json.dumps(GOOD).encode()))
def test_mutated_bytes_give_problems_or_decks(data: bytes) -> None:
    assert is_sound(read("crowdanki", data, "deck.json"))
