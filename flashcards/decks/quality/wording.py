"""Measures of wording that the authoring rules use: words, likeness, lists, signs of LaTeX."""

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
    """Return the long words with which the answer begins and which the question holds already."""
    head = words_in(_HEAD.split(answer.strip(), maxsplit=1)[0])
    asked = set(words_in(question))
    return [word for word in head if len(word) >= _LONG_WORD and word in asked]


def has_latex(text: str) -> bool:
    """Tell whether a text writes mathematics as LaTeX, code left aside."""
    return _LATEX.search(_CODE.sub("", text)) is not None


def widest_code_line(text: str) -> int:
    """Return the length of the longest line of fenced code, 0 where there is none."""
    lines = [line for block in _FENCE.findall(text) for line in block.splitlines()]
    return max(map(len, lines), default=0)


def alike(texts: Mapping[str, str], least: float) -> Iterator[tuple[str, str]]:
    """Give pairs of keys whose texts share at least this part of their words, the later one first."""
    sets = {key: frozenset(words_in(text)) for key, text in texts.items()}
    count = Counter(word for words in sets.values() for word in words)
    # Two texts this much alike share one of the rarest words of each, so only those
    # that do are compared.
    by_word: dict[str, list[str]] = defaultdict(list)
    for key, words in sets.items():
        rare = sorted(words, key=lambda word: (count[word], word))
        rare = rare[: len(rare) - math.ceil(least * len(rare)) + 1] if rare else []
        for other in dict.fromkeys(other for word in rare for other in by_word[word]):
            shared = len(words & sets[other])
            if shared >= least * (len(words) + len(sets[other]) - shared):
                yield key, other
                break
        for word in rare:
            by_word[word].append(key)
