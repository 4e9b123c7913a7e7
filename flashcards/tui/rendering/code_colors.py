"""Colors of code, by Pygments, for the language that its fence names.

Loading a language takes as long as painting many frames, so it is loaded in a thread; until
then, code has no colors.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TOKEN_ROLES = {
    ("Comment",): "muted",
    ("Keyword",): "accent",
    ("Literal", "Number"): "hard",
    ("Literal", "String"): "good",
    ("Literal", "String", "Doc"): "muted",
    ("Name", "Builtin"): "easy",
    ("Name", "Builtin", "Pseudo"): "text",
    ("Name", "Class"): "easy",
    ("Name", "Decorator"): "easy",
    ("Name", "Function"): "easy",
    ("Name", "Tag"): "accent",
    ("Operator", "Word"): "accent",
    ("Generic", "Deleted"): "again",
    ("Generic", "Inserted"): "good",
}
"""The color role of each kind of token, by Pygments' names; other kinds are plain text."""
_MOST_CHARACTERS = 20_000
"""The most characters of a block with colors."""


class _Lexer(Protocol):
    def get_tokens_unprocessed(
        self, text: str
    ) -> Iterable[tuple[int, tuple[str, ...], str]]:
        """Yield the start, the kind and the text of each token."""


_lexers: dict[str, _Lexer | None] = {}
"""The languages that were loaded, None for unknown ones."""


def is_loaded(language: str) -> bool:
    """Return whether a language was loaded, known or not."""
    return language in _lexers


def load_languages(languages: Iterable[str]) -> None:
    """Load languages, so that their code has colors from now on."""
    from pygments.lexers import (  # type: ignore[import-untyped]
        get_lexer_by_name,
    )
    from pygments.util import ClassNotFound  # type: ignore[import-untyped]

    for language in languages:
        try:
            _lexers[language] = get_lexer_by_name(language)
        except ClassNotFound:
            _lexers[language] = None


def color_spans(code: str, language: str) -> tuple[tuple[int, int, str], ...]:
    """Return start, end and color role of the tokens of code; none before it is loaded."""
    lexer = _lexers.get(language)
    if lexer is None or len(code) > _MOST_CHARACTERS:
        return ()
    return _lex(code, language)


@lru_cache(maxsize=64)
def _lex(code: str, language: str) -> tuple[tuple[int, int, str], ...]:
    lexer = _lexers[language]
    tokens = lexer.get_tokens_unprocessed(code) if lexer else ()
    return tuple(
        (start, start + len(text), role)
        for start, kind, text in tokens
        for role in _role_of(kind)
    )


def _role_of(kind: tuple[str, ...]) -> Iterator[str]:
    """Yield the role of the closest kind that has one, if any has."""
    for length in range(len(kind), 0, -1):
        if role := TOKEN_ROLES.get(tuple(kind[:length])):
            yield role
            return
