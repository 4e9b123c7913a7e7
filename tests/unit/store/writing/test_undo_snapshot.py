"""A snapshot is decoded as it was encoded, up to a limit."""

from __future__ import annotations

import json
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashcards.errors import FlashcardsError
from flashcards.store.writing.undo_snapshot import decode, encode, inflate

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(st.dictionaries(st.text(), VALUES), st.integers(0, 3000))
def test_a_snapshot_is_decoded_as_it_was_encoded(
    image: dict[str, object], padding: int
) -> None:
    image = {**image, "padding": "x" * padding}

    assert decode(encode(image)) == image


@pytest.mark.parametrize("size", [1000, 1001, 100_000_000])
def test_a_snapshot_is_not_inflated_beyond_the_limit(size: int) -> None:
    payload = zlib.compress(b"[" * size, 9)

    if size <= 1000:
        assert inflate(payload, most=1000) == b"[" * size
    else:
        tracemalloc.start()
        with pytest.raises(ValueError, match="not the whole snapshot"):
            inflate(payload, most=1000)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 1_000_000


@pytest.mark.parametrize(
    "payload",
    [
        pytest.param(lambda: zlib.compress(b"{}")[:-3], id="cut short"),
        pytest.param(lambda: b"x not zlib at all", id="no zlib"),
        pytest.param(lambda: b"{", id="no JSON"),
        pytest.param(lambda: b"[" * 100_000, id="deep"),
        pytest.param(lambda: json.dumps([1]).encode(), id="no object"),
        pytest.param(lambda: b"", id="empty"),
    ],
)
def test_a_damaged_snapshot_is_reported(payload: object) -> None:
    assert callable(payload)
    with pytest.raises(FlashcardsError, match="record of this change is damaged"):
        decode(payload())
