"""Files as other programs write them, and broken ones: read as they are, or refused by place."""

import codecs
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desk.errors import InvalidInput, NotFound
from clinic_desk.exchange import csv_dialect, csv_out, csv_tables
from clinic_desk.exchange.csv_tables import read

PEOPLE = "Familienname;Vorname;Ort\nMüller;Jürgen;Köln\nWeiß;Zoë;Gießen\n"
POLES = "Nazwisko;Imię\nŁukasiewicz;Żaneta\nŚwiątek;Grażyna\nDvořák;Jiří\n"
RUSSIANS = "Фамилия;Имя\nИванов;Пётр\nСмирнова;Анна\nКузнецов;Алексей\n"


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_any_delimiter_is_found(sign: str) -> None:
    text = f"family{sign}given{sign}note\r\nOne{sign}A{sign}a.b\r\nTwo{sign}B{sign}\r\n"
    table = read(text.encode())
    assert (table.delimiter, table.columns) == (sign, ("family", "given", "note"))
    assert [row.cells for row in table.rows] == [("One", "A", "a.b"), ("Two", "B", "")]


def test_a_sentence_with_commas_does_not_hide_the_semicolon() -> None:
    table = read(b"name;note\nOne;a, b, c\nTwo;d\nThree;e, f\n")
    assert table.columns == ("name", "note")


def test_a_single_column_is_a_table() -> None:
    assert read(b"surname\nBanana\nApple\n").columns == ("surname",)


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        (PEOPLE, "utf-8", "utf-8"),
        (PEOPLE, "utf-8-sig", "utf-8"),
        (PEOPLE, "utf-16", "utf-16"),
        (PEOPLE, "utf-16-le", "utf-16-le"),
        (PEOPLE, "utf-32", "utf-32"),
        (PEOPLE, "cp1252", "cp1252"),
        (PEOPLE, "latin-1", "cp1252"),
        (POLES, "cp1250", "cp1250"),
        (POLES, "iso8859_2", "iso8859_2"),
        (RUSSIANS, "cp1251", "cp1251"),
        (PEOPLE, "mac_roman", "mac_roman"),
    ],
)
def test_any_encoding_gives_the_same_table(text: str, encoding: str, found: str) -> None:
    table = read(text.encode(encoding))
    assert table.encoding == found
    assert table.rows == read(text.encode()).rows
    assert table.encoding_sure is encoding.startswith(("utf-8", "utf-16", "utf-32")) or not (
        table.encoding_sure
    )


def test_a_declared_encoding_is_used() -> None:
    assert read("naïve\nÇa".encode("mac_roman"), encoding="mac_roman").rows[0].cells == ("Ça",)
    with pytest.raises(InvalidInput, match="no encoding"):
        read(b"a\nb", encoding="klingon")
    with pytest.raises(InvalidInput):
        read(b"a\nb", encoding="base64")


def test_the_first_line_may_name_the_delimiter() -> None:
    table = read(b"sep=|\r\na|b\r\n1,5|2\r\n")
    assert (table.columns, table.rows[0].line) == (("a", "b"), 3)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_quoted_breaks_quotes_and_delimiters_stay_in_their_cell(end: str) -> None:
    text = f'a,b{end}"x{end}y","say ""hi"", you"{end}{end}2,3{end}'
    table = read(text.encode())
    assert table.rows[0].cells == (f"x{end}y", 'say "hi", you')
    assert [row.line for row in table.rows] == [2, 5]


def test_json_inside_a_cell_is_text() -> None:
    table = read(b'key,val\n1,"{""type"": ""Point"", ""at"": [102.0, 0.5]}"\n')
    assert table.rows[0].cells == ("1", '{"type": "Point", "at": [102.0, 0.5]}')


def test_columns_without_a_name_or_with_the_same_get_one() -> None:
    table = read(b"a,,a\n1,2,3\n")
    assert table.columns == ("a", "Column 2", "a (2)")


def test_a_file_without_a_header_keeps_its_first_person() -> None:
    table = read(b"Example,Alex,1991-06-14\nOther,Sam,1980-01-30\n")
    assert (table.has_header, len(table.rows)) == (False, 2)


def test_ragged_rows_are_kept_and_named() -> None:
    table = read(b"a,b,c\n1,2,3\n1,2\n1,2,3,4\n1,2,3,,\n")
    assert [problem.place for problem in table.problems] == ["line 3", "line 4"]
    assert table.rows[2].cells == ("1", "2", "3,4")
    assert table.rows[3].cells == ("1", "2", "3")


@pytest.mark.parametrize(
    ("data", "place", "reason"),
    [
        (b"", "line 1", "no row"),
        (b"\n\n , \n", "line 1", "no row"),
        (b"a,b\n1,2\n3,\x00\n", "line 3, byte 3", "NUL"),
        (codecs.BOM_UTF16_LE + "a,b\n1,\0".encode("utf-16-le"), "line 2", "NUL"),
        (b'"a"x,b\n1,2\n', "line 1", "closing quotation"),
        (b'a,"b\n1,2\n', "line 1", "never closed"),
        (b"a,b\n" + b"x" * 1_000_001, "line 2", "1,000,000"),
        (b"a,b\n" + b"1," * 600, "line 2", "601 cells"),
        ("a;b\nMüller;Jürgen\nSchäfer;".encode() + b"\xff\n", "line 3, byte 10", "UTF-8"),
        (codecs.BOM_UTF16_LE + b"a\x00\xd8", "line 1, byte 5", "utf-16"),
        (codecs.BOM_UTF16_LE + b"a\x00\x00\xd8b\x00", "line 1, byte 5", "utf-16"),
    ],
)
def test_what_cannot_be_read_safely_is_refused_with_its_place(
    data: bytes, place: str, reason: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        read(data)
    assert reason in refused.value.fields[place]


HEAD = "name,born,note\n"
NEXT = "Bo,1992-01-30,fine\n"


@pytest.mark.parametrize(
    ("written", "cells"),
    [
        ('"Al","1991","said "ow", then left"\n', ("Al", "1991", 'said "ow", then left')),
        ('"6" nail, bent",1991,x\n', ('6" nail, bent', "1991", "x")),
        ('"Al" Smith,1991,"x"y"\n', ('"Al" Smith', "1991", 'x"y')),
        ('"Al" ,1991,x\n', ("Al", "1991", "x")),
        ('"Al","1991","one\nsaid "ow"\nend"\n', ("Al", "1991", 'one\nsaid "ow"\nend')),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_quotation_mark_that_is_not_doubled_is_a_sign_where_the_columns_still_fit(
    written: str, cells: tuple[str, ...], end: str
) -> None:
    text = (HEAD + NEXT + written + NEXT).replace("\n", end)
    table = read(text.encode())
    assert [row.cells[0] for row in table.rows] == ["Bo", cells[0], "Bo"]
    assert tuple(cell.replace(end, "\n") for cell in table.rows[1].cells) == cells
    assert table.problems == ()
    assert [(one.place, one.why[:14]) for one in table.careful] == [("line 3", "read with care")]


@pytest.mark.parametrize(
    "written",
    [
        '"Smith, John" Jr,1991\n',  # three cells by accident
        '"Al, Smith,1991\n',  # the same, never closed
        '"Al,1991,x\n',
        '"a",x","b",y"\n',  # two readings
        '"' + "x," * 200_000 + "\n",
        '"Al" x,1991\n',  # too few
    ],
)
def test_a_row_that_could_shift_its_columns_is_refused_alone(written: str) -> None:
    table = read((HEAD + NEXT + written + NEXT).encode())
    assert [one.place for one in table.problems] == ["line 3"]
    assert table.careful == ()
    assert [row.cells for row in table.rows if row.cells[0] == "Bo"] == 2 * [
        ("Bo", "1992-01-30", "fine")
    ]


def test_two_stray_marks_that_swallow_the_rows_between_them_are_named() -> None:
    table = read((HEAD + '"Al,1991,x\nCy",1993,y\n' + NEXT).encode())
    assert ["nobody is lost" in one.why for one in table.careful] == [True]
    honest = read((HEAD + '"Al\nSmith",1991,"one\nend"\n' + NEXT).encode())
    assert (honest.careful, len(honest.rows)) == ((), 2)


def test_a_file_in_which_every_mark_is_something_else_is_given_up() -> None:
    with pytest.raises(InvalidInput, match="quotation"):
        read((HEAD + NEXT + '"Al" x,1991,y\n' * 5001).encode())


def test_bytes_of_half_a_surrogate_pair_are_read_as_a_code_page() -> None:
    (row,) = read(b"a,b\n\xed\xa0\x80,2\n").rows
    row.cells[0].encode()  # there is no half of a pair in it


def test_a_file_of_more_than_a_list_can_be_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "big.csv"
    with path.open("wb") as file:
        file.truncate(csv_tables.MOST_BYTES + 1)  # a hole: it takes no room on the disk
    with pytest.raises(InvalidInput, match="at most 200 MB"):
        csv_tables.from_file(path)
    with pytest.raises(NotFound):
        csv_tables.from_file(tmp_path / "none.csv")
    with pytest.raises(NotFound):
        csv_tables.from_file(tmp_path)


CELLS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=30)


@given(
    st.integers(1, 5).flatmap(
        lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=6)
    ),
    st.sampled_from(csv_dialect.DELIMITERS),
)
def test_what_is_written_is_read_again(rows: list[list[str]], sign: str) -> None:
    width = len(rows[0]) if rows else 1
    header = [f"c{index}" for index in range(width)]
    table = read(csv_out.table(header, rows, sign), sign, has_header=True)
    kept = [row for row in rows if any(csv_out.safe(cell).strip() for cell in row)]
    assert [[csv_out.unsafe(cell) for cell in row.cells] for row in table.rows] == kept
    assert table.problems == ()


@given(CELLS)
def test_no_cell_becomes_a_formula(text: str) -> None:
    cell = csv_out.safe(text)
    assert not cell.lstrip(" ").startswith(tuple("=+-@\t\r\n＝＋－＠"))
    assert csv_out.unsafe(cell) == text


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    table = None
    with suppress(InvalidInput):
        table = read(data)
    for row in table.rows if table else ():
        assert len(row.cells) == len(table.columns)
