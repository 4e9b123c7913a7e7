import pytest

KILLS = 3


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--kills",
        type=int,
        default=KILLS,
        help=f"how often the program is killed (default: {KILLS})",
    )
    parser.addoption(
        "--every-step",
        action="store_true",
        help="kill each command at each of its steps, not at three of them; takes an hour",
    )


@pytest.fixture
def kills(request: pytest.FixtureRequest) -> int:
    """How often to kill; the default where this directory was not named to pytest."""
    number = request.config.getoption("--kills", default=KILLS)
    assert isinstance(number, int)
    return number


@pytest.fixture
def is_every_step(request: pytest.FixtureRequest) -> bool:
    """Whether commands are killed at all of their steps."""
    return bool(request.config.getoption("--every-step", default=False))
