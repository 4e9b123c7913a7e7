"""Splits a phrase into tokens for comparison: words, numbers and significant signs.

Punctuation is dropped in sentences and kept in formulas: `Simpson's paradox.` is two words,
but `[0, 1)`, `e^-x`, `n!` and `x'` change their meaning without brackets and signs.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal, cast

from flashcards.grading.words.symbols import is_marked_letter
from flashcards.text.folding import fold_text, strip_optional_marks

Kind = Literal["word", "number", "sign"]

_LETTER = "[^\\W\\d_][\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff]*"
_PIECE = re.compile(
    rf"(?P<number>\d+(?:[.,]\d+)*)|(?P<word>(?:{_LETTER})+)"
    r"|(?P<sign><=>|<->|\|->|->|<-|=>|>=|=<|<=|!=|=/=|<>|==+|\*\*|\|\||&&|\^[+-]?\d+|\.\.+|\S)"
)
_MARKED = re.compile("([^\\W\\d_][\u0302-\u0305\u0307\u20d7]+)")
"""A letter with a mark that no language uses, such as x with a bar."""
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
_GREEK_NAMES = frozenset(
    ("alpha", "beta", "gamma", "delta", "epsilon", "lambda", "theta", "sigma", "mu", "rho", "pi")
)  # fmt: skip
_GREEK = re.compile("[\u0370-\u03ff]")
_BETWEEN_LETTERS = re.compile(r"(?<=[^\W\d_])['\u2019\u02bc](?=[^\W\d_])")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_OPTION = re.compile("[A-Za-z]")
_QUOTES = frozenset('"“”„«»‹›`‘‚')
_APOSTROPHES = frozenset("'’ʼ´′")
_DASHES = frozenset("-‐‑‒–—―−")
_OPEN, _CLOSE = "([{⟨", ")]}⟩"
_SEPARATORS = frozenset(",;:")
_ENDS = frozenset(".!?…")
_PROSE = (
    _QUOTES | _APOSTROPHES | _DASHES | _SEPARATORS | _ENDS | frozenset("()[]{}%&@#_$")
)
"""Signs of sentences; a text with any other sign is a formula."""

_MOST_GREEK = 2
"""Greek letters in a row in a formula; more are a Greek word."""

_MOST_UNDER_ROOT = 12
"""Tokens within which the bracket of a root must be closed."""

_MOST_SYMBOL = 2
"""Letters of the longest symbol before a sign."""

_ROOTS = ("√", "sqrt", "root")
_MICRO_UNITS = re.compile("μ(?=(?:s|sec|m|g|l)$)")

_LABELED = ("r", "χ", "chi")
"""Letters whose square has a name of its own."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or sign."""

    text: str
    """Folded."""
    kind: Kind
    raw: str
    """As it was written."""
    is_tight: bool = False
    """Whether it is a sign without a space before and after it."""

    @property
    def is_phrase_word(self) -> bool:
        """Whether it is a word of more than one letter."""
        return self.kind == "word" and len(self.text) > 1


@dataclass(frozen=True, slots=True)
class _Piece:
    raw: str
    kind: Kind
    start: int
    end: int


def is_formula_text(text: str) -> bool:
    """Return whether a phrase has signs that do not occur in sentences."""
    return _has_operators(_pieces(_plain(text)))


def tokens_of(text: str, *, as_formula: bool = False) -> tuple[Token, ...]:
    """Return the tokens of a phrase, in its order.

    Args:
        text: The phrase.
        as_formula: Whether its brackets count even if it has no signs of a formula.
    """
    plain = _plain(text)
    pieces = _pieces(plain)
    is_formula = as_formula or _has_operators(pieces)
    dropped = _dropped_brackets(pieces, is_formula=is_formula)
    tokens: list[Token] = []
    depth = 0
    for index, piece in enumerate(pieces):
        depth += _depth(piece, index in dropped)
        if piece.kind == "word" and _is_option(plain, pieces, index):
            tokens.append(Token(piece.raw, "word", piece.raw))
        elif piece.kind == "word":
            tokens += _words(piece.raw)
        elif piece.kind == "number":
            tokens.append(Token(_number(piece.raw, depth), "number", piece.raw))
        elif index not in dropped and _counts(
            plain, pieces, index, is_formula=is_formula, is_inside=depth > 0
        ):
            tokens.append(_sign(piece.raw, is_tight=_is_tight(pieces, index)))
    return tuple(_named_squares(_without_root_brackets(tokens)))


def _pieces(plain: str) -> list[_Piece]:
    return [
        _Piece(match[0], cast("Kind", match.lastgroup), match.start(), match.end())
        for match in _PIECE.finditer(plain)
    ]


def _has_operators(pieces: list[_Piece]) -> bool:
    return any(piece.kind == "sign" and piece.raw not in _PROSE for piece in pieces)


def _plain(text: str) -> str:
    """Return a text with superscripts, subscripts and fractions written in ASCII."""
    composed = unicodedata.normalize("NFC", strip_optional_marks(text))
    composed = _BETWEEN_LETTERS.sub("", composed)
    composed = _DOTTED.sub(lambda match: match[0].replace(".", ""), composed)
    if composed.isascii():
        return composed
    pieces, mode = [], ""
    for sign in composed:
        tag, _, spelled = unicodedata.decomposition(sign).rpartition("> ")
        form = tag.removeprefix("<")
        if form in ("super", "sub") and sign not in "ªº™℠":
            letters = "".join(chr(int(code, 16)) for code in spelled.split())
            pieces.append(
                letters if mode == form else {"super": "^", "sub": "_"}[form] + letters
            )
            mode = form
            continue
        mode = ""
        if form == "fraction":
            pieces.append(
                " " + unicodedata.normalize("NFKC", sign).replace("\u2044", "/")
            )
        else:
            pieces.append(sign if sign in _DASHES else _compatible(sign))
    return "".join(pieces)


def _compatible(sign: str) -> str:
    if unicodedata.category(sign)[0] in "LM":
        return sign
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    return unicodedata.normalize("NFKC", sign) if sign != "´" else "'"


def _words(raw: str) -> list[Token]:
    """Return the words in a run of letters; Greek letters of formulas are single signs."""
    parts = [part for part in _MARKED.split(raw) if part]
    if len(parts) > 1:
        return [token for part in parts for token in _words(part)]
    if is_marked_letter(raw):
        return [Token(unicodedata.normalize("NFC", raw).casefold(), "sign", raw)]
    folded = _MICRO_UNITS.sub("u", fold_text(raw))
    greek = _GREEK.findall(folded)
    if greek and (len(greek) < len(folded) or len(folded) <= _MOST_GREEK):
        parts = re.findall("[\u0370-\u03ff]|[^\u0370-\u03ff]+", folded)
        return [
            Token(part, "sign" if _GREEK.match(part) else "word", part)
            for part in parts
        ]
    return [Token(folded, "word", raw)]


def _is_option(text: str, pieces: list[_Piece], index: int) -> bool:
    """Return whether a letter is an option of a command, such as `-r`: `-R` is another one."""
    if not index or not _OPTION.fullmatch(pieces[index].raw):
        return False
    dash, letter = pieces[index - 1], pieces[index]
    around = text[dash.start - 1 : dash.start] + text[letter.end : letter.end + 1]
    is_alone = all(sign.isspace() or sign in _QUOTES for sign in around)
    return is_alone and dash.raw == "-" and dash.end == letter.start


def _number(raw: str, depth: int) -> str:
    digits = "".join(
        str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in raw
    )
    return (
        digits.replace(",", "") if not depth and _GROUPED.fullmatch(digits) else digits
    )


def _is_tight(pieces: list[_Piece], index: int) -> bool:
    if not 0 < index < len(pieces) - 1:
        return False
    piece = pieces[index]
    return pieces[index - 1].end == piece.start and pieces[index + 1].start == piece.end


def _sign(raw: str, *, is_tight: bool) -> Token:
    text = "-" if raw in _DASHES else "'" if raw in _APOSTROPHES else raw
    text = {"=<": "<=", "<>": "!=", "=/=": "!="}.get(text, text)
    return Token(text, "sign", raw, is_tight)


def _without_root_brackets(tokens: list[Token]) -> list[Token]:
    """Return tokens without the brackets of roots: `sqrt(n)` is `√n`."""
    result: list[Token] = []
    closing = -1
    for index, token in enumerate(tokens):
        is_root = bool(result) and result[-1].text in _ROOTS
        if token.text == "(" and is_root:
            reach = range(index + 1, min(index + _MOST_UNDER_ROOT, len(tokens)))
            end = next((at for at in reach if tokens[at].kind == "sign"), -1)
            if end > 0 and tokens[end].text == ")":
                closing = end
                continue
        if index != closing:
            result.append(token)
    return result


def _named_squares(tokens: list[Token]) -> list[Token]:
    result: list[Token] = []
    for token in tokens:
        if token.text == "^2" and result and result[-1].text in _LABELED:
            base = result.pop().text
            result.append(Token("χ^2" if base != "r" else "r^2", "sign", token.raw))
        else:
            result.append(token)
    return result


# Significant signs.


def _dropped_brackets(pieces: list[_Piece], *, is_formula: bool) -> set[int]:
    """Return the places of brackets around the words of a sentence, which do not count."""
    if is_formula:
        return set()
    opened: list[int] = []
    dropped: set[int] = set()
    last_word = -1
    for index, piece in enumerate(pieces):
        if _is_long_word(piece):
            last_word = index
        if piece.raw in _OPEN:
            opened.append(index)
        elif piece.raw in _CLOSE and opened:
            start = opened.pop()
            if _is_index(pieces, start):
                continue
            is_pair = _OPEN.index(pieces[start].raw) == _CLOSE.index(piece.raw)
            if is_pair and last_word > start:
                dropped |= {start, index}
    return dropped


def _is_index(pieces: list[_Piece], start: int) -> bool:
    """Return whether a bracket belongs to the word before it in code, as in `list[int]`."""
    before = pieces[start - 1] if start else None
    return (
        pieces[start].raw in "[{"
        and before is not None
        and before.kind == "word"
        and before.end == pieces[start].start
    )


def _depth(piece: _Piece, is_dropped: bool) -> int:
    if is_dropped or piece.kind != "sign":
        return 0
    return (piece.raw in _OPEN) - (piece.raw in _CLOSE)


def _counts(
    text: str, pieces: list[_Piece], index: int, *, is_formula: bool, is_inside: bool
) -> bool:
    """Return whether a sign changes the meaning of a phrase."""
    piece = pieces[index]
    before = pieces[index - 1] if index else None
    after = pieces[index + 1] if index + 1 < len(pieces) else None
    touches_before = before is not None and before.end == piece.start
    touches_after = after is not None and after.start == piece.end
    if piece.raw in _QUOTES:
        return False
    if piece.raw in _APOSTROPHES:
        return touches_before and before is not None and not _is_long_word(before)
    if piece.raw == "_":
        return not (touches_before and touches_after)
    if piece.raw in _DASHES:
        return _is_minus(pieces, index, touches_before, touches_after, is_formula)
    if piece.raw.startswith("..") and after is None:
        return before is None or not _is_long_word(before)
    if piece.raw in _SEPARATORS:
        both = before is not None and after is not None
        return is_inside or (
            both and not _is_long_word(before) and not _is_long_word(after)  # type: ignore[arg-type]
        )
    if piece.raw in _ENDS:
        return _is_no_end(piece, before, after, touches_before, touches_after)
    return True


def _is_minus(
    pieces: list[_Piece],
    index: int,
    touches_before: bool,
    touches_after: bool,
    is_formula: bool,
) -> bool:
    before = pieces[index - 1] if index else None
    after = pieces[index + 1] if index + 1 < len(pieces) else None
    if after is None:
        return touches_before and before is not None and not _is_name(before)
    if before is None or (before.kind == "sign" and before.raw not in _CLOSE):
        return touches_after or not _is_long_word(after)
    if not touches_before and touches_after:
        return True
    if not touches_before and not touches_after and is_formula:
        return True
    if is_formula:
        return not _is_name(after)
    if before.kind == "number" and after.raw.casefold() in _GREEK_NAMES:
        return True
    return not _is_long_word(before) and not _is_long_word(after)


def _is_no_end(
    piece: _Piece,
    before: _Piece | None,
    after: _Piece | None,
    touches_before: bool,
    touches_after: bool,
) -> bool:
    """Return whether a sign that ends sentences is a factorial, a negation or a pattern instead."""
    if piece.raw == "!" and touches_before and before is not None:
        return not _is_long_word(before) and before.raw not in _ENDS
    if touches_after and after is not None and after.kind == "sign":
        return after.raw not in _QUOTES | _ENDS and after.raw not in _CLOSE
    return piece.raw == "!" and touches_after


def _is_name(piece: _Piece) -> bool:
    """Return whether a hyphen after a piece joins words and is not a charge as in `Cl-`."""
    return piece.kind == "word" and len(piece.raw) > _MOST_SYMBOL


def _is_long_word(piece: _Piece) -> bool:
    return piece.kind == "word" and len(piece.raw) > 1
