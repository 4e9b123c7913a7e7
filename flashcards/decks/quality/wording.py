"""Measures of wording for the authoring rules: words, similarity, lists, LaTeX."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_ITEM = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+\S|(?<=\s)\(?\d\)\s", re.MULTILINE)
_HEAD = re.compile(r"[.,;:(\n–—]")
_LATEX = re.compile(r"\\[A-Za-z]{2,}|\\[(\[]|\$\$")
_CODE = re.compile(r"`[^`\n]*`|^```.*?^```", re.MULTILINE | re.DOTALL)
_FENCE = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LONG_WORD = 6


def words_in(text: str) -> list[str]:
    """Return the words of a text in lower case, numbers among them."""
    return [word.casefold() for word in _WORD.findall(text)]


def count_items(text: str) -> int:
    """Return how many list items a text has: bullets, or numbers in a row."""
    return len(_ITEM.findall(_CODE.sub("", text)))


def leaked_words(question: str, answer: str) -> list[str]:
    """Return the long words at the beginning of the answer that are in the question too."""
    head = words_in(_HEAD.split(answer.strip(), maxsplit=1)[0])
    question_words = set(words_in(question))
    return [word for word in head if len(word) >= _LONG_WORD and word in question_words]


def has_latex(text: str) -> bool:
    """Return whether a text has LaTeX outside of code."""
    return _LATEX.search(_CODE.sub("", text)) is not None


def widest_code_line(text: str) -> int:
    """Return the length of the longest line of fenced code, 0 where there is none."""
    lines = [line for block in _FENCE.findall(text) for line in block.splitlines()]
    return max(map(len, lines), default=0)


def similar_pairs(texts: Mapping[str, str], least: float) -> Iterator[tuple[str, str]]:
    """Yield pairs of keys of similar texts, the later text first.

    Args:
        texts: Texts by key.
        least: Shared words divided by all words of both, 0 to 1, from which on texts are similar.
    """
    sets = {key: frozenset(words_in(text)) for key, text in texts.items()}
    count = Counter(word for words in sets.values() for word in words)
    # Similar texts share one of the rarest words of each, so only texts that do are compared.
    by_word: dict[str, list[str]] = defaultdict(list)
    for key, words in sets.items():
        rare_words = sorted(words, key=lambda word: (count[word], word))
        most_rare = len(rare_words) - math.ceil(least * len(rare_words)) + 1
        rare_words = rare_words[:most_rare] if rare_words else []
        for other in dict.fromkeys(
            other for word in rare_words for other in by_word[word]
        ):
            shared = len(words & sets[other])
            if shared >= least * (len(words) + len(sets[other]) - shared):
                yield key, other
                break
        for word in rare_words:
            by_word[word].append(key)
