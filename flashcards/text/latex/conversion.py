"""Convert LaTeX formulas to Unicode that means the same.

Terminals show a formula on one line, so fractions, roots and scripts get the brackets that
keep their meaning. A formula that has no such line is not converted.
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
"""The most characters of a formula; a longer one is not converted."""

_TOKEN = re.compile(
    r"\\(?:[A-Za-z]+\*?|.)|[0-9]+(?:\.[0-9]+)?|\s+|.", re.DOTALL | re.ASCII
)
_MAX_DEPTH = 40
_LENGTH = re.compile(r"\[ *-?[0-9.]+ *(?:pt|em|ex|mm|cm|in|mu) *\]")
_MAX_LENGTH_TOKENS = 10
"""The most tokens of a length such as `[0.5em]` after a line break."""
_WORDS = re.compile(r"[^\\{}$%&#^_~]*")


@lru_cache(maxsize=1000)
def latex_to_unicode(latex: str) -> str:
    """Convert a formula to lines of Unicode; empty if it cannot be converted.

    Args:
        latex: The formula without the delimiters around it.
    """
    if len(latex) > MOST_SOURCE:
        return ""
    try:
        return _Parser(latex).convert()
    except UnreadableFormulaError:
        return ""


class _Parser:
    """Converts one formula from left to right."""

    def __init__(self, source: str) -> None:
        self._tokens = _TOKEN.findall(source)
        self._position = 0
        self._depth = 0

    def convert(self) -> str:
        """Return the converted formula."""
        parts = self._read_parts(frozenset())
        if self._position < len(self._tokens):
            raise UnreadableFormulaError
        if any(part.kind is PartKind.CELL for part in parts):
            raise UnreadableFormulaError
        lines = [
            join_parts(row).text.strip() for row in split_at(parts, PartKind.BREAK)
        ]
        return "\n".join(line for line in lines if line)

    def _peek(self) -> str:
        return (
            self._tokens[self._position] if self._position < len(self._tokens) else ""
        )

    def _next(self) -> str:
        symbol = self._peek()
        if not symbol:
            raise UnreadableFormulaError
        self._position += 1
        return symbol

    def _skip_spaces(self) -> None:
        while self._peek().isspace():
            self._position += 1

    def _read_parts(self, ends: frozenset[str]) -> list[LatexPart]:
        """Read parts up to one of the ending tokens, which is not consumed."""
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise UnreadableFormulaError
        parts: list[LatexPart] = []
        while (symbol := self._peek()) and symbol not in ends:
            self._position += 1
            if symbol in ("^", "_", "'"):
                self._add_script(parts, symbol)
            else:
                parts.extend(self._read_part(symbol))
        self._depth -= 1
        return parts

    def _read_part(self, symbol: str) -> list[LatexPart]:
        if symbol[0] == "\\":
            return self._convert_command(symbol[1:])
        if symbol == "{":
            return [self._read_group()]
        if symbol in "}$%#":
            raise UnreadableFormulaError
        if symbol.isspace():
            return []
        part = to_sign_part(symbol)
        if part.kind is PartKind.MARK and self._peek().isspace():
            # A typed space tells a list from a number, and a condition from an absolute value.
            if symbol != "|":
                return [replace(part, text=f"{symbol} ")]
            if self._position > 1 and self._tokens[self._position - 2].isspace():
                return [LatexPart(symbol, PartKind.RELATION)]
        return [part]

    def _read_group(self) -> LatexPart:
        """Read a group in braces, after its opening brace."""
        parts = self._read_parts(frozenset("}"))
        if self._next() != "}" or has_separator(parts):
            raise UnreadableFormulaError
        return join_parts(parts)

    def _read_argument(self) -> LatexPart:
        """Read the next group or sign."""
        self._skip_spaces()
        symbol = self._next()
        if symbol == "{":
            return self._read_group()
        if symbol[0].isdigit() and len(symbol) > 1:
            # TeX reads only one digit as an argument; the others stay in the formula.
            self._position -= 1
            self._tokens[self._position] = symbol[1:]
            symbol = symbol[0]
        if symbol in ("^", "_", "&"):
            raise UnreadableFormulaError
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise UnreadableFormulaError
        parts = self._read_part(symbol)
        self._depth -= 1
        if len(parts) != 1:
            raise UnreadableFormulaError
        return parts[0]

    def _read_words(self) -> str:
        """Read an argument that holds words instead of a formula."""
        self._skip_spaces()
        if self._next() != "{":
            raise UnreadableFormulaError
        pieces = []
        while (symbol := self._next()) != "}":
            if len(symbol) == 2 and symbol[0] == "\\" and symbol[1] in " _%&#$,":  # noqa: PLR2004
                pieces.append(symbol[1].replace(",", " "))
            elif _WORDS.fullmatch(symbol):
                pieces.append(symbol)
            elif symbol == "~":
                pieces.append(" ")
            elif symbol == "$":
                pieces.append(join_parts(self._read_parts(frozenset("$"))).text)
                self._next()
            else:
                raise UnreadableFormulaError
        return re.sub(r"\s+", " ", "".join(pieces))

    def _add_script(self, parts: list[LatexPart], symbol: str) -> None:
        """Add a superscript, subscript or prime to the last part."""
        while parts and parts[-1].kind is PartKind.SPACE:
            parts.pop()
        base = parts.pop() if parts else LatexPart("", PartKind.ATOM)
        if symbol == "'":
            if base.kind not in (PartKind.ATOM, PartKind.FUNCTION):
                raise UnreadableFormulaError
            parts.append(replace(base, text=base.text + "′"))
            return
        is_below = symbol == "_"
        if base.has_below if is_below else base.has_above:
            raise UnreadableFormulaError
        is_styled_word = base.is_styled and base.text.isalpha()
        if base.kind in (PartKind.PRODUCT, PartKind.SUM) and not is_styled_word:
            # Braces are not shown, so the script would seem to belong to the last sign alone.
            raise UnreadableFormulaError
        if base.kind is PartKind.QUOTIENT or base.text[:1] in ("√", "∛", "∜"):
            base = LatexPart(f"({base.text})", PartKind.ATOM)
        argument = to_script_text(self._read_argument())
        if not argument:
            raise UnreadableFormulaError
        script_text = to_subscript(argument) if is_below else to_superscript(argument)
        parts.append(
            replace(
                base,
                text=base.text + script_text,
                has_below=base.has_below or is_below,
                has_above=base.has_above or not is_below,
            )
        )

    def _convert_command(self, name: str) -> list[LatexPart]:
        if name in COMMANDS:
            return [COMMANDS[name]]
        if name.isspace():
            return [LatexPart(" ", PartKind.SPACE)]
        if name in SILENT:
            return self._convert_silent(name)
        if name in ("tag", "label", "color", "textcolor"):
            self._read_words()
            return []
        if name in UPRIGHT:
            words = self._read_words()
            return (
                [LatexPart(words, PartKind.ATOM, is_word=len(words) > 1)]
                if words
                else []
            )
        if name in ACCENTS:
            return [add_accent(name, self._read_argument())]
        convert = self._CONVERTERS.get(name)
        return [convert(self) if convert else self._convert_unknown(name)]

    def _convert_silent(self, name: str) -> list[LatexPart]:
        if name in ("left", "right"):
            self._skip_spaces()
            if self._peek() == ".":
                self._position += 1
            elif name == "right" and self._peek() == "|":
                self._position += 1
                return [LatexPart("|", PartKind.CLOSE)]
        return []

    def _convert_quotient(self) -> LatexPart:
        numerator, denominator = self._read_argument(), self._read_argument()
        if not numerator.text or not denominator.text:
            raise UnreadableFormulaError
        is_factor = numerator.kind in (PartKind.ATOM, PartKind.PRODUCT)
        numerator_text = numerator.text if is_factor else f"({numerator.text})"
        denominator_text = (
            denominator.text
            if denominator.kind is PartKind.ATOM
            else f"({denominator.text})"
        )
        return LatexPart(f"{numerator_text}/{denominator_text}", PartKind.QUOTIENT)

    def _convert_binomial(self) -> LatexPart:
        upper, lower = self._read_argument(), self._read_argument()
        return LatexPart(f"({upper.text} choose {lower.text})", PartKind.ATOM)

    def _convert_modulus(self) -> LatexPart:
        return LatexPart(f" (mod {self._read_argument().text})", PartKind.MARK)

    def _convert_negation(self) -> LatexPart:
        negated_sign = NEGATED.get(self._read_argument().text)
        if negated_sign is None:
            raise UnreadableFormulaError
        return LatexPart(negated_sign, PartKind.RELATION)

    def _convert_operator_name(self) -> LatexPart:
        return LatexPart(self._read_words().strip(), PartKind.FUNCTION, is_word=True)

    def _convert_double_struck(self) -> LatexPart:
        return with_letters(self._read_argument(), DOUBLE_STRUCK)

    def _convert_calligraphic(self) -> LatexPart:
        return with_letters(self._read_argument(), SCRIPT)

    def _convert_unknown(self, name: str) -> LatexPart:
        if not name.isalpha() or name in ("end", "def", "newcommand", "usepackage"):
            raise UnreadableFormulaError
        text = name
        while self._peek() == "{":
            text += f"({self._read_argument().text})"
        return LatexPart(
            text, PartKind.FUNCTION if text == name else PartKind.ATOM, is_word=True
        )

    def _convert_styled(self) -> LatexPart:
        return replace(self._read_argument(), is_styled=True)

    def _convert_overset(self) -> LatexPart:
        script, base = to_script_text(self._read_argument()), self._read_argument()
        return replace(base, text=base.text + to_superscript(script), has_above=True)

    def _convert_underset(self) -> LatexPart:
        script, base = to_script_text(self._read_argument()), self._read_argument()
        return replace(base, text=base.text + to_subscript(script), has_below=True)

    def _convert_line_break(self) -> LatexPart:
        ahead = "".join(
            self._tokens[self._position : self._position + _MAX_LENGTH_TOKENS]
        )
        if length := _LENGTH.match(ahead):
            end = len(length[0])
            while end > 0:
                end -= len(self._next())
        return LatexPart("", PartKind.BREAK)

    def _convert_root(self) -> LatexPart:
        self._skip_spaces()
        degree = ""
        if self._peek() == "[":
            self._position += 1
            degree = to_script_text(join_parts(self._read_parts(frozenset("]"))))
            self._next()
        sign = {"": "√", "2": "√", "3": "∛", "4": "∜"}.get(degree)
        if sign is None:
            superscript = to_superscript(degree)
            if superscript.startswith("^"):
                raise UnreadableFormulaError
            sign = superscript + "√"
        inner = self._read_argument()
        is_bare = (
            inner.kind is PartKind.ATOM
            and not inner.has_above
            and inner.text[:1].isalnum()
        )
        if is_bare and not inner.is_word and len(sign) == 1:
            return LatexPart(sign + inner.text, PartKind.ATOM, is_word=True)
        return LatexPart(f"{sign}({inner.text})", PartKind.ATOM)

    def _convert_environment(self) -> LatexPart:
        name = self._read_words()
        if name in ("array", "alignat"):
            self._read_words()
        base_name = name.removesuffix("*")
        if base_name not in ENVIRONMENTS:
            raise UnreadableFormulaError
        parts = self._read_parts(frozenset({"\\end"}))
        self._next()
        if self._read_words() != name:
            raise UnreadableFormulaError
        rows = [
            ", ".join(
                join_parts(cell).text.strip().rstrip(",")
                for cell in split_at(row, PartKind.CELL)
            )
            for row in split_at(parts, PartKind.BREAK)
        ]
        brackets = ENVIRONMENTS[base_name]
        if not brackets:
            lines = [row.replace(", ", " ").strip() for row in rows]
            return LatexPart("\n".join(line for line in lines if line), PartKind.ATOM)
        inner = "; ".join(row for row in rows if row)
        return LatexPart(f"{brackets[0]}{inner}{brackets[1]}", PartKind.ATOM)

    _CONVERTERS: ClassVar[dict[str, Callable[[_Parser], LatexPart]]] = {
        **dict.fromkeys(("\\", "newline", "cr"), _convert_line_break),
        **dict.fromkeys(("frac", "dfrac", "tfrac", "cfrac"), _convert_quotient),
        "sqrt": _convert_root,
        "operatorname": _convert_operator_name,
        "operatorname*": _convert_operator_name,
        **dict.fromkeys(PLAIN, _convert_styled),
        **dict.fromkeys(("overset", "stackrel"), _convert_overset),
        "underset": _convert_underset,
        **dict.fromkeys(("mathbb", "mathbbm", "mathds"), _convert_double_struck),
        "mathcal": _convert_calligraphic,
        **dict.fromkeys(("binom", "dbinom", "tbinom"), _convert_binomial),
        "pmod": _convert_modulus,
        "not": _convert_negation,
        "begin": _convert_environment,
    }
