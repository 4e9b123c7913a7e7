"""A store with a backup to restore."""

from __future__ import annotations

from pathlib import Path

import pytest

from flashcards.store.maintenance import backups
from flashcards.store.store import Store
from tests.unit.store.building import MOMENT, basic, deck, sync


@pytest.fixture
def backup(path: Path) -> Path:
    """A backup of a store with the deck `a`, to which the deck `b` was added since."""
    with Store.open(path) as store:
        sync(store, deck("a", basic("n1")))
        made = backups.back_up(path, reason="asked", at=MOMENT.at)
        sync(store, deck("b", basic("n2")))
    return made
