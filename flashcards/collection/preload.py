"""Import modules in a thread while the main thread waits for the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread


@contextmanager
def load_in_background(load: Callable[[], None]) -> Iterator[None]:
    """Call `load` in a thread while the block runs, and wait for it at the end.

    SQLite releases the interpreter lock, so importing NumPy, which takes a tenth of a second,
    costs no extra time while a long log is read.
    """
    thread = Thread(target=load)
    thread.start()
    try:
        yield
    finally:
        thread.join()
