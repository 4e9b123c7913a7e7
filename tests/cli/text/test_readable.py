import pytest

from flashcards.cli.text.readable import readable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Use **macro** F1.", "Use macro F1."),
        ("Call `fit()` first.", "Call fit() first."),
        ("2*P*R/(P + R) and snake_case stay", "2*P*R/(P + R) and snake_case stay"),
        ("```python\nx = 1\n```\nThen.", "    x = 1\n\nThen."),
        ("- one\n- **two**", "- one\n- two"),
    ],
)
def test_markdown_is_read_and_not_shown(text: str, shown: str) -> None:
    assert readable(text) == shown


def test_no_control_character_is_left() -> None:
    assert readable("a\x1b[31mb") == "a\N{REPLACEMENT CHARACTER}[31mb"
