"""Whatever the keys, their files lie in the directory and are as many as the keys."""

from pathlib import Path, PurePath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashcards.disk.names import file_names

awkward = st.text(
    st.sampled_from("aA.éE\u0301/\\:*?\0\n -_ßsñ\ud800") | st.characters(), max_size=12
)


@given(st.lists(awkward, max_size=8, unique=True))
def test_any_keys_get_files_inside_that_no_system_takes_for_each_other(
    keys: list[str],
) -> None:
    names = file_names(keys, ".yaml")

    assert list(names) == keys
    for path in names.values():
        assert not path.is_absolute()
        assert path.suffix == ".yaml"
        for part in path.parts:
            assert part not in ("", ".", "..")
            assert not part.startswith((".", " "))
            assert not set(part) & set('<>:"|?*\\/\0\n')
            assert len(part.encode()) <= 255
    assert len({str(path).casefold() for path in names.values()}) == len(keys)


@pytest.mark.parametrize(
    ("key", "path"),
    [
        ("drift/types", "drift/types.yaml"),
        ("../evil", "evil.yaml"),
        ("/etc/passwd", "etc/passwd.yaml"),
        ("a/../../b", "a/b.yaml"),
        ("..", "deck.yaml"),
        ("con", "_con.yaml"),
        ("a.yaml/b", "a.yaml_/b.yaml"),
        ("c++", "c++.yaml"),
        ("数据", "数据.yaml"),
    ],
)
def test_keys_as_names(key: str, path: str) -> None:
    assert file_names([key], ".yaml") == {key: PurePath(path)}


def test_keys_that_differ_in_case_get_numbers() -> None:
    names = file_names(["Drift", "drift", "../drift"], ".csv")

    assert [str(path) for path in names.values()] == [
        "Drift.csv",
        "drift-2.csv",
        "drift-3.csv",
    ]


def test_a_long_key_is_cut_and_can_be_written(tmp_path: Path) -> None:
    (path,) = file_names(["é" * 300], ".yaml").values()

    (tmp_path / path).write_text("x")
