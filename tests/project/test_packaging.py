"""What the package declares is what it needs, and what the workflow tries."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from typing import Any

import yaml

from tests.helpers import PROJECT

DECLARED: dict[str, Any] = tomllib.loads(
    (PROJECT / "pyproject.toml").read_text("utf-8")
)["project"]
WORKFLOW = yaml.safe_load((PROJECT / ".github/workflows/test.yml").read_text("utf-8"))
DEPENDENCIES = {
    re.split(r"[<>=]", line)[0].lower(): line for line in DECLARED["dependencies"]
}


def imported() -> set[str]:
    """Return the top-level packages that any module of the program imports."""
    names = set()
    for path in (PROJECT / "flashcards").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                names.add(str(node.module).partition(".")[0])
    return names - sys.stdlib_module_names - {"flashcards"}


def test_every_package_that_is_imported_is_declared() -> None:
    foreign = imported()
    distributions = packages_distributions()

    assert "sqlalchemy" in foreign
    for name in foreign:
        assert {each.lower() for each in distributions[name]} & set(DEPENDENCIES), name


def test_the_lowest_version_of_each_dependency_is_pinned_for_a_run() -> None:
    done = subprocess.run(
        [sys.executable, PROJECT / ".ci" / "lowest.py"],
        capture_output=True,
        check=True,
        text=True,
    )

    pins = dict(line.split("==") for line in done.stdout.splitlines())
    assert set(pins) == set(DEPENDENCIES)
    for name, version in pins.items():
        assert DEPENDENCIES[name].startswith(f"{name}>={version},<")


def test_the_workflow_runs_every_python_that_is_promised() -> None:
    promised = [
        line.rpartition(" ")[2]
        for line in DECLARED["classifiers"]
        if re.fullmatch(r"Programming Language :: Python :: 3\.\d+", line)
    ]

    assert (
        WORKFLOW["jobs"]["python"]["strategy"]["matrix"]["python-version"] == promised
    )
    assert DECLARED["requires-python"] == f">={promised[0]}"
