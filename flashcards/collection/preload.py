"""Loading modules while something else is waited for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread


@contextmanager
def loading(load: Callable[[], None]) -> Iterator[None]:
    """Import something in a thread while the block runs, and wait for it at its end.

    The database works without the interpreter, so that NumPy, which takes a tenth of a
    second to load, costs nothing beside the reading of a long log.
    """
    thread = Thread(target=load)
    thread.start()
    try:
        yield
    finally:
        thread.join()
