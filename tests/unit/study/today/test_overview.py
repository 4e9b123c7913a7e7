"""The overview counts what a session would ask, for each deck and in all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Rating, Scope, State
from flashcards.domain.settings.settings import DeckOptions, Settings
from flashcards.study.session.session import ReviewSession
from tests.conftest import OpenCollection
from tests.examples import scale_examples
from tests.helpers import FixedClock, deck


def limited(new: int, **decks: int) -> Settings:
    return Settings(
        timezone="UTC",
        scheduling=replace(DeckOptions(), new_per_day=new),
        decks={key: {"new_per_day": limit} for key, limit in decks.items()},
    )


def add_decks(collection: Collection, directory: Path) -> None:
    """Ten plain notes in each of `drift/types` and `drift/detection`."""
    paths = []
    for name in ("types", "detection"):
        notes = "\n".join(
            f"  - {{id: {name}-{n}, front: Question {n} of {name}?, back: It is {n}.}}"
            for n in range(10)
        )
        path = directory / f"{name}.yaml"
        path.write_bytes(
            deck(f"deck: drift/{name}\ntitle: {name.title()}\nnotes:\n")
            + notes.encode()
        )
        paths.append(path)
    collection.importing.import_files(paths)


def test_areas_list_their_decks_by_title(
    collection: Collection, tmp_path: Path
) -> None:
    add_decks(collection, tmp_path)

    areas = collection.figures.overview().areas

    assert [area.title for area in areas] == ["Drift", "Metrics"]
    assert [branch.title for branch in areas[0].branches] == ["Detection", "Types"]
    assert not areas[0].is_deck
    assert areas[0].counts.new == 20


def test_the_count_of_a_deck_is_what_its_own_session_asks_at_most(
    open_collection: OpenCollection, collection: Collection, tmp_path: Path
) -> None:
    add_decks(collection, tmp_path)
    narrow = open_collection(limited(7, drift=4))

    overview = narrow.figures.overview()

    assert overview.counts.new == 7
    for area in overview.areas:
        for branch in (area, *area.branches):
            session = narrow.sessions.start_review(Scope(decks=(branch.key,)))
            total = session.progress.cards_left
            assert branch.counts.new >= total
            session.leave()
    assert overview.areas[0].counts.new == 4


def test_answered_cards_are_not_counted(
    collection: Collection, clock: FixedClock
) -> None:
    before = collection.figures.overview()
    session = collection.sessions.start_review()
    session.reveal()
    session.rate(Rating.EASY)

    after = collection.figures.overview()

    assert after.counts.total < before.counts.total
    assert after.seconds < before.seconds

    clock.forward(days=200)
    assert collection.figures.overview().counts.review == 1


def counts_of(session: ReviewSession) -> tuple[int, int, int]:
    """Return what a session asks without learning steps: every card is rated Easy."""
    counts = dict.fromkeys(State, 0)
    while session.current:
        counts[session.current.row.memory.state] += 1
        session.reveal()
        session.rate(Rating.EASY)
    learning = counts[State.LEARNING] + counts[State.RELEARNING]
    return counts[State.NEW], learning, counts[State.REVIEW]


@given(
    days=st.lists(
        st.lists(st.sampled_from(list(Rating)), max_size=8), min_size=1, max_size=4
    ),
    gap=st.integers(0, 40),
)
@hypothesis_settings(
    max_examples=scale_examples(40),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_the_overview_counts_what_a_session_asks(
    collection: Collection,
    clock: FixedClock,
    days: list[list[Rating]],
    gap: int,
) -> None:
    for ratings in days:
        session = collection.sessions.start_review()
        for rating in ratings:
            session.reveal()
            session.rate(rating)
        session.leave()
        clock.forward(days=gap)

    previewed = collection.figures.overview().counts

    assert tuple(previewed) == counts_of(collection.sessions.start_review())


def test_a_card_that_waits_for_its_sibling_is_not_counted(
    collection: Collection, tmp_path: Path
) -> None:
    path = tmp_path / "waiting.yaml"
    path.write_bytes(
        deck(
            """
            deck: drift/waiting
            title: Waiting
            notes:
              - {id: w-1, front: What comes first?, back: This.}
              - {id: w-2, front: What comes after it?, back: That., requires: [w-1]}
            """
        )
    )
    collection.importing.import_files([path])

    waiting = next(
        b for b in collection.figures.overview().decks if b.key == "drift/waiting"
    )

    assert waiting.counts.new == 1


def test_the_time_is_the_sum_over_the_cards(collection: Collection) -> None:
    overview = collection.figures.overview()

    assert overview.seconds == collection.pace.seconds(overview.counts)
