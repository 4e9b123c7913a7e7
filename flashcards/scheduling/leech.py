"""Leeches: cards that are forgotten again and again."""


def is_leech_lapse(lapses: int, threshold: int) -> bool:
    """Return whether a card that has just reached this many lapses is called a leech.

    That is so at the threshold and at every half threshold after it (rounded up), so that a
    card which stays hard is reported again. A threshold of 0 means never.
    """
    if threshold <= 0 or lapses < threshold:
        return False
    half = max(1, (threshold + 1) // 2)
    return (lapses - threshold) % half == 0
