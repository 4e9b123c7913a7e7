"""Keys that answer a card of each graded kind right, wrong and partly."""

from __future__ import annotations

from flashcards.grading.presentation import label_of
from flashcards.study.session.current_card import CurrentCard
from flashcards.tui.keys.keymap import textual_name
from flashcards.tui.screens.review.screen import ReviewScreen


def current_card(screen: ReviewScreen) -> CurrentCard:
    assert screen.session.current is not None
    return screen.session.current


def digit(current: CurrentCard, *indexes: int) -> list[str]:
    """Return the digits of options by their indexes in the note."""
    return [str(current.presentation.place_of(index) + 1) for index in indexes]


def letter(current: CurrentCard, text: str) -> str:
    """Return the letter of a right side."""
    return label_of(current.presentation.texts.index(text))


def keys_to_sort(current: CurrentCard, order: list[int]) -> list[str]:
    """Return the keys that bring the items into an order."""
    items, keys = list(current.presentation.shown), ["k"] * len(order)
    for position, index in enumerate(order):
        at = items.index(index)
        keys += ["j"] * (at - position) + ["shift+up"] * (at - position)
        items.insert(position, items.pop(at))
        keys.append("j")
    return keys


def typed(text: str) -> list[str]:
    return [textual_name(sign) if sign != " " else "space" for sign in text]


def answer_keys(current: CurrentCard, kind: str, how: str) -> list[str]:
    """Return the keys that answer a card of a kind right, wrong or partly."""
    match kind, how:
        case "choice", _:
            return [*digit(current, 2 if how == "right" else 1), "enter"]
        case "several", _:
            ticks = {"right": (0, 1), "partly": (0,), "wrong": (2,)}[how]
            return [*digit(current, *ticks), "enter"]
        case "numeric", _:
            return [*typed("13.8 %" if how == "right" else "12"), "enter"]
        case "typed", _:
            return [
                *typed("Macro avrage" if how == "right" else "micro average"),
                "enter",
            ]
        case "order", _:
            orders = {
                "right": [0, 1, 2, 3],
                "partly": [1, 0, 2, 3],
                "wrong": [3, 2, 1, 0],
            }
            return [*keys_to_sort(current, orders[how]), "enter"]
        case "match", _:
            names = {
                "right": ("Precision", "Recall", "Specificity"),
                "partly": ("Precision", "Specificity", "Recall"),
                "wrong": ("Recall", "Specificity", "Accuracy"),
            }[how]
            pairs = [(str(n), letter(current, name)) for n, name in enumerate(names, 1)]
            return [*(key for pair in pairs for key in pair), "enter"]
        case _:
            text = {"right": "chargebacks, queue", "partly": "a queue", "wrong": ""}[
                how
            ]
            tick = ["down", "down", "space"] if how == "right" else []
            return [*typed(text), "enter", *tick]
