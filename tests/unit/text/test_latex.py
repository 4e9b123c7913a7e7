"""LaTeX becomes Unicode that means the same, or is not converted."""

from __future__ import annotations

import pytest

from flashcards.text.latex.conversion import MOST_SOURCE, latex_to_unicode


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\frac{PR}{P+R}", "PR/(P + R)"),
        (r"F_1 = 2\cdot\frac{P \cdot R}{P+R}", "F₁ = 2 · (P · R)/(P + R)"),
        (r"\frac{a}{b}x", "(a/b) x"),
        (r"x\frac{a}{b}", "x (a/b)"),
        (r"a/\frac{b}{c}", "a/(b/c)"),
        (r"a \div \frac{b}{c}", "a ÷ (b/c)"),
        (r"\frac{\frac{a}{b}}{c}", "(a/b)/c"),
        (r"\frac{1}{2\pi}", "1/(2π)"),
        (r"\frac{1}{\text{TP}}", "1/TP"),
        (r"\frac12", "1/2"),
        (r"\frac{a}{b}^2", "(a/b)²"),
        (r"\frac{\log x}{y}", "(log x)/y"),
        (r"\log \frac{a}{b}", "log (a/b)"),
        (r"\tfrac{1}{2}(a+b)", "(1/2)(a + b)"),
        (r"\frac{|x|}{n}", "|x|/n"),
        (r"\frac{n!}{k!(n-k)!}", "n!/(k!(n - k)!)"),
        (r"\frac{\partial^2 L}{\partial w^2}", "∂²L/∂w²"),
        (r"\frac{-b\pm\sqrt{b^2-4ac}}{2a}", "(-b ± √(b² - 4ac))/(2a)"),
    ],
)
def test_a_fraction_gets_the_brackets_it_needs(latex: str, text: str) -> None:
    assert latex_to_unicode(latex) == text


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"x^2 + y_i", "x² + yᵢ"),
        (r"x_{i,j}", "x_(i,j)"),
        (r"x_{max}^{n+1}", "xₘₐₓⁿ⁺¹"),
        (r"x^{\frac{1}{2}}", "x^(1/2)"),
        (r"e^{-x^2/2}", "e^(-x²/2)"),
        (r"x^10", "x¹0"),
        (r"w^T x", "wᵀx"),
        (r"\theta^*", "θ*"),
        (r"90^\circ", "90°"),
        (r"f''(x)", "f′′(x)"),
        (r"\log_2 x", "log₂ x"),
        (r"\sum_{i=1}^{n} \log p(x_i | \theta)", "∑ᵢ₌₁ⁿ log p(xᵢ | θ)"),
        (r"\int_0^1 f(x)\,dx", "∫₀¹ f(x) dx"),
        (r"\lim_{x\to 0} x", "lim_(x→0) x"),
        (r"\arg\max_\theta L", "arg max_(θ) L"),
        (r"(a+b)^2", "(a + b)²"),
        (r"\mathbf{QK}^T V", "QKᵀV"),
        (r"\frac{\mathbf{QK}^\top}{\sqrt{d_k}}", "QKᵀ/√dₖ"),
        (r"f^{\prime}(x), x^{\prime\prime}, y^{'}", "f′(x), x′′, y′"),
        (r"X \overset{d}{=} Y", "X =ᵈ Y"),
    ],
)
def test_scripts_become_superscripts_and_subscripts(latex: str, text: str) -> None:
    assert latex_to_unicode(latex) == text


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\sqrt{x}", "√x"),
        (r"\sqrt{x}y", "√x y"),
        (r"\sqrt{x^2}", "√(x²)"),
        (r"\sqrt{x}^2", "(√x)²"),
        (r"\sqrt{ab}", "√(ab)"),
        (r"\sqrt[3]{x+1}", "∛(x + 1)"),
        (r"\sqrt[n]{x}", "ⁿ√(x)"),
        (
            r"\mathrm{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right)V",
            "softmax(QKᵀ/√dₖ)V",
        ),
    ],
)
def test_a_root_still_covers_its_whole_argument(latex: str, text: str) -> None:
    assert latex_to_unicode(latex) == text


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\hat{y} = \sigma(w)", "ŷ = σ(w)"),
        (r"\bar x_i, \tilde{\theta}, \vec v", "x̄ᵢ, θ̃, v⃗"),
        (r"\hat{AB}", "hat(AB)"),
        (r"\mathbb{E}_{x \sim p}[f(x)]", "𝔼_(x∼p)[f(x)]"),
        (r"\mathcal{N}(\mu, \sigma^2)", "𝒩(μ, σ²)"),
        (r"\mathbf{w}^\top\mathbf{x}", "wᵀx"),
        (r"\lambda\|w\|_2^2", "λ‖w‖₂²"),
        (r"P(A \mid B)", "P(A | B)"),
        (r"|-x| + |y|-z", "|-x| + |y| - z"),
        (r"P(A | B), \epsilon\text{-greedy}", "P(A | B), ϵ-greedy"),
        (r"\{1, 2, \ldots, n\}", "{1, 2, …, n}"),
        (r"1{,}000 \times 5\%", "1,000 × 5%"),
        (r"a \not\in B, c \neq d", "a ∉ B, c ≠ d"),
        (r"\max(0, 1-y) - (-x)", "max(0, 1 - y) - (-x)"),
        (r"a \text{ if } b > 0", "a if b > 0"),
        (r"\binom{n}{k} \pmod{p}", "(n choose k) (mod p)"),
        (r"\operatorname*{argmin}_w L(w)", "argmin_(w) L(w)"),
        (r"p\left(x\,\middle|\,y\right)", "p(x | y)"),
        (r"\foo{a}{b} + \qux", "foo(a)(b) + qux"),
        (r"\operatorname{E}[X] \leq \textcolor{red}{c}", "E[X] ≤ c"),
    ],
)
def test_signs_accents_and_alphabets_become_characters(latex: str, text: str) -> None:
    assert latex_to_unicode(latex) == text


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", "(1, 2; 3, 4)"),
        (r"\begin{array}{cc} a & b \\ c & d \\ \end{array}", "[a, b; c, d]"),
        (
            r"\begin{cases} 1 & \text{if } x>0 \\ 0 & \text{otherwise} \end{cases}",
            "{1, if x > 0; 0, otherwise}",
        ),
        (r"\begin{align*} a &= b \\ &= c \end{align*}", "a = b\n= c"),
        (r"a = b \\ c = d", "a = b\nc = d"),
        (
            r"\begin{cases} x, & \text{if $x > 0$,} \\[4pt] 0, & \text{else} \end{cases}",
            "{x, if x > 0; 0, else}",
        ),
        (
            r"\begin{aligned} a &= b \tag{1} \\ &= c \label{eq} \end{aligned}",
            "a = b\n= c",
        ),
    ],
)
def test_rows_and_cells_stay_separate(latex: str, text: str) -> None:
    assert latex_to_unicode(latex) == text


@pytest.mark.parametrize(
    "latex",
    [
        r"{a+b}^2",
        r"{ab}_i",
        r"\begin{tikzpicture} \draw \end{tikzpicture}",
        r"\begin{matrix} a",
        r"x^2^3",
        r"\frac{a}",
        r"a & b",
        r"a } b",
        r"x^",
        r"\newcommand{\x}{y}",
        r"\foo{a}{b} \bar",
        r"\not\alpha",
        r"\sqrt" * 500,
        "{" * 500 + "}" * 500,
        "x^{" * 100 + "}" * 100,
        "x" * (MOST_SOURCE + 1),
        "",
    ],
)
def test_a_formula_without_a_safe_form_is_not_converted(latex: str) -> None:
    assert latex_to_unicode(latex) == ""
