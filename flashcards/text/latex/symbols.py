"""Tables of LaTeX commands and their Unicode characters."""

from __future__ import annotations

_GREEK = (
    "alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι "
    "kappa κ lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ "
    "upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π "
    "Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω"
)
_LETTERS = (
    "infty ∞ partial ∂ nabla ∇ ell ℓ hbar ℏ Re ℜ Im ℑ aleph ℵ emptyset ∅ varnothing ∅ forall ∀ "
    "exists ∃ nexists ∄ top ⊤ bot ⊥ angle ∠ triangle △ square □ Box □ star ⋆ bullet • dagger † "
    "prime ′ ldots … dots … dotsc … cdots ⋯ dotsb ⋯ vdots ⋮ ddots ⋱ degree ° imath ı jmath ȷ "
    "checkmark ✓ clubsuit ♣ diamondsuit ♢ heartsuit ♡ spadesuit ♠ neg ¬ lnot ¬"
)
_BINARY = (
    "pm ± mp ∓ times × cdot · div ÷ ast ∗ circ ∘ oplus ⊕ ominus ⊖ otimes ⊗ odot ⊙ cup ∪ cap ∩ "
    "sqcup ⊔ sqcap ⊓ vee ∨ lor ∨ wedge ∧ land ∧ setminus ∖ bmod mod"
)
_RELATIONS = (
    "leq ≤ le ≤ leqslant ≤ geq ≥ ge ≥ geqslant ≥ neq ≠ ne ≠ approx ≈ equiv ≡ sim ∼ simeq ≃ cong ≅ "
    "propto ∝ ll ≪ gg ≫ in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ subsetneq ⊊ supset ⊃ supseteq ⊇ "
    "to → rightarrow → longrightarrow ⟶ leftarrow ← gets ← leftrightarrow ↔ Rightarrow ⇒ "
    "Longrightarrow ⟹ implies ⟹ Leftarrow ⇐ Leftrightarrow ⇔ iff ⟺ mapsto ↦ uparrow ↑ downarrow ↓ "
    "hookrightarrow ↪ rightharpoonup ⇀ rightleftharpoons ⇌ mid | nmid ∤ parallel ∥ perp ⊥ models ⊨ "
    "vdash ⊢ prec ≺ preceq ⪯ succ ≻ succeq ⪰ triangleq ≜ coloneqq ≔ doteq ≐ lesssim ≲ gtrsim ≳ "
    "therefore ∴ because ∵ lt < gt >"
)
_LARGE = (
    "sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ iiint ∭ oint ∮ bigcup ⋃ bigcap ⋂ bigvee ⋁ bigwedge ⋀ "
    "bigoplus ⨁ bigotimes ⨂"
)
_OPENING = "{ { lbrace { lbrack [ langle ⟨ lceil ⌈ lfloor ⌊ lvert | lVert ‖ lparen ("
_CLOSING = "} } rbrace } rbrack ] rangle ⟩ rceil ⌉ rfloor ⌋ rvert | rVert ‖ rparen )"
_NAMES = (
    "arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf "
    "limsup ln log max min Pr sec sin sinh sup tan tanh argmax argmin"
)


def _pairs(table: str) -> dict[str, str]:
    words = table.split()
    return dict(zip(words[::2], words[1::2], strict=True))


LETTERS = _pairs(_GREEK) | _pairs(_LETTERS) | {"|": "‖", "vert": "|", "Vert": "‖"}
"""Commands for one character that acts like a letter."""
BINARY = _pairs(_BINARY)
RELATIONS = _pairs(_RELATIONS)
LARGE = _pairs(_LARGE)
"""Operators with limits."""
OPENING = _pairs(_OPENING)
CLOSING = _pairs(_CLOSING)
NAMES = frozenset(_NAMES.split())
"""Functions that are written as their name."""

NEGATED = {"=": "≠", "∈": "∉", "≡": "≢", "∼": "≁", "≈": "≉", "⊂": "⊄", "⊆": "⊈", "<": "≮", ">": "≯", "∃": "∄"}  # fmt: skip

SPACES = {",": " ", ";": " ", ":": " ", " ": " ", ">": " ", "!": "", "quad": "  ", "qquad": "  ",
          "enspace": " ", "thinspace": " ", "space": " ", "medspace": " "}  # fmt: skip
"""Commands for spaces."""

_SILENT = (
    "displaystyle textstyle scriptstyle limits nolimits left right middle big Big bigg Bigg bigl "
    "bigr Bigl Bigr biggl biggr Biggl Biggr bigm Bigm nonumber notag rm bf it mathstrut hfill "
    "centering noindent hline"
)
SILENT = frozenset(_SILENT.split())
"""Commands that only set a size or a position."""

ACCENTS = {"hat": "\u0302", "widehat": "\u0302", "bar": "\u0304", "overline": "\u0305", "tilde": "\u0303",
           "widetilde": "\u0303", "dot": "\u0307", "ddot": "\u0308", "vec": "\u20d7", "check": "\u030c",
           "breve": "\u0306", "acute": "\u0301", "grave": "\u0300", "mathring": "\u030a", "underline": "\u0332"}  # fmt: skip

_UPRIGHT = (
    "text textrm textbf textit textsf texttt textnormal mathrm mathsf mathtt mbox hbox"
)
UPRIGHT = frozenset(_UPRIGHT.split())
"""Commands whose argument holds words, not a product of letters."""
PLAIN = frozenset(
    ("mathbf", "mathit", "boldsymbol", "bm", "mathfrak", "mathscr", "pmb", "boxed")
)
"""Commands that only change the style of their argument."""

DOUBLE_STRUCK = dict(zip(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ1", "𝔸𝔹ℂ𝔻𝔼𝔽𝔾ℍ𝕀𝕁𝕂𝕃𝕄ℕ𝕆ℙℚℝ𝕊𝕋𝕌𝕍𝕎𝕏𝕐ℤ𝟙", strict=True,
))  # fmt: skip
SCRIPT = dict(zip(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "𝒜ℬ𝒞𝒟ℰℱ𝒢ℋℐ𝒥𝒦ℒℳ𝒩𝒪𝒫𝒬ℛ𝒮𝒯𝒰𝒱𝒲𝒳𝒴𝒵", strict=True,
))  # fmt: skip

_SUPERSCRIPTS = dict(zip(
    "0123456789+-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ", strict=True,
)) | {"−": "⁻", "⊤": "ᵀ", "β": "ᵝ", "γ": "ᵞ", "δ": "ᵟ", "θ": "ᶿ", "ϕ": "ᵠ", "χ": "ᵡ"}  # fmt: skip
_SUBSCRIPTS = dict(zip(
    "0123456789+-=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True,
)) | {"−": "₋"}  # fmt: skip
_RAISED_ALREADY = {"′": "′", "″": "″", "∘": "°", "°": "°", "*": "*", "∗": "*", "†": "†"}

SCRIPTS = frozenset(
    [*_SUPERSCRIPTS.values(), *_SUBSCRIPTS.values(), *_RAISED_ALREADY.values()]
)


def to_superscript(text: str) -> str:
    """Return a superscript: Unicode if it has every character, otherwise `^(text)`."""
    if text in _RAISED_ALREADY:
        return _RAISED_ALREADY[text]
    if set(text) <= {"′"}:
        return text
    if set(text) <= _SUPERSCRIPTS.keys():
        return "".join(map(_SUPERSCRIPTS.__getitem__, text))
    return f"^({text})"


def to_subscript(text: str) -> str:
    """Return a subscript: Unicode if it has every character, otherwise `_(text)`."""
    if set(text) <= _SUBSCRIPTS.keys():
        return "".join(map(_SUBSCRIPTS.__getitem__, text))
    return f"_({text})"
