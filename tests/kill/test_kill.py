"""Killed at any moment, the program loses nothing and asks the same card again."""

import subprocess
import time
from collections import Counter
from pathlib import Path
from random import Random

from tests.kill.killed_review import (
    KilledReview,
    Transcript,
    card_of_open_sitting,
    command,
    counting_reviews,
    integrity,
    make_home,
    start,
)


def test_kills_lose_no_confirmed_answer_and_double_none(
    tmp_path: Path, kills: int
) -> None:
    home = tmp_path / "home"
    make_home(home)
    random = Random(20261120)  # noqa: S311 - moments, not secrets
    log = counting_reviews(home)
    on_the_table: str | None = None

    for _ in range(kills):
        transcript = KilledReview(home, random).run()
        assert integrity(home) == "ok"
        if on_the_table and transcript.first_item:
            assert transcript.first_item == on_the_table
        promised, log = transcript.promised(log), counting_reviews(home)
        assert log in possible(promised, transcript)
        on_the_table = card_of_open_sitting(home)
        if log == promised and transcript.on_the_table:
            assert on_the_table == transcript.on_the_table

    examined = subprocess.run(command(home, "doctor"), capture_output=True, check=False)
    assert examined.returncode == 0, examined.stdout.decode()


def test_a_first_start_that_is_killed_is_made_up_for(
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
        assert integrity(home) == "ok"


def possible(
    promised: list[tuple[str, int]], transcript: Transcript
) -> list[list[tuple[str, int]]]:
    """Return the logs that the promises allow: the last line typed may have been kept."""
    card = transcript.on_the_table
    if transcript.typed == "u":
        return [promised, promised[:-1]]
    if card and transcript.typed in "1234":
        return [promised, [*promised, (card, int(transcript.typed or 0))]]
    return [promised]


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

    kept = [given for out in outs for given in Transcript(out).promised([])]
    assert Counter(kept) == Counter(counting_reviews(home))
    assert len(kept) >= 60
    assert integrity(home) == "ok"
