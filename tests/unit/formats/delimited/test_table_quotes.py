"""Stray quotes in tables never change a text silently."""

from __future__ import annotations

import pytest

from tests.unit.formats.delimited.table_reading import Reader, list_pairs, list_problems


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ('Q?,"A "quoted" six"', ("Q?", '"A "quoted" six"')),
        ('Q?,"a" b', ("Q?", '"a" b')),
        ('"Q" is?,b', ('"Q" is?', "b")),
        ('Q?,"a" ', ("Q?", "a")),
    ],
)
def test_a_quote_within_a_quoted_cell_is_reported(
    table: Reader, row: str, expected: tuple[str, str]
) -> None:
    bundle = table(f"front,back\n{row}\nc,d\n")

    assert list_pairs(bundle) == [expected, ("c", "d")]
    is_stray = '"' in "".join(expected)
    assert list_problems(bundle) == ([(2, "broken-quote")] if is_stray else [])


def test_a_row_with_a_stray_quote_and_wrong_columns_is_left_out(
    table: Reader,
) -> None:
    bundle = table('front,back\nQ?,"A, "quoted" six"\nc,d\n')

    assert list_pairs(bundle) == [("c", "d")]
    assert list_problems(bundle) == [(2, "broken-quotes")]
