"""Contexts for formats that read and write."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

import pytest

from flashcards.domain.clock import moment, study_day
from flashcards.formats.formats import ReadContext, WriteContext
from tests.unit.formats.delimited.table_reading import Reader

NOW = 1_795_000_000_000
"""20 November 2026, 08:26 UTC."""


@pytest.fixture
def reading() -> ReadContext:
    return ReadContext(lambda at: study_day(at, UTC, 4), moment(NOW, UTC, 4))


@pytest.fixture
def writing() -> WriteContext:
    return WriteContext(moment(NOW, UTC, 4), rollover_hour=4, utc_offset_minutes=0)


@pytest.fixture
def table(tmp_path: Path, reading: ReadContext) -> Reader:
    return Reader(tmp_path, reading)
