"""LaTeX formulas as Unicode: correct mathematics, or the source as it was.

Terminals set everything on one line, so fractions, roots and scripts get the brackets
that keep their meaning. What has no such form stays LaTeX.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar

from flashcards.text.latex.parts import (
    LatexPart,
    PartKind,
    UnreadableFormulaError,
    add_accent,
    has_separator,
    join_parts,
    split_at,
    to_script_text,
    with_letters,
)
from flashcards.text.latex.signs import COMMANDS, ENVIRONMENTS, to_sign_part
from flashcards.text.latex.symbols import (
    ACCENTS,
    DOUBLE_STRUCK,
    NEGATED,
    PLAIN,
    SCRIPT,
    SILENT,
    UPRIGHT,
    to_subscript,
    to_superscript,
)

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_SOURCE = 4000
"""Characters of a formula; a longer one stays as it is."""

_TOKEN = re.compile(
    r"\\(?:[A-Za-z]+\*?|.)|[0-9]+(?:\.[0-9]+)?|\s+|.", re.DOTALL | re.ASCII
)
_DEPTH = 40
_LENGTH = re.compile(r"\[ *-?[0-9.]+ *(?:pt|em|ex|mm|cm|in|mu) *\]")
_LONGEST_LENGTH = 10
"""Tokens of a length such as `[0.5em]` behind a line break."""
_WORDS = re.compile(r"[^\\{}$%&#^_~]*")


@lru_cache(maxsize=1000)
def latex_to_unicode(latex: str) -> str:
    """Return a formula as lines of Unicode, or nothing where that cannot be.

    Args:
        latex: The formula without the marks around it.
    """
    if len(latex) > MOST_SOURCE:
        return ""
    try:
        return _Parser(latex).whole()
    except UnreadableFormulaError:
        return ""


class _Parser:
    """Reads one formula, from left to right."""

    def __init__(self, source: str) -> None:
        self._tokens = _TOKEN.findall(source)
        self._at = 0
        self._depth = 0

    def whole(self) -> str:
        """Return the formula's text."""
        parts = self._parts(frozenset())
        if self._at < len(self._tokens):
            raise UnreadableFormulaError
        if any(part.sort is PartKind.CELL for part in parts):
            raise UnreadableFormulaError
        lines = [
            join_parts(row).text.strip() for row in split_at(parts, PartKind.BREAK)
        ]
        return "\n".join(line for line in lines if line)

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _next(self) -> str:
        piece = self._peek()
        if not piece:
            raise UnreadableFormulaError
        self._at += 1
        return piece

    def _skip_spaces(self) -> None:
        while self._peek().isspace():
            self._at += 1

    def _parts(self, ends: frozenset[str]) -> list[LatexPart]:
        """Return the parts up to one of the ends, which is not consumed."""
        self._depth += 1
        if self._depth > _DEPTH:
            raise UnreadableFormulaError
        parts: list[LatexPart] = []
        while (piece := self._peek()) and piece not in ends:
            self._at += 1
            if piece in ("^", "_", "'"):
                self._script(parts, piece)
            else:
                parts.extend(self._part(piece))
        self._depth -= 1
        return parts

    def _part(self, piece: str) -> list[LatexPart]:
        if piece[0] == "\\":
            return self._command(piece[1:])
        if piece == "{":
            return [self._group()]
        if piece in "}$%#":
            raise UnreadableFormulaError
        if piece.isspace():
            return []
        part = to_sign_part(piece)
        if part.sort is PartKind.MARK and self._peek().isspace():
            # Authors' spaces distinguish a list from a number, and a condition from a bar.
            if piece != "|":
                return [replace(part, text=f"{piece} ")]
            if self._at > 1 and self._tokens[self._at - 2].isspace():
                return [LatexPart(piece, PartKind.RELATION)]
        return [part]

    def _group(self) -> LatexPart:
        """Return what stands in braces, the opening one being read."""
        parts = self._parts(frozenset("}"))
        if self._next() != "}" or has_separator(parts):
            raise UnreadableFormulaError
        return join_parts(parts)

    def _argument(self) -> LatexPart:
        """Return the next group or sign."""
        self._skip_spaces()
        piece = self._next()
        if piece == "{":
            return self._group()
        if piece[0].isdigit() and len(piece) > 1:
            # TeX takes one digit; the others follow.
            self._at -= 1
            self._tokens[self._at] = piece[1:]
            piece = piece[0]
        if piece in ("^", "_", "&"):
            raise UnreadableFormulaError
        self._depth += 1
        if self._depth > _DEPTH:
            raise UnreadableFormulaError
        found = self._part(piece)
        self._depth -= 1
        if len(found) != 1:
            raise UnreadableFormulaError
        return found[0]

    def _words(self) -> str:
        """Return the words of an argument that is no formula."""
        self._skip_spaces()
        if self._next() != "{":
            raise UnreadableFormulaError
        found = []
        while (piece := self._next()) != "}":
            if len(piece) == 2 and piece[0] == "\\" and piece[1] in " _%&#$,":  # noqa: PLR2004
                found.append(piece[1].replace(",", " "))
            elif _WORDS.fullmatch(piece):
                found.append(piece)
            elif piece == "~":
                found.append(" ")
            elif piece == "$":
                found.append(join_parts(self._parts(frozenset("$"))).text)
                self._next()
            else:
                raise UnreadableFormulaError
        return re.sub(r"\s+", " ", "".join(found))

    def _script(self, parts: list[LatexPart], piece: str) -> None:
        """Put a script onto the last part."""
        while parts and parts[-1].sort is PartKind.SPACE:
            parts.pop()
        base = parts.pop() if parts else LatexPart("", PartKind.ATOM)
        if piece == "'":
            if base.sort not in (PartKind.ATOM, PartKind.FUNCTION):
                raise UnreadableFormulaError
            parts.append(replace(base, text=base.text + "′"))
            return
        is_below = piece == "_"
        if base.has_below if is_below else base.has_above:
            raise UnreadableFormulaError
        is_styled_word = base.is_styled and base.text.isalpha()
        if base.sort in (PartKind.PRODUCT, PartKind.SUM) and not is_styled_word:
            # Braces show nothing, so a script would seem to belong to the last sign.
            raise UnreadableFormulaError
        if base.sort is PartKind.QUOTIENT or base.text[:1] in ("√", "∛", "∜"):
            base = LatexPart(f"({base.text})", PartKind.ATOM)
        script = to_script_text(self._argument())
        if not script:
            raise UnreadableFormulaError
        set_as = to_subscript(script) if is_below else to_superscript(script)
        parts.append(
            replace(
                base,
                text=base.text + set_as,
                has_below=base.has_below or is_below,
                has_above=base.has_above or not is_below,
            )
        )

    def _command(self, name: str) -> list[LatexPart]:
        if name in COMMANDS:
            return [COMMANDS[name]]
        if name.isspace():
            return [LatexPart(" ", PartKind.SPACE)]
        if name in SILENT:
            return self._silent(name)
        if name in ("tag", "label", "color", "textcolor"):
            self._words()
            return []
        if name in UPRIGHT:
            words = self._words()
            return (
                [LatexPart(words, PartKind.ATOM, is_word=len(words) > 1)]
                if words
                else []
            )
        if name in ACCENTS:
            return [add_accent(name, self._argument())]
        make = self._MAKERS.get(name)
        return [make(self) if make else self._unknown(name)]

    def _silent(self, name: str) -> list[LatexPart]:
        if name in ("left", "right"):
            self._skip_spaces()
            if self._peek() == ".":
                self._at += 1
            elif name == "right" and self._peek() == "|":
                self._at += 1
                return [LatexPart("|", PartKind.CLOSE)]
        return []

    def _quotient(self) -> LatexPart:
        above, below = self._argument(), self._argument()
        if not above.text or not below.text:
            raise UnreadableFormulaError
        is_clear = above.sort in (PartKind.ATOM, PartKind.PRODUCT)
        over = above.text if is_clear else f"({above.text})"
        under = below.text if below.sort is PartKind.ATOM else f"({below.text})"
        return LatexPart(f"{over}/{under}", PartKind.QUOTIENT)

    def _choose(self) -> LatexPart:
        above, below = self._argument(), self._argument()
        return LatexPart(f"({above.text} choose {below.text})", PartKind.ATOM)

    def _modulus(self) -> LatexPart:
        return LatexPart(f" (mod {self._argument().text})", PartKind.MARK)

    def _negated(self) -> LatexPart:
        found = NEGATED.get(self._argument().text)
        if found is None:
            raise UnreadableFormulaError
        return LatexPart(found, PartKind.RELATION)

    def _function(self) -> LatexPart:
        return LatexPart(self._words().strip(), PartKind.FUNCTION, is_word=True)

    def _double_struck(self) -> LatexPart:
        return with_letters(self._argument(), DOUBLE_STRUCK)

    def _calligraphic(self) -> LatexPart:
        return with_letters(self._argument(), SCRIPT)

    def _unknown(self, name: str) -> LatexPart:
        if not name.isalpha() or name in ("end", "def", "newcommand", "usepackage"):
            raise UnreadableFormulaError
        text = name
        while self._peek() == "{":
            text += f"({self._argument().text})"
        return LatexPart(
            text, PartKind.FUNCTION if text == name else PartKind.ATOM, is_word=True
        )

    def _styled(self) -> LatexPart:
        return replace(self._argument(), is_styled=True)

    def _with_above(self) -> LatexPart:
        script, base = to_script_text(self._argument()), self._argument()
        return replace(base, text=base.text + to_superscript(script), has_above=True)

    def _with_below(self) -> LatexPart:
        script, base = to_script_text(self._argument()), self._argument()
        return replace(base, text=base.text + to_subscript(script), has_below=True)

    def _break(self) -> LatexPart:
        ahead = "".join(self._tokens[self._at : self._at + _LONGEST_LENGTH])
        if found := _LENGTH.match(ahead):
            end = len(found[0])
            while end > 0:
                end -= len(self._next())
        return LatexPart("", PartKind.BREAK)

    def _root(self) -> LatexPart:
        self._skip_spaces()
        degree = ""
        if self._peek() == "[":
            self._at += 1
            degree = to_script_text(join_parts(self._parts(frozenset("]"))))
            self._next()
        sign = {"": "√", "2": "√", "3": "∛", "4": "∜"}.get(degree)
        if sign is None:
            above = to_superscript(degree)
            if above.startswith("^"):
                raise UnreadableFormulaError
            sign = above + "√"
        inner = self._argument()
        is_bare = (
            inner.sort is PartKind.ATOM
            and not inner.has_above
            and inner.text[:1].isalnum()
        )
        if is_bare and not inner.is_word and len(sign) == 1:
            return LatexPart(sign + inner.text, PartKind.ATOM, is_word=True)
        return LatexPart(f"{sign}({inner.text})", PartKind.ATOM)

    def _environment(self) -> LatexPart:
        name = self._words()
        if name in ("array", "alignat"):
            self._words()
        bare = name.removesuffix("*")
        if bare not in ENVIRONMENTS:
            raise UnreadableFormulaError
        parts = self._parts(frozenset({"\\end"}))
        self._next()
        if self._words() != name:
            raise UnreadableFormulaError
        rows = [
            ", ".join(
                join_parts(cell).text.strip().rstrip(",")
                for cell in split_at(row, PartKind.CELL)
            )
            for row in split_at(parts, PartKind.BREAK)
        ]
        brackets = ENVIRONMENTS[bare]
        if not brackets:
            lines = [row.replace(", ", " ").strip() for row in rows]
            return LatexPart("\n".join(line for line in lines if line), PartKind.ATOM)
        inner = "; ".join(row for row in rows if row)
        return LatexPart(f"{brackets[0]}{inner}{brackets[1]}", PartKind.ATOM)

    _MAKERS: ClassVar[dict[str, Callable[[_Parser], LatexPart]]] = {
        **dict.fromkeys(("\\", "newline", "cr"), _break),
        **dict.fromkeys(("frac", "dfrac", "tfrac", "cfrac"), _quotient),
        "sqrt": _root,
        "operatorname": _function,
        "operatorname*": _function,
        **dict.fromkeys(PLAIN, _styled),
        **dict.fromkeys(("overset", "stackrel"), _with_above),
        "underset": _with_below,
        **dict.fromkeys(("mathbb", "mathbbm", "mathds"), _double_struck),
        "mathcal": _calligraphic,
        **dict.fromkeys(("binom", "dbinom", "tbinom"), _choose),
        "pmod": _modulus,
        "not": _negated,
        "begin": _environment,
    }
