"""Today has one figure: every place shows it, and finishing it makes every place say done."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from flashcards.collection.collection import Collection
from flashcards.collection.session_text import left_today_text
from flashcards.domain.cards import Rating, Scope
from flashcards.domain.settings.settings import AppDirectories, DeckOptions, Settings
from flashcards.domain.study_plan import Interview, StudyPlan
from flashcards.study.queue.day_budget import has_day_budget
from tests.examples import scale_examples
from tests.helpers import FixedClock, deck

RATINGS = st.sampled_from(
    [Rating.AGAIN, Rating.HARD, Rating.GOOD, Rating.GOOD, Rating.EASY]
)
SECONDS = st.sampled_from([1, 4, 12, 30, 90])
SCOPES = st.sampled_from([Scope(), Scope(), Scope(("metrics",))])
PAST = st.lists(
    st.tuples(
        st.lists(st.tuples(SECONDS, RATINGS), max_size=12),
        st.sampled_from([0, 1, 20, 30, 100]),
        SCOPES,
    ),
    max_size=4,
)
"""Sessions: seconds and rating of each answer, hours until the next session, and scope."""
MORE = st.lists(
    st.tuples(st.lists(st.tuples(SECONDS, RATINGS), max_size=12), st.booleans()),
    max_size=3,
)
"""Sessions beyond today's cards: their answers, and whether they are reviews ahead."""
MOST_SESSIONS, MOST_ANSWERS = 30, 100


def basic(deck_name: str, number: int, **fields: str) -> str:
    extra = "".join(f"\n        {name}: {value}" for name, value in fields.items())
    return f"""
      - id: {deck_name}-{number}
        front: What is {number} of {deck_name}?
        back: It is {number}.{extra}"""


DECKS = {
    "one": "\n".join(
        [
            "deck: metrics/one\ntitle: One\nnotes:",
            *(basic("one", number) for number in range(7)),
            """
      - id: one-cloze
        kind: cloze
        text: "{{c1::One}} and {{c2::two}}.\"""",
        ]
    ),
    "two": "\n".join(
        [
            "deck: metrics/two\ntitle: Two\nnotes:",
            *(basic("two", number) for number in range(5)),
            basic("two", 5, requires="[two-0]"),
            basic("two", 6, requires="[two-1]"),
        ]
    ),
    "three": "\n".join(
        [
            "deck: scaling\ntitle: Three\nnotes:",
            *(basic("three", number) for number in range(6)),
        ]
    ),
}


@contextmanager
def home(clock: FixedClock, choices: Settings) -> Iterator[Collection]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        files = path / "files"
        files.mkdir()
        for name, text in DECKS.items():
            (files / f"{name}.yaml").write_bytes(deck(text))
        collection = Collection(AppDirectories(path / "home"), choices, clock)
        try:
            collection.store()
            collection.importing.import_files([files])
            yield collection
        finally:
            collection.close()


@st.composite
def plans(draw: st.DrawFn, today: int) -> StudyPlan | None:
    if draw(st.integers(0, 3)) == 0:
        return None
    return StudyPlan(
        today,
        (Interview(today + draw(st.integers(1, 20))),),
        minutes=draw(st.sampled_from([0, 1, 2, 3, 5, 15])),
        weekdays_off=tuple(draw(st.sets(st.integers(0, 6), max_size=2))),
        scope=draw(st.sampled_from([(), (), ("metrics",), ("metrics/two", "scaling")])),
    )


def study(
    collection: Collection,
    clock: FixedClock,
    answers: Sequence[tuple[int, Rating]],
    scope: Scope,
) -> None:
    """Answer cards of the usual session, each after some seconds, until one of both ends."""
    session = collection.sessions.start_review(scope, minutes=None)
    for seconds, rating in answers:
        if session.current is None:
            break
        session.reveal()
        clock.forward(seconds=seconds)
        session.rate(rating)
    session.leave()


def study_more(
    collection: Collection,
    clock: FixedClock,
    answers: Sequence[tuple[int, Rating]],
    *,
    ahead: bool,
) -> None:
    """Answer cards beyond today's, and leave also where a learning step is left."""
    session = collection.sessions.start_more(number=4, ahead=ahead)
    for seconds, rating in answers:
        if session.current is None:
            break
        session.reveal()
        clock.forward(seconds=seconds)
        session.rate(rating)
    session.leave()


def check_one_figure(collection: Collection) -> int:
    """Return the cards left today, after comparing all places that show them."""
    today = collection.figures.overview()
    left = today.left.total
    assert sum(area.counts.total for area in today.areas) == left
    session = collection.sessions.start_review(minutes=None)
    assert session.progress.cards_left == left
    assert session.summarize().left.total == left
    assert (session.current is None) == (left == 0)
    view = collection.plan.view()
    if view is not None and view.work_today is not None:
        assert view.work_today.cards.total == left
        assert view.work_today.cards.seconds == today.seconds
    words = left_today_text(today, collection.settings.zone)
    assert words.startswith(f"{left} card") or left == 0
    for branch in today.decks:
        part = collection.sessions.start_review(Scope((branch.key,)), minutes=None)
        if not is_outside(collection, branch.key):
            assert part.progress.cards_left == branch.counts.total, branch.key
    return left


def is_outside(collection: Collection, key: str) -> bool:
    plan = collection.reader.plan.load()
    return (
        plan is not None
        and has_day_budget(plan, collection.moment().day)
        and plan.weight_of(key) == 0
    )


@settings(max_examples=scale_examples(100))
@given(data=st.data())
def test_today_has_one_figure_and_finishing_it_is_the_end_of_the_day(
    data: st.DataObject,
) -> None:
    clock = FixedClock()
    choices = Settings(
        timezone="UTC",
        minutes=data.draw(st.sampled_from([0, 2, 15])),
        scheduling=replace(
            DeckOptions(), new_per_day=data.draw(st.sampled_from([0, 3, 8, 30]))
        ),
    )
    with home(clock, choices) as collection:
        plan = data.draw(plans(clock.moment().day))
        if plan is not None:
            collection.plan.save(plan, "Made a plan")
        for answers, hours, scope in data.draw(PAST):
            study(collection, clock, answers, scope)
            clock.forward(hours=hours)
        pace = (
            data.draw(SECONDS),
            data.draw(st.sampled_from([Rating.GOOD, Rating.EASY])),
        )
        for _ in range(MOST_SESSIONS):
            if not check_one_figure(collection):
                break
            study(collection, clock, [pace] * MOST_ANSWERS, Scope())
        assert check_one_figure(collection) == 0
        for answers, ahead in data.draw(MORE):
            study_more(collection, clock, answers, ahead=ahead)
            assert check_one_figure(collection) == 0
        tomorrow = collection.figures.up_next()
        if tomorrow.interview is None or tomorrow.interview.day > tomorrow.today + 1:
            clock.at = collection.moment().day_ends_at
            assert collection.figures.overview().counts == tomorrow.counts
