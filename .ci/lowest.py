"""Print a constraints file that pins each dependency to the lowest version it allows."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"


def lowest_versions(project: Path = PROJECT) -> list[str]:
    """Return lines such as `numpy==2.0`, one for each dependency of the program.

    Raises:
        ValueError: a dependency has no lowest version.
    """
    dependencies = tomllib.loads(project.read_text("utf-8"))["project"]["dependencies"]
    pins = []
    for dependency in dependencies:
        name, lowest, version = dependency.split(",")[0].partition(">=")
        if not lowest:
            raise ValueError(f"{dependency} has no lowest version.")
        pins.append(f"{name}=={version}")
    return pins


if __name__ == "__main__":
    sys.stdout.write("\n".join([*lowest_versions(), ""]))
