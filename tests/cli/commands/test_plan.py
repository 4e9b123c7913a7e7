"""`flashcards plan` sets, shows, clears, exports and imports a plan."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from flashcards.domain.formatting import month_and_day
from tests.cli.program import Program


@pytest.fixture
def filled(flashcards: Program) -> Program:
    flashcards.fill()
    return flashcards


def ahead(days: int) -> str:
    """Return the date some study days from today; a study day begins at four."""
    return (
        (datetime.now(UTC).astimezone() + timedelta(days=days, hours=-4))
        .date()
        .isoformat()
    )


EXAMPLES = f" as {month_and_day(date.fromisoformat(ahead(28)).toordinal()).lower()}, fri, in 3 weeks or {ahead(28)}"  # fmt: skip


def shown(program: Program, *arguments: str) -> Any:
    outcome = program("plan", *arguments, "--json")
    assert outcome.status == 0, outcome.err
    return json.loads(outcome.out)


def test_a_plan_has_the_keys_that_scripts_rely_on(filled: Program) -> None:
    plan = shown(
        filled, "set", "--date", ahead(20), "--minutes", "12", "--weight", "small=2",
        "--target", "90",
    )  # fmt: skip

    assert plan["date"] == ahead(20)
    assert plan["days_left"] == 20
    assert plan["minutes"] == 12
    assert 0 < plan["readiness"] <= 1
    low, high = plan["band"]
    assert low <= plan["readiness"] <= high
    assert plan["feasible"] is True
    assert plan["minutes_needed"] <= 12
    assert set(plan["today"]) == {"new", "learning", "reviews", "minutes", "tasks"}
    assert plan["target"] == 0.9
    assert [
        (topic["deck"], topic["weight"], topic["seen"], topic["notes"])
        for topic in plan["topics"]
    ] == [("other", 1.0, 0, 1), ("small/things", 2.0, 0, 4)]
    assert set(plan["topics"][0]) == {"deck", "readiness", "weight", "seen", "notes"}


@pytest.mark.parametrize("text", ["in 20 days", "+20", "20d", ahead(20)])
def test_a_date_is_understood_however_it_is_written(filled: Program, text: str) -> None:
    assert shown(filled, "set", "--date", text)["date"] == ahead(20)


def test_days_off_need_no_interview_date(filled: Program) -> None:
    plan = shown(filled, "set", "--off-date", "tomorrow")

    assert plan["date"] is None
    assert "dates_off" in filled("plan", "export").out


def test_without_a_plan_all_json_keys_are_present_and_empty(filled: Program) -> None:
    plan = shown(filled)

    assert plan["date"] is plan["readiness"] is plan["band"] is None
    assert plan["topics"] == []
    assert plan["sentence"].startswith("There is no plan yet.")


def test_a_plan_is_shown_in_words(filled: Program) -> None:
    filled("plan", "set", "--date", ahead(20))

    output = filled("plan", "--full").out

    assert "in 20 days - 15 min a day" in output
    assert "On track: " in output
    assert "this week" in output
    assert "Small" in output


def test_setting_clearing_and_finishing_tasks_can_be_undone(filled: Program) -> None:
    filled("plan", "set", "--date", ahead(20))
    assert filled("plan", "done", "quiz-1").out.startswith(
        "Done: Quiz on the weakest deck."
    )
    tasks = {task["task"]: task["done"] for task in shown(filled)["tasks"]}
    assert tasks["quiz-1"] is not None

    assert filled("undo").out == "Undid: Done: Quiz on the weakest deck.\n"
    assert {task["done"] for task in shown(filled)["tasks"]} == {None}
    filled("plan", "clear")
    assert shown(filled)["date"] is None
    filled("undo")
    assert shown(filled)["date"] == ahead(20)
    assert filled("plan", "done", "nap").err == (
        "The plan has no task nap. Open tasks: quiz-1, quiz-2.\n"
    )


def test_an_exported_plan_can_be_imported(filled: Program) -> None:
    filled(
        "plan", "set", "--date", ahead(30), "--date", ahead(40), "--off", "sat,sun",
        "--off-date", ahead(3), "--scope", "small", "--no-tasks",
    )  # fmt: skip
    file = filled.home / "plan.yaml"
    text = filled("plan", "export").out
    assert filled("plan", "export", str(file)).status == 0
    filled("plan", "clear")

    assert filled("plan", "import", str(file)).status == 0

    assert filled("plan", "export").out == text == file.read_text()
    assert "weekdays_off: [sat, sun]" in text
    assert "tasks" not in text


def test_a_file_with_problems_changes_nothing_and_all_are_printed(
    filled: Program,
) -> None:
    file = filled.home / "plan.yaml"
    file.write_text("minutes: many\nsleep: 8\n")

    outcome = filled("plan", "import", str(file))

    assert outcome.status == 1
    assert f"{file}:1:10" in outcome.err
    assert f"{file}:2:1" in outcome.err
    assert outcome.err.endswith("Nothing was imported. Fix the problems of the file.\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("set", "--date", "2020-01-01"), "2020-01-01 is in the past. Set a date that is still ahead."),
        (("set", "--date", "2999-01-01"), "2999-01-01 is more than 730 days ahead. Set a closer date."),
        (("set", "--date", "soon"), f"soon is not a date. Write it{EXAMPLES}."),
        (("set", "--date", "20 dex"), f"dex is not a month. Write it{EXAMPLES}."),
        (("set", "--date", "2027-02-29"), f"2027-02 has 28 days, not 29. Write the date as year-month-day, such as {ahead(28)}."),
        (("set", "--date", ""), f"Write a date{EXAMPLES}."),
        (("set", "--minutes", "10"), "A new plan needs a date: `flashcards plan set --date 'in 3 weeks'`."),
        (("set",), "`flashcards plan set` needs an option, such as `--minutes 20`."),
        (("--minutes", "10"), "--minutes works only with `flashcards plan set`."),
        (("done",), "plan done needs the name of a task."),
        (("set", "--date", ahead(9), "--off", "fun"), "fun is not a day of the week. Write `--off sat,sun` or `--off none`."),
        (("set", "--date", ahead(9), "--weight", "small=x"), "--weight small=x: the weight must be a number from 0 to 10."),
        (("set", "--date", ahead(9), "--weight", "small"), "--weight small needs a number, such as `--weight metrics=2`."),
        (("set", "--date", ahead(9), "--target", "2000"), "--target must be a readiness between 0 and 1, such as 0.85."),
    ],
)  # fmt: skip
def test_invalid_options_are_refused_with_a_message(
    filled: Program, arguments: tuple[str, ...], message: str
) -> None:
    outcome = filled("plan", *arguments)

    assert (outcome.status, outcome.err) == (2, f"{message}\n")


def test_the_sentence_says_what_is_wrong_with_a_plan(filled: Program) -> None:
    nothing = shown(filled, "set", "--date", ahead(9), "--minutes", "0")
    empty = shown(filled, "set", "--weight", "small=0", "--weight", "other=0")

    assert nothing["feasible"] is False
    assert "with 0 minutes" in nothing["sentence"]
    assert nothing["minutes_needed"] > 0
    assert empty["readiness"] is None
    assert empty["sentence"].startswith("The plan has no cards:")
    filled("plan", "clear")
    assert filled("plan", "clear").err == "There is no plan to clear.\n"
    assert filled("plan", "export").status == 1


def test_a_date_two_days_off_with_a_thousand_new_notes_is_reported_as_out_of_reach(
    filled: Program,
) -> None:
    notes = "".join(f"  - {{id: n{n}, front: Q{n}, back: A}}\n" for n in range(1000))
    path = filled.home / "many.yaml"
    path.write_text(f"deck: many\ntitle: Many\nnotes:\n{notes}", encoding="utf-8")
    filled("import", str(path))

    quick = shown(filled, "set", "--date", ahead(2), "--scope", "many")
    full = shown(filled, "--full")
    idle = shown(filled, "set", "--minutes", "0")

    for plan in (quick, full):
        assert plan["feasible"] is False
        assert "is out of reach in 2 days" in plan["sentence"]
        assert (
            "of the 1,000 new cards; the most important come first." in plan["sentence"]
        )
    assert idle["sentence"].endswith("There is no time for the 1,000 new cards.")
    assert full["exact"] is True
    outcome = filled("plan", "set", "--date", ahead(9), "--scope", "nowhere")
    assert outcome.err == "No deck named nowhere. Did you mean other?\n"


def test_statistics_have_the_keys_that_scripts_rely_on(filled: Program) -> None:
    filled("review", "--plain", stdin="\n4\n" * 4)

    statistics = json.loads(filled("stats", "--json").out)

    assert statistics["reviews"] == 4
    assert (statistics["days"], statistics["streak"], statistics["retention"]) == (
        1,
        1,
        None,
    )
    assert len(statistics["forecast"]) == 30
    assert set(statistics["forecast"][0]) == {"date", "reviews", "minutes"}
    assert statistics["answers"]["easy"] == 4
    assert statistics["not_yet"][0] == "Not enough reviews yet for retention (0 of 30)."
    assert sum(deck["seen"] for deck in statistics["decks"]) == 4


def test_statistics_in_words_say_which_figures_need_more_reviews(
    filled: Program,
) -> None:
    assert filled("stats").out == "No reviews yet.\n"
    filled("review", "--plain", stdin="\n4\n")

    output = filled("stats").out

    assert "1 day in a row, 1 of 1 days studied" in output
    assert "Not enough reviews yet for retention (0 of 30)." in output


def test_a_report_is_well_formed_and_loads_nothing_from_the_network(
    filled: Program,
) -> None:
    from xml.etree import ElementTree

    filled("review", "--plain", stdin="\n4\n" * 4)
    filled("plan", "set", "--date", ahead(20))
    svg, page = filled.home / "r.svg", filled.home / "r.html"

    assert filled("stats", "--svg", str(svg), "--html", str(page)).status == 0

    picture = ElementTree.fromstring(svg.read_text())  # noqa: S314 - made by ourselves
    assert picture.tag.endswith("svg")
    assert len(picture.findall(".//{http://www.w3.org/2000/svg}rect")) > 100
    text = page.read_text()
    assert text.startswith("<!DOCTYPE html>")
    assert text.count("<svg") == text.count("</svg>") >= 4
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
    body = text.partition("<body>")[2].replace("</body></html>", "</b>")
    ElementTree.fromstring(f"<b>{body}")  # noqa: S314 - made by ourselves


def test_a_new_date_after_an_interview_does_not_count_days_in_between_as_missed(
    filled: Program, tmp_path: Path
) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text(
        f"started_day: {ahead(-60)}\ninterviews: [{{day: {ahead(-30)}}}]\n",
        encoding="utf-8",
    )
    assert filled("plan", "import", str(file)).status == 0

    plan = shown(filled, "set", "--date", ahead(20))

    assert "missed" not in plan["sentence"]
    assert f"started_day: {ahead(0)}" in filled("plan", "export").out
    assert all(
        day["planned_minutes"] == 0 for day in plan["week"] if day["date"] < ahead(0)
    )


def test_a_note_about_an_interview_is_saved_shown_exported_and_undone(
    filled: Program, tmp_path: Path
) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text("started_day: 2020-01-01\ninterviews: [2020-02-03]\n")
    filled("plan", "import", str(path))

    assert "How did it go?" not in filled("plan").out
    saved = filled("plan", "note", "Two  designs,\x1b[31m one on drift.")

    assert "Note about the interview on Mon, Feb 3 saved." in saved.out
    assert "Mon, Feb 3: Two designs," in saved.out
    assert "\x1b[31m" not in saved.out
    (interview,) = shown(filled)["interviews"]
    assert interview["date"] == "2020-02-03"
    assert interview["note"].startswith("Two designs,")
    assert "note: " in filled("plan", "export").out
    filled("undo")
    assert shown(filled)["interviews"][0]["note"] == ""
