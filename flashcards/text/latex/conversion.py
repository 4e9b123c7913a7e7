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
    Sort,
    UnreadableFormulaError,
    accented,
    compact,
    joined,
    split,
    splits,
    styled,
)
from flashcards.text.latex.signs import COMMANDS, ENVIRONMENTS, sign_part
from flashcards.text.latex.symbols import (
    ACCENTS,
    DOUBLE_STRUCK,
    NEGATED,
    PLAIN,
    SCRIPT,
    SILENT,
    UPRIGHT,
    lowered,
    raised,
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
        if any(part.sort is Sort.CELL for part in parts):
            raise UnreadableFormulaError
        lines = [joined(row).text.strip() for row in split(parts, Sort.BREAK)]
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
        part = sign_part(piece)
        if part.sort is Sort.MARK and self._peek().isspace():
            # Authors' spaces distinguish a list from a number, and a condition from a bar.
            if piece != "|":
                return [replace(part, text=f"{piece} ")]
            if self._at > 1 and self._tokens[self._at - 2].isspace():
                return [LatexPart(piece, Sort.RELATION)]
        return [part]

    def _group(self) -> LatexPart:
        """Return what stands in braces, the opening one being read."""
        parts = self._parts(frozenset("}"))
        if self._next() != "}" or splits(parts):
            raise UnreadableFormulaError
        return joined(parts)

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
                found.append(joined(self._parts(frozenset("$"))).text)
                self._next()
            else:
                raise UnreadableFormulaError
        return re.sub(r"\s+", " ", "".join(found))

    def _script(self, parts: list[LatexPart], piece: str) -> None:
        """Put a script onto the last part."""
        while parts and parts[-1].sort is Sort.SPACE:
            parts.pop()
        base = parts.pop() if parts else LatexPart("", Sort.ATOM)
        if piece == "'":
            if base.sort not in (Sort.ATOM, Sort.FUNCTION):
                raise UnreadableFormulaError
            parts.append(replace(base, text=base.text + "′"))
            return
        is_below = piece == "_"
        if base.has_below if is_below else base.has_above:
            raise UnreadableFormulaError
        is_styled_word = base.is_styled and base.text.isalpha()
        if base.sort in (Sort.PRODUCT, Sort.SUM) and not is_styled_word:
            # Braces show nothing, so a script would seem to belong to the last sign.
            raise UnreadableFormulaError
        if base.sort is Sort.QUOTIENT or base.text[:1] in ("√", "∛", "∜"):
            base = LatexPart(f"({base.text})", Sort.ATOM)
        script = compact(self._argument())
        if not script:
            raise UnreadableFormulaError
        set_as = lowered(script) if is_below else raised(script)
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
            return [LatexPart(" ", Sort.SPACE)]
        if name in SILENT:
            return self._silent(name)
        if name in ("tag", "label", "color", "textcolor"):
            self._words()
            return []
        if name in UPRIGHT:
            words = self._words()
            return (
                [LatexPart(words, Sort.ATOM, is_word=len(words) > 1)] if words else []
            )
        if name in ACCENTS:
            return [accented(name, self._argument())]
        make = self._MAKERS.get(name)
        return [make(self) if make else self._unknown(name)]

    def _silent(self, name: str) -> list[LatexPart]:
        if name in ("left", "right"):
            self._skip_spaces()
            if self._peek() == ".":
                self._at += 1
            elif name == "right" and self._peek() == "|":
                self._at += 1
                return [LatexPart("|", Sort.CLOSE)]
        return []

    def _quotient(self) -> LatexPart:
        above, below = self._argument(), self._argument()
        if not above.text or not below.text:
            raise UnreadableFormulaError
        is_clear = above.sort in (Sort.ATOM, Sort.PRODUCT)
        over = above.text if is_clear else f"({above.text})"
        under = below.text if below.sort is Sort.ATOM else f"({below.text})"
        return LatexPart(f"{over}/{under}", Sort.QUOTIENT)

    def _choose(self) -> LatexPart:
        above, below = self._argument(), self._argument()
        return LatexPart(f"({above.text} choose {below.text})", Sort.ATOM)

    def _modulus(self) -> LatexPart:
        return LatexPart(f" (mod {self._argument().text})", Sort.MARK)

    def _negated(self) -> LatexPart:
        found = NEGATED.get(self._argument().text)
        if found is None:
            raise UnreadableFormulaError
        return LatexPart(found, Sort.RELATION)

    def _function(self) -> LatexPart:
        return LatexPart(self._words().strip(), Sort.FUNCTION, is_word=True)

    def _double_struck(self) -> LatexPart:
        return styled(self._argument(), DOUBLE_STRUCK)

    def _calligraphic(self) -> LatexPart:
        return styled(self._argument(), SCRIPT)

    def _unknown(self, name: str) -> LatexPart:
        if not name.isalpha() or name in ("end", "def", "newcommand", "usepackage"):
            raise UnreadableFormulaError
        text = name
        while self._peek() == "{":
            text += f"({self._argument().text})"
        return LatexPart(
            text, Sort.FUNCTION if text == name else Sort.ATOM, is_word=True
        )

    def _styled(self) -> LatexPart:
        return replace(self._argument(), is_styled=True)

    def _with_above(self) -> LatexPart:
        script, base = compact(self._argument()), self._argument()
        return replace(base, text=base.text + raised(script), has_above=True)

    def _with_below(self) -> LatexPart:
        script, base = compact(self._argument()), self._argument()
        return replace(base, text=base.text + lowered(script), has_below=True)

    def _break(self) -> LatexPart:
        ahead = "".join(self._tokens[self._at : self._at + _LONGEST_LENGTH])
        if found := _LENGTH.match(ahead):
            end = len(found[0])
            while end > 0:
                end -= len(self._next())
        return LatexPart("", Sort.BREAK)

    def _root(self) -> LatexPart:
        self._skip_spaces()
        degree = ""
        if self._peek() == "[":
            self._at += 1
            degree = compact(joined(self._parts(frozenset("]"))))
            self._next()
        sign = {"": "√", "2": "√", "3": "∛", "4": "∜"}.get(degree)
        if sign is None:
            above = raised(degree)
            if above.startswith("^"):
                raise UnreadableFormulaError
            sign = above + "√"
        inner = self._argument()
        is_bare = (
            inner.sort is Sort.ATOM and not inner.has_above and inner.text[:1].isalnum()
        )
        if is_bare and not inner.is_word and len(sign) == 1:
            return LatexPart(sign + inner.text, Sort.ATOM, is_word=True)
        return LatexPart(f"{sign}({inner.text})", Sort.ATOM)

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
                joined(cell).text.strip().rstrip(",") for cell in split(row, Sort.CELL)
            )
            for row in split(parts, Sort.BREAK)
        ]
        brackets = ENVIRONMENTS[bare]
        if not brackets:
            lines = [row.replace(", ", " ").strip() for row in rows]
            return LatexPart("\n".join(line for line in lines if line), Sort.ATOM)
        inner = "; ".join(row for row in rows if row)
        return LatexPart(f"{brackets[0]}{inner}{brackets[1]}", Sort.ATOM)

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
