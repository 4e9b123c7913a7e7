"""Loading a module while something else is waited for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from threading import Thread


@contextmanager
def loading(module: str) -> Iterator[None]:
    """Load a module in a thread while the block runs, and wait for it at its end.

    The database works without the interpreter, so that NumPy, which takes a tenth of a
    second to load, costs nothing beside the reading of a long log.
    """
    thread = Thread(target=import_module, args=(module,))
    thread.start()
    try:
        yield
    finally:
        thread.join()
