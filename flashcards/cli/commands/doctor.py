"""`doctor`: check the store for damage, and repair it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.cli.console import output
from flashcards.cli.parser import add_json_option
from flashcards.cli.text.backups import print_backups
from flashcards.domain import formatting
from flashcards.errors import NothingFoundError

if TYPE_CHECKING:
    import argparse

    from flashcards.domain.settings.settings import AppDirectories
    from flashcards.store.maintenance.backups import Backup
    from flashcards.store.maintenance.doctor import DoctorFinding


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `doctor`."""
    add_json_option(parser)
    parser.add_argument(
        "--repair",
        action="store_true",
        help="first back up the store, restore its indexes and triggers, and recompute every "
        "card from its reviews",
    )


def run(options: argparse.Namespace, home: AppDirectories) -> int:
    """Print the findings about the store; return 1 if it is damaged."""
    if options.repair:
        _repair(home)
    findings = _examine(home)
    backups = _backups(home)
    is_sound = not any(finding.severity == "error" for finding in findings)
    if options.json:
        output.print_json(
            {
                "sound": is_sound,
                "findings": [finding._asdict() for finding in findings],
                "backups": [
                    {
                        "path": str(backup.path),
                        "at": backup.at.isoformat(),
                        "size": backup.size,
                    }
                    for backup in backups
                ],
            }
        )
    else:
        for finding in findings:
            output.print_line(f"{finding.severity}: {finding.message} {finding.remedy}")
        output.print_line(f"The store {home.database} is {_verdict(findings)}.")
        if backups:
            output.print_line()
            print_backups(backups)
    return 0 if is_sound else 1


def _verdict(findings: list[DoctorFinding]) -> str:
    severities = {finding.severity for finding in findings}
    if "error" in severities:
        return "not sound"
    return (
        "sound as far as it could be checked" if "unchecked" in severities else "sound"
    )


def _repair(home: AppDirectories) -> None:
    from flashcards.collection.collection import Collection

    _require_store(home)
    collection = Collection(home)
    try:
        repairs = collection.repair()
    finally:
        collection.close()
    for sentence in repairs.values:
        output.print_notice(f"Repaired or set aside: {sentence}")
    if repairs.values:
        output.print_notice(
            "The backup made before the repair holds these rows unchanged."
        )
    output.print_notice(f"Recomputed {formatting.count(repairs.cards, 'card')}.")


def _require_store(home: AppDirectories) -> None:
    from flashcards.store.maintenance.missing import store_exists

    if not store_exists(home.database):
        raise NothingFoundError(f"There is no store in {home.path} yet.")


def _examine(home: AppDirectories) -> list[DoctorFinding]:
    from flashcards.collection.collection import Collection
    from flashcards.importing.missing_media import media_findings
    from flashcards.store.maintenance.doctor import examine, privacy_findings

    _require_store(home)
    collection = Collection(home)
    try:
        findings = examine(
            home.database, at=collection.clock.now(), replay=collection.replay
        )
        # The reader would migrate a store of an older version, and cannot open a damaged one.
        if not any(finding.severity in ("error", "unchecked") for finding in findings):
            findings += media_findings(collection.reader, home.media)
        return [*findings, *privacy_findings(home.path)]
    finally:
        collection.close()


def _backups(home: AppDirectories) -> list[Backup]:
    from flashcards.store.maintenance.backups import find_backups

    return find_backups(home.database)
