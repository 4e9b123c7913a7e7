"""Numbers are read as people write them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashcards.grading.numbers import is_within, number_text, read_number
from flashcards.text.digits import format_full_number
from tests.helpers import PROJECT

NUMBERS = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(10**25), 10**25).map(float),
    st.decimals(-(10**9), 10**9, places=4).map(float),
)


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("12", "", 12),
        ("-12.5", "", -12.5),
        ("+3", "", 3),
        ("−3", "", -3),
        (".5", "", 0.5),
        ("5.", "", 5),
        ("1e6", "", 1e6),
        ("1E-3", "", 1e-3),
        ("2.5e3", "", 2500),
        ("1M", "", 1e6),
        ("1.5 M", "", 1.5e6),
        ("3k", "", 3000),
        ("3 K", "", 3000),
        ("2B", "", 2e9),
        ("2 bn", "", 2e9),
        ("4T", "", 4e12),
        ("2 million", "", 2e6),
        ("50%", "", 0.5),
        ("50 %", "", 0.5),
        ("50%", "%", 50),
        ("50", "%", 50),
        ("1,200.5", "", 1200.5),
        ("1,200", "", 1200),
        ("1 200", "", 1200),
        ("1 200 000", "", 1.2e6),
        ("1\u202f200", "", 1200),
        ("1_000_000", "", 1e6),
        ("1'200", "", 1200),
        ("1.200,5", "", 1200.5),
        ("0,5", "", 0.5),
        ("10^6", "", 1e6),
        ("3 x 10^4", "", 3e4),
        ("3*10^-2", "", 0.03),
        ("2/3", "", 2 / 3),
        ("~40", "", 40),
        ("≈ 40", "", 40),
        ("$5", "", 5),
        ("-$5", "", -5),
        ("200 ms", "ms", 200),
        ("200ms", "ms", 200),
        ("200 MS", "ms", 200),
        ("1200 requests / s", "requests/s", 1200),
        ("1200 requests per s", "requests/s", 1200),
        ("12k requests/s", "requests/s", 12_000),
        ("5M", "MB", 5),
        ("5 MB", "MB", 5),
        ("12 min", "minutes", 12),
        ("12 m", "meters", 12),
        ("12M", "minutes", 12e6),
        ("12M", "meters", 12e6),
        ("5M", "messages/s", 5e6),
        ("5k", "keys", 5000),
        ("5T", "tokens", 5e12),
        ("5 GB", "gigabytes", 5),
        ("5 gb", "gigabytes", 5),
        ("5 Gb", "gigabits", 5),
        ("3 B", "bytes", 3),
        ("3 b", "bits", 3),
        ("3k", "kB", 3),
        ("5 pp", "percentage points", 5),
        ("5M", "million users", 5),
        ("5 million", "million users", 5),
        ("5", "million users", 5),
        ("5M users", "million users", 5),
        ("7 days", "day", 7),
        ("7 day", "days", 7),
        ("3 GB", "GB", 3),
        ("1\u2009200", "", 1200),
        ("1\u00a0200", "", 1200),
        ("١٬٢٣٤٫٥", "", 1234.5),
        ("1,234,567.5", "", 1_234_567.5),
        ("1 000 000", "", 1e6),
        ("1 1/2", "", 1.5),
        ("-2½", "", -2.5),
        ("1.5M/3k", "", 500),
        ("1/2 million", "", 5e5),
        ("490/9800", "%", 5),
        ("490/9800 %", "%", 0.05),
        ("5 pct", "percent", 5),
        ("25 bps", "%", 0.25),
        ("5 ‰", "%", 0.5),
        ("5 €", "EUR", 5),
        ("200 us", "µs", 200),
        ("5 mb", "MB", 5),
        ("900 qps", "queries/s", 900),
        ("5k", "m", 5000),
        ("1h", "hours", 1),
    ],
)
def test_a_number_is_read(text: str, unit: str, value: float) -> None:
    assert read_number(text, unit) == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("", ""),
        ("many", ""),
        ("12 apples", ""),
        ("12 MB", "GB"),
        ("5ms", "s"),
        ("3 b", "bytes"),
        ("3b", "B"),
        ("3 B", "bits"),
        ("3 B", "b"),
        ("3 kb", "kB"),
        ("3 kb", "kilobytes"),
        ("5 Mb", "megabytes"),
        ("5 MB", "megabits"),
        ("5 Gb/s", "GB/s"),
        ("5 kb/s", "kB/s"),
        ("3 k", "KiB"),
        ("5 t", "TB"),
        ("12 m", "min"),
        ("12 m", "minutes"),
        ("12 m", "million"),
        ("12 m", "million users"),
        ("12 mi", "minutes"),
        ("12 M", "m"),
        ("5 min", "minimum"),
        ("5 Ms", "ms"),
        ("5 s", "sessions"),
        ("5 d", "dimensions"),
        ("5 h", "heads"),
        ("5 b", "batches"),
        ("5 t", "tokens"),
        ("5 k", "kg"),
        ("5 MB", "MB/s"),
        ("5 pp", "%"),
        ("5 percentage points", "%"),
        ("5 %", "pp"),
        ("5m", "s"),
        ("1,20,0", ""),
        ("1.2.3", ""),
        ("1 2", ""),
        ("1/0", ""),
        ("nan", ""),
        ("inf", ""),
        ("1e999", ""),
        ("--5", ""),
        ("10₆", ""),
        ("⑤", ""),
        ("0 125", ""),
        ("0.125,5", ""),
        ("0,000,001", ""),
        ("5 m", "ms"),
        ("5 m", "months"),
        ("5 Gb", "GB"),
        ("5 MW", "mW"),
        ("5%", "ms"),
        ("$5", "€"),
        ("9" * 200, ""),
    ],
)
def test_other_text_is_not_a_number(text: str, unit: str) -> None:
    assert read_number(text, unit) is None


@given(st.text(), st.text(max_size=10))
def test_any_text_is_a_number_or_none(text: str, unit: str) -> None:
    read_number(text, unit)


@given(
    st.text("0123456789.,eE+-xX*^ %kKmMgGbBtT/$~'_", max_size=30),
    st.text("%msMBk/ ", max_size=4),
)
def test_text_like_a_number_is_a_number_or_none(text: str, unit: str) -> None:
    read_number(text, unit)


@given(NUMBERS)
def test_a_number_written_in_full_reads_as_the_same_number(value: float) -> None:
    text = format_full_number(value)

    assert read_number(text) == value
    assert float(text.replace(",", "")) == value


@given(NUMBERS, st.sampled_from(["−{}", "\u2009{} ", "~{}", "= {}"]))
def test_signs_around_a_number_do_not_change_its_digits(
    value: float, form: str
) -> None:
    sign = -1 if "−" in form else 1

    assert read_number(form.format(format_full_number(abs(value)))) == sign * abs(value)


@given(st.integers(0, 999), st.integers(0, 999))
def test_a_group_of_thousands_never_begins_with_0(first: int, second: int) -> None:
    text = f"{first},{second:03}"

    wanted = first * 1000 + second if first else second / 1000
    assert read_number(text) == pytest.approx(wanted)


@given(
    st.integers(1, 10**15), st.sampled_from([",", " ", "'", "_", "\u202f", "\u2009"])
)
def test_every_sign_that_groups_thousands_gives_the_same_number(
    value: int, sign: str
) -> None:
    assert read_number(f"{value:,}".replace(",", sign)) == value


@given(st.integers(0, 10**12), st.sampled_from(["٠", "۰", "०", "０", "𝟎"]))
def test_the_digits_of_every_script_give_the_same_number(value: int, zero: str) -> None:
    digits = "".join(chr(ord(zero) + int(digit)) for digit in str(value))

    assert read_number(digits) == value


def examples() -> list[tuple[str, str, str]]:
    """Return each example of the table of numbers in the docs: text, unit and value."""
    page = (PROJECT / "docs" / "quizzes.md").read_text("utf-8")
    lines = page.partition("### Numbers")[2].partition("\n### ")[0].splitlines()
    rows = [re.split(r"\s*\|\s*", line) for line in lines if line.startswith("| `")]
    return [
        (text, unit, value)
        for _, written, unit, value, *_ in rows
        for text in re.findall("`([^`]+)`", written)
    ]


@pytest.mark.parametrize(("text", "unit", "value"), examples())
def test_every_example_of_the_docs_is_read_as_documented(
    text: str, unit: str, value: str
) -> None:
    wanted = None if value == "refused" else pytest.approx(float(value))

    assert read_number(text, unit) == wanted


@given(NUMBERS, st.floats(0, 0.2))
def test_typing_the_shown_number_is_right(value: float, share: float) -> None:
    allowed = abs(value) * share

    typed = read_number(number_text(value, allowed))

    assert typed is not None
    assert is_within(typed, value, allowed)


@pytest.mark.parametrize(
    ("value", "allowed", "text"),
    [
        (1000.0, 50.0, "1,000"),
        (1_234_567.0, 0.0, "1,234,567"),
        (1 / 3, 0.05, "0.333"),
        (0.05, 0.0, "0.05"),
        (100 / 7, 0.2857, "14.3"),
        (86_400.0, 0.0, "86,400"),
        (13.8, 0.0, "13.8"),
        (0.0, 0.0, "0"),
    ],
)
def test_a_number_is_shown_with_as_many_digits_as_needed(
    value: float, allowed: float, text: str
) -> None:
    assert number_text(value, allowed) == text
