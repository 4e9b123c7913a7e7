"""All tables of `docs/scheduling.md` about learners: `python -m tests.benchmarks.learners`."""

from __future__ import annotations

import argparse

from tests.benchmarks.learners.bands import bands_table
from tests.benchmarks.learners.minutes import minutes_table
from tests.benchmarks.learners.sessions import sessions_table

PARTS = ("sessions", "bands", "minutes")
SEEDS = (21, 22, 23)


def main() -> None:
    """Print the tables that the command line asks for."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.learners", description=__doc__
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--runs", type=int, default=32, help="of sessions, a cell")
    parser.add_argument("--learners", type=int, default=40, help="of bands, a seed")
    parser.add_argument("--seeds", type=int, nargs="+", default=SEEDS)
    options = parser.parse_args()
    for part in options.parts or PARTS:
        if part not in PARTS:
            parser.error(f"{part} is none of {', '.join(PARTS)}.")
        if part == "sessions":
            sessions_table(options.runs)
        elif part == "bands":
            bands_table(options.learners, options.seeds)
        else:
            minutes_table(options.seeds[0])


if __name__ == "__main__":
    main()
