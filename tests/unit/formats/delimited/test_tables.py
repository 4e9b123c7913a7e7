"""Tables are read as people and programs write them; each bad row is reported with its line."""

from __future__ import annotations

import pytest

from flashcards.domain.content import (
    BasicNote,
    ChoiceNote,
    ClozeNote,
    Note,
    NumericNote,
    Option,
    TypedNote,
)
from flashcards.formats.delimited import csv_format, tsv_format
from flashcards.formats.delimited.columns import is_header, parse_header
from flashcards.formats.delimited.rows import MOST_LINES, guess_delimiter
from tests.unit.formats.delimited.table_reading import (
    Reader,
    get_only_note,
    list_pairs,
    list_problems,
)


@pytest.mark.parametrize(
    "content",
    [
        "a,b\nc,d\n",
        "a;b\nc;d\n",
        "a\tb\nc\td\n",
        "a|b\nc|d\n",
        "sep=;\na;b\nc;d\n",
        '"sep=^"\na^b\nc^d\n',
        '"a","b"\r\n"c","d"\r\n',
        "\n\na,b\n\n,\nc,d",
        "a, b\nc, d\n",
        "\ufefffront,back\na,b\nc,d\n",
        "Question;Answer\na;b\nc;d\n",
        "id,front,back\n,a,b\n,c,d\n",
    ],
)
def test_delimiter_header_and_blank_rows_are_found(table: Reader, content: str) -> None:
    bundle = table(content)

    assert list_pairs(bundle) == [("a", "b"), ("c", "d")]
    assert list_problems(bundle) == []


def test_the_delimiter_gives_most_rows_the_same_number_of_columns(
    table: Reader,
) -> None:
    text = "What, when and why;a, b\nThis: x|y?;c\nA, b, c;d\nPlain;e\n"

    assert list_pairs(table(text))[1:3] == [("This: x|y?", "c"), ("A, b, c", "d")]


def test_a_few_rows_are_split_as_the_suffix_says(table: Reader) -> None:
    assert list_pairs(table("x; y?,a\n")) == [("x; y?", "a")]
    assert list_pairs(table("x, y?\ta, b\n", "cards.tsv")) == [("x, y?", "a, b")]


def test_a_header_decides_the_delimiter_before_the_texts() -> None:
    lines = ["front;back\n", "a,b,c\n", "d,e,f\n"]

    assert guess_delimiter(lines, ",", is_header) == ";"
    assert guess_delimiter([], ",", is_header) == ","


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_with_a_header_is_recognized_with_any_delimiter(
    delimiter: str,
) -> None:
    head = f"Question{delimiter}Answer\nWhat, then{delimiter}that\n".encode()

    assert csv_format.looks_like(head)
    assert not csv_format.looks_like(head.partition(b"\n")[2])


def test_decks_keep_their_order_and_rows_without_a_deck_belong_to_the_file(
    table: Reader,
) -> None:
    bundle = table("deck,front,back\nb,1,1\nmetrics/x,2,2\n,3,3\nb,4,4\n")

    assert [(deck.key, len(deck.notes)) for deck in bundle.decks] == [
        ("b", 2),
        ("metrics/x", 1),
        ("cards", 1),
    ]
    assert all(deck.is_partial for deck in bundle.decks)


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        ("B", {1}),
        ("b", {1}),
        ("2", {1}),
        ("0,2", {0, 2}),
        ("A, C", {0, 2}),
        ("AC", {0, 2}),
        ("1;3", {0, 2}),
        ("Blue", {1}),
        ("red | 7", {0, 2}),
        ("7", {2}),
    ],
)
def test_the_right_options_are_given_by_text_letter_or_number(
    table: Reader, answer: str, right: set[int]
) -> None:
    text = f'question,a,b,c,answer,explanation\nWhich?,red,blue,7,"{answer}",w\n'

    assert get_only_note(table(text)) == ChoiceNote(
        id=get_only_note(table(text)).id,
        question="Which?",
        options=tuple(
            Option(option, index in right)
            for index, option in enumerate(("red", "blue", "7"))
        ),
        why="w",
    )


def test_options_can_share_a_column_and_an_unknown_answer_is_reported(
    table: Reader,
) -> None:
    bundle = table("front,options,correct\nq,x|y|z,y\nr,x|y,w\n")

    note = bundle.decks[0].notes[0]
    assert isinstance(note, ChoiceNote)
    assert [option.correct for option in note.options] == [False, True, False]
    assert bundle.problems[0].message == (
        "`w` is not one of the options. Write the letter, the number or the text of the "
        "right one."
    )
    assert list_problems(bundle) == [(3, "unknown-option")]
    assert list_problems(table("q,option_1,option_2,correct\nq,x,y,C\n")) == [
        (2, "unknown-option")
    ]


@pytest.mark.parametrize(
    ("row", "note"),
    [
        ("q,{{c1::a}} b,", None),
        ("Basic (and reversed card),q,a", BasicNote(id="", front="q", back="a", reverse=True)),
        ("typed,q,one|two", TypedNote(id="", question="q", accept=("one", "two"))),
        ("numeric,q,2.5", NumericNote(id="", question="q", answer=2.5)),
        (
            'numeric,q,"1,234,567.5"',
            NumericNote(id="", question="q", answer=1234567.5),
        ),
        ('numeric,q,"0,125"', BasicNote(id="", front="q", back="0,125")),
        ("numeric,q,two", BasicNote(id="", front="q", back="two")),
        ("Cloze,{{c1::a}} b,more", ClozeNote(id="", text="{{c1::a}} b", why="more")),
    ],
)  # fmt: skip
def test_the_kind_of_a_note_follows_from_its_column_or_its_gaps(
    table: Reader, row: str, note: Note | None
) -> None:
    imported_note = get_only_note(table(f"type,front,back\n{row}\n"))

    if note is None:
        assert isinstance(imported_note, ClozeNote)
    else:
        assert type(imported_note) is type(note)
        assert [getattr(imported_note, name) for name in ("why", "tags")] == [
            note.why,
            (),
        ]


def test_html_becomes_markdown_and_is_reported(table: Reader) -> None:
    bundle = table('front,back\n"<b>q</b>, x","a<br>b"\n1 &lt; 2,*\n')

    assert list_pairs(bundle) == [("**q**, x", "a\\\nb"), ("1 < 2", "*")]
    assert list_problems(bundle) == [(2, "html-read")]
    plain = "a < b & c,vector<int> **x**\nWhat ends a `<div>`?,`</div>`\n"
    assert list_pairs(table(plain)) == [
        ("a < b & c", "vector<int> **x**"),
        ("What ends a `<div>`?", "`</div>`"),
    ]


def test_each_cell_is_checked_for_html_by_itself(table: Reader) -> None:
    bundle = table(
        "front,back\n"
        "Which tokens wrap a sentence?,<s> and </s>\n"
        "How do you write <li> elements?,**li** text\n"
        "When is a<b and c>d true?,never\n"
        "Which loss do R&amp;D teams try?,\\(\\frac{1}{2}\\) [sound:a.mp3]\n"
    )

    assert list_pairs(bundle) == [
        ("Which tokens wrap a sentence?", "<s> and </s>"),
        ("How do you write <li> elements?", "**li** text"),
        ("When is a<b and c>d true?", "never"),
        ("Which loss do R&D teams try?", "1/2 [sound: a.mp3]"),
    ]
    assert list_problems(bundle) == [(5, "html-read")]


def test_line_breaks_in_a_cell_stay(table: Reader) -> None:
    text = 'front,back\nq,"one\ntwo\n- a\n- b\n\n```\nx\ny\n```"\n'

    assert list_pairs(table(text)) == [("q", "one\\\ntwo\n- a\n- b\n\n```\nx\ny\n```")]


def test_a_bad_row_is_reported_with_its_line_and_the_others_are_kept(
    table: Reader,
) -> None:
    bundle = table("a,b\n1,2,3\nonly\n,x\n\nc,d\nx\x00,\u200by\nc,d\n")

    assert list_pairs(bundle) == [("a", "b"), ("c", "d"), ("x", "y")]
    assert list_problems(bundle) == [
        (2, "ragged-row"),
        (3, "row-without-answer"),
        (4, "blank-text"),
        (7, "characters-removed"),
        (8, "same-wording"),
    ]
    assert bundle.problems[0].message == (
        "The row has 3 columns, the table has 2. Put quotes around a value that holds "
        "the separator or a line break."
    )
    assert bundle.decks[0].digest == ""


@pytest.mark.parametrize(
    ("content", "expected", "line"),
    [
        ('a,"open b\nc,d\ne,f\n', [("a", '"open b'), ("c", "d"), ("e", "f")], 1),
        ('a,b\nc,"d\ne,f\ng,h\n', [("a", "b"), ("c", '"d'), ("e", "f"), ("g", "h")], 2),
        ('a,b\nc,"d\ne,f\ng,"h\ni,j', [("a", "b"), ("c", '"d'), ("e", "f"), ("g", '"h'), ("i", "j")], 2),
    ],
)  # fmt: skip
def test_a_stray_quote_costs_no_other_row(
    table: Reader, content: str, expected: list[tuple[str, str]], line: int
) -> None:
    bundle = table(content)

    assert list_pairs(bundle) == expected
    assert list_problems(bundle)[0] == (line, "broken-quote")


def test_only_the_row_with_unbalanced_quotes_is_lost(table: Reader) -> None:
    bundle = table(
        '"one|1"|"a\nb"\n'
        'two|"c\nd" (a stray end)|"\ne\n"\n'
        'three|"f\ng"\n'
        "four|h\n"
        'five|"i\nj"\n'
    )

    assert list_pairs(bundle) == [
        ("one|1", "a\\\nb"),
        ("three", "f\\\ng"),
        ("four", "h"),
        ("five", "i\\\nj"),
    ]
    assert list_problems(bundle) == [(3, "broken-quotes")]
    assert bundle.problems[0].message == (
        "The quotes of the row do not pair up, so it was left out, up to where the next "
        "row begins: 4 lines. Write a quote within a value twice."
    )


def test_quotes_within_texts_stay(table: Reader) -> None:
    text = 'front,back\nSay "x" twice,"She said ""yes"", then left"\n5" disk,b\n'

    assert list_pairs(table(text)) == [
        ('Say "x" twice', 'She said "yes", then left'),
        ('5" disk', "b"),
    ]


@pytest.mark.parametrize(
    ("encoding", "rules"),
    [
        ("utf-8", []),
        ("utf-8-sig", []),
        ("utf-16", []),
        ("utf-16-le", [(1, "guessed-encoding")]),
        ("utf-16-be", [(1, "guessed-encoding")]),
        ("cp1252", [(2, "guessed-encoding")]),
    ],
)
def test_any_encoding_is_read_and_a_guess_is_reported(
    table: Reader, encoding: str, rules: list[tuple[int, str]]
) -> None:
    bundle = table("front,back\ncafé,naïve\n".encode(encoding))

    assert list_pairs(bundle) == [("café", "naïve")]
    assert list_problems(bundle) == rules


def test_a_guessed_encoding_is_reported_by_name(table: Reader) -> None:
    bundle = table(b"a\x81,\xe9\n")

    assert list_pairs(bundle) == [("a", "é")]
    (message,) = (p.message for p in bundle.problems if p.rule == "guessed-encoding")
    assert message == (
        "The file is not UTF-8; it was read as Latin-1. Save it as UTF-8 if letters with "
        "accents are wrong."
    )


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("вопрос;ответ\nЧто такое дрейф?;Сдвиг данных\n", "cp1251"),
        ("Ερώτηση;Απάντηση\nΤι είναι;Αυτό\n", "cp1253"),
        ("質問,答え\nこれは何ですか？,ドリフト\n", "cp932"),
        ("问题,答案\n什么是数据漂移？,分布变化\n", "gb18030"),
        ("질문,답\n데이터 드리프트란?,분포 변화\n", "euc-kr"),
        ("שאלה,תשובה\nמה זה סחף,שינוי התפלגות\n", "cp1255"),
    ],
    ids=lambda value: ascii(value)[:12],
)
def test_an_encoding_that_would_garble_letters_is_refused(
    table: Reader, text: str, encoding: str
) -> None:
    bundle = table(text.encode(encoding))

    assert bundle.decks == ()
    assert list_problems(bundle) == [(1, "unknown-encoding")]


@pytest.mark.parametrize(
    "text",
    [
        "front,back\nGröße,Fläche über Öl\nœuvre créée,là où ça “va” – déjà…\n",
        "pregunta,respuesta\n¿Qué es?,Una señal «única» más 5 €\n",
    ],
)
def test_letters_of_western_languages_are_read(table: Reader, text: str) -> None:
    assert list_problems(table(text.encode("cp1252"))) == [(2, "guessed-encoding")]


@pytest.mark.parametrize("content", ["", "\n\n", ",,\n", "front,back\n"])
def test_a_file_without_rows_is_not_a_table(table: Reader, content: str) -> None:
    bundle = table(content)

    assert bundle.decks == ()
    assert list_problems(bundle) == [(1, "not-this-format")]


def test_surplus_tags_are_reported(table: Reader) -> None:
    tags = " ".join(f"t{number}" for number in range(102))

    bundle = table(f"front,back,tags\nq,a,{tags}\n")

    assert len(get_only_note(bundle).tags) == 100
    assert bundle.problems[0].message.endswith("Left out: t100, t101.")


def test_the_size_of_rows_and_files_is_limited(table: Reader) -> None:
    long = "x" * 140_000
    bundle = table(f'a,b\n"{long}",c\n"{"y" * 2_000_000}",c\nd,{"z" * 100_001}\ne,f\n')

    assert list_pairs(bundle) == [("a", "b"), ("e", "f")]
    assert list_problems(bundle) == [
        (2, "row-too-long"),
        (3, "row-too-long"),
        (4, "too-long"),
    ]
    assert list_problems(table("\n" * (MOST_LINES + 1))) == [
        (MOST_LINES, "too-many-lines")
    ]


def test_a_repeated_id_is_reported(table: Reader) -> None:
    bundle = table("id,front,back\nn1,a,b\nn1,c,d\n")

    assert list_pairs(bundle) == [("a", "b")]
    assert list_problems(bundle) == [(3, "repeated-id")]


def test_the_file_is_recognized_by_its_first_row() -> None:
    assert csv_format.looks_like(b"\xef\xbb\xbffront,back\nx,y\n")
    assert csv_format.looks_like(b"sep=;\nQuestion;Answer\n")
    assert tsv_format.looks_like(b"term\tdefinition\n")
    for head in (b"", b"deck: a/b\ntitle: x\n", b"a,b\nc,d\n", b"\0,front,back"):
        assert not csv_format.looks_like(head)


def test_options_need_at_least_two_columns_and_a_question() -> None:
    assert parse_header(("question", "a", "b", "c", "answer")).options == (1, 2, 3)
    assert parse_header(("q", "a")).by_role == {"front": 0, "back": 1}
    assert parse_header(("a", "b")).names == ()
