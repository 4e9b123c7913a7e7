"""Killed at any moment, the program loses nothing and asks the same card again."""

import subprocess
import time
from collections import Counter
from pathlib import Path
from random import Random

from tests.kill.killed_review import (
    KilledReview,
    Transcript,
    check_integrity,
    command,
    make_home,
    read_answers,
    read_current_card,
    start,
)


def test_kills_lose_and_repeat_no_confirmed_answer(tmp_path: Path, kills: int) -> None:
    home = tmp_path / "home"
    make_home(home)
    random = Random(20261120)  # noqa: S311 - moments, not secrets
    log = read_answers(home)
    current_card: str | None = None

    for _ in range(kills):
        transcript = KilledReview(home, random).run()
        assert check_integrity(home) == "ok"
        if current_card and transcript.first_item:
            assert transcript.first_item == current_card
        confirmed, log = transcript.list_confirmed(log), read_answers(home)
        assert log in list_possible_logs(confirmed, transcript)
        current_card = read_current_card(home)
        if log == confirmed and transcript.current_card:
            assert current_card == transcript.current_card

    examined = subprocess.run(command(home, "doctor"), capture_output=True, check=False)
    assert examined.returncode == 0, examined.stdout.decode()


def test_a_killed_first_start_is_completed_by_the_next_one(
    tmp_path: Path, kills: int
) -> None:
    random = Random(1)  # noqa: S311 - moments, not secrets
    whole = subprocess.run(
        command(tmp_path / "whole", "decks"), capture_output=True, check=True
    )

    for number in range(max(kills // 4, 1)):
        home = tmp_path / f"home{number}"
        started = subprocess.Popen(
            command(home, "decks"), stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        time.sleep(random.uniform(0.05, 0.6))
        started.kill()
        started.communicate()

        again = subprocess.run(command(home, "decks"), capture_output=True, check=False)
        assert (again.returncode, again.stdout) == (0, whole.stdout), again.stderr
        assert check_integrity(home) == "ok"


def list_possible_logs(
    confirmed: list[tuple[str, int]], transcript: Transcript
) -> list[list[tuple[str, int]]]:
    """Return the logs that are allowed: the last line typed may have been recorded."""
    card = transcript.current_card
    if transcript.typed == "u":
        return [confirmed, confirmed[:-1]]
    if card and transcript.typed in "1234":
        return [confirmed, [*confirmed, (card, int(transcript.typed or 0))]]
    return [confirmed]


def test_two_windows_rating_at_once_lose_nothing(tmp_path: Path) -> None:
    home = tmp_path / "home"
    make_home(home)

    windows = [start(home) for _ in range(2)]
    for window in windows:
        assert window.stdin
        window.stdin.write(b"\n4\n" * 60)
        window.stdin.close()
    outs = []
    for window in windows:
        assert window.stdout
        outs.append(window.stdout.read().decode().splitlines())
        window.stdout.close()
        assert window.wait() == 0, "\n".join(outs[-1])

    rated = [card for out in outs for card in Transcript(out).list_confirmed([])]
    assert Counter(rated) == Counter(read_answers(home))
    assert len(rated) >= 60
    assert check_integrity(home) == "ok"
