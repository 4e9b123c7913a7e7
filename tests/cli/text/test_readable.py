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
def test_markdown_markup_is_removed(text: str, shown: str) -> None:
    assert readable(text) == shown


def test_control_characters_are_removed() -> None:
    assert readable("a\x1b[31mb") == "a\N{REPLACEMENT CHARACTER}[31mb"
